#include "report/parcels.h"

#include <algorithm>
#include <set>

namespace packbench::report {
namespace {

// An order as all its parcels together show it.
struct OrderClock {
  OrderLate line;
  bool gone = true;  // all its parcels are
  Payment payment;
  Service service = Service::standard;
};
using OrderClocks = std::map<OrderKey, OrderClock>;

bool is_gone(const ParcelFacts& parcel) {
  return parcel.state == ParcelStage::picked_up || parcel.state == ParcelStage::confirmed;
}

// What the journal does not know of its orders: when they were paid and by whom.
ParcelFacts completed(const ParcelFacts& parcel, const ReportInput& input) {
  ParcelFacts facts = parcel;
  for (OrderFacts& order : facts.orders) {
    const auto known = input.payments.find(order.key);
    if (known == input.payments.end()) continue;
    order.buyer = known->second.buyer;
    order.paid_at = known->second.paid_at;
    if (!order.ship_by && order.paid_at)
      order.ship_by = *order.paid_at + policy_of(input.policies, order.key.platform).ship_promise;
  }
  return facts;
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::optional<Money> paid_of(const ParcelFacts& parcel) {
  std::optional<Money> sum;
  for (const OrderFacts& order : parcel.orders) {
    if (!order.paid || (sum && sum->currency != order.paid->currency)) return std::nullopt;
    if (!sum) sum = Money{0, order.paid->currency};
    sum->minor = add_up(sum->minor, order.paid->minor);
  }
  return sum;
}

ParcelLine line_of(ParcelFacts facts, const ReportInput& input) {
  ParcelLine line;
  line.standing = standing_of(facts, input.policies, input.now);
  const auto known = input.operators.find(facts.packed_by);
  line.op = known == input.operators.end() ? facts.packed_by : known->second;
  line.paid = paid_of(facts);
  const auto& visit = line.standing.last_visit;
  line.missed_visit = !is_gone(facts) && visit && input.now.wall > *visit;
  line.facts = std::move(facts);
  return line;
}

std::vector<ParcelLine>* list_for(ListName list, Report& report) {
  if (is_anomaly(list)) return &report.anomalies;
  if (list == ListName::packing) return &report.on_bench;
  if (list == ListName::waiting) return &report.waiting;
  if (list == ListName::pending) return &report.pending;
  return list == ListName::recorded ? &report.recorded : nullptr;
}

// The carrier's record, else our own scan.
void add_pickup(const ParcelFacts& parcel, OrderClock& clock) {
  const bool gone = is_gone(parcel) && parcel.picked_up;
  clock.gone = clock.gone && (gone || parcel.traces.picked_up);
  const auto at = parcel.traces.picked_up ? parcel.traces.picked_up : parcel.picked_up;
  if (at && (gone || parcel.traces.picked_up))
    clock.line.picked_up = std::max(clock.line.picked_up, at);
}

void add_orders(const ParcelFacts& parcel, const ReportInput& input, OrderClocks& clocks) {
  for (const OrderFacts& order : parcel.orders) {
    if (order.stopped) continue;
    OrderClock& clock = clocks[order.key];
    OrderLate& line = clock.line;
    line.key = order.key;
    line.parcels.push_back(parcel.id);
    line.ship_by = earlier(line.ship_by, order.ship_by);
    line.last_visit = earlier(line.last_visit, order.last_visit);
    if (order.paid) line.paid = order.paid;
    clock.payment = {order.buyer, order.paid_at};
    clock.service = order.service;
    const PickupEvidence pickup{parcel.traces.picked_up,
                                is_gone(parcel) ? parcel.picked_up : std::nullopt};
    line.state =
        std::max(line.state, ship_state(order.ship_by, order.last_visit, pickup, input.now.wall,
                                        policy_of(input.policies, order.key.platform).at_risk));
    add_pickup(parcel, clock);
  }
}

void count_orders(OrderClocks& clocks, const ReportInput& input, Report& report) {
  std::vector<CompensationCase> cases;
  for (auto& [key, clock] : clocks) {
    OrderLate& line = clock.line;
    if (!clock.gone) line.picked_up.reset();
    count(report.ship, line.state);
    if (line.state != ClockState::late && line.state != ClockState::at_risk) continue;
    cases.push_back({key, line.state, line.paid, clock.payment.buyer, clock.payment.paid_at,
                     clock.service, false});
    report.orders_late.push_back(std::move(line));
  }
  report.compensation = compensation_of(std::move(cases), input.policies);
  std::stable_sort(report.orders_late.begin(), report.orders_late.end(),
                   [](const OrderLate& a, const OrderLate& b) {
                     if (a.state != b.state) return a.state > b.state;
                     return a.ship_by < b.ship_by;
                   });
}

void sort_oldest_first(std::vector<ParcelLine>& lines) {
  const auto list = [](const ParcelLine& line) {
    return is_anomaly(line.standing.list) ? line.standing.list : ListName::to_pack;
  };
  std::sort(lines.begin(), lines.end(), [&](const ParcelLine& a, const ParcelLine& b) {
    if (list(a) != list(b)) return list(a) < list(b);
    if (a.standing.since != b.standing.since) return a.standing.since < b.standing.since;
    return a.facts.id < b.facts.id;
  });
}

void count_carriers(Report& report) {
  std::map<std::string, CarrierWaiting> carriers;
  const auto add = [&](const ParcelLine& line) {
    CarrierWaiting& row = carriers[line.facts.carrier];
    row.carrier = line.facts.carrier;
    ++row.parcels;
    if (line.missed_visit) ++row.missed_visit;
    if (line.standing.ship == ClockState::late) ++row.late;
    row.oldest = std::max(row.oldest, line.standing.age.length);
  };
  for (const ParcelLine& line : report.waiting) add(line);
  for (const ParcelLine& line : report.anomalies) {
    if (line.standing.list == ListName::not_collected) add(line);
  }
  for (auto& [carrier, row] : carriers) report.waiting_by_carrier.push_back(std::move(row));
}

}  // namespace

void sort_parcels(const ReportInput& input, Report& report) {
  OrderClocks clocks;
  std::set<std::string> seen;
  const auto count_clocks = [&](const ParcelFacts& facts, const Standing& standing) {
    if (facts.state == ParcelStage::voided) return;
    count(report.first_trace, standing.first_trace);
    count(report.hub_trace, standing.hub_trace);
    add_orders(facts, input, clocks);
  };
  const CarriersNow carriers = carriers_now(input.visits, input.now.wall);
  std::vector<ParcelFacts> uncollected;
  for (const ParcelFacts& parcel : input.open) {
    if (!seen.insert(parcel.id).second) continue;
    ParcelLine line = line_of(completed(parcel, input), input);
    count_clocks(line.facts, line.standing);
    if (pickup_need(line.facts, carriers, input.policies, input.now))
      uncollected.push_back(line.facts);
    add(report.sums, line.standing);
    if (auto* list = list_for(line.standing.list, report)) list->push_back(std::move(line));
  }
  // Of these only the clocks are asked: whatever there was to do about them is done.
  for (const ParcelFacts& parcel : input.confirmed) {
    if (!seen.insert(parcel.id).second) continue;
    const ParcelLine line = line_of(completed(parcel, input), input);
    count_clocks(line.facts, line.standing);
  }
  count_orders(clocks, input, report);
  report.pickups = extra_pickups(uncollected, carriers, input.policies, input.now);
  for (auto* list :
       {&report.anomalies, &report.on_bench, &report.waiting, &report.pending, &report.recorded}) {
    sort_oldest_first(*list);
  }
  count_carriers(report);
}

}  // namespace packbench::report
