#include "mutants.h"

#include <deque>
#include <utility>
#include <variant>

#include "exchange/confirmation.h"
#include "host/confirmation_out.h"
#include "host/facts.h"
#include "station/core.h"
#include "station/view.h"
#include "station/work.h"

namespace packbench::simulation {
namespace {

using namespace station;

constexpr int every_lost = 6;  // so many items until one is lost

// The loop of a host in its shortest form: facts, decide, commit, evolve, act.
class LoopBench : public BenchUnderTest {
 public:
  LoopBench(host::HostParts parts, Mutation mutation)
      : parts_(std::move(parts)), mutation_(mutation) {}

  Status start() override {
    auto loaded = parts_.journal.load(evolve);
    if (!loaded) return loaded.error();
    station_ = std::move(loaded).value();
    if (!drain()) return Error{"storage_fault", ""};
    dispatch({LaneId::bench, Started{}}, true);
    for (const Effect& effect : pending(station_)) act(effect);
    publish();
    return Ok{};
  }

  void input(const Input& input) override {
    last_ = LastAnswer{};
    last_.lane = input.lane;
    if (!drain()) return;
    dispatch(input, true);
    if (mutation_ == Mutation::confirmation_without_pickup) believe(input);
    publish();
  }

  void look() override {
    last_ = LastAnswer{};
    if (drain()) publish();
  }

  bool pump() override {
    if (inbox_.empty()) return false;
    const Input input = std::move(inbox_.front());
    inbox_.pop_front();
    dispatch(input, false);
    publish();
    return true;
  }

  void rest() override {}
  std::shared_ptr<const StationView> view() const override { return view_; }

 private:
  void fault(const Error& error, bool own) {
    if (own) last_.accepted = false;
    last_.alert = Alert{AlertCode::storage_fault, {{"reason", error.code}}};
    publish();
  }

  bool drain() {
    const auto rows = parts_.catalog.feed_after(station_.feed_cursor, 1000);
    if (!rows) return fault(rows.error(), true), false;
    for (const FeedRow& row : rows.value()) {
      if (!dispatch({LaneId::bench, row}, false)) return fault({"feed", ""}, true), false;
    }
    return true;
  }

  bool dispatch(const Input& input, bool own) {
    const Now now = parts_.clock();
    const host::FactSources sources{parts_.catalog, parts_.journal.read(), parts_.config.policy};
    auto facts = host::look_up(sources, station_, queries(station_, input, now), now.wall);
    if (!facts) {
      fault(facts.error(), own);
      return false;
    }
    if (std::holds_alternative<Scan>(input.body))
      facts.value().stable_weight_g = parts_.stable_weight();
    if (mutation_ == Mutation::acceptance_without_trace && facts.value().parcel)
      facts.value().parcel->traced_pickup = now.wall;
    if (mutation_ == Mutation::reprint_on_time_out && print_again(input)) return true;
    const Decision decision = decide(station_, input, facts.value(), now);
    const bool first = mutation_ == Mutation::effects_before_commit;
    if (first) act_all(decision);  // what is not committed yet is not in the Station either
    if (!commit(decision, input, now, own)) return false;
    if (!first) act_all(decision);
    return true;
  }

  void act_all(const Decision& decision) {
    for (const Payload& payload : decision.records) {
      if (const auto* assigned = std::get_if<WaybillAssigned>(&payload))
        number_to_be_ = assigned->offer.number;
    }
    for (const Effect& effect : decision.effects) act(effect);
  }

  bool commit(const Decision& decision, const Input& input, const Now& now, bool own) {
    std::vector<Payload> kept;
    for (const Payload& payload : decision.records) {
      if (!is_lost(payload)) kept.push_back(payload);
    }
    if (!kept.empty()) {
      const auto records = parts_.journal.commit(kept, "", now);
      if (!records) {
        fault(records.error(), own);
        return false;
      }
    }
    for (const Payload& payload : decision.records) {
      evolve(station_, Record{station_.seq + 1, station_.seq + 1, "", now, payload});
      if (const auto* staged = std::get_if<ParcelStaged>(&payload))
        last_.just_staged = staged->parcel;
    }
    if (own) {
      last_.lane = decision.lane;
      last_.accepted = decision.accepted;
      const auto* scan = std::get_if<Scan>(&input.body);
      if (scan != nullptr && !decision.accepted) last_.scanned = scan->code.bytes;
    }
    if (decision.alert) last_.alert = decision.alert;
    return true;
  }

  bool is_lost(const Payload& payload) {
    if (mutation_ != Mutation::lost_record) return false;
    return std::holds_alternative<ItemPacked>(payload) && ++items_ % every_lost == 0;
  }

  void job(std::function<Input()> work) {
    if (mutation_ == Mutation::effects_before_commit) {
      inbox_.push_back(work());
      return;
    }
    parts_.run([this, work = std::move(work)] { inbox_.push_back(work()); });
  }

  void act(const Effect& effect) {
    if (const auto* draw = std::get_if<RenderLabel>(&effect)) return draw_label(*draw);
    if (const auto* ask = std::get_if<AskPrinter>(&effect)) return ask_printer(*ask);
    if (const auto* send = std::get_if<SendLabel>(&effect))
      return job([this, e = *send] { return send_label(e.parcel, e.attempt); });
    if (const auto* write = std::get_if<WriteOutbox>(&effect)) return write_outbox(*write);
    if (const auto* write = std::get_if<WriteReturn>(&effect)) return write_return(*write);
    if (const auto* card = std::get_if<PrintCard>(&effect)) return print_card(*card);
  }

