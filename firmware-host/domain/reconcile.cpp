#include "domain/reconcile.h"

#include <algorithm>
#include <limits>
#include <map>

#include "domain/deadlines.h"

namespace packbench {
namespace {

struct Place {
  ListName list;
  NextStep next;
};

bool is_gone(const ParcelFacts& parcel) {
  return parcel.state == ParcelStage::picked_up || parcel.state == ParcelStage::confirmed;
}

bool any_stopped(const ParcelFacts& parcel) {
  return std::any_of(parcel.orders.begin(), parcel.orders.end(),
                     [](const OrderFacts& order) { return order.stopped || order.line_stopped; });
}
bool all_stopped(const ParcelFacts& parcel) {
  return !parcel.orders.empty() &&
         std::all_of(parcel.orders.begin(), parcel.orders.end(),
                     [](const OrderFacts& order) { return order.stopped; });
}
bool any_held(const ParcelFacts& parcel) {
  return std::any_of(parcel.orders.begin(), parcel.orders.end(),
                     [](const OrderFacts& order) { return order.held && !order.stopped; });
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

PickupEvidence pickup_of(const ParcelFacts& parcel) {
  return {parcel.traces.picked_up, is_gone(parcel) ? parcel.picked_up : std::nullopt};
}

// As policy_of, without a copy: twenty thousand parcels ask several times each.
const PlatformPolicy& rules_of(const PlatformPolicies& policies, const std::string& platform) {
  static const PlatformPolicy plain;
  auto found = policies.find(platform);
  if (found == policies.end()) found = policies.find("");
  return found == policies.end() ? plain : found->second;
}

struct Limits {
  Duration first_trace, hub_trace, at_risk;
};
// Of several platforms in one box the strictest rule counts.
Limits limits_of(const ParcelFacts& parcel, const PlatformPolicies& policies) {
  std::optional<Limits> strict;
  const auto take = [&](const std::string& platform) {
    const PlatformPolicy& each = rules_of(policies, platform);
    if (!strict) strict = Limits{each.first_trace, each.hub_trace, each.at_risk};
    strict->first_trace = std::min(strict->first_trace, each.first_trace);
    strict->hub_trace = std::min(strict->hub_trace, each.hub_trace);
    strict->at_risk = std::max(strict->at_risk, each.at_risk);
  };
  for (const OrderFacts& order : parcel.orders) take(order.key.platform);
  if (!strict) take("");
  return *strict;
}

// Somebody does not want it any more, and the carrier has it.
Place stopped_on_its_way(const ParcelFacts& parcel) {
  const bool with_buyer = parcel.traces.delivered && !parcel.traces.returned;
  return {ListName::stopped_after_pickup, with_buyer ? NextStep::ask_buyer : NextStep::intercept};
}

Place place_on_the_shelf(const ParcelFacts& parcel, const Standing& clocks, Instant now) {
  if (parcel.traces.first) {
    // The carrier took what was not scanned out; only a person may call that a pickup.
    if (any_stopped(parcel)) return stopped_on_its_way(parcel);
    return {ListName::waiting,
            parcel.traces.picked_up ? NextStep::accept_trace : NextStep::check_number};
  }
  if (any_stopped(parcel)) {
    return {ListName::stopped_after_label,
            all_stopped(parcel) ? NextStep::pull_out : NextStep::take_out};
  }
  if (any_held(parcel)) return {ListName::waiting, NextStep::lift_hold};
  const bool missed =
      (clocks.last_visit && now > *clocks.last_visit) || (clocks.ship_by && now > *clocks.ship_by);
  if (missed) return {ListName::not_collected, NextStep::call_pickup};
  return {ListName::waiting,
          parcel.state == ParcelStage::staged ? NextStep::hand_over : NextStep::stick_label};
}

Place place_on_its_way(const ParcelFacts& parcel, const Standing& clocks) {
  if (parcel.traces.returned) return {ListName::returning, NextStep::await_return};
  if (any_stopped(parcel) || any_held(parcel)) return stopped_on_its_way(parcel);
  const bool confirmed = parcel.state == ParcelStage::confirmed;
  if (hub_or_later(parcel.traces)) {
    if (confirmed) return {ListName::done, NextStep::none};
    return {ListName::recorded, NextStep::close_manifest};
  }
  if (parcel.traces.first) {
    if (clocks.hub_trace == ClockState::late) return {ListName::lost, NextStep::ask_carrier};
    return {ListName::recorded, confirmed ? NextStep::wait_hub : NextStep::close_manifest};
  }
  if (clocks.first_trace == ClockState::late)
    return {ListName::number_wrong, NextStep::check_number};
  return {ListName::pending, confirmed ? NextStep::wait_record : NextStep::close_manifest};
}

Place place_of(const ParcelFacts& parcel, const Standing& clocks, Instant now) {
  if (parcel.settled) return {ListName::done, NextStep::none};
  switch (parcel.state) {
    case ParcelStage::open:
      return {ListName::packing, any_held(parcel) ? NextStep::lift_hold : NextStep::finish};
    case ParcelStage::labelled:
    case ParcelStage::verified:
    case ParcelStage::staged:
      return place_on_the_shelf(parcel, clocks, now);
    case ParcelStage::picked_up:
    case ParcelStage::confirmed:
      return place_on_its_way(parcel, clocks);
    case ParcelStage::voided:
      break;
  }
  // What was never staged has gone into another box.
  if (!parcel.staged) return {ListName::done, NextStep::none};
  if (parcel.traces.returned) return {ListName::returning, NextStep::await_return};
  if (parcel.traces.first) return stopped_on_its_way(parcel);
  return {ListName::stopped_after_label, NextStep::pull_out};
}

// The newest of its events that tells for how long it has stood where it stands.
std::optional<Instant> since_of(const ParcelFacts& parcel, ListName list) {
  if (list == ListName::returning) return parcel.traces.returned;
  if (list == ListName::number_wrong) return parcel.confirmed;
  if (is_gone(parcel)) return parcel.picked_up;
  if (parcel.state == ParcelStage::voided) return parcel.voided;
  return parcel.state == ParcelStage::open ? parcel.started : parcel.labelled;
}

void set_age(const ParcelFacts& parcel, const Now& now, Standing& standing) {
  standing.since = since_of(parcel, standing.list).value_or(parcel.started.value_or(now.wall));
  const auto from = std::find_if(parcel.moments.begin(), parcel.moments.end(),
                                 [&](const Now& moment) { return moment.wall == standing.since; });
  if (from != parcel.moments.end()) {
    standing.age = age_since({from, parcel.moments.end()}, now);
    return;
  }
  standing.age.length = std::max(now.wall - standing.since, Duration{0});
  standing.age.clock_set_back = standing.since > now.wall;
}

ClockState ship_clock(const OrderFacts& order, const PickupEvidence& pickup,
                      const PlatformPolicies& policies, Instant now) {
  return ship_state(order.ship_by, order.last_visit, pickup, now,
                    rules_of(policies, order.key.platform).at_risk);
}

// Nothing more is said of the amount once one part of it is not known.
class AtRisk {
 public:
  void add(const OrderFacts& order, const PlatformPolicy& policy) {
    const bool known = order.paid && order.paid->minor >= 0 &&
                       order.paid->currency == policy.currency &&
                       (!sum_ || sum_->currency == policy.currency);
    known_ = known_ && known;
    if (!known_) return;
    if (!sum_) sum_ = Money{0, policy.currency};
    sum_->minor = add_up(sum_->minor, compensation(order.paid->minor, policy));
    if (order.service != Service::standard)
      sum_->minor = add_up(sum_->minor, policy.service_breach);
  }
  std::optional<Money> sum() const { return known_ ? sum_ : std::nullopt; }

 private:
  bool known_ = true;
  std::optional<Money> sum_;
};

void set_ship_clock(std::span<const OrderFacts> orders, const PickupEvidence& pickup,
                    const PlatformPolicies& policies, Instant now, Standing& standing) {
  AtRisk at_risk;
  for (const OrderFacts& order : orders) {
    standing.orders.push_back(order.key);
    // A refunded or cancelled order has no promise left to keep.
    if (order.stopped) continue;
    const ClockState state = ship_clock(order, pickup, policies, now);
    standing.ship = std::max(standing.ship, state);
    standing.ship_by = earlier(standing.ship_by, order.ship_by);
    standing.last_visit = earlier(standing.last_visit, order.last_visit);
    if (state != ClockState::done) at_risk.add(order, rules_of(policies, order.key.platform));
  }
  standing.at_risk = at_risk.sum();
}

}  // namespace

Standing standing_of(const ParcelFacts& parcel, const PlatformPolicies& policies, const Now& now) {
  Standing standing;
  standing.parcel = parcel.id;
  standing.carrier = parcel.carrier;
  standing.number = parcel.number;
  const PickupEvidence pickup = pickup_of(parcel);
  if (parcel.state != ParcelStage::voided)
    set_ship_clock(parcel.orders, pickup, policies, now.wall, standing);
  else
    for (const OrderFacts& order : parcel.orders) standing.orders.push_back(order.key);
  if (is_gone(parcel)) {
    const Limits limits = limits_of(parcel, policies);
    standing.first_trace = trace_state(parcel.confirmed, parcel.traces.first, limits.first_trace,
                                       now.wall, limits.at_risk);
    standing.hub_trace =
        trace_state(pickup.recorded ? pickup.recorded : pickup.scanned, hub_or_later(parcel.traces),
                    limits.hub_trace, now.wall, limits.at_risk);
  }
  const Place place = place_of(parcel, standing, now.wall);
  standing.list = place.list;
  standing.next = place.next;
  set_age(parcel, now, standing);
  return standing;
}

Standing standing_of(const OrderFacts& order, const PlatformPolicies& policies, const Now& now) {
  Standing standing;
  standing.list = order.stopped ? ListName::done : ListName::to_pack;
  standing.next = order.stopped ? NextStep::none
                  : order.held  ? NextStep::lift_hold
                                : NextStep::pack;
  set_ship_clock(std::span(&order, 1), {}, policies, now.wall, standing);
  standing.since = order.paid_at.value_or(now.wall);
  standing.age.length = std::max(now.wall - standing.since, Duration{0});
  return standing;
}

WorstClock worst_clock(const Standing& standing) {
  WorstClock worst;
  for (const WorstClock& each :
       {WorstClock{"ship", standing.ship}, WorstClock{"first_trace", standing.first_trace},
        WorstClock{"hub_trace", standing.hub_trace}}) {
    if (each.state > worst.state && each.state != ClockState::done) worst = each;
  }
  return worst;
}

void sort_list(ListName list, std::vector<Standing>& standings) {
  struct SortKey {
    Instant deadline;
    std::int64_t saved;
    Instant since;
    std::size_t index;
    auto operator<=>(const SortKey&) const = default;
  };
  constexpr Instant last{std::numeric_limits<std::int64_t>::max()};
  const bool here = list == ListName::to_pack || list == ListName::packing ||
                    list == ListName::waiting || list == ListName::not_collected;
  std::vector<SortKey> places;
  places.reserve(standings.size());
  for (const Standing& each : standings) {
    SortKey place{last, 0, each.since, places.size()};
    if (here) {
      place.deadline = true_deadline(each.ship_by, each.last_visit).value_or(last);
      place.saved = each.at_risk ? -each.at_risk->minor : 0;
    }
    places.push_back(place);
  }
  // They are large: only their places are sorted, and each is moved once.
  std::sort(places.begin(), places.end());
  for (std::size_t start = 0; start < places.size(); ++start) {
    if (places[start].index == start) continue;
    Standing first = std::move(standings[start]);
    std::size_t hole = start;
    for (std::size_t from = places[hole].index; from != start; from = places[hole].index) {
      standings[hole] = std::move(standings[from]);
      places[hole].index = hole;
      hole = from;
    }
    standings[hole] = std::move(first);
    places[hole].index = hole;
  }
}

void add(ListSums& sums, const Standing& standing) {
  ListSum& sum = sums[static_cast<std::size_t>(standing.list)];
  ++sum.parcels;
  sum.oldest = std::max(sum.oldest, standing.age.length);
  if (!standing.at_risk) return;
  for (Money& each : sum.at_risk) {
    if (each.currency != standing.at_risk->currency) continue;
    each.minor = add_up(each.minor, standing.at_risk->minor);
    return;
  }
  sum.at_risk.push_back(*standing.at_risk);
}

std::vector<CompensationCase> late_orders(std::span<const ParcelFacts> parcels,
                                          const PlatformPolicies& policies, Instant now) {
  std::map<OrderKey, CompensationCase> orders;
  for (const ParcelFacts& parcel : parcels) {
    if (parcel.state == ParcelStage::voided) continue;
    for (const OrderFacts& order : parcel.orders) {
      const ClockState state = ship_clock(order, pickup_of(parcel), policies, now);
      if (order.stopped || (state != ClockState::late && state != ClockState::at_risk)) continue;
      CompensationCase& found = orders[order.key];
      if (found.key.number.empty())
        found = {order.key, state, order.paid, order.buyer, order.paid_at, order.service, false};
      found.state = std::max(found.state, state);
    }
  }
  std::vector<CompensationCase> found;
  for (auto& [key, each] : orders) found.push_back(std::move(each));
  return found;
}

}  // namespace packbench
