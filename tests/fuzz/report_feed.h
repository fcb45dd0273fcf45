// What a fuzz target of a USB device is fed with: choices first, then reports. A report is a byte
// for the pause before it, a byte for its length, and so many bytes of what is left.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/units.h"

namespace packbench::fuzz {

using Bytes = std::span<const std::uint8_t>;

class ReportFeed {
 public:
  explicit ReportFeed(Bytes bytes) : rest_(bytes) {}

  bool empty() const { return rest_.empty(); }

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const std::uint8_t first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }

  Bytes piece() {
    const std::size_t wanted = byte();
    const std::size_t size = std::min(wanted, rest_.size());
    const Bytes first = rest_.first(size);
    rest_ = rest_.subspan(size);
    return first;
  }

  // Up to two and a half seconds, so that every time-out is met now and then.
  Duration pause() { return Duration::milliseconds(byte() * 10); }

 private:
  Bytes rest_;
};

}  // namespace packbench::fuzz
