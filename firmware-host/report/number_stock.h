// Number stock: how many waybill numbers are left, and which allocated ones will soon be too old.
// Plain values, as of the moment the report is made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"

namespace packbench::report {

struct RangeStock {
  std::string carrier, service;  // service empty: numbers that serve any
  std::int64_t left = 0;
  std::int64_t low_water = 0;  // what the configuration wants at least; 0: nothing
};
inline bool is_low(const RangeStock& range) {
  return range.left < range.low_water;
}

struct ExpiringNumber {
  std::string carrier, service, number;
  OrderKey order;
  Instant expires_at;
};

inline constexpr std::size_t expiring_listed_max = 200;

struct NumberStock {
  std::vector<RangeStock> ranges;       // by carrier and service
  Duration within;                      // what counts as soon
  std::int64_t expiring = 0;            // allocated, unused, and too old within that time
  std::vector<ExpiringNumber> soonest;  // of these, at most expiring_listed_max
};

}  // namespace packbench::report
