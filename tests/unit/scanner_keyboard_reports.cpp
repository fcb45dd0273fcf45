// Scanners that play a keyboard: how reports become a text, and where a scan ends.
#include <gtest/gtest.h>

#include <random>

#include "drivers/scanner/keyboard.h"
#include "tests/unit/hid_samples.h"
#include "tests/unit/typing_scanner.h"

namespace packbench::drivers {
namespace {

using test::Bytes;
using test::codes;
using test::hex;
using test::kAlt;
using test::kAltGr;
using test::kCapsLock;
using test::kEnter;
using test::Key;
using test::kShift;
using test::kTab;
using test::typed;
using test::TypingScanner;

constexpr Duration kIdle = Duration::milliseconds(60);

TEST(KeyboardReports, KeysPressedTogetherAndOverlapping) {
  TypingScanner scanner(KeyboardLayout::us);
  scanner.send({0, 0, {0x04}});
  scanner.send({0, 0, {0x04, 0x05}});
  scanner.send({0, 0, {0x05}});
  scanner.send({0, 0, {0x05, 0x06}});
  scanner.send({0, 0, {}});
  scanner.send({0, 0, {0x09, 0x08, 0x07}});
  scanner.send({0, 0, {}});
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans, codes({"abcfed"}));
}

TEST(KeyboardReports, TheSameKeyTwiceNeedsARelease) {
  TypingScanner scanner(KeyboardLayout::us);
  scanner.send({0, 0, {0x1E}});
  scanner.send({0, 0, {0x1E}});
  scanner.send({0, 0, {}});
  scanner.send({0, 0, {0x1E}});
  scanner.send({0, kShift, {0x1E}});
  scanner.send({0, 0, {}});
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans, codes({"11"}));
}

TEST(KeyboardReports, SplitOffTheSymbology) {
  TypingScanner scanner(KeyboardLayout::us);
  ASSERT_TRUE(scanner.type("]C1SO-1"));
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans, (std::vector{Barcode{"SO-1", "]C1"}}));
}

TEST(KeyboardReports, KeysWithoutACharacterAreRefused) {
  for (const Key& key :
       {Key{0x3A, 0}, Key{0x4F, 0}, Key{0xA0, 0}, Key{0x04, 0x08}, Key{0x64 + 1, 0}}) {
    EXPECT_EQ(scan_problem(typed(KeyboardLayout::us, {{0x04, 0}, key})), "not_printable");
  }
  EXPECT_EQ(scan_problem(typed(KeyboardLayout::de, {{0x04, kAltGr}})), "not_printable");
}

TEST(KeyboardReports, AMissingReportInAScanIsRefused) {
  TypingScanner scanner(KeyboardLayout::us);
  scanner.press({0x04, 0});
  scanner.raw(hex("00 00 01 01 01 01 01 01"));  // "too many keys at once"
  scanner.press({kEnter, 0});
  scanner.press({0x04, 0});
  scanner.raw(hex("00 00 05"));
  scanner.press({kEnter, 0});
  ASSERT_EQ(scanner.scans.size(), 2U);
  EXPECT_EQ(scan_problem(scanner.scans[0].bytes), "not_printable");
  EXPECT_EQ(scan_problem(scanner.scans[1].bytes), "not_printable");
  // Between the scans they do no harm.
  scanner.raw({});
  scanner.raw(hex("00 00 05"));
  scanner.press({0x04, 0});
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans.back(), (Barcode{"a", ""}));
}

TEST(KeyboardTerminators, EndTheScanTheyAreSetFor) {
  const auto scans = [](ScanTerminator terminator) {
    TypingScanner scanner(KeyboardLayout::us, terminator);
    scanner.press({0x04, 0});
    scanner.press({kTab, 0});
    scanner.press({0x05, 0});
    scanner.press({kEnter, 0});
    scanner.tick(kScanUnfinishedAfter);
    return scanner.scans;
  };
  EXPECT_EQ(scans(ScanTerminator::either), codes({"a", "b"}));
  EXPECT_EQ(scans(ScanTerminator::enter), codes({"a\tb"}));
  EXPECT_EQ(scans(ScanTerminator::tab)[0], (Barcode{"a", ""}));
  EXPECT_EQ(scans(ScanTerminator::none), codes({"a\tb\r"}));
}

TEST(KeyboardTerminators, SilenceEndsAScanWithoutOne) {
  TypingScanner scanner(KeyboardLayout::us);
  EXPECT_FALSE(scanner.reader.deadline());
  scanner.press({0x04, 0});
  ASSERT_TRUE(scanner.reader.deadline());
  EXPECT_EQ(*scanner.reader.deadline(), scanner.now + kIdle);
  scanner.tick(kIdle + Duration{-1});
  EXPECT_TRUE(scanner.scans.empty());
  scanner.tick(Duration{1});
  EXPECT_EQ(scanner.scans, codes({"a"}));
  EXPECT_FALSE(scanner.reader.deadline());
}

