// ScanReader: turns what one scanner sends into scans. Each way of sending has one: HID point of
// sale, keyboard, serial. It does no I/O and knows no clock.
// Not thread-safe: one thread calls it. It keeps a bounded number of bytes whatever is sent.
//
// `now` is monotonic. Whoever calls hands over what has arrived before it calls tick, so that a
// host that was busy for a moment does not cut a scan in two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/barcode.h"

namespace packbench::drivers {

// Stands at the end of a scan that did not arrive whole. No code holds this control character
// (SUB, "substitute"), so the core refuses the scan as badly read instead of taking it for a
// shorter one.
constexpr char kScanDamaged = '\x1A';

// A scan that has begun and is not finished after this time is given up.
constexpr Duration kScanUnfinishedAfter = Duration::seconds(1);

class ScanReader {
 public:
  virtual ~ScanReader() = default;
  // One report, or one piece of a serial stream; the scans that it completes.
  virtual std::vector<Barcode> take(std::span<const std::uint8_t> bytes, Duration now) = 0;
  // When tick wants to be called; nothing while no scan is under way.
  virtual std::optional<Duration> deadline() const = 0;
  virtual std::vector<Barcode> tick(Duration now) = 0;
  // Forgets everything: the scanner was unplugged or opened anew.
  virtual void reset() = 0;
};

}  // namespace packbench::drivers
