// Time as text: ISO 8601 in and out, and the site's own zone (IANA name, from the system's tzdata).
// Pure functions but for the zone table, which is read once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"

namespace packbench {

// "2026-11-22T14:32:05.123456+08:00", "...Z", a space for the T; an offset is required.
std::optional<Instant> parse_iso8601(std::string_view text);

// The same without an offset ("2010-12-01 08:26:00", "2010-12-01"), read in `zone`.
std::optional<Instant> parse_local(std::string_view text, const std::string& zone);

// UTC, "2026-11-22T06:32:05Z", with microseconds only where there are any.
std::string format_utc(Instant time);

// In the zone, strftime format of Howard Hinnant's date library ("%Y-%m-%d %H:%M").
std::string format_local(Instant time, const std::string& zone, const std::string& format);

bool zone_exists(const std::string& zone);

// Midnight at the start of the local day "2026-11-22".
std::optional<Instant> local_midnight(std::string_view date, const std::string& zone);

// Local day of week (Monday = 1 ... Sunday = 7) and the minute of that day.
struct LocalClock {
  int weekday = 1;
  int minute = 0;
};
LocalClock local_clock(Instant time, const std::string& zone);

// The Instant of a minute of the local day that lies `days` after the local day of `time`.
Instant local_minute(Instant time, int days, int minute, const std::string& zone);

// "90s", "15m", "2h", "1d" or a plain number of seconds.
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace packbench
