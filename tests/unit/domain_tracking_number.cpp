#include "domain/tracking_number.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <tuple>

#include "domain/carrier_format.h"

namespace packbench {
namespace {

TEST(Waybill, NormalisesSpacesAndCase) {
  EXPECT_EQ(normalise_waybill(" k 150 623 562 0 "), "K1506235620");
  EXPECT_EQ(normalise_waybill("SF-1"), "SF-1");
  EXPECT_EQ(normalise_waybill(""), "");
}

// The bar code of a USPS label says where the parcel goes, too.
TEST(Waybill, AUspsNumberIsTheSameWithItsRouting) {
  const std::string number = "9101026837331000039521";
  EXPECT_EQ(normalise_waybill("420 22153 " + number), number);
  EXPECT_EQ(normalise_waybill("42022153\x1D" + number), number);
  EXPECT_EQ(normalise_waybill("4201002334249200190132607600833457"), "9200190132607600833457");
  EXPECT_EQ(normalise_waybill(number), number);
  // Not beyond doubt: the check digit is wrong, or it is another carrier's number.
  EXPECT_EQ(normalise_waybill("420221539101026837331000039522"), "420221539101026837331000039522");
  EXPECT_EQ(normalise_waybill("420000000001"), "420000000001");
  EXPECT_EQ(normalise_waybill("420\x1D"), "420\x1D");
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

// Examples that carriers or collections of them have published.
constexpr auto kRight = std::to_array<std::pair<const char*, const char*>>({
    {"FEDEX", "986578788855"},
    {"FEDEX", "477179081230"},
    {"FEDEX", "790535312317"},
    {"FEDEX", "041441760228964"},
    {"FEDEX", "568283610012734"},
    {"FEDEX", "000123450000000027"},
    {"FEDEX", "61299998820821171811"},
    {"FEDEX", "9261292700768711948021"},
    {"FEDEX", "9611020987654312345672"},
    {"FEDEX", "1001921334250001000300779017972697"},
    {"FEDEX", "9622001560001234567100794808390594"},
    {"USPS", "03071790000523483741"},
    {"USPS", "71969010756003077385"},
    {"USPS", "9400111201080805483016"},
    {"USPS", "9361289878700317633795"},
    {"USPS", "92748931507708513018050063"},
    {"USPS", "420221539101026837331000039521"},
    {"USPS", "4201002334249200190132607600833457"},
    {"USPS", "EA473124829US"},
    {"DHL", "3318810025"},
    {"DHL", "8487135506"},
    {"DHL", "73891051146"},
    {"DHL", "JJD0099999999"},
    {"DHL", "JVGL0999999990"},
    {"DHL", "GM295117494011169042"},
    {"UPS", "1Z5R89390357567127"},
    {"UPS", "1Z879E930346834440"},
    {"UPS", "K1506235620"},
    {"UPS", "MI1234561234567890"},
});

TEST(Waybill, TakesEveryPublishedExample) {
  for (const auto& [carrier, number] : kRight) {
    const auto problem = waybill_problem(carrier, number);
    EXPECT_FALSE(problem) << carrier << " " << number << ": " << problem->text.en;
  }
}

TEST(Waybill, RefusesPublishedWrongExamplesWithTheReason) {
  constexpr auto kWrong = std::to_array<std::array<const char*, 3>>({
      {"FEDEX", "996578788855", "fedex_check_digit"},
      {"FEDEX", "568283610012732", "fedex_check_digit"},
      {"FEDEX", "9261292700768711948020", "fedex_check_digit"},
      {"FEDEX", "9600000000000000000001", "fedex_check_digit"},
      {"FEDEX", "9622001560001234567100794808390595", "fedex_check_digit"},
      {"fedex_ground", "568283610012732", "fedex_check_digit"},
      {"FEDEX", "9865787888550", "fedex_form"},
      {"FEDEX", "98657878885A", "fedex_form"},
      {"USPS", "03071790000523483742", "usps_check_digit"},
      {"USPS", "61299998820821171811", "usps_check_digit"},
      {"USPS", "9200000000000000000000", "usps_check_digit"},
      {"USPS", "4201028200009261290113185417468511", "usps_check_digit"},
      {"USPS", "420000000000000000000000000000", "usps_form"},
      {"USPS", "940011120108080548301", "usps_form"},
      {"USPS", "EA473124828US", "s10_check_digit"},
      {"DHL", "3318810034", "dhl_check_digit"},
      {"DHL_EXPRESS", "3318810010", "dhl_check_digit"},
      {"DHL", "XJD0099999998", "dhl_form"},
      {"DHL", "331881002", "dhl_form"},
      {"UPS", "2Z5R89390357567127", "ups_form"},
      {"UPS", "1A5R89390357567127", "ups_form"},
      {"UPS", "1Z5R8939035756712", "ups_length"},
      {"UPS", "K2479825492", "ups_check_digit"},
  });
  for (const auto& [carrier, number, code] : kWrong) {
    const auto problem = waybill_problem(carrier, number);
    ASSERT_TRUE(problem) << carrier << " " << number;
    EXPECT_EQ(problem->code, code) << number;
    EXPECT_FALSE(problem->text.zh.empty() || problem->text.en.empty());
    EXPECT_FALSE(problem->next.zh.empty() || problem->next.en.empty());
  }
}

// Each check digit has its own way of missing some: FedEx takes the remainders 0 and 10 for one,
// DHL's knows 7 of 10, a USPS number of 20 digits has two readings.
TEST(Waybill, FindsSingleWrongDigitsWhereTheCheckDigitCan) {
  for (const auto& [carrier, right, all] : {std::tuple{"FEDEX", "477179081230", false},
                                            {"FEDEX", "041441760228964", true},
                                            {"FEDEX", "9261292700768711948021", true},
                                            {"USPS", "9400111201080805483016", true},
                                            {"USPS", "420221539101026837331000039521", true},
                                            {"DHL", "8487135506", false}}) {
    const std::string number = right;
    const std::size_t from = number.starts_with("420") ? 8 : 0;  // the ZIP code is not checked
    int wrong = 0, found = 0;
    for (std::size_t i = from; i < number.size(); ++i) {
      for (char c = '0'; c <= '9'; ++c) {
        std::string other = number;
        other[i] = c;
        if (other == number) continue;
        ++wrong;
        if (waybill_problem(carrier, other)) ++found;
      }
    }
    if (all) {
      EXPECT_EQ(found, wrong) << number;
    } else {
      EXPECT_GE(found * 100, wrong * 90) << number;
    }
  }
}

// Nobody publishes these: a form that is not usual is worth a word, and a usual one none.
TEST(Waybill, ChineseNumbersAreNeverRefusedForTheirForm) {
  constexpr auto kUsual =
      std::to_array<std::pair<const char*, const char*>>({{"SF", "SF1000000000001"},
                                                          {"sf", "300000000001"},
                                                          {"YTO", "YT2820000000001"},
                                                          {"ZTO", "75300000000001"},
                                                          {"STO", "773000000000001"},
                                                          {"YD", "462598779470531"},
                                                          {"YUNDA", "1200000000001"},
                                                          {"JT", "JT0006968326954"},
                                                          {"EMS", "1151112345678"},
                                                          {"EMS", "EA473124829CN"},
                                                          {"JD", "JDVA11408814483-1-1-"},
                                                          {"DBL", "DPK364112047425"},
                                                          {"ANYONE", "A1-000001"},
                                                          {"UPS", "1Z5R89390357567127"}});
  for (const auto& [carrier, number] : kUsual) {
    EXPECT_FALSE(waybill_problem(carrier, number)) << number;
    EXPECT_TRUE(looks_usual(carrier, number)) << carrier << " " << number;
  }
  constexpr auto kUnusual =
      std::to_array<std::pair<const char*, const char*>>({{"SF", "SF100000000000"},
                                                          {"SF", "YT2820000000001"},
                                                          {"YTO", "SF1000000000001"},
                                                          {"ZTO", "7530000000000"},
                                                          {"JT", "JT1"},
                                                          {"JD", "1234567890123"},
                                                          {"EMS", "12345678"}});
  for (const auto& [carrier, number] : kUnusual) {
    if (std::string_view(number).size() >= kWaybillLengthMin) {
      EXPECT_FALSE(waybill_problem(carrier, number)) << number;
    }
    EXPECT_FALSE(looks_usual(carrier, number)) << carrier << " " << number;
  }
}

TEST(Waybill, EveryCarrierWithPublishedFormsHasItsWords) {
  for (const NumberFormat& format : published_formats()) {
    std::string code(format.carrier);
    for (char& c : code) c = static_cast<char>(c - 'A' + 'a');
    for (const char* end : {"_form", "_check_digit"})
      EXPECT_TRUE(waybill_problem_of(code + end)) << code << end;
  }
  EXPECT_FALSE(waybill_problem_of("moon_form"));
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
        EXPECT_TRUE(waybill_problem(carrier, number)) << text;
        ++seen;
      }
    }
  }
  EXPECT_GE(seen, 8);
}

}  // namespace
}  // namespace packbench
