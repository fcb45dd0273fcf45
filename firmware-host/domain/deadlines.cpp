#include "domain/deadlines.h"

#include <algorithm>

#include "base/time_text.h"

namespace packbench {

std::optional<Instant> true_deadline(const std::optional<Instant>& ship_by,
                                     const std::optional<Instant>& last_visit) {
  return last_visit ? last_visit : ship_by;
}

Promise promise_of(const Order& order, const PlatformPolicy& policy) {
  if (order.promised_ship_by) return {order.promised_ship_by, {}, {}};
  if (!order.paid_at) return {};
  const Instant plain = *order.paid_at + policy.ship_promise;
  const SeasonNotice* longest = nullptr;
  for (const SeasonNotice& notice : policy.notices) {
    const bool longer = longest == nullptr || notice.extra > longest->extra;
    if (longer && holds_for(notice, order, *order.paid_at, plain)) longest = &notice;
  }
  if (longest == nullptr) return {plain, {}, {}};
  return {plain + longest->extra, plain, longest->name};
}

Promise promise_begun(const std::optional<Instant>& then, const Order& order,
                      const PlatformPolicy& policy) {
  const Promise promise = promise_of(order, policy);
  const bool moved = promise.before && (then == promise.before || then == promise.ship_by);
  return moved ? promise : Promise{then, {}, {}};
}

bool may_be_moved(Instant plain, const PlatformPolicy& policy) {
  return std::any_of(policy.notices.begin(), policy.notices.end(), [&](const auto& notice) {
    return runs_in(notice, plain - policy.ship_promise, plain);
  });
}

std::optional<Instant> ship_by(const Order& order, const PlatformPolicy& policy) {
  return promise_of(order, policy).ship_by;
}

std::optional<Instant> last_visit(const std::vector<CarrierVisit>& visits,
                                  const std::string& carrier, Instant before,
                                  const std::string& zone) {
  std::optional<Instant> last;
  const int weekday = local_clock(before, zone).weekday;
  for (const CarrierVisit& visit : visits) {
    if (visit.carrier != carrier) continue;
    const int back = (weekday - visit.weekday + 7) % 7;
    Instant at = local_minute(before, -back, visit.minute, zone);
    if (at > before) at = local_minute(before, -back - 7, visit.minute, zone);
    if (!last || at > *last) last = at;
  }
  return last;
}

std::optional<Instant> next_visit(const std::vector<CarrierVisit>& visits,
                                  const std::string& carrier, Instant after,
                                  const std::string& zone) {
  std::optional<Instant> next;
  const int weekday = local_clock(after, zone).weekday;
  for (const CarrierVisit& visit : visits) {
    if (visit.carrier != carrier) continue;
    const int ahead = (visit.weekday - weekday + 7) % 7;
    Instant at = local_minute(after, ahead, visit.minute, zone);
    if (at <= after) at = local_minute(after, ahead + 7, visit.minute, zone);
    if (!next || at < *next) next = at;
  }
  return next;
}

}  // namespace packbench
