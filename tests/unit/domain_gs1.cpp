#include "domain/gs1.h"

#include <gtest/gtest.h>

namespace packbench {
namespace {

constexpr int kYear = 2026;
const std::string kGs = "\x1D";
const std::string kGtin = "0109521234543213";

ElementString read(const std::string& bytes) {
  auto result = parse_element_string(bytes, kYear);
  EXPECT_TRUE(result.ok()) << bytes << ": " << (result.ok() ? "" : result.error().text);
  return result.ok() ? result.value() : ElementString{};
}

// The text of the error; empty where there was none.
std::string error(const std::string& bytes) {
  const auto result = parse_element_string(bytes, kYear);
  if (result.ok()) return "";
  EXPECT_EQ(result.error().code, "bad_gs1");
  return result.error().text;
}

bool names(const std::string& text, const std::string& ai) {
  return text.find("(" + ai + ")") != std::string::npos;
}

TEST(ElementStrings, ReadsEverythingTheBenchUses) {
  const ElementString e = read(kGtin + "17261130" + "10LOT/7" + kGs + "21SER-1" + kGs + "3012");
  EXPECT_EQ(e.gtin14, "09521234543213");
  EXPECT_EQ(e.expiry, (Date{2026, 11, 30}));
  EXPECT_EQ(e.lot, "LOT/7");
  EXPECT_EQ(e.serial, "SER-1");
  EXPECT_EQ(e.count, 12);
}

TEST(ElementStrings, OrderDoesNotMatterAndALeadingSeparatorIsNoise) {
  const ElementString e = read(kGs + "21SER-1" + kGs + kGtin);
  EXPECT_EQ(e.gtin14, "09521234543213");
  EXPECT_EQ(e.serial, "SER-1");
}

TEST(ElementStrings, ASeparatorBehindAFixedLengthIsTolerated) {
  EXPECT_EQ(read(kGtin + kGs + "10A").lot, "A");
}

TEST(ElementStrings, ABoxOfContents) {
  const ElementString e = read(
      "00106141412345678908"
      "0209521234543213"
      "3724");
  EXPECT_EQ(e.gtin14, "09521234543213");
  EXPECT_EQ(e.count, 24);
}

TEST(ElementStrings, StepsOverWhatItDoesNotUse) {
  const ElementString e = read(
      "11250101"
      "13250102"
      "15250103"
      "3103001750"
      "20"
      "01"
      "4211234567890123" +
      kGs +
      "8008"
      "2601011200" +
      kGs + "99anything" + kGs + kGtin + "10X");
  EXPECT_EQ(e.gtin14, "09521234543213");
  EXPECT_EQ(e.lot, "X");
}

TEST(ElementStrings, DayZeroIsTheLastDayOfTheMonth) {
  EXPECT_EQ(read("17240200").expiry, (Date{2024, 2, 29}));
  EXPECT_EQ(read("17250200").expiry, (Date{2025, 2, 28}));
  EXPECT_EQ(read("17261200").expiry, (Date{2026, 12, 31}));
}

TEST(ElementStrings, TheCenturyIsTheNearestOne) {
  EXPECT_EQ(gs1_year(26, 2026), 2026);
  EXPECT_EQ(gs1_year(76, 2026), 2076);
  EXPECT_EQ(gs1_year(77, 2026), 1977);
  EXPECT_EQ(gs1_year(99, 2026), 1999);
  EXPECT_EQ(gs1_year(0, 2026), 2000);
  EXPECT_EQ(gs1_year(5, 2090), 2105);
  EXPECT_EQ(gs1_year(40, 2090), 2140);
  EXPECT_EQ(gs1_year(41, 2090), 2041);
}

TEST(ElementStrings, NamesTheIdentifierThatIsWrong) {
  EXPECT_TRUE(names(error("0109521234543214"), "01"));      // check digit
  EXPECT_TRUE(names(error("00106141412345678900"), "00"));  // check digit
  EXPECT_TRUE(names(error(kGtin + "17261301"), "17"));      // month 13
  EXPECT_TRUE(names(error(kGtin + "17260230"), "17"));      // 30 February
  EXPECT_TRUE(names(error(kGtin + "172611"), "17"));        // cut short
  EXPECT_TRUE(names(error(kGtin + "17" + kGs + "261130"), "17"));
  EXPECT_TRUE(names(error(kGtin + "172611AB"), "17"));                 // letters
  EXPECT_TRUE(names(error(kGtin + "10"), "10"));                       // empty
  EXPECT_TRUE(names(error(kGtin + "10" + kGs + "21A"), "10"));         // empty
  EXPECT_TRUE(names(error(kGtin + "10ABCDEFGHIJKLMNOPQRSTU"), "10"));  // 21 characters
  EXPECT_TRUE(names(error(kGtin + "10A B"), "10"));                    // a space is not in set 82
  EXPECT_TRUE(names(error(kGtin + "30123456789"), "30"));              // nine digits
  EXPECT_TRUE(names(error(kGtin + "300"), "30"));                      // nothing of it
  EXPECT_TRUE(names(error(kGtin + "301X"), "30"));
  EXPECT_TRUE(names(error(kGtin + "05123456"), "05"));          // not assigned
  EXPECT_TRUE(names(error(kGtin + "0100012345678905"), "01"));  // two different items
  EXPECT_TRUE(names(error(kGtin + "10A" + kGs + "10B"), "10"));
}

TEST(ElementStrings, TheSameTwiceIsNoContradiction) {
  EXPECT_EQ(read(kGtin + "10A" + kGs + "10A").lot, "A");
}

TEST(ElementStrings, RefusesHumanReadableTextAndRubbish) {
  EXPECT_NE(error("(01)09521234543213(10)A"), "");
  EXPECT_NE(error(""), "");
  EXPECT_NE(error(kGs), "");
  EXPECT_NE(error("SO-0001"), "");
  EXPECT_NE(error("1"), "");
  EXPECT_NE(error(std::string(kScanBytesMax + 1, '9')), "");
}

TEST(ReadGs1, DecidesByWhatTheScanSaysOfItself) {
  const auto with_aim = read_gs1({kGtin, "]C1"}, kYear);
  ASSERT_TRUE(with_aim);
  EXPECT_TRUE(with_aim->ok());

  const auto malformed = read_gs1({"(01)09521234543213", "]d2"}, kYear);
  ASSERT_TRUE(malformed);
  EXPECT_FALSE(malformed->ok());

  const auto by_separator = read_gs1({"21A" + kGs + kGtin, ""}, kYear);
  ASSERT_TRUE(by_separator);
  EXPECT_EQ(by_separator->value().serial, "A");
}

TEST(ReadGs1, TriesPlainDigitsOnlyWhereTheCheckDigitHolds) {
  const auto tried = read_gs1({kGtin + "10A", ""}, kYear);
  ASSERT_TRUE(tried);
  EXPECT_EQ(tried->value().lot, "A");
  EXPECT_FALSE(read_gs1({"0109521234543214", ""}, kYear));
  EXPECT_FALSE(read_gs1({kGtin + "99", ""}, kYear));  // does not read: bytes as they are
  EXPECT_FALSE(read_gs1({kGtin, "]C0"}, kYear));      // the scanner says plain Code 128
  EXPECT_FALSE(read_gs1({"4006381333931", "]E0"}, kYear));
  EXPECT_FALSE(read_gs1({"(01)09521234543213", ""}, kYear));
  EXPECT_FALSE(read_gs1({"SO-0001", ""}, kYear));
}

}  // namespace
}  // namespace packbench
