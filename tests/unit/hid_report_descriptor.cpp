// Report descriptors: what is read out of good ones, and that bad ones are refused in words.
#include "drivers/hid/report_descriptor.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/unit/hid_samples.h"

namespace packbench::drivers {
namespace {

using test::Bytes;
using test::hex;

HidDescriptor parse(std::string_view text) {
  return parse_report_descriptor(hex(text)).value();
}

std::string refusal(const Bytes& bytes) {
  const auto parsed = parse_report_descriptor(bytes);
  if (parsed) return "";
  EXPECT_EQ(parsed.error().code, "bad_format");
  return parsed.error().text;
}

TEST(HidDescriptor, ReadsAPointOfSaleScanner) {
  const HidDescriptor scanner = parse(test::kCountedPos);
  EXPECT_TRUE(is_pos_scanner(scanner));
  EXPECT_FALSE(is_keyboard(scanner));
  EXPECT_FALSE(is_scale(scanner));
  EXPECT_TRUE(scanner.has_report_ids);
  EXPECT_EQ(scanner.applications, std::vector{hid_usage(0x8C, 0x02)});
  EXPECT_EQ(scanner.input_reports, (std::vector{HidReportSize{2, 64}}));
  const auto data = find_usage(scanner, HidFieldKind::input, hid_usage(0x8C, 0xFE));
  ASSERT_EQ(data.size(), 1U);
  EXPECT_EQ(data[0].report_id, 2);
  EXPECT_EQ(data[0].bit_offset, 5U * 8);
  EXPECT_EQ(data[0].bit_size, 8U);
  EXPECT_EQ(data[0].count, 56U);
  const auto second = find_usage(scanner, HidFieldKind::input, hid_usage(0x8C, 0xFC));
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].bit_offset, 3U * 8);
  EXPECT_EQ(second[0].count, 1U);
  const auto count = find_usage(scanner, HidFieldKind::input, hid_usage(0x01, 0x3B));
  ASSERT_EQ(count.size(), 1U);
  EXPECT_EQ(count[0].bit_offset, 8U);
  EXPECT_EQ(scanner.fields[1].collections,
            (std::vector{hid_usage(0x8C, 0x02), hid_usage(0x8C, 0x12)}));
  EXPECT_TRUE(find_usage(scanner, HidFieldKind::feature, hid_usage(0x8C, 0xFE)).empty());
}

TEST(HidDescriptor, ReadsAKeyboard) {
  const HidDescriptor keyboard = parse(test::kKeyboard);
  EXPECT_TRUE(is_keyboard(keyboard));
  EXPECT_FALSE(is_pos_scanner(keyboard));
  EXPECT_FALSE(keyboard.has_report_ids);
  EXPECT_EQ(keyboard.input_reports, (std::vector{HidReportSize{0, 8}}));
  ASSERT_EQ(keyboard.fields.size(), 5U);
  EXPECT_TRUE(keyboard.fields[0].variable);
  EXPECT_EQ(keyboard.fields[0].usages,
            (std::vector{HidUsages{hid_usage(0x07, 0xE0), hid_usage(0x07, 0xE7)}}));
  EXPECT_TRUE(keyboard.fields[1].constant);
  EXPECT_EQ(keyboard.fields[2].kind, HidFieldKind::output);
  EXPECT_FALSE(keyboard.fields[4].variable);
  EXPECT_EQ(keyboard.fields[4].bit_offset, 16U);
  EXPECT_EQ(keyboard.fields[4].count, 6U);
}

TEST(HidDescriptor, ReadsTheDatalogicKeyboard) {
  const auto lines = test::sample_lines("datalogic_gd4400_keyboard_descriptor.hex");
  if (!lines) GTEST_SKIP() << "no samples beside the repository";
  std::string text;
  for (const std::string& line : *lines) text += line + ' ';
  const HidDescriptor keyboard = parse(text);
  EXPECT_TRUE(is_keyboard(keyboard));
  EXPECT_EQ(keyboard.input_reports, (std::vector{HidReportSize{0, 8}}));
  const HidField& keys = keyboard.fields.back();
  EXPECT_EQ(keys.logical_max, 255);
  EXPECT_EQ(read_selection(hex("00 00 04 ff 00 00 00 00"), keys, 0), hid_usage(0x07, 0x04));
  EXPECT_EQ(read_selection(hex("00 00 04 ff 00 00 00 00"), keys, 1), hid_usage(0x07, 0xFF));
}

