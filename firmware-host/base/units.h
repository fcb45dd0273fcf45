// Units: numbers that cannot be mixed up. All are plain values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace packbench {

struct Grams {
  std::int64_t count = 0;
  auto operator<=>(const Grams&) const = default;
};

// A length of time in microseconds.
struct Duration {
  std::int64_t us = 0;
  auto operator<=>(const Duration&) const = default;
  static constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000}; }
  static constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000}; }
  static constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
  static constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }
};

// A point in time: microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t us = 0;
  auto operator<=>(const Instant&) const = default;
};
constexpr Instant operator+(Instant t, Duration d) {
  return {t.us + d.us};
}
constexpr Instant operator-(Instant t, Duration d) {
  return {t.us - d.us};
}
constexpr Duration operator-(Instant a, Instant b) {
  return {a.us - b.us};
}
constexpr Duration operator+(Duration a, Duration b) {
  return {a.us + b.us};
}

// What a record is stamped with: wall time may jump, boot time (CLOCK_BOOTTIME) may not.
struct Now {
  Instant wall;
  Duration since_boot;
  std::string boot_id;
};

// Money in the currency's minor unit (fen, cent; yen has none), ISO 4217 code.
struct Money {
  std::int64_t minor = 0;
  std::string currency;
  bool operator==(const Money&) const = default;
};

}  // namespace packbench
