// StopRegion: where a carrier does not go for a time: a storm, a festival. Plain values and a pure
// function.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "domain/region.h"
#include "domain/time_span.h"

namespace packbench {

struct StopRegion {
  std::string carrier;
  std::string region;  // as parse_region reads it
  TimeSpan span;
  std::string reason;  // for people; may be empty
  bool operator==(const StopRegion&) const = default;
};

struct StoppedRegion {
  StopRegion stop;
  bool perhaps = false;  // only a part of the region is stopped, and which one it is is sealed
};
// The stop that keeps `carrier` from taking the order there at `at`; of several one that is sure,
// then the one that lasts longest.
std::optional<StoppedRegion> stopped_region(std::span<const StopRegion> stops,
                                            const std::string& carrier, const Order& order,
                                            Instant at);

// "浙江省 (storm)", for people.
std::string region_text(const StopRegion& stop);

}  // namespace packbench
