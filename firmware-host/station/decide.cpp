// The one switch: which rule answers which input.
#include "base/time_text.h"
#include "domain/barcode.h"
#include "domain/command_code.h"
#include "station/draft.h"
#include "station/view.h"

namespace packbench::station {
namespace {

LaneId lane_of(const Station& station, const Input& input, const Command* command) {
  if (command == nullptr) return input.lane;
  switch (command->verb) {
    case Verb::handover:
    case Verb::close_manifest:
    case Verb::refused_by_courier:
    case Verb::incident:
      return LaneId::dock;
    case Verb::undo:
    case Verb::release:
    case Verb::cancel_order:
    case Verb::confirm:
    case Verb::sign_in:
    case Verb::sign_out:
    case Verb::print_manifest:
      return station.manifest ? input.lane : LaneId::bench;
    default:
      return LaneId::bench;
  }
}

void run_command(Draft& draft, const Command& command, LaneId lane) {
  switch (command.verb) {
    case Verb::sign_in:
      return sign_in(draft, lane, command.args.size() > 1);
    case Verb::sign_out:
      return sign_out(draft, lane);
    case Verb::open:
      return open_by_command(draft, command);
    case Verb::quantity:
      return set_quantity(draft, command);
    case Verb::item:
      return choose_item(draft, joined(command.args, 0));
    case Verb::short_:
      return short_item(draft, command);
    case Verb::damaged:
      return damaged_item(draft, command);
    case Verb::differs:
      return differing_item(draft, command);
    case Verb::check:
      return answer_check(draft, command);
    case Verb::override_:
      return override_check(draft, command);
    case Verb::weight:
      return weigh(draft, command);
    case Verb::next_parcel:
      return next_parcel(draft);
    case Verb::print:
      return print_again(draft);
    case Verb::printed:
      return answer_printed(draft, command);
    case Verb::void_:
      return void_label(draft, command);
    case Verb::reprint:
      return reprint(draft, command);
    case Verb::card:
      return print_cards(draft);
    case Verb::undo:
      return lane == LaneId::dock ? undo_pickup(draft) : undo_item(draft);
    case Verb::park:
      return park(draft);
    case Verb::abandon:
      return abandon(draft, command);
    case Verb::release:
      return release_order(draft);
    case Verb::handover:
      return open_handover(draft, command);
    case Verb::close_manifest:
      return close_manifest(draft, command);
    case Verb::refused_by_courier:
      return refuse_pickup(draft, command);
    case Verb::incident:
      return note_incident(draft, command);
    case Verb::print_manifest:
      return print_manifest(draft, command);
    case Verb::accept_trace:
      return accept_trace(draft, command);
    case Verb::returned:
      return take_back(draft, command);
    case Verb::settle:
      return settle_parcel(draft, command);
    case Verb::confirm:
      return confirm(draft);
    case Verb::cancel_order:
      return cancel_order(draft, command);
    case Verb::close_shift:
      return close_shift(draft);
    case Verb::advance:
    case Verb::unknown:
      break;
  }
  draft.refuse(AlertCode::bad_command,
               {{"reason", command.args.empty() ? std::string("/") : command.args[0]}});
}

void advance_clock(Draft& draft, const Command& command) {
  const auto duration = command.args.size() == 1 ? parse_duration(command.args[0]) : std::nullopt;
  if (!draft.station.frozen_clock || !duration || duration->us < 0)
    return draft.refuse(AlertCode::bad_command, {{"reason", "/advance DURATION, --clock only"}});
  draft.add(ClockAdvanced{duration->us});
}

void command_input(Draft& draft, const Command& command) {
  if (command.verb == Verb::advance) return advance_clock(draft, command);
  const bool signs_in = command.verb == Verb::sign_in;
  if (!signs_in && operator_of(draft.station, draft.decision.lane) == nullptr)
    return draft.refuse(AlertCode::not_signed_in);
  run_command(draft, command, draft.decision.lane);
}

void bench_scan(Draft& draft, const Barcode& code) {
  if (!draft.work) return open_by_scan(draft, code);
  const LabelState& label = draft.work->parcel.label;
  if (all_stopped(*draft.work)) return draft.refuse(AlertCode::order_cancelled);
  if (on_bench(label)) {
    if (!scan_material(draft, code)) scan_label(draft, code);
    return;
  }
  if (names_label_on_paper(draft, code)) return scan_label(draft, code);
  if (in_flight(label)) return draft.refuse(AlertCode::not_ready, {{"reason", "printing"}});
  if (const OrderWork* held = first_held(*draft.work))
    return draft.refuse(AlertCode::order_on_hold, {{"reason", held->held->code}});
  if (scan_material(draft, code)) return;
  scan_item(draft, code);
}

// A bench whose scanners do not type knows that somebody's fingers did.
bool may_type(const Draft& draft, const Operator* op) {
  return !draft.policy.typed_by_supervisor || op == nullptr || op->role == Role::supervisor;
}

void scan_input(Draft& draft, const Input& input, const Scan& scan) {
  const Barcode& code = scan.code;
  if (scan.typed && !may_type(draft, operator_of(draft.station, input.lane)))
    return draft.refuse(AlertCode::not_permitted, {{"reason", "typed_code"}});
  if (const auto action = parse_command(code.bytes)) {
    const Command command = parse_command_line(*action);
    draft.decision.lane = lane_of(draft.station, input, &command);
    return command_input(draft, command);
  }
  if (looks_like_command(code.bytes) || scan_problem(code.bytes))
    return draft.refuse(AlertCode::bad_barcode);
  if (operator_of(draft.station, input.lane) == nullptr) {
    if (draft.facts.op) return sign_in(draft, input.lane, false);
    return draft.refuse(AlertCode::not_signed_in);
  }
  if (names_manifest(draft, code))
    return draft.refuse(AlertCode::manifest_code, {{"manifest", code.bytes}});
  if (input.lane == LaneId::dock) return scan_pickup(draft, code);
  bench_scan(draft, code);
}

struct Switch {
  Draft& draft;
  const Input& input;

