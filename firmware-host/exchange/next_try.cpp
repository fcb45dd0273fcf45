#include "exchange/next_try.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace packbench::exchange {
namespace {

Duration at_most_a_day(Duration wanted) {
  return std::clamp(wanted, Duration{}, kRetryAfterMost);
}

std::optional<int> digits(std::string_view text) {
  int number = 0;
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size()) return std::nullopt;
  // More than fits is more than a day as well.
  return problem == std::errc() ? number : static_cast<int>(kRetryAfterMost.us / 1'000'000);
}

std::optional<unsigned> month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<unsigned>(found - names.begin()) + 1;
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" ||
      text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' || text[22] != ':')
    return std::nullopt;
  const auto day = digits(text.substr(5, 2));
  const auto month = month_of(text.substr(8, 3));
  const auto year = digits(text.substr(12, 4));
  const auto hour = digits(text.substr(17, 2));
  const auto minute = digits(text.substr(20, 2));
  const auto second = digits(text.substr(23, 2));
  if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return Instant{Duration::seconds(days * 86'400 + *hour * 3'600 + *minute * 60 + *second).us};
}

}  // namespace

Duration next_try(int attempt, std::optional<Duration> retry_after, Duration now,
                  std::uint64_t random, const Backoff& backoff) {
  std::int64_t ceiling = std::min(backoff.base.us, backoff.cap.us);
  for (int i = 1; i < attempt && ceiling < backoff.cap.us; ++i)
    ceiling = std::min(ceiling * 2, backoff.cap.us);
  const auto range = static_cast<std::uint64_t>(ceiling) + 1;
  const Duration jitter{static_cast<std::int64_t>(random % range)};
  return now + std::max(jitter, at_most_a_day(retry_after.value_or(Duration{})));
}

std::optional<Duration> parse_retry_after(std::string_view value, Instant now) {
  if (const auto seconds = digits(value)) return at_most_a_day(Duration::seconds(*seconds));
  if (const auto date = parse_http_date(value)) return at_most_a_day(*date - now);
  return std::nullopt;
}

}  // namespace packbench::exchange
