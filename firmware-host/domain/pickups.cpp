#include "domain/pickups.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace packbench {
namespace {

constexpr Duration earliest_before = Duration::hours(2);
constexpr Instant never{std::numeric_limits<std::int64_t>::max()};

bool was_kept(const VisitBook& book, const std::string& carrier, Instant visit,
              const LastHandover* handover) {
  if (handover == nullptr) return false;
  Duration before = earliest_before;
  if (const auto earlier = last_visit(book.timetable, carrier, visit - Duration{1}, book.zone))
    before = std::min(before, Duration{(visit - *earlier).us / 2});
  return handover->opened >= visit - before;
}

CarrierNow carrier_now(const VisitBook& book, const std::string& carrier, Instant now) {
  CarrierNow state;
  const auto handover =
      std::find_if(book.handovers.begin(), book.handovers.end(),
                   [&](const LastHandover& each) { return each.carrier == carrier; });
  const LastHandover* newest = handover == book.handovers.end() ? nullptr : &*handover;
  state.here = newest != nullptr && newest->open;
  state.last = last_visit(book.timetable, carrier, now, book.zone);
  state.next = next_visit(book.timetable, carrier, now, book.zone);
  if (!state.last || was_kept(book, carrier, *state.last, newest)) return state;
  state.may_come = now <= *state.last + book.grace;
  state.missed = !state.may_come;
  return state;
}

// It stands on the shelf and nothing but its courier is missing.
bool waits_for_courier(const Standing& standing) {
  return standing.next == NextStep::hand_over || standing.next == NextStep::stick_label ||
         standing.next == NextStep::call_pickup;
}

bool is_in_time(const CarrierNow& carrier, Instant ship_by) {
  return carrier.next && *carrier.next <= ship_by;
}

std::optional<PickupNeed> need_of(const ParcelFacts& parcel, const Standing& standing,
                                  const CarriersNow& carriers, Instant now) {
  if (!waits_for_courier(standing)) return std::nullopt;
  const auto found = carriers.find(parcel.carrier);
  const CarrierNow carrier = found == carriers.end() ? CarrierNow{} : found->second;
  if (carrier.here) return std::nullopt;
  if (!carrier.last) return std::nullopt;
  const auto& ship_by = standing.ship_by;
  if (ship_by && now > *ship_by) return PickupNeed::late;
  if (ship_by && !is_in_time(carrier, *ship_by))
    return carrier.may_come ? std::nullopt : std::optional(PickupNeed::at_risk);
  const bool waited = parcel.labelled && *parcel.labelled <= *carrier.last;
  return carrier.missed && waited ? std::optional(PickupNeed::missed) : std::nullopt;
}

using Cases = std::map<OrderKey, CompensationCase>;

// A box may hold orders of several promises; each is looked at by its own.
void add_cases(const ParcelFacts& parcel, const CarrierNow& carrier, Instant now, Cases& cases) {
  for (const OrderFacts& order : parcel.orders) {
    if (order.stopped || !order.ship_by) continue;
    const bool late = now > *order.ship_by;
    if (!late && is_in_time(carrier, *order.ship_by)) continue;
    cases[order.key] = {order.key,     late ? ClockState::late : ClockState::at_risk,
                        order.paid,    order.buyer,
                        order.paid_at, order.service,
                        false};
  }
}

void add_parcel(const ParcelFacts& parcel, const Standing& standing, PickupNeed need,
                ExtraPickup& pickup) {
  pickup.parcels.push_back({parcel.id, parcel.number, standing.orders, standing.ship_by, need});
  if (need == PickupNeed::late) ++pickup.late;
  if (need != PickupNeed::at_risk) return;
  ++pickup.at_risk;
  if (!pickup.ship_by || *standing.ship_by < *pickup.ship_by) pickup.ship_by = standing.ship_by;
}

void finish(ExtraPickup& pickup, Cases& cases, const PlatformPolicies& policies) {
  std::sort(pickup.parcels.begin(), pickup.parcels.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.ship_by.value_or(never), a.id) <
           std::tuple(b.ship_by.value_or(never), b.id);
  });
  std::vector<CompensationCase> list;
  for (auto& [key, each] : cases) list.push_back(std::move(each));
  pickup.money = compensation_of(std::move(list), policies);
}

}  // namespace

CarriersNow carriers_now(const VisitBook& book, Instant now) {
  CarriersNow carriers;
  for (const CarrierVisit& visit : book.timetable) carriers[visit.carrier];
  for (const LastHandover& handover : book.handovers) carriers[handover.carrier];
  for (auto& [carrier, state] : carriers) state = carrier_now(book, carrier, now);
  return carriers;
}

std::optional<PickupNeed> pickup_need(const ParcelFacts& parcel, const CarriersNow& carriers,
                                      const PlatformPolicies& policies, const Now& now) {
  return need_of(parcel, standing_of(parcel, policies, now), carriers, now.wall);
}

std::vector<Money> saved_by(const ExtraPickup& pickup) {
  std::vector<Money> saved;
  for (const CompensationSum& sum : pickup.money.sums) {
    if (sum.at_risk > 0) saved.push_back({sum.at_risk, sum.currency});
  }
  return saved;
}

std::vector<ExtraPickup> extra_pickups(std::span<const ParcelFacts> parcels,
                                       const CarriersNow& carriers,
                                       const PlatformPolicies& policies, const Now& now) {
  std::map<std::string, std::pair<ExtraPickup, Cases>> found;
  for (const ParcelFacts& parcel : parcels) {
    const Standing standing = standing_of(parcel, policies, now);
    const auto need = need_of(parcel, standing, carriers, now.wall);
    if (!need) continue;
    auto& [pickup, cases] = found[parcel.carrier];
    const auto known = carriers.find(parcel.carrier);
    const CarrierNow carrier = known == carriers.end() ? CarrierNow{} : known->second;
    pickup.carrier = parcel.carrier;
    pickup.next_visit = carrier.next;
    if (carrier.missed) pickup.missed_visit = carrier.last;
    add_parcel(parcel, standing, *need, pickup);
    if (*need != PickupNeed::missed) add_cases(parcel, carrier, now.wall, cases);
  }
  std::vector<ExtraPickup> pickups;
  for (auto& [carrier, each] : found) {
    finish(each.first, each.second, policies);
    pickups.push_back(std::move(each.first));
  }
  std::stable_sort(pickups.begin(), pickups.end(), [](const auto& a, const auto& b) {
    return a.ship_by.value_or(never) < b.ship_by.value_or(never);
  });
  return pickups;
}

}  // namespace packbench
