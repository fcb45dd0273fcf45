// ScaleReader: what a HID scale reports, as grams. Source: HID Point of Sale Usage Tables 1.02,
// section 4 (page 0x8D): data weight 0x40, data scaling 0x41, weight units 0x51 to 0x5C, status
// 0x71 to 0x78; found by usage, in whatever order, size and report they stand.
// Value type; one thread calls it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/result.h"
#include "drivers/hid/report_descriptor.h"

namespace packbench::drivers {

enum class ScaleState {
  stable,
  stable_zero,
  in_motion,
  under_zero,
  over_limit,
  needs_taring,  // "requires re-zeroing"
  needs_calibration,
  fault,
  unknown
};

struct ScaleReading {
  ScaleState state = ScaleState::unknown;
  // Rounded to the nearest gram, halves away from zero. Nothing in the states that are no weight
  // (over_limit and those after it), and where the number is beyond any scale.
  std::optional<std::int64_t> grams;
  bool operator==(const ScaleReading&) const = default;
};

// The weight units in the order of their usages, from 0x51 on.
enum class ScaleUnit {
  milligram = 1,
  gram,
  kilogram,
  carat,  // metric, 0.2 g
  tael,   // of Hong Kong: a sixteenth of 0.60478982 kg. Taiwan's and the mainland's are others.
  grain,
  pennyweight,
  metric_ton,
  avoirdupois_ton,  // 2000 pounds
  troy_ounce,
  ounce,
  pound
};

// value * 10^exponent units in grams, exact until it is rounded once; nothing beyond 64 bits.
std::optional<std::int64_t> to_grams(std::int64_t value, std::int64_t exponent, ScaleUnit unit);

class ScaleReader {
 public:
  // Error bad_format where the input reports lack the weight, its unit or its status.
  static Result<ScaleReader> from(const HidDescriptor& descriptor);
  // The six bytes that most postal scales send, for those whose descriptor cannot be used: report
  // id 3, status, unit, exponent, weight low byte, weight high byte.
  static ScaleReader classic();

  // Nothing where the report says nothing of the weight: another report, missing bytes, or no unit
  // (some scales send zeros between the weights).
  std::optional<ScaleReading> take(std::span<const std::uint8_t> report);
  // Forgets what earlier reports said: the scale was unplugged or opened anew.
  void reset();
  // For scales that keep an old weight until somebody reads it: from the next report that holds a
  // weight, now and after each reset, nothing is taken.
  void skip_first_weight();

 private:
  // One of several usages in a row, however the descriptor offers the choice. Its number counts
  // from 1; 0 where the report names none of them.
  struct Choice {
    std::vector<HidField> arrays;
    std::vector<std::pair<unsigned, HidElements>> bits;
    std::vector<HidElements> numbers;
    std::uint32_t first_usage = 0;
    unsigned count = 0;

    static Choice find(const HidDescriptor& descriptor, std::uint32_t collection_usage,
                       std::uint32_t first_usage, unsigned count);
    bool offered() const { return !arrays.empty() || !bits.empty() || !numbers.empty(); }
    // Nothing where the report does not hold the choice.
    std::optional<unsigned> read(std::span<const std::uint8_t> report) const;
  };

  ScaleReader() = default;
  void learn(std::span<const std::uint8_t> report);

  std::vector<HidElements> weight_;
  std::vector<HidElements> exponent_;
  Choice unit_;
  Choice status_;
  // What the last reports said; a scale may say it in other reports than the weight's.
  std::optional<unsigned> last_unit_;
  std::optional<std::int64_t> last_exponent_;
  std::optional<unsigned> last_status_;
  bool skips_first_ = false;
  bool skip_next_ = false;
};

}  // namespace packbench::drivers
