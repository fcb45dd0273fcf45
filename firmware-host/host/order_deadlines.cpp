#include "host/order_deadlines.h"

#include "host/redate.h"

namespace packbench::host {
namespace {

const std::string& carrier_of(const station::Policy& policy, const Order& order) {
  return order.requested_carrier.empty() ? policy.default_carrier : order.requested_carrier;
}

}  // namespace

Result<Deadlines> deadlines_begun(const ListingSources& sources, const Order& order,
                                  const store::OrderStory& story) {
  const auto redater = Redater::make(sources);
  if (!redater) return redater.error();
  std::string carrier = carrier_of(sources.policy, order);
  for (const store::StoryParcel& parcel : story.parcels) {
    if (!parcel.carrier.empty()) carrier = parcel.carrier;
  }
  OrderFacts facts;
  facts.key = order.key;
  facts.ship_by = story.ship_by;
  facts.last_visit = story.last_visit;
  if (const Status redated = redater.value().redate(facts, carrier); !redated)
    return redated.error();
  return Deadlines{facts.ship_by, facts.last_visit, carrier};
}

Result<Deadlines> deadlines_to_pack(store::Catalog& catalog, const station::Policy& policy,
                                    const Order& order) {
  Deadlines deadlines;
  deadlines.carrier = carrier_of(policy, order);
  deadlines.ship_by = ship_by(order, policy_of(policy.platforms, order.key.platform));
  if (!deadlines.ship_by) return deadlines;
  const auto visits = catalog.visits();
  if (!visits) return visits.error();
  deadlines.last_visit =
      last_visit(visits.value(), deadlines.carrier, *deadlines.ship_by, policy.zone);
  return deadlines;
}

}  // namespace packbench::host
