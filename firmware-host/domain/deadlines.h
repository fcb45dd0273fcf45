// Deadlines: the promise to ship, and the carrier's last visit before it, which is the true one
// because confirmation waits for the courier. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"
#include "domain/platform_policy.h"

namespace packbench {

// A carrier's regular visit: local minute of a weekday (Monday = 1 ... Sunday = 7).
struct CarrierVisit {
  std::string carrier;
  int weekday = 1;
  int minute = 0;
  bool operator==(const CarrierVisit&) const = default;
};

struct Deadlines {
  std::optional<Instant> ship_by;
  std::optional<Instant> last_visit;  // of `carrier`, the last one not after ship_by
  std::string carrier;
};
// The one that counts.
std::optional<Instant> true_deadline(const std::optional<Instant>& ship_by,
                                     const std::optional<Instant>& last_visit);

// Until when an order is to be shipped. A season notice only ever moves what was counted from the
// payment, never the order's own promise; of several the one that grants most counts.
struct Promise {
  std::optional<Instant> ship_by;
  std::optional<Instant> before;  // a notice moved it
  std::string season;             // that notice's name
};
// The order's own promise, else payment plus the platform's promise.
Promise promise_of(const Order& order, const PlatformPolicy& policy);
std::optional<Instant> ship_by(const Order& order, const PlatformPolicy& policy);
// Of an order that was opened when `then` was its promise: that one, but for a notice that has
// moved it, before the order was opened or since.
Promise promise_begun(const std::optional<Instant>& then, const Order& order,
                      const PlatformPolicy& policy);
// Whether a notice may have moved a promise that was counted from the payment and ended at
// `plain`; who knows more of the order asks promise_of.
bool may_be_moved(Instant plain, const PlatformPolicy& policy);

// The last visit not after `before`; nothing where the carrier has no timetable.
std::optional<Instant> last_visit(const std::vector<CarrierVisit>& visits,
                                  const std::string& carrier, Instant before,
                                  const std::string& zone);

// The first visit after `after`; nothing where the carrier has no timetable.
std::optional<Instant> next_visit(const std::vector<CarrierVisit>& visits,
                                  const std::string& carrier, Instant after,
                                  const std::string& zone);

}  // namespace packbench
