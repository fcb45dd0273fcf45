// What a scale may send. The first byte chooses the descriptor: ours, none, or the input's own.
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "drivers/scale/hid_scale.h"
#include "tests/fuzz/report_feed.h"
#include "tests/unit/hid_descriptors.h"

namespace {

using namespace packbench;
using namespace packbench::drivers;

std::optional<ScaleReader> reader_of(fuzz::ReportFeed& feed) {
  const std::uint8_t choice = feed.byte();
  if (choice % 4 == 0) return ScaleReader::classic();
  static const test::Bytes ours = test::hex(test::kScale);
  const auto descriptor = parse_report_descriptor(choice % 4 == 1 ? ours : feed.piece());
  if (!descriptor) return std::nullopt;
  auto reader = ScaleReader::from(descriptor.value());
  if (!reader) return std::nullopt;
  return std::move(reader.value());
}

void check_reading(const ScaleReading& reading) {
  switch (reading.state) {
    case ScaleState::stable:
    case ScaleState::stable_zero:
    case ScaleState::in_motion:
      break;
    case ScaleState::under_zero:
      CHECK(reading.grams.value_or(0) <= 0);
      break;
    default:
      CHECK(!reading.grams);
  }
}

// The exact sum against one in floating point, where that one is good enough.
void check_grams(fuzz::ReportFeed& feed) {
  constexpr double kGrams[] = {0.001,      1,   1000,      0.2,        37.79936375,  0.06479891,
                               1.55517384, 1e6, 907184.74, 31.1034768, 28.349523125, 453.59237};
  const int unit = feed.byte() % 12;
  const int exponent = feed.byte() % 9 - 6;
  const std::int64_t value = feed.byte() * 256 + feed.byte() - 0x8000;
  const double wanted = static_cast<double>(value) * std::pow(10.0, exponent) * kGrams[unit];
  const auto grams = to_grams(value, exponent, static_cast<ScaleUnit>(unit + 1));
  CHECK(grams && std::abs(static_cast<double>(*grams) - wanted) < 0.51);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::ReportFeed feed({data, size});
  fuzz::ReportFeed copy({data, size});
  check_grams(copy);
  auto reader = reader_of(feed);
  if (!reader) return 0;
  while (!feed.empty()) {
    const fuzz::Bytes report = feed.piece();
    const auto reading = reader->take(report);
    CHECK(!reading || !report.empty());
    if (reading) check_reading(*reading);
  }
  return 0;
}
