// The three clocks of a parcel: shipped as promised, the carrier's first trace after the
// confirmation, a hub's trace after the pickup. Each is stopped by its own evidence only, and of
// each kind of evidence the earliest counts, whenever it was heard of. All in UTC, so that midnight
// and daylight saving are no matter. Pure functions over plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/units.h"

namespace packbench {

// none: has not begun. done: stopped in time. pending: handed over in time by our own scan, and the
// carrier's record, which alone counts, is missing. unknown: no deadline is known.
// The later in this list, the worse.
enum class ClockState { none, done, running, pending, unknown, at_risk, late };
const char* word(ClockState state);

struct ClockCount {
  std::int64_t done = 0, running = 0, pending = 0, at_risk = 0, late = 0, unknown = 0;
  bool operator==(const ClockCount&) const = default;
};
void count(ClockCount& counts, ClockState state);
std::int64_t sum(const ClockCount& counts);

// The earliest of each kind that the carrier reported of a parcel, by the carrier's clock.
struct TraceTimes {
  std::optional<Instant> picked_up = {};
  std::optional<Instant> first = {};  // of any kind: each proves that the carrier has it
  std::optional<Instant> hub = {};    // at a sorting hub, or leaving one
  std::optional<Instant> out = {}, delivered = {}, failed = {}, returned = {};
  bool operator==(const TraceTimes&) const = default;
};
// The earliest that proves that it came through a hub: a hub's own, or one of what comes after.
std::optional<Instant> hub_or_later(const TraceTimes& traces);

struct PickupEvidence {
  std::optional<Instant> recorded = {};  // by the carrier
  std::optional<Instant> scanned = {};   // by us
};

// A carrier's last visit that has passed puts a parcel at risk however far the promise is.
ClockState ship_state(std::optional<Instant> ship_by, std::optional<Instant> last_visit,
                      const PickupEvidence& pickup, Instant now, Duration at_risk);

// Runs from `since` to `limit` after it; evidence older than `since`, which came late, stops it
// too.
ClockState trace_state(std::optional<Instant> since, std::optional<Instant> stopped, Duration limit,
                       Instant now, Duration at_risk);

struct Age {
  Duration length;
  bool clock_set_back = false;  // between two of the events, or since the last of them
  bool operator==(const Age&) const = default;
};
// How long ago the first of `events` was; they stand in the order in which they happened. What lies
// within one start of the machine is measured by its own clock, which nobody sets.
Age age_since(std::span<const Now> events, const Now& now);

}  // namespace packbench
