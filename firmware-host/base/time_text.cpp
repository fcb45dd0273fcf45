#include "base/time_text.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>

#include "base/digit.h"

namespace packbench {
namespace {

using std::chrono::microseconds;
using LocalMicros = date::local_time<microseconds>;
using SysMicros = date::sys_time<microseconds>;

// Years 0000 to 9999: what ISO 8601 can write without an agreement between the parties.
constexpr std::int64_t kFirst = -62'167'219'200'000'000;
constexpr std::int64_t kLast = 253'402'300'799'999'999;

SysMicros to_sys(Instant time) {
  // A time outside the years that can be written is a damaged number; the nearest one stands in.
  return SysMicros(microseconds(std::clamp(time.us, kFirst, kLast)));
}

Instant to_instant(SysMicros time) {
  return {time.time_since_epoch().count()};
}

const date::time_zone* find_zone(const std::string& zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) {
    return nullptr;
  }
}

// A local time that comes twice is its first coming; one that is skipped is the end of the gap.
std::optional<Instant> resolve(LocalMicros local, const date::time_zone* zone) {
  if (zone == nullptr) return std::nullopt;
  try {
    return to_instant(zone->to_sys(local, date::choose::earliest));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

// Where the zone is not known, UTC: a clock on the wall in the wrong zone beats none.
LocalMicros to_local(Instant time, const std::string& zone) {
  const SysMicros sys = to_sys(time);
  try {
    if (const auto* found = find_zone(zone)) return found->to_local(sys);
  } catch (const std::exception&) {
  }
  return LocalMicros(sys.time_since_epoch());
}

// Reads a text from its front; every step answers whether it was there.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }

  bool skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  // Digits behind the point as microseconds; what is finer is cut off.
  std::optional<std::int64_t> fraction() {
    std::int64_t us = 0;
    std::int64_t unit = 100'000;
    std::size_t count = 0;
    for (; count < rest_.size() && is_digit(rest_[count]); ++count) {
      us += unit * (rest_[count] - '0');
      unit /= 10;
    }
    if (count == 0) return std::nullopt;
    rest_.remove_prefix(count);
    return us;
  }

 private:
  std::string_view rest_;
};

std::optional<LocalMicros> read_date(Reader& in) {
  const auto year = in.digits(4);
  if (!year || !in.skip('-')) return std::nullopt;
  const auto month = in.digits(2);
  if (!month || !in.skip('-')) return std::nullopt;
  const auto day = in.digits(2);
  if (!day) return std::nullopt;
  const auto ymd = date::year(*year) / *month / *day;
  if (!ymd.ok()) return std::nullopt;
  return LocalMicros(date::local_days(ymd));
}

// "14:32", "14:32:05", "14:32:05.123456".
std::optional<microseconds> read_clock(Reader& in) {
  const auto hour = in.digits(2);
  if (!hour || *hour > 23 || !in.skip(':')) return std::nullopt;
  const auto minute = in.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  microseconds result = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (!in.skip(':')) return result;
  const auto second = in.digits(2);
  if (!second || *second > 59) return std::nullopt;
  result += std::chrono::seconds(*second);
  if (!in.skip('.')) return result;
  const auto fraction = in.fraction();
  if (!fraction) return std::nullopt;
  return result + microseconds(*fraction);
}

// "Z", "+08:00", "+0800", "+08"; a space before it is what Shopify writes.
std::optional<microseconds> read_offset(Reader& in) {
  in.skip(' ');
  if (in.skip('Z')) return microseconds(0);
  const bool west = in.skip('-');
  if (!west && !in.skip('+')) return std::nullopt;
  const auto hours = in.digits(2);
  if (!hours || *hours > 23) return std::nullopt;
  int minutes = 0;
  if (!in.done()) {
    in.skip(':');
    const auto read = in.digits(2);
    if (!read || *read > 59) return std::nullopt;
    minutes = *read;
  }
  const microseconds east = std::chrono::hours(*hours) + std::chrono::minutes(minutes);
  return west ? -east : east;
}

}  // namespace

std::optional<Instant> parse_iso8601(std::string_view text) {
  Reader in(text);
  const auto day = read_date(in);
  if (!day || (!in.skip('T') && !in.skip(' '))) return std::nullopt;
  const auto clock = read_clock(in);
  if (!clock) return std::nullopt;
  const auto offset = read_offset(in);
  if (!offset || !in.done()) return std::nullopt;
  return Instant{(day->time_since_epoch() + *clock - *offset).count()};
}

std::optional<Instant> parse_local(std::string_view text, const std::string& zone) {
  Reader in(text);
  auto local = read_date(in);
  if (!local) return std::nullopt;
  if (!in.done()) {
    if (!in.skip('T') && !in.skip(' ')) return std::nullopt;
    const auto clock = read_clock(in);
    if (!clock || !in.done()) return std::nullopt;
    *local += *clock;
  }
  return resolve(*local, find_zone(zone));
}

std::string format_utc(Instant time) {
  const SysMicros sys = to_sys(time);
  const auto day = date::floor<date::days>(sys);
  const date::year_month_day ymd(day);
  const std::int64_t us = (sys - day).count();
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int(ymd.year()),
                                 unsigned(ymd.month()), unsigned(ymd.day()), us / 3'600'000'000,
                                 us / 60'000'000 % 60, us / 1'000'000 % 60);
  if (us % 1'000'000 != 0) text += fmt::format(".{:06}", us % 1'000'000);
  return text + "Z";
}