TEST(KeyboardTerminators, AScannerThatSendsThemOwesThem) {
  TypingScanner scanner(KeyboardLayout::us);
  ASSERT_TRUE(scanner.type("SO-1"));
  scanner.press({kEnter, 0});
  ASSERT_TRUE(scanner.type("SO-1"));
  scanner.tick(Duration::milliseconds(500));
  ASSERT_TRUE(scanner.type("2"));
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans, codes({"SO-1", "SO-12"}));
  ASSERT_TRUE(scanner.type("SO-1"));
  scanner.tick(kScanUnfinishedAfter);
  ASSERT_EQ(scanner.scans.size(), 3U);
  EXPECT_EQ(scan_problem(scanner.scans[2].bytes), "not_printable");
}

TEST(KeyboardTerminators, ARepeatedReportIsSilence) {
  TypingScanner scanner(KeyboardLayout::us);
  scanner.press({0x04, 0});
  const Duration due = *scanner.reader.deadline();
  scanner.now = scanner.now + Duration::milliseconds(40);
  scanner.send({0, 0, {}});
  EXPECT_EQ(scanner.reader.deadline(), due);
}

TEST(KeyboardTerminators, ASlowCharacterIsNoSilence) {
  TypingScanner scanner(KeyboardLayout::us);
  scanner.press({0x04, 0});
  scanner.send({0, kAlt, {}});
  for (const std::uint8_t key : Bytes{0x62, 0x5E, 0x5D}) {  // 065 on the keypad
    scanner.tick(Duration::milliseconds(40));
    scanner.send({0, kAlt, {key}});
    scanner.tick(Duration::milliseconds(40));
    scanner.send({0, kAlt, {}});
  }
  scanner.send({0, 0, {}});
  EXPECT_TRUE(scanner.scans.empty());
  scanner.tick(kIdle);
  EXPECT_EQ(scanner.scans, codes({"aA"}));
}

TEST(KeyboardTerminators, SilenceInTheMiddleOfACharacter) {
  TypingScanner accent(KeyboardLayout::de);
  accent.press({0x35, 0});
  ASSERT_TRUE(accent.reader.deadline());
  accent.tick(kIdle);
  EXPECT_EQ(accent.scans, codes({"^"}));
  // The same when nobody called tick.
  accent.press({0x35, 0});
  accent.now = accent.now + Duration::seconds(2);
  accent.press({0x04, 0});
  accent.press({kEnter, 0});
  EXPECT_EQ(accent.scans, codes({"^", "^", "a"}));
  TypingScanner number(KeyboardLayout::us);
  number.send({0, kAlt, {}});
  number.send({0, kAlt, {0x5D}});
  number.tick(kIdle);
  ASSERT_EQ(number.scans.size(), 1U);
  EXPECT_EQ(scan_problem(number.scans[0].bytes), "not_printable");
  EXPECT_FALSE(number.reader.deadline());
}

TEST(KeyboardReader, ResetForgetsWhatIsHeldAndTyped) {
  TypingScanner scanner(KeyboardLayout::us);
  scanner.press({kCapsLock, 0});
  scanner.press({0x04, 0});
  scanner.send({0, 0, {0x05}});
  scanner.reader.reset();
  EXPECT_FALSE(scanner.reader.deadline());
  scanner.send({0, 0, {0x05}});
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans, codes({"b"}));
}

