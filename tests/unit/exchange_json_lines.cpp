#include "base/time_text.h"
#include "tests/unit/exchange_help.h"

namespace packbench::exchange {
namespace {

const std::string kFull = R"({"number":"SO-0001","platform":"taobao","shop":"demo","kind":"reship",
"of":"SO-0000","status":"cod","paid_at":"2026-11-20T10:00:00+08:00",
"promised_ship_by":"2026-11-22T10:00:00+08:00","paid":"128.5","currency":"CNY","buyer":"b1",
"merge_token":"m1","requested_carrier":"SF","service":"next_day","gift":true,
"gift_message":"Happy birthday","buyer_note":"line 1\nline 2","insured_value":"500",
"receiver":{"name":"张三","phone":"13800000000","province":"浙江省","city":"杭州市",
"district":"西湖区","address":"文三路 1 号","postcode":"310000","country":"CN"},
"lines":[{"sku":"MUG","name":"Mug","variant":"red","quantity":2,"price":"29.90","gift":true},
{"name":"Card","quantity":1,"status":"refund_requested"}]})";

// The same on one line, as a file has it.
std::string on_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

TEST(OrderLines, ReadsEveryField) {
  const auto outcome = import_ok(on_one_line(kFull));
  EXPECT_EQ(outcome.kind, "json_lines");
  EXPECT_TRUE(outcome.rejects.empty());
  ASSERT_EQ(outcome.batch.orders.size(), 1u);
  const Order& order = outcome.batch.orders[0].order;
  const PersonalData& person = outcome.batch.orders[0].person;
  EXPECT_EQ(order.key, (OrderKey{"taobao", "demo", "SO-0001"}));
  EXPECT_EQ(order.kind, OrderKind::reship);
  EXPECT_EQ(order.of, "SO-0000");
  EXPECT_EQ(order.status, OrderStatus::cod);
  EXPECT_EQ(order.paid_at, parse_iso8601("2026-11-20T02:00:00Z"));
  EXPECT_EQ(order.promised_ship_by, parse_iso8601("2026-11-22T02:00:00Z"));
  EXPECT_EQ(order.paid, (Money{12850, "CNY"}));
  EXPECT_EQ(order.insured_value, (Money{50000, "CNY"}));
  EXPECT_EQ(order.buyer, "b1");
  EXPECT_EQ(order.merge_token, "m1");
  EXPECT_EQ(order.requested_carrier, "SF");
  EXPECT_EQ(order.service, Service::next_day);
  EXPECT_TRUE(order.gift);
  EXPECT_TRUE(order.has_buyer_note);
  EXPECT_FALSE(order.has_seller_note);
  EXPECT_EQ(order.province, "浙江省");
  EXPECT_EQ(order.country, "CN");
  EXPECT_EQ(person.buyer_note, "line 1 line 2");
  EXPECT_EQ(person.gift_message, "Happy birthday");
  EXPECT_EQ(person.receiver.name, "张三");
  EXPECT_EQ(person.receiver.address, "文三路 1 号");
  EXPECT_TRUE(order.holds.empty());
  ASSERT_EQ(order.lines.size(), 2u);
  EXPECT_EQ(order.lines[0],
            (OrderLine{1, "MUG", "Mug", "red", 2, Money{2990, "CNY"}, true, LineStatus::active}));
  EXPECT_EQ(order.lines[1], (OrderLine{2, "name:Card", "Card", "", 1, std::nullopt, false,
                                       LineStatus::refund_requested}));
  EXPECT_EQ(outcome.batch.lines, 2u);
}

TEST(OrderLines, AbsentMeansUnknown) {
  const auto outcome =
      import_ok(R"({"number":7,"paid":"5","lines":[{"sku":"A","quantity":1,"price":"5"}]})");
  ASSERT_EQ(outcome.batch.orders.size(), 1u);
  const Order& order = outcome.batch.orders[0].order;
  EXPECT_EQ(order.key, (OrderKey{"", "", "7"}));
  EXPECT_EQ(order.status, OrderStatus::paid);
  EXPECT_FALSE(order.paid_at || order.promised_ship_by || order.insured_value);
  EXPECT_FALSE(order.paid || order.lines.at(0).price) << "an amount of no known currency";
  EXPECT_TRUE(order.holds.empty());
}

TEST(OrderLines, SetFillsWhatTheFileLacks) {
  ImportOptions with = options();
  with.set = {{"platform", "web"}, {"shop", "s"}, {"currency", "EUR"}, {"receiver.country", "DE"}};
  const auto outcome = import_ok(
      R"({"number":"1","shop":"own","lines":[{"sku":"A","quantity":1,"price":"2"}]})", with);
  const ImportedOrder& imported = outcome.batch.orders.at(0);
  EXPECT_EQ(imported.order.key, (OrderKey{"web", "own", "1"}));
  EXPECT_EQ(imported.order.lines[0].price, (Money{200, "EUR"}));
  EXPECT_EQ(imported.order.country, "DE");
}

