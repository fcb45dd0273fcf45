#include "host/redate.h"

#include "domain/deadlines.h"

namespace packbench::host {

Result<Redater> Redater::make(const ListingSources& sources) {
  Redater redater(sources);
  if (!any_notice(sources.policy.platforms)) return redater;
  auto timetable = sources.catalog.visits();
  if (!timetable) return timetable.error();
  redater.timetable_ = std::move(timetable).value();
  return redater;
}

Status Redater::redate(ParcelFacts& parcel) const {
  for (OrderFacts& facts : parcel.orders) {
    if (const Status redated = redate(facts, parcel.carrier); !redated) return redated;
  }
  return Ok{};
}

Status Redater::redate(OrderFacts& facts, const std::string& carrier) const {
  if (!any_notice(sources_.policy.platforms)) return Ok{};
  const PlatformPolicy policy = policy_of(sources_.policy.platforms, facts.key.platform);
  if (!facts.ship_by || !may_be_moved(*facts.ship_by, policy)) return Ok{};
  const auto order = sources_.catalog.order(facts.key);
  if (!order) return order.error();
  if (!order.value()) return Ok{};
  const Promise promise = promise_begun(facts.ship_by, *order.value(), policy);
  if (promise.ship_by == facts.ship_by) return Ok{};
  facts.ship_by = promise.ship_by;
  facts.last_visit = last_visit(timetable_, carrier, *promise.ship_by, sources_.policy.zone);
  return Ok{};
}

}  // namespace packbench::host
