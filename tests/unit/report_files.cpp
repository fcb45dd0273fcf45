#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/csv.h"
#include "report/format.h"
#include "report/render.h"
#include "report_fixture.h"

namespace packbench::report {
namespace {

using namespace test;
using station::Language;

TEST(ReportFormats, AreKnownByTheirWord) {
  EXPECT_EQ(parse_format("json"), Format::json);
  EXPECT_EQ(parse_format("csv"), Format::csv);
  EXPECT_EQ(parse_format("pdf"), Format::pdf);
  EXPECT_EQ(parse_format("xls"), std::nullopt);
}

TEST(ReportText, AgesAreHoursAndMinutes) {
  EXPECT_EQ(age_text(Duration::minutes(26 * 60 + 10)), "26:10");
  EXPECT_EQ(age_text(Duration::seconds(359)), "0:05");
  EXPECT_EQ(age_text(Duration::seconds(-5)), "0:00");
}

TEST(ReportText, MoneyIsNeverRounded) {
  EXPECT_EQ(money_text({128'450, "CNY"}), "¥1,284.50");
  EXPECT_EQ(money_text({-100'000'000, "CNY"}), "-¥1,000,000.00");
  EXPECT_EQ(money_text({99, "CNY"}), "¥0.99");
  EXPECT_EQ(money_text({1'234'567, "JPY"}), "JPY 1,234,567");
}

TEST(ReportText, WaybillsStandInGroupsOfFour) {
  EXPECT_EQ(waybill_text("SF1000000000001"), "SF1000 0000 0000 1");
  EXPECT_EQ(waybill_text("1Z999AA10123456784"), "1Z99 9AA1 0123 4567 84");
  EXPECT_EQ(waybill_text("AB-1"), "AB-1");
  EXPECT_EQ(waybill_text(""), "");
}

TEST(ReportText, OrdersAreShopAndLastSeven) {
  EXPECT_EQ(order_text({"taobao", "青柚", "2026110000946318"}), "青柚 …0946 318");
  EXPECT_EQ(order_text({"", "", "SO-0001"}), "SO-0001");
  EXPECT_EQ(order_text({"", "", "订单号甲乙丙丁戊己庚"}), "…甲乙丙丁戊己庚");
}

TEST(ReportText, WhatCannotBeReadIsSaidSo) {
  EXPECT_EQ(line_text("\xFF"), "?");
  EXPECT_EQ(line_text("a\nb\x01"), "a b");
}

nlohmann::json json_of(const ReportInput& input) {
  const auto bytes = render_report(make_report(input), Format::json, Language::en);
  EXPECT_TRUE(bytes.ok());
  return nlohmann::json::parse(bytes.value());
}

TEST(ReportPickups, NameTheCarrierAndWhatComingWouldSave) {
  const auto json = json_of(missed_visit_shift());
  ASSERT_EQ(json["extra_pickups"].size(), 1U);
  const auto& yto = json["extra_pickups"][0];
  EXPECT_EQ(yto["carrier"], "YTO");
  EXPECT_EQ(yto["parcels"], 1);
  EXPECT_EQ(yto["at_risk"], 1);
  EXPECT_EQ(yto["missed_visit"], "2026-11-22T16:30:00+08:00");
  EXPECT_EQ(yto["ship_by"], "2026-11-23T12:00:00+08:00");
  EXPECT_EQ(yto["saves"][0]["amount"], "60.00");
  EXPECT_EQ(yto["waybills"][0], "YT8800112233445");
  const auto csv =
      render_report(make_report(missed_visit_shift()), Format::csv, Language::en).value();
  EXPECT_NE(csv.find("extra_pickup,,2026-11-22T16:30:00+08:00,,,YTO"), std::string::npos) << csv;
  EXPECT_EQ(json_of(ordinary_shift())["extra_pickups"].size(), 0U) << "it has no timetable";
}

TEST(ReportJson, TellsTheFigures) {
  const auto json = json_of(ordinary_shift());
  EXPECT_EQ(json["format"], "packbench-report");
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["shift"]["id"], 12);
  EXPECT_TRUE(json["shift"]["closed"].is_null());
  EXPECT_EQ(json["from"], "2026-11-22T08:00:00+08:00");
  EXPECT_EQ(json["totals"]["parcels"], 186);
  EXPECT_EQ(json["totals"]["items"], 369);
  EXPECT_EQ(json["totals"]["labels_reprinted"], 10);
  EXPECT_EQ(json["caught"]["wrong_item"], 7);
  EXPECT_EQ(json["hours"].size(), 9U);
  EXPECT_EQ(json["hours"][6]["parcels"], 27);
  EXPECT_EQ(json["packers"][1]["name"], "李秀英");
  EXPECT_EQ(json["clocks"]["ship"]["late"], 2);
  EXPECT_EQ(json["clocks"]["ship"]["pending"], 2);
  EXPECT_EQ(json["clocks"]["ship"]["stopped_by"], "carrier_pickup_trace");
  EXPECT_EQ(json["compensation"]["sums"][0]["late"], "95.00");
}

TEST(ReportJson, TellsTheListsWithTheirSums) {
  const auto json = json_of(ordinary_shift());
  EXPECT_EQ(json["waiting_for_pickup"].size(), 1U);
  EXPECT_EQ(json["on_bench"].size(), 1U);
  EXPECT_EQ(json["pending"].size(), 1U);
  EXPECT_EQ(json["recorded"].size(), 0U);
  const auto& lists = json["lists"];
  EXPECT_EQ(lists["not_collected"]["parcels"], 2);
  EXPECT_EQ(lists["not_collected"]["at_risk"][0]["amount"], "150.00");
  EXPECT_EQ(lists["pending"]["parcels"], 1);
  EXPECT_EQ(lists["lost"]["parcels"], 0);
}

TEST(ReportJson, TellsEachAnomalyWithAgeMoneyAndNextStep) {
  const auto waiting = json_of(ordinary_shift())["anomalies"];
  ASSERT_EQ(waiting.size(), 4U);
  EXPECT_EQ(waiting[0]["list"], "not_collected");
  EXPECT_EQ(waiting[0]["next"], "call_pickup");
  EXPECT_EQ(waiting[0]["at_risk"]["amount"], "90.00");
  EXPECT_EQ(waiting[0]["id"], "B1-P2");
  EXPECT_EQ(waiting[0]["age"], "26:10");
  EXPECT_EQ(waiting[0]["age_s"], (26 * 60 + 10) * 60);
  EXPECT_EQ(waiting[0]["waybill"], "SF1000000000001");
  EXPECT_EQ(waiting[0]["orders"][0]["number"], "2026110000946319");
  EXPECT_EQ(waiting[0]["clocks"]["ship"], "late");
  EXPECT_EQ(waiting[0]["paid"]["amount"], "300.00");
}

TEST(ReportJson, ADayHasNoShift) {
  ReportInput input = ordinary_shift();
  input.shift.reset();
  EXPECT_TRUE(json_of(input)["shift"].is_null());
}

TEST(ReportJson, SurvivesNamesThatAreNoUtf8) {
  ReportInput input = ordinary_shift();
  input.operators["1001"] = "\xFF\xFE";
  EXPECT_EQ(json_of(input)["packers"].size(), 2U);
}

// RFC 4180, read strictly: what is not quoted holds no quote, lines end in CRLF.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::string& field = rows.back().back();
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\r') {
      EXPECT_EQ(text[++i], '\n');
      rows.push_back({""});
    } else {
      field += c;
    }
  }
  EXPECT_FALSE(quoted);
  rows.pop_back();
  return rows;
}

TEST(ReportCsv, QuotesWhatNeedsIt) {
  EXPECT_EQ(csv_text("plain"), "plain");
  EXPECT_EQ(csv_text("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_text("say \"hi\""), "\"say \"\"hi\"\"\"");
}

TEST(ReportCsv, NoFormulaReachesASpreadsheet) {
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1", "\t=1", "|x"}) {
    EXPECT_TRUE(csv_text(text).starts_with("'")) << text;
  }
  EXPECT_EQ(csv_text("=A1,\"x\""), "\"'=A1,\"\"x\"\"\"");
  EXPECT_EQ(csv_text("2026-11-22"), "2026-11-22");
}

