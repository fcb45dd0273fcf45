#include "drivers/scale/hid_scale.h"

#include <array>
#include <limits>

namespace packbench::drivers {
namespace {

constexpr std::uint32_t kDataWeight = hid_usage(0x8D, 0x40);
constexpr std::uint32_t kDataScaling = hid_usage(0x8D, 0x41);
constexpr std::uint32_t kWeightUnit = hid_usage(0x8D, 0x50);
constexpr unsigned kUnits = 12;
constexpr std::uint32_t kScaleStatus = hid_usage(0x8D, 0x70);
constexpr unsigned kStates = 8;

__extension__ typedef unsigned __int128 Wide;

// significand * 10^exponent grams, exact by definition of the unit.
struct UnitSize {
  std::uint64_t significand;
  int exponent;
};
constexpr std::array<UnitSize, kUnits> kUnitSizes = {{
    {1, -3},            // milligram
    {1, 0},             // gram
    {1, 3},             // kilogram
    {2, -1},            // carat
    {3779936375, -8},   // tael
    {6479891, -8},      // grain
    {155517384, -8},    // pennyweight, 24 grains
    {1, 6},             // metric ton
    {90718474, -2},     // avoirdupois ton
    {311034768, -7},    // troy ounce, 480 grains
    {28349523125, -9},  // ounce, a sixteenth of a pound
    {45359237, -5},     // pound
}};

// By the status usages, from 0x71 on.
constexpr std::array<ScaleState, kStates> kStatusStates = {ScaleState::fault,
                                                           ScaleState::stable_zero,
                                                           ScaleState::in_motion,
                                                           ScaleState::stable,
                                                           ScaleState::under_zero,
                                                           ScaleState::over_limit,
                                                           ScaleState::needs_calibration,
                                                           ScaleState::needs_taring};

ScaleState state_of(unsigned status) {
  return status >= 1 && status <= kStates ? kStatusStates[status - 1] : ScaleState::unknown;
}

bool is_weight(ScaleState state) {
  return state == ScaleState::stable || state == ScaleState::stable_zero ||
         state == ScaleState::in_motion || state == ScaleState::under_zero;
}

// amount * 10^exponent, rounded; nothing beyond 63 bits.
std::optional<std::int64_t> scaled(Wide amount, std::int64_t exponent) {
  constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
  if (amount == 0) return 0;
  for (; exponent > 0; --exponent) {
    if (amount > kMax / 10) return std::nullopt;
    amount *= 10;
  }
  // An amount has fewer than 31 digits, so that less than half a gram is left beyond them.
  if (exponent < -31) return 0;
  Wide divisor = 1;
  for (; exponent < 0; ++exponent) divisor *= 10;
  const Wide grams = amount / divisor + (amount % divisor * 2 >= divisor ? 1 : 0);
  if (grams > kMax) return std::nullopt;
  return static_cast<std::int64_t>(grams);
}

// A number that its descriptor declares unsigned although it is signed.
std::int64_t as_signed(std::int64_t value, std::uint32_t bits) {
  const std::int64_t half = std::int64_t{1} << (bits - 1);
  return value >= half ? value - 2 * half : value;
}

// The weight that stands in the report, and how wide its field is.
std::optional<std::pair<std::int64_t, std::uint32_t>> read_weight(
    const std::vector<HidElements>& weights, std::span<const std::uint8_t> report) {
  for (const HidElements& weight : weights) {
    if (const auto value = read_value(report, weight)) return {{*value, weight.bit_size}};
  }
  return std::nullopt;
}

// Under zero some scales send the amount and some two's complement, mostly in a field declared
// unsigned; no scale goes so far below zero that they could be confused.
std::int64_t below_zero(std::int64_t value, std::uint32_t bits) {
  value = as_signed(value, bits);
  return value > 0 ? -value : value;
}

}  // namespace

std::optional<std::int64_t> to_grams(std::int64_t value, std::int64_t exponent, ScaleUnit unit) {
  const UnitSize& size = kUnitSizes.at(static_cast<std::size_t>(unit) - 1);
  const auto magnitude =
      value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  if (value == 0) return 0;
  // Far beyond what any weight needs, and never reached by the sums below.
  if (exponent > 64) return std::nullopt;
  if (exponent < -64) return 0;
  const auto grams = scaled(Wide{magnitude} * size.significand, exponent + size.exponent);
  if (!grams) return std::nullopt;
  return value < 0 ? -*grams : *grams;
}

ScaleReader::Choice ScaleReader::Choice::find(const HidDescriptor& descriptor,
                                              std::uint32_t collection_usage,
                                              std::uint32_t first_usage, unsigned count) {
  Choice choice;
  choice.first_usage = first_usage;
  choice.count = count;
  const std::uint32_t last_usage = first_usage + count - 1;
  for (const HidField& field : descriptor.fields) {
    if (field.kind != HidFieldKind::input || field.constant || field.variable) continue;
    for (const HidUsages& usages : field.usages) {
      if (usages.first > last_usage || usages.last < first_usage) continue;
      choice.arrays.push_back(field);
      break;
    }
  }
  for (unsigned i = 0; i < count; ++i) {
    for (const auto& bit : find_usage(descriptor, HidFieldKind::input, first_usage + i)) {
      if (bit.bit_size == 1) choice.bits.emplace_back(i + 1, bit);
    }
  }
  // Not what the tables ask for, but unmistakable: the number itself under the collection's usage.
  choice.numbers = find_usage(descriptor, HidFieldKind::input, collection_usage);
  return choice;
}

std::optional<unsigned> ScaleReader::Choice::read(std::span<const std::uint8_t> report) const {
  std::optional<unsigned> found;
  for (const HidField& field : arrays) {
    if (!report_has(report, elements_of(field))) continue;
    found = 0;
    for (std::uint32_t i = 0; i < field.count; ++i) {
      const auto usage = read_selection(report, field, i);
      if (usage && *usage >= first_usage && *usage - first_usage < count) {
        return *usage - first_usage + 1;
      }
    }
  }
  for (const auto& [number, bit] : bits) {
    const auto value = read_value(report, bit);
    if (value && *value != 0) return number;
    if (value) found = 0;
  }
  for (const HidElements& number : numbers) {
    const auto value = read_value(report, number);
    if (value) return *value >= 1 && *value <= count ? static_cast<unsigned>(*value) : 0;
  }
  return found;
}

Result<ScaleReader> ScaleReader::from(const HidDescriptor& descriptor) {
  ScaleReader reader;
  reader.weight_ = find_usage(descriptor, HidFieldKind::input, kDataWeight);
  reader.exponent_ = find_usage(descriptor, HidFieldKind::input, kDataScaling);
  reader.unit_ = Choice::find(descriptor, kWeightUnit, kWeightUnit + 1, kUnits);
  reader.status_ = Choice::find(descriptor, kScaleStatus, kScaleStatus + 1, kStates);
  if (reader.weight_.empty() || !reader.unit_.offered() || !reader.status_.offered()) {
    return Error{"bad_format",
                 "The scale's reports do not hold a weight with its unit and status; use a scale "
                 "that follows the HID point of sale tables, or skip the weight with a reason."};
  }
  if (reader.exponent_.empty()) reader.last_exponent_ = 0;
  return reader;
}

ScaleReader ScaleReader::classic() {
  constexpr std::array<std::uint8_t, 50> kDescriptor = {
      0x05, 0x8D, 0x09, 0x20, 0xA1, 0x01, 0x85, 0x03, 0x75, 0x08, 0x95, 0x01,  // report 3
      0x15, 0x01, 0x25, 0x08, 0x19, 0x71, 0x29, 0x78, 0x81, 0x00,              // status
      0x25, 0x0C, 0x19, 0x51, 0x29, 0x5C, 0x81, 0x00,                          // unit
      0x15, 0x81, 0x25, 0x7F, 0x09, 0x41, 0x81, 0x02,                          // exponent
      0x15, 0x00, 0x26, 0xFF, 0xFF, 0x75, 0x10, 0x09, 0x40, 0x81, 0x02,        // weight
      0xC0};
  return from(parse_report_descriptor(kDescriptor).value()).value();
}

void ScaleReader::learn(std::span<const std::uint8_t> report) {
  if (const auto unit = unit_.read(report)) last_unit_ = unit;
  if (const auto status = status_.read(report)) last_status_ = status;
  for (const HidElements& exponent : exponent_) {
    if (const auto value = read_value(report, exponent)) {
      last_exponent_ = as_signed(*value, exponent.bit_size);
    }
  }
}

std::optional<ScaleReading> ScaleReader::take(std::span<const std::uint8_t> report) {
  if (report.empty()) return std::nullopt;
  learn(report);
  const auto weight = read_weight(weight_, report);
  if (weight && std::exchange(skip_next_, false)) return std::nullopt;
  const ScaleState state = state_of(last_status_.value_or(0));
  if (!is_weight(state)) {
    if (!weight && !status_.read(report)) return std::nullopt;
    return ScaleReading{state, std::nullopt};
  }
  if (!weight) return std::nullopt;
  // A status from another report holds for one weight: the next may have moved since.
  if (!status_.read(report)) last_status_.reset();
  if (last_unit_.value_or(0) == 0 || !last_exponent_) return std::nullopt;
  const auto unit = static_cast<ScaleUnit>(*last_unit_);
  const auto [value, bits] = *weight;
  const std::int64_t signed_value =
      state == ScaleState::under_zero ? below_zero(value, bits) : value;
  return ScaleReading{state, to_grams(signed_value, *last_exponent_, unit)};
}

void ScaleReader::skip_first_weight() {
  skips_first_ = true;
  skip_next_ = true;
}

void ScaleReader::reset() {
  skip_next_ = skips_first_;
  last_unit_.reset();
  last_status_.reset();
  last_exponent_.reset();
  if (exponent_.empty()) last_exponent_ = 0;
}

}  // namespace packbench::drivers