TEST(OrderLines, AnOrderThatCannotBeTakenIsRejectedWhole) {
  const auto reason = [](const std::string& line) {
    const auto outcome = import_ok("\n" + line);
    EXPECT_TRUE(outcome.batch.orders.empty() && outcome.batch.products.empty()) << line;
    EXPECT_EQ(outcome.rejects.size(), 1u) << line;
    return reason_of(outcome, 2);
  };
  const std::string lines = R"(,"lines":[{"sku":"A","quantity":1}]})";
  EXPECT_TRUE(has(reason(R"({"number":"")" + lines), "order number"));
  EXPECT_TRUE(has(reason(R"({"number":"/undo")" + lines), "action"));
  EXPECT_TRUE(has(reason(R"({"number":"PBC0018")" + lines), "command"));
  EXPECT_TRUE(has(reason(R"({"number":"]C1X")" + lines), "symbology"));
  EXPECT_TRUE(has(reason(R"({"number":"PB1B1LSF1000000000001L1S")" + lines), "label"));
  EXPECT_TRUE(has(reason(R"({"number":["1"])" + lines), "number"));
  EXPECT_TRUE(has(reason(R"({"number":"1","status":"payed")" + lines), "status"));
  EXPECT_TRUE(has(reason(R"({"number":"1","service":"soon")" + lines), "service"));
  EXPECT_TRUE(has(reason(R"({"number":"1","paid_at":"2026-11-20T10:00:00")" + lines), "offset"));
  EXPECT_TRUE(has(reason(R"({"number":"1","currency":"yuan","paid":"5")" + lines), "yuan"));
  EXPECT_TRUE(has(reason(R"({"number":"1","currency":"CNY","paid":"1,000")" + lines), "amount"));
  EXPECT_TRUE(has(reason(R"({"number":"1","currency":"CNY","paid":5.5)" + lines), "text"));
  EXPECT_TRUE(has(reason(R"({"number":"1","receiver":"me")" + lines), "receiver"));
  EXPECT_TRUE(has(reason(R"({"number":"1"})"), "lines"));
  EXPECT_TRUE(has(reason(R"({"number":"1","lines":[]})"), "lines"));
}

