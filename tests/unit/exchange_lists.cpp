#include "base/time_text.h"
#include "domain/pin.h"
#include "tests/unit/exchange_help.h"

namespace packbench::exchange {
namespace {

TEST(Waybills, ReadsEveryColumn) {
  const auto outcome = import_ok(
      "carrier,service,number,order,platform,shop,route_code,consolidation,expires_at,label_file\n"
      "SF,standard,sf 1000000000001,SO-1,taobao,demo,571W,HZ01,2026-12-01T00:00:00+08:00,a.png\n"
      "SF,,SF1000000000002,,,,,,2026-12-01,\n");
  EXPECT_EQ(outcome.kind, "waybills");
  ASSERT_EQ(outcome.batch.waybills.size(), 2u);
  WaybillOffer first{"SF",
                     "standard",
                     "SF1000000000001",
                     OrderKey{"taobao", "demo", "SO-1"},
                     "571W",
                     "HZ01",
                     parse_iso8601("2026-11-30T16:00:00Z"),
                     "a.png"};
  EXPECT_EQ(outcome.batch.waybills[0], first);
  EXPECT_FALSE(outcome.batch.waybills[1].order);
  EXPECT_EQ(outcome.batch.waybills[1].expires_at, parse_iso8601("2026-11-30T16:00:00Z"));
}

TEST(Waybills, KnowTheHubsCodeAndTheSortersMark) {
  const auto outcome = import_ok(
      "carrier,number,consolidation,consolidation_code,sorting_mark\n"
      "SF,SF1000000000001,杭州集散,HZ01,浙 A2\n");
  ASSERT_EQ(outcome.batch.waybills.size(), 1u);
  EXPECT_EQ(outcome.batch.waybills[0].consolidation, "杭州集散");
  EXPECT_EQ(outcome.batch.waybills[0].consolidation_code, "HZ01");
  EXPECT_EQ(outcome.batch.waybills[0].sorting_mark, "浙 A2");
}

TEST(Waybills, ComeUnderTheNamesOfPlatformsToo) {
  const std::string row = "SF,SF1000000000001,SO-1,571-W12-02,杭州集散,HZ01,浙 A2,2026-12-01\n";
  const auto chinese =
      import_ok("快递公司,运单号,订单编号,三段码,集包地,集包地代码,大头笔,有效期\n" + row);
  const auto english = import_ok(
      "carrier_code,waybill_code,order_number,routing_code,consolidation_name,"
      "consolidation_code,sortation_name,expiry\n" +
      row);
  for (const auto& outcome : {chinese, english}) {
    EXPECT_EQ(outcome.kind, "waybills");
    ASSERT_EQ(outcome.batch.waybills.size(), 1u);
    const WaybillOffer& offer = outcome.batch.waybills[0];
    EXPECT_EQ(offer.number, "SF1000000000001");
    ASSERT_TRUE(offer.order);
    EXPECT_EQ(offer.order->number, "SO-1");
    EXPECT_EQ(offer.route_code, "571-W12-02");
    EXPECT_EQ(offer.consolidation, "杭州集散");
    EXPECT_EQ(offer.consolidation_code, "HZ01");
    EXPECT_EQ(offer.sorting_mark, "浙 A2");
    EXPECT_TRUE(offer.expires_at);
  }
}

// An export of orders has the numbers of parcels that are long gone.
TEST(Waybills, AnOrderExportIsNoListOfNumbers) {
  for (const std::string header :
       {"订单编号,宝贝标题,快递公司,运单号\n", "订单编号,物流单号,物流公司\n"}) {
    const auto outcome = import_text(header + "1,杯,SF,SF1000000000001\n", options());
    ASSERT_FALSE(outcome.ok()) << header;
    EXPECT_EQ(outcome.error().code, "unknown_layout");
  }
}

TEST(Waybills, ComeAsJsonLinesBesideOrdersAndProducts) {
  const auto outcome = import_ok(
      R"({"carrier":"SF","number":"SF1000000000001","order":"SO-1","sorting_mark":"浙 A2"})"
      "\n"
      R"({"sku":"MUG","name":"Mug"})"
      "\n"
      R"({"快递公司":"SF","运单号":"SF1000000000002","有效期":"2026-12-01T00:00:00+08:00"})"
      "\n"
      R"({"carrier":"SF","number":"SF1000000000002"})"
      "\n"
      R"({"carrier":"SF","number":"SF1"})"
      "\n"
      R"({"carrier":"SF","number":"SF1000000000003","service":1.5})"
      "\n"
      R"({"carrier":"SF","number":"SF1000000000004","expires_at":"2026-12-01"})"
      "\n");
  ASSERT_EQ(outcome.batch.waybills.size(), 2u);
  EXPECT_EQ(outcome.batch.products.size(), 1u);
  EXPECT_EQ(outcome.batch.waybills[0].sorting_mark, "浙 A2");
  EXPECT_TRUE(outcome.batch.waybills[1].expires_at);
  EXPECT_TRUE(has(reason_of(outcome, 4), "already"));
  EXPECT_TRUE(has(reason_of(outcome, 5), "shorter"));
  EXPECT_TRUE(has(reason_of(outcome, 6), "service must be a text"));
  EXPECT_TRUE(has(reason_of(outcome, 7), "expires_at"));
}

TEST(Waybills, RejectsWithLineAndReason) {
  const auto outcome = import_ok(
      "carrier,service,number,order,expires_at,label_file\n"
      "SF,,SF1,,,\n"
      "EMS,,RB123456786GB,,,\n"
      ",,SF1000000000001,,,\n"
      "SF,,SF1000000000002,,soon,\n"
      "SF,,SF1000000000003,,,a.png\n"
      "SF,,SF1000000000004,,,\n"
      "SF,,SF1000000000004,,,\n"
      "SF,,SF1000000000005\n"
      "SF,,PBC0018,,,\n");
  EXPECT_EQ(outcome.batch.waybills.size(), 1u);
  EXPECT_TRUE(has(reason_of(outcome, 2), "shorter"));
  EXPECT_TRUE(has(reason_of(outcome, 3), "check digit"));
  EXPECT_TRUE(has(reason_of(outcome, 4), "carrier"));
  EXPECT_TRUE(has(reason_of(outcome, 5), "expires_at"));
  EXPECT_TRUE(has(reason_of(outcome, 6), "label file"));
  EXPECT_TRUE(has(reason_of(outcome, 8), "already"));
  EXPECT_TRUE(has(reason_of(outcome, 9), "3 fields"));
  EXPECT_TRUE(has(reason_of(outcome, 10), "command"));
}

TEST(Waybills, TheirLabelFilesLieInTheDataDirectory) {
  const auto offered = [](const std::string& path) {
    return import_ok("carrier,number,order,label_file\nSF,SF1000000000001,SO-1," + path + "\n");
  };
  for (const char* path : {"a.png", "labels/a.png", "./a..png", "..a/b..", "a/.../b"})
    EXPECT_EQ(offered(path).batch.waybills.size(), 1u) << path;
  for (const char* path :
       {"/etc/passwd", "/", "..", "../a.png", "a/../../b.png", "a/..", "a//../b"}) {
    const auto outcome = offered(path);
    EXPECT_TRUE(outcome.batch.waybills.empty()) << path;
    for (const char* part : {"outside the data directory: put it there", "面单文件不在数据目录里"})
      EXPECT_TRUE(has(reason_of(outcome, 2), part)) << reason_of(outcome, 2);
  }
  const auto line = import_ok(
      R"({"carrier":"SF","number":"SF1000000000001","order":"SO-1","label_file":"/dev/zero"})"
      "\n");
  EXPECT_TRUE(has(reason_of(line, 1), "outside the data directory"));
}

TEST(Waybills, ARefusedNumberSaysWhyAndWhatToDoInBothLanguages) {
  const auto outcome = import_ok("carrier,number\nFEDEX,986578788856\nDHL,123\nUSPS,12345678\n");
  EXPECT_TRUE(outcome.batch.waybills.empty());
  for (const std::string part : {"check digit of the FedEx", "mend it", "校验位", "再导入"})
    EXPECT_TRUE(has(reason_of(outcome, 2), part)) << reason_of(outcome, 2);
  EXPECT_TRUE(has(reason_of(outcome, 3), "不足"));
  EXPECT_TRUE(has(reason_of(outcome, 4), "no USPS number"));
}

// Chinese carriers publish no form of their numbers: what is unusual is worth a look, no more.
TEST(Waybills, UnusualNumbersAreTakenWithAWordOfAdvice) {
  const auto outcome = import_ok(
      "carrier,number\nSF,SF1000000000001\nSF,SF10001\nSF,SF10002\nSF,SF10003\nZTO,ZT123456\n"
      "ACME,A1-0000001\n");
  EXPECT_EQ(outcome.batch.waybills.size(), 6u);
  EXPECT_TRUE(outcome.rejects.empty());
  const auto lines = advice_lines(outcome);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(has(lines[0], "3 numbers do not look like SF's, the first is SF10001 in line 3"));
  EXPECT_TRUE(has(lines[0], "3 个单号不像 SF 的"));
  EXPECT_TRUE(has(lines[1], "1 number does not look like ZTO's: ZT123456 in line 6"));
  EXPECT_TRUE(advice_lines(import_ok("carrier,number\nSF,SF1000000000001\n")).empty());
}

TEST(Operators, KeepTheirPinAsAHash) {
  const auto outcome =
      import_ok("badge,name,role,pin\n1001,李雷,packer,\n2001,Han,supervisor,2468\n");
  ASSERT_EQ(outcome.batch.operators.size(), 2u);
  EXPECT_EQ(outcome.batch.operators[0].op, (Operator{"1001", "李雷", Role::packer}));
  EXPECT_EQ(outcome.batch.operators[0].pin_hash, "");
  EXPECT_EQ(outcome.batch.operators[1].op.role, Role::supervisor);
  EXPECT_TRUE(verify_pin("2468", outcome.batch.operators[1].pin_hash));
}

TEST(Operators, TheSamePinKeepsItsHashAndNoPinChangesNothing) {
  const PinSalt salt{1, 2, 3};
  const std::string stored = hash_pin("2468", salt).value();
  ImportOptions with = options();
  with.stored_pin_hash = [&](const std::string& badge) { return badge == "2001" ? stored : ""; };
  const auto same = import_ok("badge,name,role,pin\n2001,Han,supervisor,2468\n", with);
  EXPECT_EQ(same.batch.operators.at(0).pin_hash, stored);
  const auto without = import_ok("badge,name,role\n2001,Han,supervisor\n", with);
  EXPECT_EQ(without.batch.operators.at(0).pin_hash, stored);
  const auto changed = import_ok("badge,name,role,pin\n2001,Han,supervisor,1357\n", with);
  EXPECT_TRUE(verify_pin("1357", changed.batch.operators.at(0).pin_hash));
}

TEST(Operators, RejectsNeverShowAPin) {
  const auto outcome = import_ok(
      "badge,name,role,pin\n1,A,boss,98765\n2,B,packer,12\n,C,packer,98765\n3,D,packer,\"98765\n"
      "4,,packer,98765\n5 5,E,packer,98765\n6,F,packer,\n6,G,packer,98765\n");
  EXPECT_EQ(outcome.batch.operators.size(), 1u);
  EXPECT_EQ(outcome.rejects.size(), 7u);
  EXPECT_FALSE(has(rejects_csv(outcome.rejects), "98765"));
  EXPECT_TRUE(has(rejects_csv(outcome.rejects), "1,A,boss,****"));
  EXPECT_TRUE(has(reason_of(outcome, 2), "role"));
  EXPECT_TRUE(has(reason_of(outcome, 3), "PIN"));
  EXPECT_TRUE(has(reason_of(outcome, 9), "already"));
}

TEST(Aliases, OneCodeMayNameManyOrders) {
  const auto outcome = import_ok(
      "code,order,platform,shop\nWAVE-1,SO-1,,\nWAVE-1,SO-2,taobao,demo\nWAVE-1,SO-1,,\n,SO-3,,\n"
      "PBC0018,SO-4,,\n");
  EXPECT_EQ(outcome.kind, "aliases");
  ASSERT_EQ(outcome.batch.aliases.size(), 2u);
  EXPECT_EQ(outcome.batch.aliases[1].platform, "taobao");
  EXPECT_EQ(outcome.rejects.size(), 2u);
}

TEST(StopList, ReadsOrdersAndLines) {
  const auto outcome = import_ok(
      "order,reason,platform,shop,line\nSO-1,Refunded,taobao,demo,2\nSO-2,cancelled,,,\n");
  EXPECT_TRUE(outcome.rejects.empty());
  ASSERT_EQ(outcome.batch.stops.size(), 2u);
  EXPECT_EQ(outcome.batch.stops[0].reason, "refunded");
  EXPECT_EQ(outcome.batch.stops[0].line, 2);
  EXPECT_EQ(outcome.batch.stops[0].shop, "demo");
  EXPECT_EQ(outcome.batch.stops[1].line, 0);
}

TEST(StopList, WhatIsNotUnderstoodStillStops) {
  const auto outcome =
      import_ok("order,reason,line\nSO-1,the buyer called,\nSO-2,refunded,second\n,refunded,\n");
  ASSERT_EQ(outcome.batch.stops.size(), 2u);
  EXPECT_EQ(outcome.batch.stops[0].reason, "hold");
  EXPECT_EQ(outcome.batch.stops[1].reason, "hold");
  EXPECT_EQ(outcome.batch.stops[1].line, 0);
  EXPECT_TRUE(has(reason_of(outcome, 2), "held"));
  EXPECT_TRUE(has(reason_of(outcome, 3), "held"));
  EXPECT_TRUE(has(reason_of(outcome, 4), "order number"));
}

TEST(Visits, ReadsWeekdaysAsPeopleWriteThem) {
  const auto outcome = import_ok(
      "carrier,weekday,time\nSF,1,17:30\nSF,Sun,9:00\nYTO,tuesday,18:00\nYTO,周三,00:00\n"
      "SF,星期天,23:59\nSF,1,17:30\n");
  EXPECT_TRUE(outcome.rejects.empty());
  EXPECT_EQ(
      outcome.batch.visits,
      (std::vector<CarrierVisit>{
          {"SF", 1, 1050}, {"SF", 7, 540}, {"YTO", 2, 1080}, {"YTO", 3, 0}, {"SF", 7, 1439}}));
  const auto bad = import_ok(
      "carrier,weekday,time\n,1,17:30\nSF,8,17:30\nSF,1,24:00\nSF,1,17:60\nSF,1,5pm\nSF,1,:30\n");
  EXPECT_TRUE(bad.batch.visits.empty());
  EXPECT_EQ(bad.rejects.size(), 6u);
}

TEST(Rejects, AnEntryThatTheCatalogRefusesIsGivenBackWithItsLine) {
  auto outcome = import_ok("code,order\nT-1,SO-1\nT-2,SO-2\n");
  reject_entry(outcome, "aliases", 1, "There is no order of this number.");
  ASSERT_EQ(outcome.rejects.size(), 1u);
  EXPECT_EQ(outcome.rejects[0].line, 3u);
  EXPECT_EQ(rejects_csv(outcome.rejects),
            "line,reason,row\r\n3,There is no order of this number.,\"T-2,SO-2\"\r\n");
}

TEST(Totals, AreTheLastLine) {
  ImportTotals totals;
  totals.add(import_ok("{\"number\":\"1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}\n{}\n"));
  auto waybills = import_ok("carrier,number\nSF,SF1000000000001\nSF,SF1000000000002\n");
  reject_entry(waybills, "waybills", 0, "There is no order of this number.");
  totals.add(waybills);
  EXPECT_EQ(totals.text(),
            "imported 1 orders, 1 lines, 0 products, 1 waybills, 0 operators; rejected 2 rows");
}

}  // namespace
}  // namespace packbench::exchange