TEST(ReportCsv, IsOneTableWithTheSameColumnsInEveryRow) {
  ReportInput input = ordinary_shift();
  input.operators["1001"] = "Li, \"Xiu\" Ying";
  const auto bytes = render_report(make_report(input), Format::csv, Language::zh);
  ASSERT_TRUE(bytes.ok());
  const auto rows = read_csv(bytes.value());
  ASSERT_GT(rows.size(), 60U);
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size()) << row[0];

  const auto column = [&rows](const std::string& name) {
    const auto& head = rows[0];
    return static_cast<std::size_t>(std::find(head.begin(), head.end(), name) - head.begin());
  };
  const auto cell = [&](const std::string& section, const std::string& key,
                        const std::string& name) {
    for (const auto& row : rows) {
      if (row[0] == section && row[1] == key) return row.at(column(name));
    }
    return std::string("absent");
  };
  EXPECT_EQ(cell("total", "parcels", "count"), "186");
  EXPECT_EQ(cell("caught", "wrong_item", "count"), "7");
  EXPECT_EQ(cell("anomaly", "B1-P2", "age"), "26:10");
  EXPECT_EQ(cell("anomaly", "B1-P2", "name"), "Li, \"Xiu\" Ying");
  EXPECT_EQ(cell("anomaly", "B1-P2", "orders"), "taobao/青柚家居/2026110000946319");
  EXPECT_EQ(cell("anomaly", "B1-P2", "list"), "not_collected");
  EXPECT_EQ(cell("anomaly", "B1-P2", "next"), "call_pickup");
  EXPECT_EQ(cell("waiting", "B1-P3", "age"), "0:12");
  EXPECT_EQ(cell("pending", "B1-P6", "next"), "wait_record");
  EXPECT_EQ(cell("compensation", "late", "amount"), "95.00");
  EXPECT_EQ(cell("order_late", "2026110000946319", "state"), "late");
}

