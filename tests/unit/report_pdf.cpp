#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>

#include "report/render.h"
#include "report_fixture.h"

namespace packbench::report {
namespace {

using namespace test;
using station::Language;

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string output;
  std::array<char, 4096> part{};
  std::size_t got = 0;
  while (pipe && (got = std::fread(part.data(), 1, part.size(), pipe.get())) > 0) {
    output.append(part.data(), got);
  }
  return output;
}

// What a reader's search finds in the PDF; each test has a file of its own.
class ReportPdf : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v pdftotext >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
    }
  }
  void TearDown() override { std::filesystem::remove(file_); }

  std::string text_of(const ReportInput& input, Language language) {
    const auto bytes = render_report(make_report(input), Format::pdf, language);
    EXPECT_TRUE(bytes.ok()) << bytes.error().text;
    if (!bytes.ok()) return {};
    std::ofstream(file_, std::ios::binary) << bytes.value();
    return output_of("pdftotext -layout '" + file_.string() + "' -");
  }

  const std::filesystem::path file_ =
      std::filesystem::temp_directory_path() /
      (std::string("packbench-report-") +
       ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".pdf");
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

int pages_of(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\f'));
}

TEST_F(ReportPdf, NamesTheCarriersToBeCalled) {
  const std::string text = text_of(missed_visit_shift(), Language::en);
  for (const char* part : {"Call an extra pickup", "¥60.00", "Next visit"})
    EXPECT_TRUE(has(text, part)) << part << "\n" << text;
}

TEST_F(ReportPdf, CanBeSearchedInChinese) {
  const std::string text = text_of(ordinary_shift(), Language::zh);
  for (const char* part : {"3 箱还没有人取", "¥155.00", "第 12 班", "拦下错件", "李秀英", "26:10",
                           "SF1000 0000 0000 1", "…0946 319", "末班已过", "叫快递加揽一次",
                           "请承运商拦截", "等承运记录"}) {
    EXPECT_TRUE(has(text, part)) << part << "\n" << text;
  }
}

TEST_F(ReportPdf, CanBeSearchedInEnglish) {
  const std::string text = text_of(ordinary_shift(), Language::en);
  for (const char* part :
       {"3 parcels not collected", "¥155.00", "Shift 12", "wrong items caught", "Amy Chan", "26:10",
        "Bench 3 Shift report", "Visit missed", "Call an extra pickup", "carrier record pending"}) {
    EXPECT_TRUE(has(text, part)) << part << "\n" << text;
  }
}

TEST_F(ReportPdf, SaysInWordsThatNothingHappened) {
  const std::string chinese = text_of(empty_shift(), Language::zh);
  EXPECT_TRUE(has(chinese, "没有箱子在等快递")) << chinese;
  EXPECT_TRUE(has(chinese, "这段时间没有装箱"));
  const std::string english = text_of(empty_shift(), Language::en);
  EXPECT_TRUE(has(english, "No parcel is waiting")) << english;
  EXPECT_TRUE(has(english, "Nothing was packed"));
  EXPECT_TRUE(has(english, "No late-shipment compensation"));
}

TEST_F(ReportPdf, SaysWhatToChaseWhenNothingWaits) {
  ReportInput input = ordinary_shift();
  input.open.erase(input.open.begin(), input.open.begin() + 5);  // P6 and P7 are left
  const std::string text = text_of(input, Language::en);
  EXPECT_TRUE(has(text, "Orders past their promise: 1")) << text;
  input.open[1].orders.clear();
  EXPECT_TRUE(has(text_of(input, Language::en), "Parcels to chase: 1"));
  input.open.pop_back();
  input.confirmed.pop_back();
  EXPECT_TRUE(has(text_of(input, Language::en), "Nothing to chase now"));
}

TEST_F(ReportPdf, AnEmptyShiftFitsOnePage) {
  EXPECT_EQ(pages_of(text_of(empty_shift(), Language::zh)), 1);
  EXPECT_EQ(pages_of(text_of(empty_shift(), Language::en)), 1);
}

TEST_F(ReportPdf, NumbersItsPagesAndRepeatsTheHead) {
  const std::string text = text_of(long_shift(), Language::en);
  const int pages = pages_of(text);
  EXPECT_GE(pages, 3);
  for (int page = 1; page <= pages; ++page) {
    const std::regex number(std::to_string(page) + " ?/ ?" + std::to_string(pages) + "\n");
    EXPECT_TRUE(std::regex_search(text, number)) << page << " of " << pages << "\n" << text;
  }
  const std::regex head("Age +Carrier +Waybill +Orders +State");
  EXPECT_GE(std::distance(std::sregex_iterator(text.begin(), text.end(), head), {}), 2);
  for (int i = 0; i < 60; ++i) {
    const std::string tail = std::to_string(950'000 + i);
    EXPECT_TRUE(has(text, "…0" + tail.substr(0, 3) + " " + tail.substr(3))) << tail;
  }
}

TEST_F(ReportPdf, ShowsNoWholeOrderNumberAndNoCode) {
  const std::string text = text_of(ordinary_shift(), Language::en);
  EXPECT_FALSE(has(text, "2026110000946318"));
  EXPECT_FALSE(has(text, "wrong_item"));
  EXPECT_FALSE(has(text, "picked_up"));
}

TEST_F(ReportPdf, DrawsNamesThatAreLongRareOrBroken) {
  ReportInput input = ordinary_shift();
  input.operators["1001"] = std::string(600, 'W');
  input.operators["1002"] = "\xFF\xFE";
  input.carriers["SF"] = "𠮷野快递";
  EXPECT_TRUE(has(text_of(input, Language::zh), "𠮷野快递"));
}

TEST_F(ReportPdf, HoldsWeeksOfHours) {
  ReportInput input = ordinary_shift();
  for (int day = 1; day <= 20; ++day) {
    for (int hour = 0; hour < 24; ++hour) {
      input.tally.push_back(tally("2026-11-22 00:00", "1001", "parcels_staged", 3));
      input.tally.back().quarter = at("2026-11-01 00:00") + Duration::hours(24 * day + hour);
    }
  }
  EXPECT_TRUE(has(text_of(input, Language::en), "11-21"));
}

}  // namespace
}  // namespace packbench::report
