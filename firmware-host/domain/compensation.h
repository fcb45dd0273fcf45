// Compensation: what late orders cost by their platform's policy. Money in minor units. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/clocks.h"
#include "domain/order.h"
#include "domain/platform_policy.h"

namespace packbench {

// For `paid` minor units, rounded half up to the minor unit, then held within the bounds.
std::int64_t compensation(std::int64_t paid, const PlatformPolicy& policy);

// An order whose promise is broken (late) or in danger (at_risk); one in another state costs
// nothing.
struct CompensationCase {
  OrderKey key;
  ClockState state = ClockState::late;
  std::optional<Money> paid;
  std::string buyer;  // the platform's id; empty: not known, the order counts on its own
  std::optional<Instant> paid_at;
  Service service = Service::standard;  // a better one is missed with the promise
  bool refunded = false;                // or cancelled: it costs nothing any more
};

struct CompensationSum {
  std::string currency;
  std::int64_t late = 0, at_risk = 0;
  // Of these, for services that were asked for and missed.
  std::int64_t service_late = 0, service_at_risk = 0;
  bool operator==(const CompensationSum&) const = default;
};

// Orders whose share of what was paid is in no sum; amounts of two currencies are never added.
struct CompensationGap {
  std::string reason;    // payment_unknown | other_currency
  std::string currency;  // that was paid in; empty where it is not known
  std::int64_t orders = 0;
  bool operator==(const CompensationGap&) const = default;
};

struct Compensation {
  std::vector<CompensationSum> sums;  // by currency
  std::vector<CompensationGap> gaps;  // by reason and currency
  std::int64_t not_counted = 0;       // orders in `gaps`
  // The shop's penalty points, from and to, should the buyers of the late orders complain.
  std::int64_t points_min = 0, points_max = 0;
};

// Payments of one buyer to one shop within the policy's time count as one, from the first of them
// on; such a group is late when one of its orders is.
Compensation compensation_of(std::vector<CompensationCase> cases, const PlatformPolicies& policies);

// Sums at the end of the number range instead of wrapping around: a damaged amount stays visible.
std::int64_t add_up(std::int64_t a, std::int64_t b);

}  // namespace packbench