TEST(ReportCsv, ANumberMayBeNegative) {
  ReportInput input = empty_shift();
  input.tally = {tally("2026-11-22 09:00", "1001", "items_undone", 2)};
  const auto bytes = render_report(make_report(input), Format::csv, Language::zh);
  EXPECT_NE(bytes.value().find(",-2,"), std::string::npos);
}

TEST(ReportFormats, TheSameReportGivesTheSameBytes) {
  const Report report = make_report(ordinary_shift());
  for (const Format format : {Format::json, Format::csv, Format::pdf}) {
    const auto first = render_report(report, format, Language::zh);
    const auto second = render_report(report, format, Language::zh);
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first.value(), second.value());
  }
}

TEST(ReportFiles, NumbersThatRunOutOrGrowOldStandInEveryFormat) {
  ReportInput input = empty_shift();
  input.numbers.ranges = {{"SF", "", 12, 50}, {"YTO", "std", 900, 50}};
  input.numbers.within = Duration::hours(24);
  input.numbers.expiring = 1;
  input.numbers.soonest = {
      {"SF", "std", "SF1000000000009", {"taobao", "demo", "SO-9"}, at("2026-11-22 20:00")}};
  const Report report = make_report(input);
  const auto text = [&](Format format) {
    return render_report(report, format, station::Language::zh).value();
  };
  const auto json = nlohmann::json::parse(text(Format::json)).at("numbers");
  EXPECT_EQ(json["ranges"][0]["low"], true);
  EXPECT_EQ(json["ranges"][1]["low"], false);
  EXPECT_EQ(json["ranges"][1]["left"], 900);
  EXPECT_EQ(json["expiring"]["count"], 1);
  EXPECT_EQ(json["expiring"]["within_s"], 24 * 3600);
  EXPECT_EQ(json["expiring"]["soonest"][0]["order"]["number"], "SO-9");
  const std::string csv = text(Format::csv);
  EXPECT_NE(csv.find("range,,,,,SF,,,low"), std::string::npos) << csv;
  EXPECT_NE(csv.find("expiring_number,std,2026-11-22T20:00:00+08:00,,,SF,SF1000000000009"),
            std::string::npos)
      << csv;
  const std::string with = text(Format::pdf);
  EXPECT_GT(
      with.size(),
      render_report(make_report(empty_shift()), Format::pdf, station::Language::zh).value().size());
}

}  // namespace
}  // namespace packbench::report