TEST(OrderLines, WhatIsNoOrderIsRejectedWithItsLine) {
  const auto outcome = import_ok(
      "{\"number\":\"1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}\n{oops}\n{}\n\n[1]\n"
      "{\"number\":\"\xB5\xC4\"}\r\n" +
      std::string("{\"a\":") + std::string(100'000, '['));
  EXPECT_EQ(outcome.batch.orders.size(), 1u);
  EXPECT_TRUE(has(reason_of(outcome, 2), "JSON"));
  EXPECT_TRUE(has(reason_of(outcome, 3), "neither"));
  EXPECT_TRUE(has(reason_of(outcome, 5), "object"));
  EXPECT_TRUE(has(reason_of(outcome, 6), "UTF-8"));
  EXPECT_TRUE(has(reason_of(outcome, 7), "JSON"));
  EXPECT_EQ(outcome.rejects.size(), 5u);
}

TEST(OrderLines, AnOrderThatLostALineIsHeldWithTheLineNamed) {
  const auto outcome =
      import_ok(R"({"number":"1","lines":[{"sku":"A","quantity":1},{"sku":"B","quantity":"two"},)"
                R"({"sku":"PBC0018","quantity":1},{"sku":"C","quantity":2},7]})");
  EXPECT_EQ(holds_of(outcome, "1"), "row_lost: order line 2, 3, 5");
  EXPECT_EQ(outcome.rejects.size(), 3u);
  const Order& order = find_order(outcome, "1")->order;
  ASSERT_EQ(order.lines.size(), 2u);
  EXPECT_EQ(order.lines[1].ordinal, 4);
}

TEST(OrderLines, ReturnsAndServicesAreNoPartOfTheParcel) {
  const auto outcome =
      import_ok(R"({"number":"1","lines":[{"sku":"post","quantity":1},{"sku":"B","quantity":-1},)"
                R"({"sku":"C","quantity":2}]})");
  EXPECT_EQ(holds_of(outcome, "1"), "");
  EXPECT_EQ(outcome.services, 1u);
  EXPECT_EQ(outcome.rejects.size(), 1u);
  EXPECT_EQ(find_order(outcome, "1")->order.lines.size(), 1u);
}

TEST(OrderLines, AnOrderWithoutAnyLineLeftIsNotImported) {
  const auto outcome = import_ok(R"({"number":"1","lines":[{"sku":"A","quantity":"x"}]})");
  EXPECT_TRUE(outcome.batch.orders.empty());
  EXPECT_EQ(outcome.rejects.size(), 1u);
}

TEST(OrderLines, HoldsFollowFromTheStatus) {
  const auto outcome = import_ok(
      "{\"number\":\"1\",\"status\":\"pending\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}\n"
      "{\"number\":\"2\",\"status\":\"refund_requested\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]"
      "}\n"
      "{\"number\":\"3\",\"kind\":\"exchange\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}\n");
  EXPECT_EQ(holds_of(outcome, "1"), "payment_pending: ");
  EXPECT_EQ(holds_of(outcome, "2"), "refund_requested: ");
  EXPECT_EQ(holds_of(outcome, "3"), "exchange_unlinked: ");
}

TEST(OrderLines, PendingPaymentCanBeAccepted) {
  ImportOptions with = options();
  with.set["accept_pending"] = "true";
  const auto outcome =
      import_ok(R"({"number":"1","status":"pending","lines":[{"sku":"A","quantity":1}]})", with);
  EXPECT_EQ(holds_of(outcome, "1"), "");
  EXPECT_EQ(find_order(outcome, "1")->order.status, OrderStatus::cod);
}

TEST(OrderLines, TheLaterLineAboutAnOrderCounts) {
  const auto outcome = import_ok(
      "{\"number\":\"1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1},{\"sku\":\"B\",\"quantity\":1}]}"
      "\n"
      "{\"number\":\"1\",\"status\":\"refunded\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}\n");
  ASSERT_EQ(outcome.batch.orders.size(), 1u);
  EXPECT_EQ(outcome.batch.orders[0].order.status, OrderStatus::refunded);
  EXPECT_EQ(outcome.batch.lines, 1u);
}

TEST(ProductLines, ReadsEveryField) {
  const auto outcome = import_ok(
      R"({"sku":"MUG","name":"Mug","listing_title":"Red mug","variant":"red","barcodes":)"
      R"([{"code":"4006381333931","pieces":1},{"code":"14006381333938","pieces":6}],)"
      R"("no_barcode":false,"components":[{"sku":"CUP","quantity":2}],"accessories":["spoon"],)"
      R"("attributes":{"size":"L","capacity":350},"image":"mug.png","weight_g":420,)"
      R"("handling":["fragile","high_value"],"packaging":"premium"})");
  ASSERT_EQ(outcome.batch.products.size(), 1u);
  Product expected;
  expected.sku = "MUG";
  expected.name = "Mug";
  expected.listing_title = "Red mug";
  expected.variant = "red";
  expected.barcodes = {{"4006381333931", 1}, {"14006381333938", 6}};
  expected.components = {{"CUP", 2}};
  expected.accessories = {"spoon"};
  expected.attributes = {{"size", "L"}, {"capacity", "350"}};
  expected.image = "mug.png";
  expected.weight_g = 420;
  expected.handling = {"fragile", "high_value"};
  expected.packaging = "premium";
  EXPECT_EQ(outcome.batch.products[0], expected);
}

TEST(ProductLines, RejectsWhatCannotBeMeant) {
  for (const char* line :
       {R"({"sku":""})", R"({"sku":"PBC0018"})", R"({"sku":"A","weight_g":-1})",
        R"({"sku":"A","weight_g":1.5})", R"({"sku":"A","weight_g":18446744073709551615})",
        R"({"sku":"A","handling":["fragil"]})", R"({"sku":"A","packaging":"best"})",
        R"({"sku":"A","barcodes":["1"]})", R"({"sku":"A","barcodes":[{"code":"1","pieces":0}]})",
        R"({"sku":"A","barcodes":[{"pieces":1}]})", R"({"sku":"A","no_barcode":"yes"})",
        R"({"sku":"A","components":[{"sku":"A"}]})", R"({"sku":"A","accessories":"x"})",
        R"({"sku":"A","components":[{"sku":"B","quantity":0}]})", R"({"sku":"A","name":7})",
        R"({"sku":"A","attributes":{"a":[1]}})", R"({"sku":"A","barcodes":[{"code":"/undo"}]})"}) {
    const auto outcome = import_ok(line);
    EXPECT_TRUE(outcome.batch.products.empty()) << line;
    EXPECT_EQ(outcome.rejects.size(), 1u) << line;
  }
}

TEST(ProductLines, TheLaterLineAboutAProductCounts) {
  const auto outcome =
      import_ok("{\"sku\":\"A\",\"name\":\"old\"}\n{\"sku\":\"A\",\"name\":\"new\"}\n");
  ASSERT_EQ(outcome.batch.products.size(), 1u);
  EXPECT_EQ(outcome.batch.products[0].name, "new");
}

}  // namespace
}  // namespace packbench::exchange