  void print_card(const PrintCard& effect) {
    const auto index = find_order(*station_.work, effect.order);
    const Order& order = station_.work->orders[index.value()].opened.order;
    const auto person = parts_.catalog.person(order.key, order.sealed_person);
    label::LabelContent content;
    if (person) content.gift_message = person.value().gift_message;
    job([this, effect, content]() -> Input {
      const auto card = parts_.card(content, label::LabelLanguage::zpl);
      CardPrinted event{effect.work, effect.order, effect.copy, CardResult::unprintable, ""};
      if (!card) return {LaneId::bench, event};
      const auto print = [&] {
        return parts_.printer.print({"", card.value().job, {}}, parts_.config.print_deadline)
            .result;
      };
      auto result = print();
      if (mutation_ == Mutation::card_on_time_out && result == ports::PrintResult::unknown)
        result = print();
      event.result =
          result == ports::PrintResult::printed ? CardResult::printed : CardResult::unknown;
      return {LaneId::bench, event};
    });
  }

  void draw_label(const RenderLabel& effect) {
    label::LabelContent content;
    content.bench = station_.bench;
    content.attempt = effect.attempt;
    const bool known = station_.work && station_.work->parcel.label.waybill;
    content.waybill = known ? station_.work->parcel.label.waybill->number : number_to_be_;
    job([this, effect, content]() -> Input {
      const auto label = parts_.draw(content, label::LabelLanguage::zpl);
      if (label) drawn_ = label.value().job;
      return {LaneId::bench,
              LabelRendered{effect.parcel, effect.attempt, label ? label.value().hash : "",
                            label ? "" : label.error().text}};
    });
  }

  void ask_printer(const AskPrinter& effect) {
    job([this, effect]() -> Input {
      const Status ready = parts_.printer.ready();
      return {LaneId::bench, PrinterAsked{effect.parcel, effect.attempt, ready.ok(),
                                          ready ? "" : ready.error().code}};
    });
  }

  Input send_label(const ParcelId& parcel, int attempt) {
    const auto outcome = parts_.printer.print({"", drawn_, {}}, parts_.config.print_deadline);
    PrintEnded event{parcel, attempt, PrintResult::unknown, outcome.reason};
    if (outcome.result == ports::PrintResult::printed) event.result = PrintResult::printed;
    if (outcome.result == ports::PrintResult::rejected) event.result = PrintResult::rejected;
    return {LaneId::bench, event};
  }

  bool print_again(const Input& input) {
    const auto* ended = std::get_if<PrintEnded>(&input.body);
    if (ended == nullptr || ended->result != PrintResult::unknown) return false;
    inbox_.push_back(send_label(ended->parcel, ended->attempt));
    return true;
  }

  void write_outbox(const WriteOutbox& effect) {
    const auto rows = parts_.journal.read().release(effect.release);
    if (!rows) return fault(rows.error(), false);
    std::vector<exchange::ConfirmationOut> out;
    for (const store::ReleasedConfirmation& row : rows.value())
      out.push_back(host::confirmation_out(row));
    const std::string name = station_.bench + "-" + std::to_string(effect.release) + ".jsonl";
    job([this, effect, name, text = exchange::confirmation_lines(out)]() -> Input {
      const auto written = parts_.write_outbox(name, text);
      return {LaneId::bench, OutboxWritten{effect.release, written.ok(), name}};
    });
  }

  void write_return(const WriteReturn& effect) {
    const auto found = parts_.journal.read().returned(effect.returned);
    if (!found) return fault(found.error(), false);
    const WaybillReturned& r = found.value().number;
    const std::string name = station_.bench + "-" + std::to_string(effect.returned) + ".jsonl";
    const std::string text = exchange::return_line(
        {r.carrier, r.service, r.number, r.parcel, r.reason, found.value().at});
    job([this, effect, name, text]() -> Input {
      const auto written = parts_.write_carrier(name, text);
      return {LaneId::bench, ReturnWritten{effect.returned, written.ok(), name}};
    });
  }

  // Somebody says that it is shipped, and the platform is told.
  void believe(const Input& input) {
    const auto* command = std::get_if<Command>(&input.body);
    if (command == nullptr || command->verb != Verb::confirm || command->args.empty()) return;
    std::vector<exchange::ConfirmationOut> out;
    for (const auto& [id, parcel] : station_.staged) {
      for (const Content& content : parcel.contents) {
        if (content.order.number != command->args[0]) continue;
        out.push_back({id,
                       content.order,
                       parcel.waybill.carrier,
                       parcel.waybill.service,
                       parcel.waybill.number,
                       "",
                       {},
                       {},
                       {{content.line, content.quantity}}});
      }
    }
    if (out.empty()) return;
    static_cast<void>(parts_.write_outbox("asked-" + std::to_string(station_.seq) + ".jsonl",
                                          exchange::confirmation_lines(out)));
  }

  void publish() {
    view_ = std::make_shared<StationView>(
        make_view(station_, parts_.config.policy, parts_.clock().wall, last_));
  }

  host::HostParts parts_;
  const Mutation mutation_;
  Station station_;
  LastAnswer last_;
  std::deque<Input> inbox_;
  std::string drawn_;
  std::string number_to_be_;
  int items_ = 0;
  std::shared_ptr<const StationView> view_;
};

}  // namespace

MakeBench make_mutant(Mutation mutation) {
  return [mutation](host::HostParts parts) -> std::unique_ptr<BenchUnderTest> {
    return std::make_unique<LoopBench>(std::move(parts), mutation);
  };
}

}  // namespace packbench::simulation
