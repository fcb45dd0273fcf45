#include "base/money_text.h"

#include <gtest/gtest.h>

namespace packbench {
namespace {

std::optional<std::int64_t> minor(std::string_view text, std::string_view currency = "CNY") {
  const auto money = parse_money(text, currency);
  if (!money) return std::nullopt;
  EXPECT_EQ(money->currency, currency);
  return money->minor;
}

TEST(ParseMoney, ReadsDecimalStrings) {
  EXPECT_EQ(minor("12.50"), 1250);
  EXPECT_EQ(minor("-3"), -300);
  EXPECT_EQ(minor("1284.5"), 128450);
  EXPECT_EQ(minor("0"), 0);
  EXPECT_EQ(minor("-0.00"), 0);
  EXPECT_EQ(minor("007.10"), 710);
}

TEST(ParseMoney, FollowsTheCurrencysMinorUnit) {
  EXPECT_EQ(minor("1284", "JPY"), 1284);
  EXPECT_EQ(minor("1.234", "KWD"), 1234);
  EXPECT_EQ(minor("1.2", "KWD"), 1200);
  EXPECT_EQ(minor("1.2", "CLF"), 12000);
}

TEST(ParseMoney, RoundsHalfAwayFromZero) {
  EXPECT_EQ(minor("0.005"), 1);
  EXPECT_EQ(minor("-0.005"), -1);
  EXPECT_EQ(minor("0.0049999"), 0);
  EXPECT_EQ(minor("2.675"), 268);
  EXPECT_EQ(minor("0.995"), 100);
  EXPECT_EQ(minor("1284.5", "JPY"), 1285);
  EXPECT_EQ(minor("-1284.5", "JPY"), -1285);
}

TEST(ParseMoney, RefusesWhatHasTwoMeaningsOrNone) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1,284", "1 284", "+5", "--5", "1e3", "0x10",
                           "1.2.3", "¥5", "5 ", " 5", "NaN", "1.2a", "-.5"}) {
    EXPECT_EQ(minor(text), std::nullopt) << text;
  }
  EXPECT_FALSE(parse_money("5", ""));
  EXPECT_FALSE(parse_money("5", "cny"));
  EXPECT_FALSE(parse_money("5", "CNYX"));
}

TEST(ParseMoney, RefusesWhatDoesNotFit) {
  EXPECT_EQ(minor("92233720368547758.07"), INT64_MAX);
  EXPECT_EQ(minor("92233720368547758.08"), std::nullopt);
  EXPECT_EQ(minor("92233720368547758.075"), std::nullopt);
  EXPECT_EQ(minor("99999999999999999999999999"), std::nullopt);
}

TEST(FormatMoney, WritesWhatParseReads) {
  EXPECT_EQ(format_money({128450, "CNY"}), "1284.50");
  EXPECT_EQ(format_money({5, "CNY"}), "0.05");
  EXPECT_EQ(format_money({-5, "CNY"}), "-0.05");
  EXPECT_EQ(format_money({0, "CNY"}), "0.00");
  EXPECT_EQ(format_money({1284, "JPY"}), "1284");
  EXPECT_EQ(format_money({-7, "KWD"}), "-0.007");
  EXPECT_EQ(format_money({INT64_MIN, "JPY"}), "-9223372036854775808");
  EXPECT_EQ(format_money({INT64_MIN, "CNY"}), "-92233720368547758.08");
}

}  // namespace
}  // namespace packbench
