#include "domain/tracking_number.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace packbench {
namespace {

TEST(Waybill, NormalisesSpacesAndCase) {
  EXPECT_EQ(normalise_waybill(" k 150 623 562 0 "), "K1506235620");
  EXPECT_EQ(normalise_waybill("SF-1"), "SF-1");
  EXPECT_EQ(normalise_waybill(""), "");
}

TEST(Waybill, GrammarForEveryCarrier) {
  EXPECT_FALSE(waybill_problem("SF", "SF1000000000001"));
  EXPECT_FALSE(waybill_problem("YTO", "YT2820000000001"));
  EXPECT_FALSE(waybill_problem("ZTO", "75300000000001"));
  EXPECT_FALSE(waybill_problem("JD", "JDVA00000000001-1-1-"));
  EXPECT_TRUE(waybill_problem("SF", ""));
  EXPECT_TRUE(waybill_problem("SF", "SF123"));
  EXPECT_TRUE(waybill_problem("SF", "SF100000000000 1"));
  EXPECT_TRUE(waybill_problem("SF", "sf1000000000001"));
  EXPECT_TRUE(waybill_problem("SF",
                              "SF1000000\x1D"
                              "00001"));
  EXPECT_TRUE(waybill_problem("SF", "SF顺丰1000000"));
  EXPECT_TRUE(waybill_problem("SF", "ABCDEFGH"));
  EXPECT_FALSE(waybill_problem("SF", std::string(kWaybillLengthMax, '1')));
  EXPECT_TRUE(waybill_problem("SF", std::string(kWaybillLengthMax + 1, '1')));
}

TEST(Waybill, PostalNumbersHaveACheckDigitAndACountry) {
  EXPECT_FALSE(waybill_problem("EMS", "RB123456785GB"));
  EXPECT_FALSE(waybill_problem("usps", "EA473124829CN"));
  EXPECT_TRUE(waybill_problem("EMS", "RB123456786GB"));
  EXPECT_TRUE(waybill_problem("EMS", "RB123456785XX"));
  // The same shape at a carrier that does not number by S10 is that carrier's own affair.
  EXPECT_FALSE(waybill_problem("YTO", "RB123456786GB"));
  // A domestic number of the post has another shape and no check digit.
  EXPECT_FALSE(waybill_problem("EMS", "1151112345678"));
}

// Check digit 5 stands for two remainders, so a number with another one is taken.
TEST(Waybill, S10FindsEverySingleWrongDigit) {
  const std::string right = "EA473124829CN";
  for (std::size_t i = 2; i < 11; ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      std::string wrong = right;
      wrong[i] = c;
      EXPECT_EQ(waybill_problem("EMS", wrong).has_value(), wrong != right) << wrong;
    }
  }
}

TEST(Waybill, UpsNumbersHaveACheckDigit) {
  EXPECT_FALSE(waybill_problem("UPS", "1Z5R89390357567127"));
  EXPECT_TRUE(waybill_problem("UPS", "1Z5R89390357567128"));
  EXPECT_TRUE(waybill_problem("UPS", "1Z5R8939035756712"));
  EXPECT_FALSE(waybill_problem("ups", "K1506235620"));
  EXPECT_TRUE(waybill_problem("UPS", "K1506235622"));
  EXPECT_FALSE(waybill_problem("SF", "1Z5R89390357567128"));
}

// Every published example, where the folder of real data is at hand.
TEST(Waybill, AgreesWithPublishedExamples) {
  const std::filesystem::path folder = std::filesystem::path(PACKBENCH_SHARED_DATA) / "tracking";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no shared data";
  int seen = 0;
  for (const auto& [file, carrier] : {std::pair{"s10.json", "EMS"}, std::pair{"ups.json", "UPS"}}) {
    std::ifstream in(folder / file);
    const auto formats = nlohmann::json::parse(in).at("tracking_numbers");
    for (const auto& format : formats) {
      for (const std::string text : format.at("test_numbers").at("valid")) {
        EXPECT_FALSE(waybill_problem(carrier, normalise_waybill(text))) << text;
        ++seen;
      }
      for (const std::string text : format.at("test_numbers").at("invalid")) {
        const std::string number = normalise_waybill(text);
        // "2Z..." and "1A..." are no UPS 1Z numbers at all, which is another question.
        if (std::string(carrier) == "UPS" && number.size() == 18 && !number.starts_with("1Z")) {
          continue;
        }
        EXPECT_TRUE(waybill_problem(carrier, number)) << text;
        ++seen;
      }
    }
  }
  EXPECT_GE(seen, 8);
}

}  // namespace
}  // namespace packbench
