#include "bench.h"

#include <type_traits>
#include <utility>

#include "base/check.h"
#include "domain/label_code.h"
#include "station/codec.h"

namespace packbench::protocol {
namespace {

using namespace station;

constexpr const char* bench_id = "B100001";
constexpr const char* order_number = "A-1";
constexpr const char* sku = "MUG-01";
constexpr const char* packer = "P7";
constexpr const char* supervisor = "S1";
const ParcelId the_parcel = std::string(bench_id) + "-P1";
const OrderKey the_order{"demo", "shop", order_number};
const Now the_time{{1'795'000'000'000'000}, {1'000'000}, "boot"};

std::string number_text(int number) {
  return "SF100000000000" + std::to_string(number);
}

WaybillOffer offer(int number, LabelSource source) {
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = number_text(number);
  offer.order = the_order;
  if (source == LabelSource::supplied) offer.label_file = offer.number + ".png";
  return offer;
}

Product the_product() {
  Product product;
  product.sku = sku;
  return product;
}

OrderFact order_fact(const Known& known) {
  OrderFact fact;
  fact.order.key = the_order;
  if (known.order == OrderIs::held) fact.order.status = OrderStatus::refund_requested;
  if (known.order == OrderIs::cancelled) fact.order.status = OrderStatus::cancelled;
  OrderLine line;
  line.ordinal = 1;
  line.sku = sku;
  line.quantity = 1;
  fact.order.lines.push_back(line);
  fact.products[sku] = the_product();
  return fact;
}

Policy make_policy() {
  Policy policy;
  policy.weight = WeightPolicy::none;
  policy.default_carrier = "SF";
  return policy;
}

InputBody scan(std::string text) {
  return Scan{{std::move(text), ""}};
}

InputBody command(Verb verb, std::vector<std::string> args) {
  return Command{verb, std::move(args)};
}

InputBody person(const protocol::Input& input) {
  switch (input.said) {
    case Said::item_scanned:
      return scan(sku);
    case Said::order_scanned:
      return scan(order_number);
    case Said::bar_code_scanned:
      return scan(number_text(input.number));
    case Said::small_code_scanned:
      return scan(encode_label_code({bench_id, number_text(input.number), input.attempt}));
    case Said::printed_yes:
      return command(Verb::printed, {"yes"});
    case Said::printed_no:
      return command(Verb::printed, {"no"});
    case Said::reprint:
      return command(Verb::reprint, {"torn"});
    case Said::void_label:
      return command(Verb::void_, {"wrong", "box"});
    case Said::print:
      return command(Verb::print, {});
    case Said::abandon:
      return command(Verb::abandon, {"gone"});
    case Said::park:
      return command(Verb::park, {});
    case Said::supervisor_signs_in:
      return command(Verb::sign_in, {supervisor, "0000"});
    default:
      CHECK(input.said == Said::packer_signs_in);
      return command(Verb::sign_in, {packer});
  }
}

InputBody ended(Byte attempt, PrintResult result, const char* reason) {
  return PrintEnded{the_parcel, attempt, result, reason};
}

InputBody news(bool ok) {
  DeviceReport printer;
  printer.kind = "printer";
  printer.ok = ok;
  return DevicesChanged{{printer}};
}

// The cursor of a kept Station stands at 0, so the next row is always the first.
InputBody row(const char* status) {
  return FeedRow{1, "status", the_order, status, 0, 1};
}

InputBody body_of(const protocol::Input& input) {
  const Byte n = input.attempt;
  switch (input.said) {
    case Said::label_drawn:
      return LabelRendered{the_parcel, n, "hash", ""};
    case Said::label_undrawable:
      return LabelRendered{the_parcel, n, "", "too long"};
    case Said::printer_ready:
      return PrinterAsked{the_parcel, n, true, ""};
    case Said::printer_not_ready:
      return PrinterAsked{the_parcel, n, false, "offline"};
    case Said::other_printer_asked:
      return PrinterAsked{the_parcel, n, false, "other-language"};
    case Said::print_done:
      return ended(n, PrintResult::printed, "");
    case Said::print_rejected:
      return ended(n, PrintResult::rejected, "offline");
    case Said::print_rejected_stopped:
      return ended(n, PrintResult::rejected, "stopped");
    case Said::print_rejected_other:
      return ended(n, PrintResult::rejected, "other-language");
    case Said::print_unknown:
      return ended(n, PrintResult::unknown, "timed-out");
    case Said::printer_well:
    case Said::printer_ill:
      return news(input.said == Said::printer_well);
    case Said::row_held:
      return row("refund_requested");
    case Said::row_paid:
      return row("paid");
    case Said::row_cancelled:
      return row("cancelled");
    case Said::started:
      return Started{};
    default:
      return person(input);
  }
}

Operator operator_of_badge(const std::string& badge) {
  return {badge, badge, badge == supervisor ? Role::supervisor : Role::packer};
}

struct FactOf {
  Facts& facts;
  const Known& known;
  const LabelSource source;

  void operator()(const FindOrders& q) { add_order(q.code == order_number); }
  void operator()(const FindOrderKey& q) { add_order(q.key == the_order); }
  void operator()(const FindItem& q) {
    if (q.code == sku && facts.orders.empty()) facts.items.push_back({the_product(), 1});
  }
  void operator()(const FindOffer& q) {
    CHECK(known.numbers_used < Bench::kNumbers);
    if (!q.orders.empty()) facts.offer = offer(known.numbers_used + 1, source);
  }
  void operator()(const FindOperator& q) {
    if (q.badge != packer && q.badge != supervisor) return;
    facts.op = OperatorFact{operator_of_badge(q.badge), q.badge == supervisor, true};
  }
  // Nobody else's labels, no second order, no serial numbers, no courier.
  template <class Other>
  void operator()(const Other&) {}

  void add_order(bool named) {
    if (named) facts.orders.push_back(order_fact(known));
  }
};

PackingStarted opening() {
  PackingStarted started;
  started.work = std::string(bench_id) + "-W1";
  started.opened_by = "number";
  started.carrier = "SF";
  OpenedOrder opened;
  const OrderFact fact = order_fact({});
  opened.order = fact.order;
  OpenedLine line{fact.order.lines.front(), {}};
  Part part;
  part.sku = sku;
  line.parts.push_back(part);
  opened.lines.push_back(line);
  started.orders.push_back(opened);
  return started;
}

Byte number_in(const std::optional<WaybillOffer>& waybill) {
  for (int n = 1; waybill && n <= Bench::kNumbers; ++n) {
    if (waybill->number == number_text(n)) return static_cast<Byte>(n);
  }
  return 0;
}

Sight sight_of(const Station& s) {
  Sight sight;
  sight.working = s.work.has_value();
  sight.parked = !s.parked.empty();
  if (!sight.open()) return sight;
  const Work& work = s.work ? *s.work : s.parked.front();
  sight.packed = !work.parcel.items.empty();
  sight.stopped = work.orders.front().stopped;
  sight.label = work.parcel.label.state;
  CHECK(work.parcel.label.attempt <= Bench::kAttempts);
  sight.attempt = static_cast<Byte>(work.parcel.label.attempt);
  sight.number = number_in(work.parcel.label.waybill);
  return sight;
}

}  // namespace

ParcelId Bench::parcel() {
  return the_parcel;
}

Bench::Bench(LabelSource source) : source_(source), policy_(make_policy()) {
  Station empty;
  empty.bench = bench_id;
  first_ = fold(keep(empty),
                {ShiftOpened{1}, OperatorSignedIn{LaneId::bench, operator_of_badge(packer)},
                 opening(), ParcelStarted{the_parcel, std::string(bench_id) + "-W1", 1, {}, {}}});
}

StationId Bench::keep(Station station) {
  station.seq = 0;
  station.feed_cursor = 0;
  station.counters.clear();
  station.returns.clear();
  const auto [found, fresh] =
      by_bytes_.try_emplace(encode(station), static_cast<StationId>(stations_.size()));
  if (!fresh) return found->second;
  sights_.push_back(sight_of(station));
  stations_.push_back(std::move(station));
  return found->second;
}

StationId Bench::fold(StationId from, const std::vector<Payload>& records) {
  if (records.empty()) return from;
  Station station = stations_[from];
  for (const Payload& payload : records)
    evolve(station, Record{station.seq + 1, 1, "", the_time, payload});
  return keep(std::move(station));
}

Facts Bench::facts(const std::vector<Query>& queries, const Known& known) const {
  Facts facts;
  facts.policy = &policy_;
  for (const Query& query : queries) std::visit(FactOf{facts, known, source_}, query);
  return facts;
}

Answer Bench::ask_core(StationId from, const station::Input& input, const Known& known) {
  const Station& station = stations_[from];
  const Facts found = facts(queries(station, input, the_time), known);
  Decision decision = decide(station, input, found, the_time);
  Answer answer;
  answer.accepted = decision.accepted;
  if (decision.alert) answer.alert = decision.alert->code;
  answer.records = std::move(decision.records);
  answer.effects = std::move(decision.effects);
  answer.station = fold(from, answer.records);
  return answer;
}

const Answer& Bench::tell(StationId from, const protocol::Input& input, const Known& known) {
  const std::uint64_t key =
      std::uint64_t{from} << 32U | std::uint64_t{Byte(input.said)} << 24U |
      std::uint64_t{input.attempt} << 16U | std::uint64_t{input.number} << 12U |
      std::uint64_t{known.numbers_used} << 4U | std::uint64_t{Byte(known.order)};
  const auto found = answers_.find(key);
  if (found != answers_.end()) return found->second;
  Answer answer = ask_core(from, {LaneId::bench, body_of(input)}, known);
  return answers_.emplace(key, std::move(answer)).first->second;
}

std::vector<Effect> Bench::owed(StationId station) const {
  return pending(stations_[station]);
}

}  // namespace packbench::protocol