TEST(KeyboardReader, LongScansAreCutToOneByteTooMany) {
  TypingScanner scanner(KeyboardLayout::us);
  ASSERT_TRUE(scanner.type(std::string(kScanBytesMax, '1')));
  scanner.press({kEnter, 0});
  ASSERT_TRUE(scanner.type(std::string(2'000, '1')));
  scanner.press({kEnter, 0});
  ASSERT_EQ(scanner.scans.size(), 2U);
  EXPECT_EQ(scan_problem(scanner.scans[0].bytes), std::nullopt);
  EXPECT_EQ(scanner.scans[1].bytes.size(), kScanBytesMax + 1);
}

HidKeyboardReader keyboard_of(std::string_view descriptor) {
  return HidKeyboardReader::from(parse_report_descriptor(hex(descriptor)).value(), {}).value();
}

TEST(KeyboardDescriptors, TheDatalogicKeyboardTypes) {
  const auto lines = test::sample_lines("datalogic_gd4400_keyboard_descriptor.hex");
  if (!lines) GTEST_SKIP() << "no samples beside the repository";
  std::string text;
  for (const std::string& line : *lines) text += line + ' ';
  HidKeyboardReader reader = keyboard_of(text);
  const Duration now = Duration::seconds(100);
  EXPECT_TRUE(reader.take(hex("02 00 16 00 00 00 00 00"), now).empty());
  EXPECT_TRUE(reader.take(hex("00 00 00 00 00 00 00 00"), now).empty());
  EXPECT_TRUE(reader.take(hex("00 00 2d 00 00 00 00 00"), now).empty());
  EXPECT_TRUE(reader.take(hex("00 00 1e 00 00 00 00 00"), now).empty());
  EXPECT_EQ(reader.take(hex("00 00 28 00 00 00 00 00"), now), codes({"S-1"}));
}

TEST(KeyboardDescriptors, ReportIdsAndKeysAsBits) {
  // Report 1: modifiers and 104 keys of one bit each; report 2: volume keys.
  HidKeyboardReader reader = keyboard_of(
      "05 01 09 06 a1 01 85 01 05 07 15 00 25 01 75 01 95 08 19 e0 29 e7 81 02 95 68 19 00 29 67 "
      "81 02 c0 05 0c 09 01 a1 01 85 02 75 08 95 01 09 e9 81 02 c0");
  const Duration now = Duration::seconds(100);
  EXPECT_TRUE(reader.take(hex("01 02 10 00 00 00 00 00 00 00 00 00 00 00 00"), now).empty());
  EXPECT_TRUE(reader.take(hex("02 ff"), now).empty());
  EXPECT_TRUE(reader.take(hex("01 00 20 00 00 00 00 00 00 00 00 00 00 00 00"), now).empty());
  EXPECT_EQ(reader.take(hex("01 00 00 00 00 00 00 01 00 00 00 00 00 00 00"), now), codes({"Ab"}));
}

TEST(KeyboardDescriptors, MoreKeysThanFingersAreNoScan) {
  HidKeyboardReader reader =
      keyboard_of("05 01 09 06 a1 01 05 07 15 00 25 01 75 01 95 68 19 00 29 67 81 02 c0");
  const Duration now = Duration::seconds(100);
  EXPECT_TRUE(reader.take(Bytes(13, 0xF0), now).empty());
  EXPECT_FALSE(reader.deadline());
  const auto many = parse_report_descriptor(hex("05 07 25 01 75 01 96 01 04 19 00 29 ff 81 02"));
  EXPECT_FALSE(HidKeyboardReader::from(many.value(), {}));
}

TEST(KeyboardDescriptors, ModifiersInAReportOfTheirOwn) {
  HidKeyboardReader reader = keyboard_of(
      "05 01 09 06 a1 01 05 07 15 00 85 01 25 ff 75 08 95 02 19 00 29 ff 81 00 85 02 25 01 75 01 "
      "95 08 19 e0 29 e7 81 02 c0");
  const Duration now = Duration::seconds(100);
  EXPECT_TRUE(reader.take(hex("02 02"), now).empty());
  EXPECT_TRUE(reader.take(hex("01 04 00"), now).empty());
  EXPECT_TRUE(reader.take(hex("02 00"), now).empty());
  EXPECT_TRUE(reader.take(hex("01 05 00"), now).empty());
  EXPECT_EQ(reader.take(hex("01 28 00"), now), codes({"Ab"}));
}

TEST(KeyboardDescriptors, WithoutLettersAreRefused) {
  for (const auto text : {test::kScale, test::kCountedPos,
                          std::string_view("05 07 75 08 95 01 15 00 25 01 19 e0 29 e7 81 00")}) {
    const auto refused = HidKeyboardReader::from(parse_report_descriptor(hex(text)).value(), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "bad_format");
  }
}

TEST(KeyboardReader, GarbageGivesNothingThatIsTooLong) {
  std::mt19937 random(11);
  for (const auto layout : {KeyboardLayout::us, KeyboardLayout::de, KeyboardLayout::fr}) {
    TypingScanner scanner(layout);
    for (int i = 0; i < 20'000; ++i) {
      Bytes report(random() % 12);
      for (std::uint8_t& byte : report) byte = static_cast<std::uint8_t>(random() % 0x70);
      scanner.now = scanner.now + Duration::milliseconds(static_cast<std::int64_t>(random() % 99));
      scanner.raw(report);
    }
    for (const Barcode& scan : scanner.scans) EXPECT_LE(scan.bytes.size(), kScanBytesMax + 1);
    EXPECT_FALSE(scanner.scans.empty());
  }
}

}  // namespace
}  // namespace packbench::drivers