std::string format_local(Instant time, const std::string& zone, const std::string& format) {
  const SysMicros sys = to_sys(time);
  try {
    // Whole seconds where there are no others, so that "%S" says 05 and not 05.000000.
    const auto seconds = date::floor<std::chrono::seconds>(sys);
    const auto* found = find_zone(zone);
    if (found == nullptr) return date::format(format, seconds);
    return date::format(format, date::make_zoned(found, seconds));
  } catch (const std::exception&) {
    return format_utc(time);
  }
}

bool zone_exists(const std::string& zone) {
  return find_zone(zone) != nullptr;
}

std::optional<Instant> local_midnight(std::string_view date, const std::string& zone) {
  Reader in(date);
  const auto local = read_date(in);
  if (!local || !in.done()) return std::nullopt;
  return resolve(*local, find_zone(zone));
}

LocalClock local_clock(Instant time, const std::string& zone) {
  const LocalMicros local = to_local(time, zone);
  const auto day = date::floor<date::days>(local);
  LocalClock clock;
  clock.weekday = static_cast<int>(date::weekday(day).iso_encoding());
  clock.minute = static_cast<int>(date::floor<std::chrono::minutes>(local - day).count());
  return clock;
}

Instant local_minute(Instant time, int days, int minute, const std::string& zone) {
  const auto day = date::floor<date::days>(to_local(time, zone)) + date::days(days);
  const LocalMicros local = day + std::chrono::minutes(minute);
  if (const auto resolved = resolve(local, find_zone(zone))) return *resolved;
  return {local.time_since_epoch().count()};
}

std::optional<Duration> parse_duration(std::string_view text) {
  std::int64_t unit = 1;
  if (!text.empty() && !is_digit(text.back())) {
    switch (text.back()) {
      case 's':
        unit = 1;
        break;
      case 'm':
        unit = 60;
        break;
      case 'h':
        unit = 3'600;
        break;
      case 'd':
        unit = 86'400;
        break;
      default:
        return std::nullopt;
    }
    text.remove_suffix(1);
  }
  if (text.empty() || text.size() > 11) return std::nullopt;
  std::int64_t count = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    count = count * 10 + (c - '0');
  }
  // A bound that nobody meets, so that adding a duration to a time cannot overflow.
  constexpr std::int64_t kThousandYears = 1'000LL * 366 * 86'400;
  if (count > kThousandYears / unit) return std::nullopt;
  return Duration::seconds(count * unit);
}

}  // namespace packbench
