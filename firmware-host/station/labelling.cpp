// The label protocol: requested -> intent -> sent -> printed | rejected | unknown -> verified.
// Doubt is answered by a person or by the verifying scan, never by a retry.
#include <algorithm>

#include "domain/label_code.h"
#include "domain/tracking_number.h"
#include "station/draft.h"
#include "station/view.h"

namespace packbench::station {
namespace {

bool is_current(const Draft& draft, const ParcelId& parcel, int attempt, PrintState state) {
  return draft.work && draft.work->parcel.id == parcel &&
         draft.work->parcel.label.attempt == attempt && draft.work->parcel.label.state == state;
}

void request_print(Draft& draft, std::string reason) {
  if (!assign_waybill(draft)) return;
  const int attempt = draft.parcel().label.attempt + 1;
  if (draft.parcel().label.source == LabelSource::preprinted) {
    draft.add(LabelPrinted{draft.parcel().id, attempt});
    return;
  }
  draft.add(PrintRequested{draft.parcel().id, attempt, std::move(reason)});
  draft.effect(RenderLabel{draft.parcel().id, attempt});
}

// Whether the order still stands and the box holds what is wanted.
bool could_print(const Draft& draft) {
  const Work& work = *draft.work;
  return first_held(work) == nullptr && !all_stopped(work) && contents_done(work) &&
         !work.parcel.items.empty();
}

// The configuration lets parcels pass while the scale is away.
bool weight_skipped(const Draft& draft) {
  return draft.policy.stages_without_scale && draft.facts.scale_away;
}

// Nobody can weigh what no scale is there for: then the scale is what is wrong.
void refuse_unweighed(Draft& draft) {
  const bool away = draft.policy.has_scale && draft.facts.scale_away;
  draft.refuse(AlertCode::not_ready, {{"reason", away ? "scale_away" : "weight"}});
}

bool weight_missing(const Draft& draft) {
  const OpenParcel& parcel = draft.work->parcel;
  if (draft.policy.weight != WeightPolicy::before_print || parcel.weight_overridden) return false;
  if (!parcel.weight_g && weight_skipped(draft)) return false;
  return !parcel.weight_g || !parcel.weight_within;
}

// A box that stands on the scale already need not be lifted to be weighed. One that is off is for
// the packer to look at: the weighing screen waits for it.
void take_weight_before_print(Draft& draft) {
  if (!draft.facts.stable_weight_g || !weight_missing(draft) || draft.parcel().weight_g) return;
  const std::int64_t grams = *draft.facts.stable_weight_g;
  const auto due = weight_due(*draft.work, draft.policy);
  if (due && weight_within(grams, *due, draft.policy))
    draft.add(ParcelWeighed{draft.parcel().id, grams, true});
}

// Whether no question and no weight stands before the label.
bool nothing_asks(const Draft& draft) {
  const OpenParcel& parcel = draft.work->parcel;
  return open_check(parcel, true) == nullptr && failed_check(parcel, true) == nullptr &&
         !weight_missing(draft);
}

// Refuses where something stands against printing.
bool may_print(Draft& draft) {
  const OpenParcel& parcel = draft.work->parcel;
  if (const OrderWork* held = first_held(*draft.work)) {
    draft.refuse(AlertCode::order_on_hold, {{"reason", held->held->code}});
  } else if (any_stopped(*draft.work) && all_stopped(*draft.work)) {
    draft.refuse(AlertCode::order_cancelled);
  } else if (!contents_done(*draft.work) || parcel.items.empty()) {
    draft.refuse(AlertCode::not_ready, {{"reason", "items_missing"}});
  } else if (failed_check(parcel, true) != nullptr) {
    draft.refuse(AlertCode::check_failed, {{"check", failed_check(parcel, true)->check.id}});
  } else if (open_check(parcel, true) != nullptr) {
    draft.refuse(AlertCode::check_pending, {{"check", open_check(parcel, true)->check.id}});
  } else if (weight_missing(draft)) {
    refuse_unweighed(draft);
  }
  return !draft.refused();
}

void finish_empty(Draft& draft) {
  stop_cards(draft);
  if (draft.work->staged.empty())
    draft.add(WorkAbandoned{draft.work->id, "nothing_packed"});
  else
    draft.add(WorkFinished{draft.work->id});
}

// The stable weight of the label scan; refuses where it is off or missing.
bool take_weight(Draft& draft) {
  OpenParcel& parcel = draft.parcel();
  if (draft.policy.weight == WeightPolicy::none || parcel.weight_overridden) return true;
  if (draft.policy.weight == WeightPolicy::at_label_scan && draft.facts.stable_weight_g) {
    const std::int64_t grams = *draft.facts.stable_weight_g;
    const auto due = weight_due(*draft.work, draft.policy);
    if (due && !weight_within(grams, *due, draft.policy)) {
      draft.refuse(AlertCode::weight_mismatch,
                   {{"grams", std::to_string(grams)}, {"due", std::to_string(*due)}});
      return false;
    }
    draft.add(ParcelWeighed{parcel.id, grams, true});
    return true;
  }
  if (parcel.weight_g && !parcel.weight_within) {
    const auto due = weight_due(*draft.work, draft.policy);
    draft.refuse(AlertCode::weight_mismatch, {{"grams", std::to_string(*parcel.weight_g)},
                                              {"due", std::to_string(due.value_or(0))}});
    return false;
  }
  const bool owed = !parcel.weight_g && draft.policy.has_scale;
  if (owed && weight_skipped(draft)) {
    draft.add(CheckOverridden{parcel.id, "weight", "scale_away"});
  } else if (owed) {
    refuse_unweighed(draft);
    return false;
  }
  return true;
}

bool may_stage(Draft& draft) {
  const OpenParcel& parcel = draft.parcel();
  if (const OrderWork* held = first_held(*draft.work)) {
    draft.refuse(AlertCode::order_on_hold, {{"reason", held->held->code}});
  } else if (all_stopped(*draft.work) || parcel.items.empty()) {
    draft.refuse(AlertCode::order_cancelled);
  } else if (parcel.label.waybill && is_expired(*parcel.label.waybill, draft.now.wall)) {
    draft.refuse(AlertCode::waybill_expired);
  } else {
    for (const bool blocks_print : {true, false}) {
      if (failed_check(parcel, blocks_print) != nullptr) {
        draft.refuse(AlertCode::check_failed,
                     {{"check", failed_check(parcel, blocks_print)->check.id}});
        return false;
      }
      if (open_check(parcel, blocks_print) != nullptr) {
        draft.refuse(AlertCode::check_pending,
                     {{"check", open_check(parcel, blocks_print)->check.id}});
        return false;
      }
    }
  }
  return !draft.refused();
}

bool names_waybill(const Draft& draft, const std::optional<LabelCode>& small, const Barcode& code) {
  const LabelState& label = draft.work->parcel.label;
  const std::string number = small ? small->waybill : normalise_waybill(code.bytes);
  const bool other_bench = small && small->bench != draft.station.bench;
  return label.waybill && !other_bench && number == label.waybill->number;
}

// Nothing is under way that would make a label the live one: what was printed before still lies
// about.
bool has_only_old_labels(const LabelState& label) {
  return label.on_paper > 0 &&
         (label.state == PrintState::rejected || label.state == PrintState::answered_no);
}

// Whether the scan reads this parcel's label, in the attempt that is live.
bool is_live_label(Draft& draft, const Barcode& code) {
  const LabelState& label = draft.parcel().label;
  const auto small = parse_label_code(code.bytes);
  if (!names_waybill(draft, small, code)) {
    draft.refuse(AlertCode::wrong_label);
    return false;
  }
  // A supplied label has no small code; its attempts cannot be told apart, so there is only one.
  const bool several = label.on_paper > 1 && label.source != LabelSource::supplied;
  const bool old =
      has_only_old_labels(label) || (small ? small->attempt != label.attempt : several);
  if (old) draft.refuse(AlertCode::stale_label);
  return !old;
}

bool has_label(Draft& draft) {
  if (draft.work && on_bench(draft.work->parcel.label)) return true;
  draft.refuse(AlertCode::not_ready, {{"reason", "no_label"}});
  return false;
}

}  // namespace

void go_on(Draft& draft) {
  if (draft.refused() || !draft.work) return;
  const OpenParcel& parcel = draft.work->parcel;
  const PrintState state = parcel.label.state;
  if (state != PrintState::none || first_held(*draft.work) != nullptr) return;
  if (any_stopped(*draft.work) && all_stopped(*draft.work)) return;
  if (!contents_done(*draft.work)) return;
  if (parcel.items.empty()) return finish_empty(draft);
  take_weight_before_print(draft);
  if (nothing_asks(draft)) request_print(draft, "");
}

void print_again(Draft& draft) {
  if (!draft.work) return draft.refuse(AlertCode::not_ready, {{"reason", "no_order"}});
  const LabelState& label = draft.parcel().label;
  if (in_flight(label) || on_bench(label))
    return draft.refuse(
        label.state == PrintState::unknown ? AlertCode::print_unknown : AlertCode::not_ready,
        {{"reason", "label_printed"}});
  if (!may_print(draft)) return;
  request_print(draft, label.state == PrintState::rejected ? label.problem : "asked");
  if (draft.decision.records.empty() && draft.decision.alert) {
    const Alert why = *draft.decision.alert;
    draft.refuse(why.code, why.params);
  }
}

void answer_printed(Draft& draft, const Command& command) {
  const bool yes = command.args.size() == 1 && command.args[0] == "yes";
  const bool no = command.args.size() == 1 && command.args[0] == "no";
  if (!yes && !no) return draft.refuse(AlertCode::bad_command, {{"reason", "/printed yes|no"}});
  // Whoever waits for a printer that does not go on may stop waiting; what came of it is asked
  // next.
  if (no && draft.work && draft.parcel().label.state == PrintState::sent)
    return draft.effect(StopPrinting{draft.parcel().id, draft.parcel().label.attempt});
  const bool asked = draft.work && draft.parcel().label.state == PrintState::unknown;
  if (no && !asked && cards_under_way(draft)) return stop_cards(draft);
  if (refuse_for_printer(draft)) return;
  if (!draft.work || draft.parcel().label.state != PrintState::unknown)
    return draft.refuse(AlertCode::not_ready, {{"reason", "nothing_asked"}});
  draft.add(LabelAnswered{draft.parcel().id, draft.parcel().label.attempt, yes});
  if (no && could_print(draft)) request_print(draft, "answered_no");
}

void reprint(Draft& draft, const Command& command) {
  if (command.args.empty())
    return draft.refuse(AlertCode::bad_command, {{"reason", "/reprint REASON"}});
  if (!has_label(draft)) return;
  const LabelState& label = draft.parcel().label;
  if (label.state == PrintState::unknown) return draft.refuse(AlertCode::print_unknown);
  // Its copies carry no attempt: whoever makes a second one answers for the first.
  if (label.source == LabelSource::supplied && !is_supervisor(draft))
    return draft.refuse(AlertCode::not_permitted, {{"reason", "label_is_supplied"}});
  if (label.source == LabelSource::preprinted)
    return draft.refuse(AlertCode::not_ready, {{"reason", "label_is_preprinted"}});
  if (label.on_paper >= 2 && !is_supervisor(draft))
    return draft.refuse(AlertCode::not_permitted, {{"reason", "third_label"}});
  if (may_print(draft)) request_print(draft, joined(command.args, 0));
}

void void_label(Draft& draft, const Command& command) {
  if (command.args.empty())
    return draft.refuse(AlertCode::bad_command, {{"reason", "/void REASON"}});
  if (!draft.work || !draft.parcel().label.waybill || in_flight(draft.parcel().label))
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_label"}});
  void_waybill(draft, joined(command.args, 0));
}

void scan_label(Draft& draft, const Barcode& code) {
  if (!is_live_label(draft, code) || !may_stage(draft) || !take_weight(draft)) return;
  const ParcelId id = draft.parcel().id;
  if (draft.parcel().label.state == PrintState::sent)
    draft.effect(StopPrinting{id, draft.parcel().label.attempt});
  draft.add(LabelVerified{id, draft.parcel().label.attempt, code.bytes});
  const auto weight = draft.parcel().weight_g;
  const int index = draft.parcel().index;
  draft.add(ParcelStaged{id, weight});
  if (!all_packed(*draft.work)) return start_parcel(draft, index + 1);
  stop_cards(draft);
  draft.add(WorkFinished{draft.work->id});
}

void label_rendered(Draft& draft, const LabelRendered& event) {
  if (!is_current(draft, event.parcel, event.attempt, PrintState::requested)) return;
  if (event.hash.empty()) {
    draft.add(LabelRejected{event.parcel, event.attempt, "label_unprintable", event.problem});
    return draft.alert(AlertCode::label_unprintable, {{"reason", event.problem}});
  }
  draft.add(LabelIntent{event.parcel, event.attempt, event.hash});
  draft.effect(AskPrinter{event.parcel, event.attempt});
}

void printer_asked(Draft& draft, const PrinterAsked& event) {
  if (!is_current(draft, event.parcel, event.attempt, PrintState::intent)) return;
  AlertCode against = AlertCode::printer_fault;
  std::string reason = event.reason;
  bool stopped = false;
  if (const OrderWork* held = first_held(*draft.work)) {
    against = AlertCode::order_on_hold;
    reason = held->held->code;
    stopped = true;
  } else if (all_stopped(*draft.work)) {
    against = AlertCode::order_cancelled;
    stopped = true;
  }
  // Another printer stands in, and no byte has left us: the label is written anew for that one.
  if (!stopped && !event.ready && event.reason == "other-language")
    return request_print(draft, event.reason);
  if (stopped || !event.ready) {
    draft.add(
        LabelRejected{event.parcel, event.attempt, std::string(alert_row(against).name), reason});
    return draft.alert(against, {{"reason", reason}});
  }
  draft.add(LabelSent{event.parcel, event.attempt});
  draft.effect(SendLabel{event.parcel, event.attempt});
}

void print_ended(Draft& draft, const PrintEnded& event) {
  if (!is_current(draft, event.parcel, event.attempt, PrintState::sent)) return;
  switch (event.result) {
    case PrintResult::printed:
      return draft.add(LabelPrinted{event.parcel, event.attempt});
    case PrintResult::rejected:
      if (event.reason == "other-language" && could_print(draft)) {
        draft.add(LabelRejected{event.parcel, event.attempt, "printer_fault", event.reason});
        return request_print(draft, event.reason);
      }
      draft.add(LabelRejected{event.parcel, event.attempt, "printer_fault", event.reason});
      return draft.alert(AlertCode::printer_fault, {{"reason", event.reason}});
    case PrintResult::unknown:
      draft.add(LabelUnknown{event.parcel, event.attempt, event.reason});
      return draft.alert(AlertCode::print_unknown, {{"reason", event.reason}});
  }
}

bool refuse_for_printer(Draft& draft) {
  if (!draft.work) return false;
  const LabelState& label = draft.work->parcel.label;
  if (label.state != PrintState::rejected ||
      label.problem != alert_row(AlertCode::printer_fault).name)
    return false;
  draft.refuse(AlertCode::printer_fault, {{"reason", label.problem_detail}});
  return true;
}

bool names_label_on_paper(const Draft& draft, const Barcode& code) {
  if (!draft.work) return false;
  const LabelState& label = draft.work->parcel.label;
  return (label.state == PrintState::sent || has_only_old_labels(label)) &&
         names_waybill(draft, parse_label_code(code.bytes), code);
}

// A label of which no byte left us goes on by itself once a printer can take it, and one that waits
// for a scale that has left.
void devices_changed(Draft& draft, const DevicesChanged& event) {
  if (!draft.work) return;
  const bool ready =
      std::any_of(event.devices.begin(), event.devices.end(),
                  [](const DeviceReport& device) { return device.kind == "printer" && device.ok; });
  if (ready) retry_cards(draft);
  const LabelState& label = draft.work->parcel.label;
  if (bench_phase(draft.station, draft.policy) == Phase::weighing && weight_skipped(draft))
    return go_on(draft);
  const std::string_view fault = alert_row(AlertCode::printer_fault).name;
  if (label.state != PrintState::rejected || label.problem != fault) return;
  // Who has stopped it does not want it now.
  if (label.problem_detail == "stopped") return;
  if (ready && could_print(draft) && nothing_asks(draft)) request_print(draft, "printer_ready");
}

void started(Draft& draft) {
  end_cards_at_start(draft);
  if (!draft.work) return;
  const OpenParcel& parcel = draft.work->parcel;
  const int attempt = parcel.label.attempt;
  if (parcel.label.state == PrintState::sent) {
    draft.add(LabelUnknown{parcel.id, attempt, "restart"});
    draft.alert(AlertCode::print_unknown, {{"reason", "restart"}});
  } else if (parcel.label.state == PrintState::intent) {
    // Nothing was sent under the intent; what was drawn is gone, so it starts over.
    if (could_print(draft))
      request_print(draft, "restart");
    else
      draft.add(LabelRejected{parcel.id, attempt, "order_cancelled", "restart"});
  }
  // pending() derives them from the state.
  draft.decision.effects.clear();
}

}  // namespace packbench::station
