#include "base/time_text.h"
#include "tests/unit/exchange_help.h"

namespace packbench::exchange {
namespace {

const std::string kMappedHeader = "No,Code,Text,Qty,Date,Price,Who,Country\n";

ImportOptions mapped() {
  ImportOptions with = options();
  with.map = {{"number", "No"},    {"sku", "Code"},    {"name", "Text"}, {"quantity", "Qty"},
              {"paid_at", "Date"}, {"price", "Price"}, {"buyer", "Who"}, {"country", "Country"}};
  with.set = {{"platform", "web"},
              {"shop", "uk"},
              {"currency", "GBP"},
              {"time_zone", "Europe/London"},
              {"receiver.address", "1 High Street"}};
  return with;
}

TEST(Mapped, GathersRowsIntoOrders) {
  const auto outcome = import_ok(kMappedHeader +
                                     "1,A,Mug,6,2010-07-01 08:26:00,2.55,17850,UK\n"
                                     "2,B,Cup,1,2010-07-01 08:28:00,1,,France\n"
                                     "1,A,Mug,2.0,2010-07-01 08:25:00,2.55,17850,UK\n",
                                 mapped());
  EXPECT_EQ(outcome.kind, "mapped");
  EXPECT_TRUE(outcome.rejects.empty());
  ASSERT_EQ(outcome.batch.orders.size(), 2u);
  const ImportedOrder& first = outcome.batch.orders[0];
  EXPECT_EQ(first.order.key, (OrderKey{"web", "uk", "1"}));
  EXPECT_EQ(first.order.buyer, "17850");
  EXPECT_EQ(first.order.paid_at, parse_iso8601("2010-07-01T07:25:00Z")) << "the earlier one";
  EXPECT_EQ(first.order.country, "UK");
  EXPECT_EQ(first.person.receiver.address, "1 High Street");
  ASSERT_EQ(first.order.lines.size(), 2u) << "the same code twice stays two lines";
  EXPECT_EQ(first.order.lines[1],
            (OrderLine{2, "A", "Mug", "", 2, Money{255, "GBP"}, false, LineStatus::active}));
  EXPECT_EQ(outcome.batch.lines, 3u);
}

TEST(Mapped, AnOrderThatLostARowIsHeldWithTheLineNamed) {
  const auto outcome = import_ok(kMappedHeader +
                                     "1,A,Mug,6,2010-07-01,2.55,,UK\n"
                                     "1,B,,1,2010-07-01,2.55,,UK\n"
                                     "1,C,Cup,x,2010-07-01,2.55,,UK\n"
                                     "2,A,Mug,6,2010-07-01,2.55,,UK\n",
                                 mapped());
  EXPECT_EQ(holds_of(outcome, "1"), "row_lost: file lines 3, 4");
  EXPECT_EQ(holds_of(outcome, "2"), "");
  EXPECT_TRUE(has(reason_of(outcome, 3), "name"));
  EXPECT_TRUE(has(reason_of(outcome, 4), "quantity"));
  EXPECT_EQ(outcome.rejects[0].row, "1,B,,1,2010-07-01,2.55,,UK");
}

TEST(Mapped, EveryKindOfDamageHolds) {
  for (const char* row :
       {"1,B,Cup,1,yesterday,2.55,,UK", "1,B,Cup,1,2010-07-01,\"1,000\",,UK",
        "1,PBC0018,Cup,1,2010-07-01,1,,UK", "1,B,Cup,999999,2010-07-01,1,,UK",
        "1,B,Cup,1.5,2010-07-01,1,,UK", "1,B,Cup,1", "1,B,\"Cup,1,2010-07-01,1,,UK",
        "1,B,\xB5\xC4,1,2010-07-01,1,,UK", "1,B,Cup,,2010-07-01,1,,UK"}) {
    const auto outcome =
        import_ok(kMappedHeader + "1,A,Mug,6,2010-07-01,2.55,,UK\n" + row + "\n", mapped());
    EXPECT_EQ(holds_of(outcome, "1"), "row_lost: file line 3") << row;
    EXPECT_EQ(outcome.rejects.size(), 1u) << row;
  }
}

TEST(Mapped, ALostRowOfAnUnknownOrderHoldsItsNeighbours) {
  const auto outcome = import_ok(kMappedHeader +
                                     "1,A,Mug,6,2010-07-01,2.55,,UK\n"
                                     "2,A,Mug,6,2010-07-01,2.55,,UK\n"
                                     ",A,Mug,6,2010-07-01,2.55,,UK\n"
                                     "3,A,Mug,6,2010-07-01,2.55,,UK\n"
                                     "4,A,Mug,6,2010-07-01,2.55,,UK\n",
                                 mapped());
  EXPECT_EQ(holds_of(outcome, "1"), "");
  EXPECT_EQ(holds_of(outcome, "2"), "row_lost: file line 4");
  EXPECT_EQ(holds_of(outcome, "3"), "row_lost: file line 4");
  EXPECT_EQ(holds_of(outcome, "4"), "");
}

TEST(Mapped, ReturnsTotalsAndServicesHoldNothing) {
  const auto outcome = import_ok(kMappedHeader +
                                     "1,A,Mug,6,2010-07-01,2.55,,UK\n"
                                     "1,A,Mug,-1,2010-07-01,2.55,,UK\n"
                                     "1,B,Cup,0,2010-07-01,2.55,,UK\n"
                                     "1,POST,,1,2010-07-01,18,,UK\n"
                                     "1,bank charges,,1,2010-07-01,18,,UK\n"
                                     "C2,D,Discount,-1,2010-07-01,18,,UK\n"
                                     ",,Total,,,64,,\n",
                                 mapped());
  EXPECT_EQ(holds_of(outcome, "1"), "");
  EXPECT_EQ(outcome.batch.orders.size(), 1u);
  EXPECT_EQ(outcome.services, 2u);
  ASSERT_EQ(outcome.rejects.size(), 4u);
  EXPECT_TRUE(has(reason_of(outcome, 3), "return"));
  EXPECT_TRUE(has(reason_of(outcome, 4), "return"));
  EXPECT_TRUE(has(reason_of(outcome, 7), "return"));
}

TEST(Mapped, OrdinalsCountTheRowsOfTheSource) {
  const auto outcome = import_ok(kMappedHeader +
                                     "1,A,,6,2010-07-01,2.55,,UK\n"
                                     "1,POST,Post,1,2010-07-01,18,,UK\n"
                                     "1,B,Cup,1,2010-07-01,2.55,,UK\n",
                                 mapped());
  EXPECT_EQ(find_order(outcome, "1")->order.lines.at(0).ordinal, 3);
}

TEST(Mapped, AnOrderOfServicesOrDamageAloneIsNotImported) {
  const auto outcome = import_ok(
      kMappedHeader + "1,M,Manual,1,2010-07-01,2.55,,UK\n2,A,,1,2010-07-01,2.55,,UK\n", mapped());
  EXPECT_TRUE(outcome.batch.orders.empty());
  EXPECT_EQ(outcome.services, 1u);
  EXPECT_EQ(outcome.rejects.size(), 1u);
}

TEST(Mapped, RowsThatContradictEachOtherHold) {
  const auto outcome = import_ok(kMappedHeader +
                                     "1,A,Mug,6,2010-07-01,2.55,17850,UK\n"
                                     "1,B,Cup,1,2010-07-01,2.55,17851,UK\n"
                                     "2,A,Mug,6,2010-07-01,2.55,,UK\n"
                                     "2,B,Cup,1,2010-07-01,2.55,,France\n",
                                 mapped());
  EXPECT_EQ(holds_of(outcome, "1"), "rows_differ: file line 3: buyer");
  EXPECT_EQ(holds_of(outcome, "2"), "rows_differ: file line 5: receiver");
}

TEST(Mapped, ReadsSemicolonsAndReceiverColumns) {
  ImportOptions with = options();
  with.map = {{"number", "Nr"},
              {"name", "Artikel"},
              {"quantity", "Menge"},
              {"receiver.name", "Name"},
              {"receiver.province", "Land"}};
  const auto outcome = import_ok("Nr;Artikel;Menge;Name;Land\n7;Tasse, rot;1;Erika;Hessen\n", with);
  const ImportedOrder& imported = outcome.batch.orders.at(0);
  EXPECT_EQ(imported.order.lines.at(0).sku, "name:Tasse, rot");
  EXPECT_EQ(imported.person.receiver.name, "Erika");
  EXPECT_EQ(imported.order.province, "Hessen");
}

TEST(Mapped, ServicesAreConfiguration) {
  ImportOptions with = mapped();
  with.services = {"A"};
  const auto outcome = import_ok(
      kMappedHeader + "1,A,Mug,6,2010-07-01,2,,UK\n1,POST,Stamp,1,2010-07-01,2,,UK\n", with);
  EXPECT_EQ(outcome.services, 1u);
  EXPECT_EQ(find_order(outcome, "1")->order.lines.at(0).sku, "POST");
}

TEST(Options, AreCheckedBeforeAnythingIsRead) {
  const std::string text = kMappedHeader + "1,A,Mug,6,2010-07-01,2.55,,UK\n";
  ImportOptions with = mapped();
  with.map["colour"] = "Text";
  EXPECT_EQ(import_error(text, with), "bad_option");
  with = mapped();
  with.set["colour"] = "red";
  EXPECT_EQ(import_error(text, with), "bad_option");
  with = mapped();
  with.set["time_zone"] = "Mars/Olympus";
  EXPECT_EQ(import_error(text, with), "bad_option");
  with = mapped();
  with.set["currency"] = "pounds";
  EXPECT_EQ(import_error(text, with), "bad_option");
  with = mapped();
  with.set["accept_pending"] = "maybe";
  EXPECT_EQ(import_error(text, with), "bad_option");
  with = mapped();
  with.map.erase("quantity");
  EXPECT_EQ(import_error(text, with), "bad_option");
  with = mapped();
  with.map["sku"] = "Cod";
  const auto missing = import_text(text, with);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, "unknown_layout");
  EXPECT_TRUE(has(missing.error().text, "Cod"));
}

TEST(Detect, GoesByContent) {
  EXPECT_EQ(import_ok("\xEF\xBB\xBF{\"sku\":\"A\"}").kind, "json_lines");
  EXPECT_EQ(import_ok("carrier,number\n").kind, "waybills");
  EXPECT_EQ(import_ok("badge,name,role\n").kind, "operators");
  EXPECT_EQ(import_ok("code,order\n").kind, "aliases");
  EXPECT_EQ(import_ok("order,reason\n").kind, "stops");
  EXPECT_EQ(import_ok("carrier,weekday,time\n").kind, "visits");
  EXPECT_EQ(import_ok("code,order\n", mapped()).kind, "aliases") << "--map is for other files";
}

TEST(Detect, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(import_error(""), "bad_format");
  EXPECT_EQ(import_error("\n\n"), "bad_format");
  EXPECT_EQ(import_error("[{\"number\":\"1\"}]"), "bad_format");
  EXPECT_EQ(import_error("PK\x03\x04zip"), "bad_format");
  EXPECT_EQ(import_error("\xFF\xFEn\xFFo"), "bad_format");
  EXPECT_EQ(import_error(std::string("a,b\n1,\0", 7)), "bad_format");
  EXPECT_EQ(import_error("hello\n"), "unknown_layout");
  EXPECT_EQ(import_error("line,reason,row\n1,x,y\n"), "unknown_layout");
  EXPECT_EQ(import_error(kMappedHeader + "1,A,Mug,6,2010-07-01,2.55,,UK\n"), "unknown_layout");
}

}  // namespace
}  // namespace packbench::exchange
