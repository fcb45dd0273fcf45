// HID scales: grams, states, and the table of models.
#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <set>
#include <sstream>

#include "drivers/scale/hid_scale.h"
#include "drivers/scale/scale_models.h"
#include "tests/unit/hid_samples.h"

namespace packbench::drivers {
namespace {

using test::Bytes;
using test::hex;

ScaleReader reader_of(std::string_view descriptor) {
  return ScaleReader::from(parse_report_descriptor(hex(descriptor)).value()).value();
}

ScaleReading reading(ScaleState state, std::optional<std::int64_t> grams = {}) {
  return {state, grams};
}

TEST(ScaleGrams, AreExactInEveryUnit) {
  using U = ScaleUnit;
  EXPECT_EQ(to_grams(1'500, 0, U::milligram), 2);
  EXPECT_EQ(to_grams(1'499, 0, U::milligram), 1);
  EXPECT_EQ(to_grams(144, 0, U::gram), 144);
  EXPECT_EQ(to_grams(1'234, -3, U::kilogram), 1'234);
  EXPECT_EQ(to_grams(25, -1, U::kilogram), 2'500);
  EXPECT_EQ(to_grams(10, 0, U::carat), 2);
  EXPECT_EQ(to_grams(10, 0, U::tael), 378);          // 377.9936375
  EXPECT_EQ(to_grams(1'000, 0, U::grain), 65);       // 64.79891
  EXPECT_EQ(to_grams(100, 0, U::pennyweight), 156);  // 155.517384
  EXPECT_EQ(to_grams(1, -3, U::metric_ton), 1'000);
  EXPECT_EQ(to_grams(1, 0, U::avoirdupois_ton), 907'185);  // 907184.74
  EXPECT_EQ(to_grams(100, 0, U::troy_ounce), 3'110);       // 3110.34768
  EXPECT_EQ(to_grams(1'135, -1, U::ounce), 3'218);         // 3217.67...
  EXPECT_EQ(to_grams(785, -2, U::pound), 3'561);           // 3560.70...
  EXPECT_EQ(to_grams(16, 0, U::ounce), to_grams(1, 0, U::pound));
}

TEST(ScaleGrams, RoundHalvesAwayFromZero) {
  EXPECT_EQ(to_grams(5, -1, ScaleUnit::gram), 1);
  EXPECT_EQ(to_grams(-5, -1, ScaleUnit::gram), -1);
  EXPECT_EQ(to_grams(49, -2, ScaleUnit::gram), 0);
  EXPECT_EQ(to_grams(-49, -2, ScaleUnit::gram), 0);
  EXPECT_EQ(to_grams(25, -1, ScaleUnit::gram), 3);
}

TEST(ScaleGrams, AreNothingBeyondTheirRange) {
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(to_grams(kMax, 0, ScaleUnit::gram), kMax);
  EXPECT_EQ(to_grams(-kMax, 0, ScaleUnit::gram), -kMax);
  EXPECT_EQ(to_grams(kMin, 0, ScaleUnit::gram), std::nullopt);
  EXPECT_EQ(to_grams(kMax, 1, ScaleUnit::gram), std::nullopt);
  EXPECT_EQ(to_grams(kMax, 0, ScaleUnit::ounce), std::nullopt);
  EXPECT_EQ(to_grams(1, 127, ScaleUnit::gram), std::nullopt);
  EXPECT_EQ(to_grams(0, 127, ScaleUnit::gram), 0);
  EXPECT_EQ(to_grams(kMax, -127, ScaleUnit::pound), 0);
  EXPECT_EQ(to_grams(kMax, -18, ScaleUnit::gram), 9);
  EXPECT_EQ(to_grams(kMax, -20, ScaleUnit::gram), 0);
  EXPECT_EQ(to_grams(kMax, -36, ScaleUnit::avoirdupois_ton), 0);
  EXPECT_EQ(to_grams(1, 18, ScaleUnit::gram), 1'000'000'000'000'000'000);
  EXPECT_EQ(to_grams(1, 19, ScaleUnit::gram), std::nullopt);
  for (int unit = 1; unit <= 12; ++unit) {
    for (std::int64_t exponent = 31; exponent <= 130; ++exponent) {
      const auto as = static_cast<ScaleUnit>(unit);
      EXPECT_EQ(to_grams(std::int64_t{1} << 62, exponent, as), std::nullopt) << exponent;
      EXPECT_EQ(to_grams(kMax, -exponent, as), 0) << exponent;
    }
  }
}

TEST(Scale, TheRecordedReportsWeighWhatIsWrittenOfThem) {
  const auto lines = test::sample_lines("scale_reports.txt");
  if (!lines) GTEST_SKIP() << "no samples beside the repository";
  int read = 0;
  for (const std::string& line : *lines) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream numbers(line);
    Bytes report;
    for (int number = 0; numbers >> number;) report.push_back(static_cast<std::uint8_t>(number));
    // 113.5 oz
    EXPECT_EQ(reader_of(test::kScale).take(report), reading(ScaleState::stable, 3'218));
    EXPECT_EQ(ScaleReader::classic().take(report), reading(ScaleState::stable, 3'218));
    ++read;
  }
  EXPECT_GE(read, 1);
}

TEST(Scale, EveryStatusHasItsState) {
  for (ScaleReader scale : {reader_of(test::kScale), ScaleReader::classic()}) {
    EXPECT_EQ(scale.take(hex("03 01 02 00 05 00")), reading(ScaleState::fault));
    EXPECT_EQ(scale.take(hex("03 02 02 00 00 00")), reading(ScaleState::stable_zero, 0));
    EXPECT_EQ(scale.take(hex("03 03 02 00 05 00")), reading(ScaleState::in_motion, 5));
    EXPECT_EQ(scale.take(hex("03 04 02 00 05 00")), reading(ScaleState::stable, 5));
    EXPECT_EQ(scale.take(hex("03 05 02 00 05 00")), reading(ScaleState::under_zero, -5));
    EXPECT_EQ(scale.take(hex("03 06 02 00 05 00")), reading(ScaleState::over_limit));
    EXPECT_EQ(scale.take(hex("03 07 02 00 05 00")), reading(ScaleState::needs_calibration));
    EXPECT_EQ(scale.take(hex("03 08 02 00 05 00")), reading(ScaleState::needs_taring));
    EXPECT_EQ(scale.take(hex("03 00 02 00 05 00")), reading(ScaleState::unknown));
    EXPECT_EQ(scale.take(hex("03 09 02 00 05 00")), reading(ScaleState::unknown));
  }
}

TEST(Scale, UnderZeroBothWaysOfSendingItAreNegative) {
  ScaleReader scale = ScaleReader::classic();
  EXPECT_EQ(scale.take(hex("03 05 02 00 0c 00")), reading(ScaleState::under_zero, -12));
  EXPECT_EQ(scale.take(hex("03 05 02 00 f4 ff")), reading(ScaleState::under_zero, -12));
  // Where it is not under zero, so much is a weight.
  EXPECT_EQ(scale.take(hex("03 04 02 00 f4 ff")), reading(ScaleState::stable, 65'524));
}

TEST(Scale, ReportsWithoutAUnitOrOfAnotherIdSayNothing) {
  ScaleReader scale = ScaleReader::classic();
  EXPECT_EQ(scale.take(hex("03 04 00 00 00 00")), std::nullopt);
  EXPECT_EQ(scale.take(hex("03 04 0d 00 05 00")), std::nullopt);
  EXPECT_EQ(scale.take(hex("00 00 00 00 00 00 00 00")), std::nullopt);
  EXPECT_EQ(scale.take(hex("04 04 00 00 00 00 00 00")), std::nullopt);
  EXPECT_EQ(scale.take({}), std::nullopt);
  // A fault is told all the same.
  EXPECT_EQ(scale.take(hex("03 01 00 00 00 00")), reading(ScaleState::fault));
}

TEST(Scale, TruncatedReportsNeverWeigh) {
  const Bytes whole = hex("03 04 0b ff 6f 04");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    ScaleReader scale = reader_of(test::kScale);
    EXPECT_EQ(scale.take(std::span(whole).first(length)), std::nullopt) << length;
  }
  ScaleReader scale = reader_of(test::kScale);
  Bytes longer = whole;
  longer.push_back(0xFF);
  EXPECT_EQ(scale.take(longer), reading(ScaleState::stable, 3'218));
}

TEST(Scale, TheStatusReportTellsOnlyWhatIsNoWeight) {
  ScaleReader scale = reader_of(test::kScale);
  EXPECT_EQ(scale.take(hex("04 04")), std::nullopt);
  EXPECT_EQ(scale.take(hex("04 06")), reading(ScaleState::over_limit));
  EXPECT_EQ(scale.take(hex("03 04 02 00 05 00")), reading(ScaleState::stable, 5));
}

// The weight first and in 32 bits with its sign, then the exponent in 4 bits, then one bit for each
// state, then the unit; the exponent declared without a sign.
TEST(Scale, OrderAndSizesAreTheDescriptors) {
  ScaleReader scale = reader_of(
      "05 8d 09 20 a1 01 17 00 00 00 80 27 ff ff ff 7f 75 20 95 01 09 40 81 02 15 00 25 0f 75 04 "
      "09 41 81 02 81 03 25 01 75 01 95 08 19 71 29 78 81 02 15 01 25 0c 75 08 95 01 19 51 29 5c "
      "81 00 c0");
  EXPECT_EQ(scale.take(hex("39 30 00 00 0f 08 02")), reading(ScaleState::stable, 1'235));
  EXPECT_EQ(scale.take(hex("c7 cf ff ff 0e 04 02")), reading(ScaleState::in_motion, -123));
  EXPECT_EQ(scale.take(hex("c7 cf ff ff 0e 10 02")), reading(ScaleState::under_zero, -123));
  EXPECT_EQ(scale.take(hex("39 30 00 00 00 00 02")), reading(ScaleState::unknown));
  EXPECT_EQ(scale.take(hex("39 30 00 00 00 01 02")), reading(ScaleState::fault));
}

// Report 1: unit and status; report 2: the weight. The status as a plain number, no scaling.
TEST(Scale, AStatusFromAnotherReportHoldsForOneWeight) {
  ScaleReader scale = reader_of(
      "05 8d 09 20 a1 01 15 00 26 ff 00 75 08 95 01 85 01 09 50 81 02 09 70 81 02 85 02 27 ff ff "
      "00 00 75 10 09 40 81 02 c0");
  EXPECT_EQ(scale.take(hex("02 05 00")), reading(ScaleState::unknown));
  EXPECT_EQ(scale.take(hex("01 02 04")), std::nullopt);
  EXPECT_EQ(scale.take(hex("02 05 00")), reading(ScaleState::stable, 5));
  EXPECT_EQ(scale.take(hex("02 06 00")), reading(ScaleState::unknown));
  EXPECT_EQ(scale.take(hex("01 ff 04")), std::nullopt);
  EXPECT_EQ(scale.take(hex("02 06 00")), std::nullopt);
  EXPECT_EQ(scale.take(hex("01 02 ff")), reading(ScaleState::unknown));
  EXPECT_EQ(scale.take(hex("01 02 04")), std::nullopt);
  scale.reset();
  EXPECT_EQ(scale.take(hex("02 05 00")), reading(ScaleState::unknown));
}

TEST(Scale, ADescriptorWithoutWeightUnitOrStatusIsRefused) {
  const auto refused = [](std::string_view text) {
    const auto scale = ScaleReader::from(parse_report_descriptor(hex(text)).value());
    return !scale && scale.error().code == "bad_format";
  };
  EXPECT_TRUE(refused(test::kKeyboard));
  EXPECT_TRUE(refused("05 8d 75 10 95 01 09 40 81 02"));
  EXPECT_TRUE(refused("05 8d 75 08 95 01 09 40 81 02 09 50 81 02"));
  EXPECT_FALSE(refused("05 8d 75 08 95 01 09 40 81 02 09 50 81 02 09 70 81 02"));
  // A byte of its own for one of the states would say neither yes nor no.
  EXPECT_TRUE(refused("05 8d 75 08 95 01 09 40 81 02 09 50 81 02 19 71 29 78 81 02"));
}

TEST(Scale, GarbageGivesNoWeightOfAFault) {
  std::mt19937 random(13);
  for (ScaleReader scale : {reader_of(test::kScale), ScaleReader::classic()}) {
    int weights = 0;
    for (int i = 0; i < 50'000; ++i) {
      Bytes report(random() % 9);
      for (std::uint8_t& byte : report) byte = static_cast<std::uint8_t>(random() % 16);
      if (!report.empty()) report[0] = 3;
      const auto read = scale.take(report);
      if (!read || !read->grams) continue;
      ++weights;
      EXPECT_TRUE(read->state == ScaleState::stable || read->state == ScaleState::stable_zero ||
                  read->state == ScaleState::in_motion || read->state == ScaleState::under_zero);
      EXPECT_EQ(*read->grams < 0, read->state == ScaleState::under_zero && *read->grams != 0);
    }
    EXPECT_GT(weights, 100);
  }
}

TEST(ScaleModels, AreListedOnce) {
  std::set<std::pair<int, int>> seen;
  for (const ScaleModel& model : scale_models()) {
    EXPECT_TRUE(seen.emplace(model.vendor, model.product).second) << model.name;
    EXPECT_FALSE(model.name.empty());
    EXPECT_FALSE(model.deviation.empty());
    EXPECT_EQ(find_scale_model(model.vendor, model.product), &model);
  }
  EXPECT_EQ(find_scale_model(0x0922, 0x0001), nullptr);
}

TEST(ScaleModels, AKnownScaleIsReadWithoutItsDescriptor) {
  const Bytes report = hex("03 04 0b ff 6f 04");
  for (const Bytes& bad : {Bytes{}, hex("05 8d a1"), hex("06 00 ff 75 08 95 06 09 01 81 02")}) {
    auto known = scale_reader(0x0B67, 0x555E, bad);
    ASSERT_TRUE(known);
    EXPECT_EQ(known.value().take(report), reading(ScaleState::stable, 3'218));
    const auto unknown = scale_reader(0x1234, 0x5678, bad);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "bad_format");
  }
  EXPECT_TRUE(scale_reader(0x1234, 0x5678, hex(test::kScale)));
}

TEST(ScaleModels, AnOldFirstWeightIsNotBelieved) {
  auto made = scale_reader(0x1446, 0x6A73, hex(test::kScale));
  ASSERT_TRUE(made);
  ScaleReader& scale = made.value();
  EXPECT_EQ(scale.take(hex("04 06")), reading(ScaleState::over_limit));
  EXPECT_EQ(scale.take(hex("03 04 02 00 05 00")), std::nullopt);
  EXPECT_EQ(scale.take(hex("03 04 02 00 06 00")), reading(ScaleState::stable, 6));
  scale.reset();
  EXPECT_EQ(scale.take(hex("03 04 02 00 06 00")), std::nullopt);
  EXPECT_EQ(scale.take(hex("03 04 02 00 07 00")), reading(ScaleState::stable, 7));
}

TEST(ScaleModels, AnUnreadableScaleIsRefusedByName) {
  const auto refused = scale_reader(0x04D9, 0x8010, hex(test::kScale));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unsupported");
  EXPECT_NE(refused.error().text.find("AccuPost"), std::string::npos);
}

}  // namespace
}  // namespace packbench::drivers