  void operator()(const Scan& scan) { scan_input(draft, input, scan); }
  void operator()(const Command& command) {
    draft.decision.lane = lane_of(draft.station, input, &command);
    command_input(draft, command);
  }
  void operator()(const LabelRendered& event) { label_rendered(draft, event); }
  void operator()(const PrinterAsked& event) { printer_asked(draft, event); }
  void operator()(const PrintEnded& event) { print_ended(draft, event); }
  void operator()(const CardPrinted& event) { card_printed(draft, event); }
  void operator()(const SlipPrinted& event) { slip_printed(draft, event); }
  void operator()(const OutboxWritten& event) { outbox_written(draft, event); }
  void operator()(const ReturnWritten& event) { return_written(draft, event); }
  void operator()(const RangeCounted& event) { range_counted(draft, event); }
  void operator()(const DeliveriesAnswered& event) { deliveries_answered(draft, event); }
  void operator()(const FeedRow& row) { feed_row(draft, row); }
  void operator()(const TraceRows& rows) { see_traces(draft, rows); }
  void operator()(const TracesAsked&) {}
  void operator()(const DevicesChanged& event) { devices_changed(draft, event); }
  void operator()(const Weighed& event) {
    if (bench_phase(draft.station, draft.policy) != Phase::weighing) return;
    weigh(draft, {Verb::weight, {std::to_string(event.grams)}});
  }
  void operator()(const Started&) { started(draft); }
};

}  // namespace

Decision decide(const Station& station, const Input& input, const Facts& facts, Now now) {
  CHECK(facts.policy != nullptr);
  Draft draft(station, facts, std::move(now));
  draft.decision.lane = input.lane;
  std::visit(Switch{draft, input}, input.body);
  owe_deliveries(draft);
  return std::move(draft.decision);
}

}  // namespace packbench::station