TEST(HidDescriptor, ReadsTheSyntheticScanners) {
  const auto lines = test::sample_lines("hidpos_descriptors_synthetic.txt");
  if (!lines) GTEST_SKIP() << "no samples beside the repository";
  int read = 0;
  for (const std::string& line : *lines) {
    if (line.empty() || line[0] == '#') continue;
    const HidDescriptor scanner = parse(line);
    EXPECT_TRUE(is_pos_scanner(scanner));
    EXPECT_EQ(find_usage(scanner, HidFieldKind::input, hid_usage(0x8C, 0xFE)).at(0).count, 56U);
    ++read;
  }
  EXPECT_EQ(read, 2);
}

TEST(HidDescriptor, ReadsAScale) {
  const HidDescriptor scale = parse(test::kScale);
  EXPECT_TRUE(is_scale(scale));
  EXPECT_EQ(scale.input_reports, (std::vector{HidReportSize{3, 6}, HidReportSize{4, 2}}));
  const auto exponent = find_usage(scale, HidFieldKind::input, hid_usage(0x8D, 0x41));
  ASSERT_EQ(exponent.size(), 1U);
  EXPECT_EQ(read_value(hex("03 04 0b ff 6f 04"), exponent[0]), -1);
  const auto weight = find_usage(scale, HidFieldKind::input, hid_usage(0x8D, 0x40));
  EXPECT_EQ(read_value(hex("03 04 0b ff 6f 04"), weight.at(0)), 1135);
  EXPECT_EQ(read_value(hex("03 04 0b ff ff ff"), weight.at(0)), 65535);
}

TEST(HidDescriptor, SignsTheMaximumOnlyBelowAMinimumUnderZero) {
  const HidDescriptor plain = parse("05 01 15 00 25 ff 75 08 95 01 09 30 81 02");
  EXPECT_EQ(plain.fields.at(0).logical_max, 255);
  const HidDescriptor with_sign = parse("05 01 16 00 80 26 ff 7f 75 10 95 01 09 30 81 02");
  EXPECT_EQ(with_sign.fields.at(0).logical_min, -32768);
  EXPECT_EQ(with_sign.fields.at(0).logical_max, 32767);
  // The order in which both are given does not matter.
  const HidDescriptor turned = parse("05 01 25 ff 15 81 75 08 95 01 09 30 81 02");
  EXPECT_EQ(turned.fields.at(0).logical_max, -1);
}

TEST(HidDescriptor, PushKeepsAndPopGivesBackTheGlobals) {
  const HidDescriptor read = parse("05 01 75 08 95 01 a4 05 09 75 10 09 01 81 02 b4 09 30 81 02");
  ASSERT_EQ(read.fields.size(), 2U);
  EXPECT_EQ(read.fields[0].bit_size, 16U);
  EXPECT_EQ(read.fields[0].usages[0].first, hid_usage(0x09, 0x01));
  EXPECT_EQ(read.fields[1].bit_size, 8U);
  EXPECT_EQ(read.fields[1].usages[0].first, hid_usage(0x01, 0x30));
}

TEST(HidDescriptor, UsagesOf32BitsBringTheirPage) {
  const HidDescriptor read = parse("05 01 75 08 95 01 0b fe 00 8c 00 81 02");
  EXPECT_EQ(read.fields.at(0).usages.at(0).first, hid_usage(0x8C, 0xFE));
}

TEST(HidDescriptor, APageDeclaredAfterTheUsageHolds) {
  const HidDescriptor late = parse("05 01 75 08 95 01 09 fe 05 8c 81 02");
  EXPECT_EQ(late.fields.at(0).usages.at(0).first, hid_usage(0x8C, 0xFE));
  // Where each usage has been given its page, each keeps it.
  const HidDescriptor mixed = parse("75 08 95 02 05 01 09 3b 05 8c 09 fe 81 02");
  EXPECT_EQ(mixed.fields.at(0).usages.at(0).first, hid_usage(0x01, 0x3B));
  EXPECT_EQ(mixed.fields.at(0).usages.at(1).first, hid_usage(0x8C, 0xFE));
}

