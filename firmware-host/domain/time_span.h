// TimeSpan: a stretch of time as people write it down: days or times of the site's own zone, or
// ISO 8601 with an offset. A plain value and a pure function.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"

namespace packbench {

struct TimeSpan {
  Instant from, to;  // `to` is the first moment behind it
  bool contains(Instant time) const { return from <= time && time < to; }
  bool operator==(const TimeSpan&) const = default;
};

// A day alone is its midnight as `from` and its end as `to`. Nothing where one of them is no time,
// or where it would end before it begins; the same time twice is a span with no moment in it.
std::optional<TimeSpan> parse_span(std::string_view from, std::string_view to,
                                   const std::string& zone);

}  // namespace packbench
