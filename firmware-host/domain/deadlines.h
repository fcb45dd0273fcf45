// Deadlines: the promise to ship, and the carrier's last visit before it, which is the true one
// because confirmation waits for the courier. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"

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

// The order's own promise, else payment plus the platform's promise.
std::optional<Instant> ship_by(const Order& order, Duration promise);

// The last visit not after `before`; nothing where the carrier has no timetable.
std::optional<Instant> last_visit(const std::vector<CarrierVisit>& visits,
                                  const std::string& carrier, Instant before,
                                  const std::string& zone);

// The first visit after `after`; nothing where the carrier has no timetable.
std::optional<Instant> next_visit(const std::vector<CarrierVisit>& visits,
                                  const std::string& carrier, Instant after,
                                  const std::string& zone);

}  // namespace packbench