TEST(HidDescriptor, OfAlternativeUsagesTheFirstStands) {
  const HidDescriptor read = parse("05 01 75 08 95 02 a9 01 09 30 09 31 09 32 a9 00 09 33 81 02");
  ASSERT_EQ(read.fields.at(0).usages.size(), 2U);
  EXPECT_EQ(control_usage(read.fields[0], 0), hid_usage(0x01, 0x30));
  EXPECT_EQ(control_usage(read.fields[0], 1), hid_usage(0x01, 0x33));
}

TEST(HidDescriptor, TheLastUsageHoldsForAllThatFollow) {
  const HidDescriptor read = parse("05 01 75 08 95 04 09 30 09 31 81 02");
  const auto last = find_usage(read, HidFieldKind::input, hid_usage(0x01, 0x31));
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].bit_offset, 8U);
  EXPECT_EQ(last[0].count, 3U);
  EXPECT_EQ(find_usage(read, HidFieldKind::input, hid_usage(0x01, 0x30)).at(0).count, 1U);
}

TEST(HidDescriptor, EachReportCountsItsOwnBits) {
  const HidDescriptor read =
      parse("05 01 75 08 95 02 85 01 09 30 81 02 85 02 09 31 81 02 85 01 09 32 81 02 b1 02");
  ASSERT_EQ(read.fields.size(), 4U);
  EXPECT_EQ(read.fields[1].bit_offset, 8U);
  EXPECT_EQ(read.fields[2].bit_offset, 24U);
  EXPECT_EQ(read.fields[3].bit_offset, 8U);
  EXPECT_EQ(read.input_reports, (std::vector{HidReportSize{1, 5}, HidReportSize{2, 3}}));
}

TEST(HidDescriptor, LongAndReservedItemsAreSkipped) {
  const HidDescriptor read = parse("05 01 75 08 fe 03 10 aa bb cc 95 01 0c 09 30 81 02");
  EXPECT_EQ(read.fields.at(0).usages.at(0).first, hid_usage(0x01, 0x30));
}

TEST(HidDescriptor, BrokenRangesNameNothing) {
  const HidDescriptor read = parse("05 01 75 08 95 01 19 40 29 30 29 50 81 02 09 30 81 02");
  ASSERT_EQ(read.fields.size(), 2U);
  EXPECT_TRUE(read.fields[0].usages.empty());
  EXPECT_EQ(read.fields[1].usages.at(0).first, hid_usage(0x01, 0x30));
}

TEST(HidDescriptor, SaysWhatIsWrong) {
  EXPECT_NE(refusal({}).find("is empty"), std::string::npos);
  EXPECT_NE(refusal(Bytes(kHidDescriptorBytesMax + 1, 0)).find("4096"), std::string::npos);
  EXPECT_NE(refusal(hex("05 01 a1")).find("breaks off"), std::string::npos);
  EXPECT_NE(refusal(hex("fe 09 10 00")).find("breaks off"), std::string::npos);
  EXPECT_NE(refusal(hex("a1 01")).find("leaves a collection open"), std::string::npos);
  EXPECT_NE(refusal(hex("c0")).find("never opened"), std::string::npos);
  EXPECT_NE(refusal(hex("b4")).find("never pushed"), std::string::npos);
  EXPECT_NE(refusal(hex("85 00")).find("report id"), std::string::npos);
  EXPECT_NE(refusal(hex("86 00 01")).find("report id"), std::string::npos);
  EXPECT_NE(refusal(hex("75 20 97 ff ff ff 0f 81 02")).find("too long"), std::string::npos);
}

TEST(HidDescriptor, HasABoundForEverythingThatCanGrow) {
  Bytes many;
  const auto repeat = [&many](std::size_t times, std::string_view text) {
    many.clear();
    for (std::size_t i = 0; i < times; ++i) {
      const Bytes bytes = hex(text);
      many.insert(many.end(), bytes.begin(), bytes.end());
    }
    return many;
  };
  EXPECT_NE(refusal(repeat(kHidDepthMax + 1, "a1 01")).find("too deep"), std::string::npos);
  EXPECT_NE(refusal(repeat(kHidDepthMax + 1, "a4")).find("too deep"), std::string::npos);
  EXPECT_NE(refusal(repeat(kHidUsagesMax + 1, "09 01")).find("usages"), std::string::npos);
  EXPECT_NE(refusal(repeat(kHidFieldsMax + 1, "75 01 95 01 81 02")).find("fields"),
            std::string::npos);
}

