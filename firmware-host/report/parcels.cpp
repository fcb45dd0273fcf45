#include "report/parcels.h"

#include <algorithm>
#include <set>

namespace packbench::report {
namespace {

// An order as all its parcels together show it.
struct OrderClock {
  OrderLate line;
  bool gone = true;  // all its parcels are
};
using OrderClocks = std::map<OrderKey, OrderClock>;

bool is_confirmed(const store::ParcelRow& row) {
  return row.state == "confirmed";
}
bool is_gone(const store::ParcelRow& row) {
  return row.state == "picked_up" || is_confirmed(row);
}
bool is_waiting(const store::ParcelRow& row) {
  return row.state == "labelled" || row.state == "verified" || row.state == "staged";
}

// A refunded or cancelled order has no promise left to keep.
bool is_stopped(const store::ParcelRowOrder& order) {
  return order.confirmation == "stopped";
}

std::optional<Instant> ship_by_of(const store::ParcelRowOrder& order, const ReportInput& input) {
  if (order.ship_by) return order.ship_by;
  const auto known = input.payments.find(order.key);
  if (known == input.payments.end() || !known->second.paid_at) return std::nullopt;
  return *known->second.paid_at + policy_of(input.policies, order.key.platform).ship_promise;
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

Instant since(const store::ParcelRow& row, Instant now) {
  const Instant started = row.started.value_or(now);
  if (is_confirmed(row)) return row.confirmed.value_or(row.picked_up.value_or(started));
  if (is_gone(row)) return row.picked_up.value_or(started);
  if (is_waiting(row)) return row.labelled.value_or(row.staged.value_or(started));
  return started;
}

// A clock that was set back makes nothing younger than new.
Duration age_of(Instant since, Instant now) {
  return std::max(now - since, Duration{0});
}

std::optional<Money> paid_of(const store::ParcelRow& row) {
  std::optional<Money> sum;
  for (const store::ParcelRowOrder& order : row.orders) {
    if (!order.paid || (sum && sum->currency != order.paid->currency)) return std::nullopt;
    if (!sum) sum = Money{0, order.paid->currency};
    sum->minor = add_up(sum->minor, order.paid->minor);
  }
  return sum;
}

// Of several platforms in one box the strictest rule counts.
PlatformPolicy policy_for(const store::ParcelRow& row, const ReportInput& input) {
  if (row.orders.empty()) return policy_of(input.policies, "");
  PlatformPolicy strict = policy_of(input.policies, row.orders.front().key.platform);
  for (const store::ParcelRowOrder& order : row.orders) {
    const PlatformPolicy each = policy_of(input.policies, order.key.platform);
    strict.first_trace = std::min(strict.first_trace, each.first_trace);
    strict.hub_trace = std::min(strict.hub_trace, each.hub_trace);
    strict.at_risk = std::max(strict.at_risk, each.at_risk);
  }
  return strict;
}

void set_ship_clock(const store::ParcelRow& row, const ReportInput& input, ParcelLine& line) {
  const std::optional<Instant> picked_up = is_gone(row) ? row.picked_up : std::nullopt;
  for (const store::ParcelRowOrder& order : row.orders) {
    line.held = line.held || order.confirmation == "held";
    if (is_stopped(order)) continue;
    const auto ship_by = ship_by_of(order, input);
    const Duration at_risk = policy_of(input.policies, order.key.platform).at_risk;
    line.ship = std::max(line.ship, ship_state(ship_by, order.last_visit, {.scanned = picked_up},
                                               input.now, at_risk));
    line.ship_by = earlier(line.ship_by, ship_by);
    line.last_visit = earlier(line.last_visit, order.last_visit);
  }
  line.missed_visit = !is_gone(row) && line.last_visit && input.now > *line.last_visit;
}

ParcelLine line_of(const store::ParcelRow& row, const ReportInput& input) {
  ParcelLine line;
  line.id = row.id;
  line.state = row.state;
  line.carrier = row.carrier;
  line.number = row.number;
  line.manifest = row.manifest;
  const auto known = input.operators.find(row.op);
  line.op = known == input.operators.end() ? row.op : known->second;
  line.since = since(row, input.now);
  line.age = age_of(line.since, input.now);
  line.orders = row.orders;
  line.paid = paid_of(row);
  set_ship_clock(row, input, line);
  const PlatformPolicy policy = policy_for(row, input);
  if (is_confirmed(row)) {
    line.first_trace = trace_state(line.since, {}, policy.first_trace, input.now, policy.at_risk);
  }
  if (is_gone(row)) {
    line.hub_trace = trace_state(row.picked_up, {}, policy.hub_trace, input.now, policy.at_risk);
  }
  return line;
}

std::vector<ParcelLine>& list_for(const store::ParcelRow& row, Report& report) {
  if (is_confirmed(row)) return report.confirmed;
  if (is_gone(row)) return report.handed_over;
  return is_waiting(row) ? report.waiting : report.on_bench;
}

void add_orders(const store::ParcelRow& row, const ReportInput& input, OrderClocks& clocks) {
  for (const store::ParcelRowOrder& order : row.orders) {
    if (is_stopped(order)) continue;
    OrderClock& clock = clocks[order.key];
    OrderLate& line = clock.line;
    line.key = order.key;
    line.parcels.push_back(row.id);
    line.ship_by = earlier(line.ship_by, ship_by_of(order, input));
    line.last_visit = earlier(line.last_visit, order.last_visit);
    if (order.paid) line.paid = order.paid;
    clock.gone = clock.gone && is_gone(row) && row.picked_up;
    if (row.picked_up) line.picked_up = std::max(line.picked_up, row.picked_up);
  }
}

void count_orders(OrderClocks& clocks, const ReportInput& input, Report& report) {
  std::vector<CompensationCase> cases;
  for (auto& [key, clock] : clocks) {
    OrderLate& line = clock.line;
    if (!clock.gone) line.picked_up.reset();
    line.state = ship_state(line.ship_by, line.last_visit, {.scanned = line.picked_up}, input.now,
                            policy_of(input.policies, key.platform).at_risk);
    count(report.ship, line.state);
    if (line.state != ClockState::late && line.state != ClockState::at_risk) continue;
    const auto known = input.payments.find(key);
    const Payment payment = known == input.payments.end() ? Payment{} : known->second;
    cases.push_back({key, line.state, line.paid, payment.buyer, payment.paid_at});
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
  std::sort(lines.begin(), lines.end(), [](const ParcelLine& a, const ParcelLine& b) {
    return a.since != b.since ? a.since < b.since : a.id < b.id;
  });
}

void count_carriers(Report& report) {
  std::map<std::string, CarrierWaiting> carriers;
  for (const ParcelLine& line : report.waiting) {
    CarrierWaiting& row = carriers[line.carrier];
    row.carrier = line.carrier;
    ++row.parcels;
    if (line.missed_visit) ++row.missed_visit;
    if (line.ship == ClockState::late) ++row.late;
    row.oldest = std::max(row.oldest, line.age);
  }
  for (auto& [carrier, row] : carriers) report.waiting_by_carrier.push_back(std::move(row));
}

}  // namespace

void sort_parcels(const ReportInput& input, Report& report) {
  OrderClocks clocks;
  // A parcel of which one order is confirmed and another is not may come with both questions.
  std::set<std::string> seen;
  for (const auto* rows : {&input.unconfirmed, &input.confirmed}) {
    for (const store::ParcelRow& row : *rows) {
      if (row.state == "voided" || !seen.insert(row.id).second) continue;
      ParcelLine line = line_of(row, input);
      count(report.first_trace, line.first_trace);
      count(report.hub_trace, line.hub_trace);
      list_for(row, report).push_back(std::move(line));
      add_orders(row, input, clocks);
    }
  }
  count_orders(clocks, input, report);
  for (auto* list : {&report.on_bench, &report.waiting, &report.handed_over, &report.confirmed}) {
    sort_oldest_first(*list);
  }
  count_carriers(report);
}

}  // namespace packbench::report
