#include "domain/clocks.h"

#include <algorithm>

#include "base/check.h"

namespace packbench {
namespace {

ClockState open_state(Instant due, Instant now, Duration at_risk) {
  if (now > due) return ClockState::late;
  return due - now <= at_risk ? ClockState::at_risk : ClockState::running;
}

}  // namespace

const char* word(ClockState state) {
  switch (state) {
    case ClockState::none:
      return "none";
    case ClockState::done:
      return "done";
    case ClockState::running:
      return "running";
    case ClockState::pending:
      return "pending";
    case ClockState::unknown:
      return "unknown";
    case ClockState::at_risk:
      return "at_risk";
    case ClockState::late:
      return "late";
  }
  CHECK(false);
  return "";
}

void count(ClockCount& counts, ClockState state) {
  if (state == ClockState::done) ++counts.done;
  if (state == ClockState::running) ++counts.running;
  if (state == ClockState::pending) ++counts.pending;
  if (state == ClockState::at_risk) ++counts.at_risk;
  if (state == ClockState::late) ++counts.late;
  if (state == ClockState::unknown) ++counts.unknown;
}

std::int64_t sum(const ClockCount& counts) {
  return counts.done + counts.running + counts.pending + counts.at_risk + counts.late +
         counts.unknown;
}

std::optional<Instant> hub_or_later(const TraceTimes& traces) {
  std::optional<Instant> first;
  for (const auto& each :
       {traces.hub, traces.out, traces.delivered, traces.failed, traces.returned}) {
    if (each && (!first || *each < *first)) first = each;
  }
  return first;
}

ClockState ship_state(std::optional<Instant> ship_by, std::optional<Instant> last_visit,
                      const PickupEvidence& pickup, Instant now, Duration at_risk) {
  if (!ship_by) return ClockState::unknown;
  if (pickup.recorded) return *pickup.recorded <= *ship_by ? ClockState::done : ClockState::late;
  if (pickup.scanned) return *pickup.scanned <= *ship_by ? ClockState::pending : ClockState::late;
  const ClockState state = open_state(*ship_by, now, at_risk);
  if (state == ClockState::running && last_visit && now > *last_visit) return ClockState::at_risk;
  return state;
}

ClockState trace_state(std::optional<Instant> since, std::optional<Instant> stopped, Duration limit,
                       Instant now, Duration at_risk) {
  if (!since) return ClockState::none;
  const Instant due = *since + limit;
  if (stopped) return *stopped <= due ? ClockState::done : ClockState::late;
  return open_state(due, now, at_risk);
}

Age age_since(std::span<const Now> events, const Now& now) {
  Age age;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Now& earlier = events[i];
    const Now& later = i + 1 < events.size() ? events[i + 1] : now;
    const bool one_start = !earlier.boot_id.empty() && earlier.boot_id == later.boot_id;
    const Duration by_wall = later.wall - earlier.wall;
    const Duration step =
        one_start ? Duration{later.since_boot.us - earlier.since_boot.us} : by_wall;
    age.length = age.length + std::max(step, Duration{0});
    age.clock_set_back = age.clock_set_back || (one_start && by_wall < Duration{0});
  }
  return age;
}

}  // namespace packbench
