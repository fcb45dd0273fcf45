#include "host/host.h"

#include <algorithm>

#include "exchange/delivery_queue.h"
#include "host/label_content.h"

namespace packbench::host {
namespace {

using namespace station;

// Enough records to make the next start slower than a snapshot is.
constexpr std::int64_t records_between_rests = 400;

std::string badge_of(const Station& station, LaneId lane) {
  if (lane == LaneId::dock && station.dock_op) return station.dock_op->badge;
  return station.bench_op ? station.bench_op->badge : "";
}

bool is_person(const Input& input) {
  return std::holds_alternative<Scan>(input.body) || std::holds_alternative<Command>(input.body);
}

}  // namespace

Host::Host(HostParts parts) : parts_(std::move(parts)) {}

Now Host::now() const {
  Now now = parts_.clock();
  if (!station_.frozen_clock) return now;
  return {station_.frozen_at, {station_.frozen_at.us}, "frozen"};
}

Status Host::start() {
  auto loaded = parts_.journal.load(evolve);
  if (!loaded) return loaded.error();
  station_ = std::move(loaded).value();
  rested_at_ = station_.seq;
  // What came in while the bench was down may stop a print that is still owed.
  if (!drain_feed() || !dispatch({LaneId::bench, Started{}}, true))
    return Error{"storage_fault",
                 "the start could not be recorded; free space on the disk or close "
                 "the program that holds the database, then start again"};
  started_ = true;
  for (const Effect& effect : pending(station_)) {
    const bool owed =
        std::holds_alternative<WriteOutbox>(effect) || std::holds_alternative<WriteReturn>(effect);
    if (!owed) act(effect);
  }
  write_owed();
  send_owed();
  publish();
  return Ok{};
}

void Host::input(const Input& input) {
  last_ = LastAnswer{};
  last_.lane = input.lane;
  if (drain_feed())
    dispatch(input, true);
  else
    last_.accepted = false;
  publish();
}

void Host::look() {
  const LaneId lane = last_.lane;
  last_ = LastAnswer{};
  last_.lane = lane;
  drain_feed();
  look_for_pickups();
  publish();
}

void Host::take(const Input& message) {
  if (is_person(message)) return input(message);
  if (std::holds_alternative<DevicesChanged>(message.body) ||
      std::holds_alternative<Weighed>(message.body))
    return take_devices(message);
  if (std::holds_alternative<DeliveriesAnswered>(message.body)) {
    take_delivered();
    return publish();
  }
  if (const auto* asked = std::get_if<TracesAsked>(&message.body)) {
    traces_trouble_ = asked->trouble;
    return publish();
  }
  --jobs_;
  if (const auto* slip = std::get_if<SlipPrinted>(&message.body)) slip_ended(*slip);
  // A cancellation that came meanwhile must be known before the printer gets a byte.
  if (std::holds_alternative<PrinterAsked>(message.body)) drain_feed();
  if (!dispatch(message, false)) unstored_.push_back(message);
  publish();
}

void Host::take_devices(const Input& message) {
  if (const auto* changed = std::get_if<DevicesChanged>(&message.body)) devices_ = changed->devices;
  // A cancellation that came meanwhile must be known before a label goes on by itself.
  drain_feed();
  const bool busy_before = busy();
  // A weight is not kept for later: it might be taken for another box's.
  const bool keeps = std::holds_alternative<DevicesChanged>(message.body);
  if (!dispatch(message, false) && keeps) unstored_.push_back(message);
  const bool fault = last_.alert && (last_.alert->code == AlertCode::printer_fault ||
                                     last_.alert->code == AlertCode::card_not_printed);
  if (fault && busy() && !busy_before) last_.alert.reset();
  publish();
}

bool Host::pump() {
  const auto message = inbox_.pop();
  if (message) take(*message);
  return message.has_value();
}

bool Host::pump_within(std::chrono::milliseconds patience) {
  const auto message = inbox_.pop_within(patience);
  if (message) {
    take(*message);
    return true;
  }
  go_on_with_slips();
  if (!take_delivered()) return false;
  if (unstored_.empty() || !dispatch(unstored_.front(), false)) return false;
  unstored_.pop_front();
  publish();
  return true;
}

namespace {

// Traces that follow each other make one input.
std::vector<Input> feed_inputs(const std::vector<FeedRow>& rows) {
  std::vector<Input> inputs;
  for (const FeedRow& row : rows) {
    auto* traces = inputs.empty() ? nullptr : std::get_if<TraceRows>(&inputs.back().body);
    if (!row.trace)
      inputs.push_back({LaneId::bench, row});
    else if (traces != nullptr)
      traces->rows.push_back(row);
    else
      inputs.push_back({LaneId::bench, TraceRows{{row}}});
  }
  return inputs;
}

}  // namespace

bool Host::drain_feed() {
  const auto changed = parts_.catalog.changed();
  if (!changed) return answer_fault(changed.error(), false), false;
  if (changed.value()) empty_ranges_.clear();
  if (!changed.value() && !feed_behind_) return true;
  feed_behind_ = true;
  while (true) {
    constexpr std::size_t page = 256;
    const auto rows = parts_.catalog.feed_after(station_.feed_cursor, page);
    if (!rows) return answer_fault(rows.error(), false), false;
    // A row is never passed over: the cursor would leave a cancellation behind.
    for (const Input& input : feed_inputs(rows.value())) {
      if (!dispatch(input, false)) return false;
    }
    if (rows.value().size() < page) break;
  }
  feed_behind_ = false;
  publish();
  return true;
}

void Host::settle(const std::function<bool()>& patience) {
  while (busy() && patience()) pump_within(std::chrono::milliseconds(20));
}

void Host::rest() {
  write_owed();
  go_on_with_slips();
  take_delivered();
  send_owed();
  if (look_for_pickups()) publish();
  if (station_.work || busy() || station_.seq - rested_at_ < records_between_rests) return;
  rested_at_ = station_.seq;
  // Neither is needed for what was promised; a fault shows at the next commit.
  static_cast<void>(parts_.journal.save_snapshot(station_));
  static_cast<void>(parts_.journal.checkpoint());
}

bool Host::dispatch(const Input& input, bool own) {
  const Now at = now();
  const FactSources sources{parts_.catalog, parts_.journal.read(), parts_.config.policy,
                            &empty_ranges_};
  auto facts = look_up(sources, station_, queries(station_, input, at), at.wall);
  if (!facts) return answer_fault(facts.error(), own), false;
  if (parts_.stable_weight) facts.value().stable_weight_g = parts_.stable_weight();
  facts.value().scale_away = std::none_of(
      devices_.begin(), devices_.end(),
      [](const DeviceReport& device) { return device.kind == "scale" && device.connected; });
  const Decision decision = decide(station_, input, facts.value(), at);
  if (!commit(decision, input, at, own)) return false;
  // Until the start is recorded nothing is begun: pending() then names all that is owed, once.
  if (started_) {
    for (const Effect& effect : decision.effects) act(effect);
  }
  if (const auto* written = std::get_if<OutboxWritten>(&input.body))
    file_ended(confirmations_out_, written->release, written->ok);
  if (const auto* written = std::get_if<ReturnWritten>(&input.body))
    file_ended(returns_out_, written->returned, written->ok);
  if (started_) send_owed();
  go_on_with_slips();
  return true;
}

// What cannot be read now can be had of `packbench manifest` later: nothing waits for it.
void Host::keep_manifest(const ManifestId& id) {
  if (!parts_.keep_manifest) return;
  auto found = parts_.journal.read().manifest(id);
  if (found && found.value()) parts_.keep_manifest(std::move(*std::move(found).value()));
}

bool Host::commit(const Decision& decision, const Input& input, const Now& at, bool own) {
  if (!decision.records.empty()) {
    const std::string badge = is_person(input) ? badge_of(station_, decision.lane) : "";
    const auto records = parts_.journal.commit(decision.records, badge, at);
    if (!records) {
      answer_fault(records.error(), own);
      return false;
    }
    for (const Record& record : records.value()) {
      evolve(station_, record);
      owes_more_ = owes_more_ || std::holds_alternative<DeliveriesOwed>(record.payload) ||
                   std::holds_alternative<DeliveriesRetried>(record.payload);
      if (const auto* staged = std::get_if<ParcelStaged>(&record.payload))
        last_.just_staged = staged->parcel;
      if (const auto* closed = std::get_if<ManifestClosed>(&record.payload))
        keep_manifest(closed->manifest);
    }
  }
  if (own) {
    last_.lane = decision.lane;
    last_.accepted = decision.accepted;
    const auto* scan = std::get_if<Scan>(&input.body);
    if (scan != nullptr && !decision.accepted) last_.scanned = scan->code.bytes;
  }
  // A refusal on the screen is not covered up by what a device says meanwhile, and what the packer
  // has to do not by a file that will be tried again.
  const bool of_a_file = std::holds_alternative<OutboxWritten>(input.body) ||
                         std::holds_alternative<ReturnWritten>(input.body) ||
                         std::holds_alternative<DeliveriesAnswered>(input.body);
  const bool covers = last_.accepted && !(of_a_file && last_.alert);
  if (decision.alert && (own || covers)) last_.alert = decision.alert;
  return true;
}

void Host::answer_fault(const Error& error, bool own) {
  if (own) last_.accepted = false;
  last_.alert = Alert{AlertCode::storage_fault, {{"reason", error.code}}};
}

void Host::act(const Effect& effect) {
  if (const auto* draw = std::get_if<RenderLabel>(&effect)) draw_label(*draw);
  if (const auto* ask = std::get_if<AskPrinter>(&effect)) ask_printer(*ask);
  if (const auto* send = std::get_if<SendLabel>(&effect)) send_label(*send);
  if (std::holds_alternative<StopPrinting>(effect)) parts_.printer.stop(sending_);
  if (std::holds_alternative<WriteOutbox>(effect)) write_owed();
  if (std::holds_alternative<WriteReturn>(effect)) write_owed();
  if (const auto* count = std::get_if<CountRange>(&effect)) count_range(*count);
  if (const auto* card = std::get_if<PrintCard>(&effect)) print_card(*card);
  if (const auto* manifest = std::get_if<PrintManifest>(&effect)) print_manifest(*manifest);
}

void Host::job(std::function<Input()> work) {
  ++jobs_;
  parts_.run([this, work = std::move(work)] {
    // The inbox is far larger than the jobs a bench can have under way.
    CHECK(inbox_.push(work()));
  });
}

Result<label::LabelContent> Host::content(const OpenParcel& parcel, int attempt) {
  const auto& order = station_.work->orders.front().opened.order;
  auto person = parts_.catalog.person(order.key, order.sealed_person);
  if (!person) return person.error();
  return label_content(*station_.work, parcel, attempt, person.value(), parts_.config,
                       {station_.bench, now().wall});
}

// On the worker: a printer may have to be asked.
label::LabelLanguage Host::printer_language() {
  return label::label_language(parts_.printer.language()).value_or(label::LabelLanguage::zpl);
}

void Host::draw_label(const RenderLabel& effect) {
  if (!station_.work || station_.work->parcel.id != effect.parcel) return;
  const OpenParcel& parcel = station_.work->parcel;
  auto drawn = std::make_shared<Drawn>(Drawn{effect.parcel, effect.attempt, nullptr});
  drawn_ = drawn;
  std::function<Result<label::Label>()> make;
  if (parcel.label.source == LabelSource::supplied) {
    const WaybillOffer offer = *parcel.label.waybill;
    make = [this, offer] { return parts_.supplied(offer.label_file, offer, printer_language()); };
  } else {
    auto wanted = content(parcel, effect.attempt);
    if (wanted)
      make = [this, c = std::move(wanted).value()] { return parts_.draw(c, printer_language()); };
    else
      make = [error = wanted.error()]() -> Result<label::Label> { return error; };
  }
  job([drawn, make]() -> Input {
    auto label = make();
    LabelRendered event{drawn->parcel, drawn->attempt, "", ""};
    if (label) {
      drawn->label = std::make_shared<const label::Label>(std::move(label).value());
      event.hash = drawn->label->hash;
    } else {
      event.problem = label.error().text;
    }
    return {LaneId::bench, event};
  });
}

void Host::stop_printing() {
  parts_.printer.stop(sending_);
  parts_.printer.stop(slip_at_printer_);
}

void Host::ask_printer(const AskPrinter& effect) {
  job([this, effect]() -> Input {
    const Status ready = parts_.printer.ready();
    return {LaneId::bench, PrinterAsked{effect.parcel, effect.attempt, ready.ok(),
                                        ready ? "" : ready.error().code}};
  });
}

void Host::send_label(const SendLabel& effect) {
  const auto drawn = std::move(drawn_);
  drawn_.reset();
  CHECK(drawn && drawn->label && drawn->attempt == effect.attempt);
  const std::string name =
      station_.work->parcel.label.waybill->number + "-" + std::to_string(effect.attempt);
  sending_ = name;
  job([this, drawn, name]() -> Input {
    ports::PrintJob printed{
        name, drawn->label->job, {}, label::language_word(drawn->label->language)};
    printed.preview_png = [drawn] {
      auto png = label::label_png(*drawn->label);
      return png ? std::move(png).value() : std::string();
    };
    const ports::PrintOutcome outcome = parts_.printer.print(printed, parts_.config.print_deadline);
    PrintEnded event{drawn->parcel, drawn->attempt, PrintResult::unknown, outcome.reason};
    if (outcome.result == ports::PrintResult::printed) event.result = PrintResult::printed;
    if (outcome.result == ports::PrintResult::rejected) event.result = PrintResult::rejected;
    return {LaneId::bench, event};
  });
}

// Beside the work: nobody waits for it, and what fails now is seen with the next number.
void Host::count_range(const CountRange& effect) {
  const FactSources sources{parts_.catalog, parts_.journal.read(), parts_.config.policy};
  const auto left = range_left(sources, effect.carrier, effect.service, now().wall);
  if (left)
    dispatch(
        {LaneId::bench, RangeCounted{effect.parcel, effect.carrier, effect.service, left.value()}},
        false);
}

void Host::add_notes(StationView& view) {
  const std::string work = station_.work ? station_.work->id : "";
  if (work != noted_work_) {
    noted_work_ = work;
    notes_.clear();
    if (station_.work) {
      for (const OrderWork& order : station_.work->orders) {
        auto person =
            parts_.catalog.person(order.opened.order.key, order.opened.order.sealed_person);
        if (person) notes_[order.opened.order.key] = std::move(person).value();
      }
    }
  }
  for (OrderView& order : view.orders) {
    const auto found = notes_.find(order.key);
    if (found == notes_.end()) continue;
    order.gift_message = found->second.gift_message;
    order.buyer_note = found->second.buyer_note;
    order.seller_note = found->second.seller_note;
  }
}

void Host::publish() {
  auto fresh =
      std::make_shared<StationView>(make_view(station_, parts_.config.policy, now().wall, last_));
  add_notes(*fresh);
  if (!traces_trouble_.empty()) fresh->notes.push_back(traces_late_note(traces_trouble_));
  fresh->outbox.stuck = late_in_a_row_ >= exchange::DeliveryQueue::kTrouble;
  fresh->pickups = pickups_;
  for (const DeviceReport& device : devices_) fresh->devices.push_back(device_view(device));
  if (!parts_.config.bench_name.empty()) fresh->bench = parts_.config.bench_name;
  {
    std::lock_guard lock(view_mutex_);
    view_ = std::move(fresh);
  }
  if (published_) published_();
}

std::shared_ptr<const StationView> Host::view() const {
  std::lock_guard lock(view_mutex_);
  return view_;
}

}  // namespace packbench::host
