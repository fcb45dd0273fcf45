// The three clocks: shipped as promised, first carrier trace after confirmation, hub trace after
// pickup; and what lateness costs. Our own pickup scan stops the first clock here, although the
// platform goes by the carrier's record. Traces are not imported, so the other two never stop: they
// say for how long nothing was heard. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"
#include "domain/platform_policy.h"

namespace packbench::report {

// none: has not begun. done: stopped in time. unknown: no deadline is known.
// The later in this list, the worse.
enum class ClockState { none, done, running, unknown, at_risk, late };
const char* word(ClockState state);

struct ClockCount {
  std::int64_t done = 0, running = 0, at_risk = 0, late = 0, unknown = 0;
  bool operator==(const ClockCount&) const = default;
};
void count(ClockCount& counts, ClockState state);
std::int64_t sum(const ClockCount& counts);

// A carrier's last visit that has passed puts a parcel at risk however far the promise is.
ClockState ship_state(std::optional<Instant> ship_by, std::optional<Instant> last_visit,
                      std::optional<Instant> picked_up, Instant now, Duration at_risk);

ClockState trace_state(std::optional<Instant> since, Duration limit, Instant now, Duration at_risk);

// For `paid` minor units, rounded half up to the minor unit, then held within the bounds.
std::int64_t compensation(std::int64_t paid, const PlatformPolicy& policy);

// An order whose promise is broken (late) or in danger (at_risk).
struct CompensationCase {
  OrderKey key;
  ClockState state = ClockState::late;
  std::optional<Money> paid;
  std::string buyer;  // the platform's id; empty: not known, the order counts on its own
  std::optional<Instant> paid_at;
};
struct CompensationSum {
  std::string currency;
  std::int64_t late = 0, at_risk = 0;  // minor units
  bool operator==(const CompensationSum&) const = default;
};
struct Compensation {
  std::vector<CompensationSum> sums;  // by currency
  std::int64_t not_counted = 0;       // orders whose payment or whose currency's rule is not known
};

// Payments of one buyer to one shop within the policy's time count as one, from the first of them
// on; such a group is late when one of its orders is.
Compensation compensation_of(std::vector<CompensationCase> cases, const PlatformPolicies& policies);

// Sums at the end of the number range instead of wrapping around: a damaged amount stays visible.
std::int64_t add_up(std::int64_t a, std::int64_t b);

}  // namespace packbench::report