TEST(HidDescriptor, EveryBeginningIsRefused) {
  constexpr std::size_t kOpensTheApplication = 6;
  for (const auto text : {test::kCountedPos, test::kKeyboard, test::kScale}) {
    const Bytes whole = hex(text);
    for (std::size_t length = kOpensTheApplication; length < whole.size(); ++length) {
      EXPECT_NE(refusal(Bytes(whole.begin(), whole.begin() + static_cast<long>(length))), "");
    }
    EXPECT_EQ(refusal(whole), "");
  }
}

TEST(HidDescriptor, GarbageIsReadOrRefused) {
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes(random() % 80);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    const auto parsed = parse_report_descriptor(bytes);
    if (!parsed) continue;
    for (const HidField& field : parsed.value().fields) {
      EXPECT_LE(std::uint64_t{field.bit_size} * field.count, kHidReportBitsMax);
    }
  }
}

TEST(HidValue, IsReadAcrossBytesAndOnlyWhereAllBitsAre) {
  const HidElements twelve{0, 4, 12, 2, false};
  const Bytes report = hex("f0 34 56 07");
  EXPECT_EQ(read_value(report, twelve, 0), 0x34F);
  EXPECT_EQ(read_value(report, twelve, 1), 0x756);
  EXPECT_EQ(read_value(report, twelve, 2), std::nullopt);
  EXPECT_EQ(read_value(hex("f0 34 56"), twelve, 1), std::nullopt);
  EXPECT_EQ(read_value(hex("f0 34"), twelve, 0), 0x34F);
  EXPECT_EQ(read_value(Bytes{}, twelve, 0), std::nullopt);
  const HidElements wide{0, 0, 32, 1, true};
  EXPECT_EQ(read_value(hex("ff ff ff ff"), wide), -1);
  EXPECT_EQ(read_value(hex("00 00 00 80"), wide), -2147483648LL);
  EXPECT_EQ(read_value(hex("00 00 00 00 00"), HidElements{0, 0, 40, 1, false}), std::nullopt);
}

TEST(HidValue, BelongsToItsReport) {
  const HidElements second{2, 8, 8, 1, false};
  EXPECT_EQ(read_value(hex("02 41"), second), 0x41);
  EXPECT_EQ(read_value(hex("03 41"), second), std::nullopt);
  EXPECT_EQ(read_bytes(hex("02 41 42"), HidElements{2, 8, 8, 2, false}), "AB");
  EXPECT_EQ(read_bytes(hex("02 41"), HidElements{2, 8, 8, 2, false}), std::nullopt);
  EXPECT_EQ(read_bytes(hex("02 41 42"), HidElements{2, 8, 16, 1, false}), "AB");
  EXPECT_EQ(read_bytes(hex("02 41 42"), HidElements{2, 8, 7, 1, false}), std::nullopt);
}

TEST(HidValue, AConstantFieldHasNoUsageToFind) {
  const HidDescriptor read = parse("05 01 75 08 95 01 09 30 81 03 09 30 81 02");
  const auto found = find_usage(read, HidFieldKind::input, hid_usage(0x01, 0x30));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].bit_offset, 8U);
}

TEST(HidValue, ASelectionOutsideTheLimitsIsNone) {
  const HidDescriptor narrow = parse("05 07 15 00 25 65 75 08 95 01 19 00 29 ff 81 00");
  EXPECT_EQ(read_selection(hex("65"), narrow.fields.at(0)), hid_usage(0x07, 0x65));
  EXPECT_EQ(read_selection(hex("66"), narrow.fields.at(0)), std::nullopt);
  const HidDescriptor scale = parse(test::kScale);
  const HidField& status = scale.fields.at(0);
  EXPECT_EQ(read_selection(hex("03 01 00 00 00 00"), status), hid_usage(0x8D, 0x71));
  EXPECT_EQ(read_selection(hex("03 08 00 00 00 00"), status), hid_usage(0x8D, 0x78));
  EXPECT_EQ(read_selection(hex("03 00 00 00 00 00"), status), std::nullopt);
  EXPECT_EQ(read_selection(hex("03 09 00 00 00 00"), status), std::nullopt);
}

}  // namespace
}  // namespace packbench::drivers
