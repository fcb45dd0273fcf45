#include "base/time_text.h"
#include "tests/unit/exchange_help.h"

namespace packbench::exchange {
namespace {

// A part of the export's columns, in its order; the reader goes by name.
const std::string kHeader =
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Shipping Method,Created "
    "at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires "
    "shipping,Lineitem fulfillment status,Shipping Name,Shipping Address1,Shipping "
    "Address2,Shipping City,Shipping Zip,Shipping Country,Shipping Phone,Notes,Cancelled "
    "at,Payment Method,Shipping Province Name\n";

// The first row of an order with what the tests vary.
std::string first_row(const std::string& name, const std::string& financial,
                      const std::string& item, const std::string& cancelled = "",
                      const std::string& method = "Card") {
  return name + ",a@example.org," + financial +
         ",2026-01-24 17:34:28 +0500,unfulfilled,EUR,30.00,Next Day Courier,2026-01-24 17:00:00 "
         "+0500," +
         item +
         ",true,pending,Ann,1 Road,Flat 2,Town,'01067,DE,+49 1,\"Ring twice.\n"
         "Then \"\"wait\"\"\"," +
         cancelled + "," + method + ",Saxony\n";
}

std::string more_row(const std::string& name, const std::string& item,
                     const std::string& ships = "true") {
  return name + ",a@example.org,,,,,,,," + item + "," + ships + ",pending,,,,,,,,,,,\n";
}

TEST(Shopify, JoinsContinuationRowsAndReadsFieldsOverSeveralLines) {
  const auto outcome = import_ok(kHeader + first_row("#1001", "paid", "2,Mug,10.00,MUG") +
                                 more_row("#1001", "1,Card - blue,10.00,") +
                                 first_row("#1002", "paid", "1,Mug,10.00,MUG"));
  EXPECT_EQ(outcome.kind, "shopify");
  EXPECT_TRUE(outcome.rejects.empty());
  ASSERT_EQ(outcome.batch.orders.size(), 2u);
  const ImportedOrder& imported = outcome.batch.orders[0];
  EXPECT_EQ(imported.order.key, (OrderKey{"shopify", "", "#1001"}));
  EXPECT_EQ(imported.order.status, OrderStatus::paid);
  EXPECT_EQ(imported.order.paid_at, parse_iso8601("2026-01-24T12:34:28Z"));
  EXPECT_EQ(imported.order.paid, (Money{3000, "EUR"}));
  EXPECT_EQ(imported.order.service, Service::next_day);
  EXPECT_EQ(imported.order.province, "Saxony");
  EXPECT_TRUE(imported.order.has_buyer_note);
  EXPECT_EQ(imported.person.buyer_note, "Ring twice. Then \"wait\"");
  EXPECT_EQ(imported.person.receiver,
            (Receiver{"Ann", "+49 1", "Saxony", "Town", "", "1 Road, Flat 2", "01067", "DE"}));
  ASSERT_EQ(imported.order.lines.size(), 2u);
  EXPECT_EQ(imported.order.lines[0].sku, "MUG");
  EXPECT_EQ(imported.order.lines[0].price, (Money{1000, "EUR"}));
  EXPECT_EQ(imported.order.lines[1].sku, "name:Card - blue");
  EXPECT_EQ(imported.order.lines[1].price, (Money{1000, "EUR"}));
  EXPECT_TRUE(imported.order.holds.empty());
}

TEST(Shopify, PendingPaymentHoldsUnlessAccepted) {
  const std::string file =
      kHeader + first_row("#1", "pending", "1,Mug,10.00,MUG", "", "Cash on Delivery (COD)");
  EXPECT_EQ(holds_of(import_ok(file), "#1"), "payment_pending: ");
  ImportOptions with = options();
  with.set = {{"accept_pending", "true"}, {"platform", "shop"}, {"shop", "north"}};
  const auto accepted = import_ok(file, with);
  EXPECT_EQ(holds_of(accepted, "#1"), "");
  EXPECT_EQ(find_order(accepted, "#1")->order.status, OrderStatus::cod);
  EXPECT_EQ(find_order(accepted, "#1")->order.key.shop, "north");
}

TEST(Shopify, StatusWords) {
  const auto outcome = import_ok(kHeader + first_row("#1", "refunded", "1,Mug,10.00,MUG") +
                                 first_row("#2", "voided", "1,Mug,10.00,MUG") +
                                 first_row("#3", "paid", "1,Mug,10.00,MUG", "2026-01-25") +
                                 first_row("#4", "partially_refunded", "1,Mug,10.00,MUG") +
                                 first_row("#5", "bartered", "1,Mug,10.00,MUG"));
  EXPECT_EQ(find_order(outcome, "#1")->order.status, OrderStatus::refunded);
  EXPECT_EQ(find_order(outcome, "#2")->order.status, OrderStatus::cancelled);
  EXPECT_EQ(find_order(outcome, "#3")->order.status, OrderStatus::cancelled);
  EXPECT_EQ(holds_of(outcome, "#4"), "refund_requested: partially refunded in the shop");
  EXPECT_EQ(find_order(outcome, "#5"), nullptr);
  EXPECT_EQ(outcome.rejects.size(), 1u);
}

TEST(Shopify, WhatIsNotShippedIsNotPacked) {
  const auto outcome = import_ok(kHeader + first_row("#1", "paid", "1,Mug,10.00,MUG") +
                                 more_row("#1", "1,Gift card,25.00,GC", "false"));
  EXPECT_EQ(outcome.services, 1u);
  EXPECT_EQ(find_order(outcome, "#1")->order.lines.size(), 1u);
  EXPECT_EQ(holds_of(outcome, "#1"), "");
}

TEST(Shopify, ALostContinuationRowHoldsTheOrder) {
  const auto outcome = import_ok(kHeader + first_row("#1", "paid", "1,Mug,10.00,MUG") +
                                 more_row("#1", "x,Card,10.00,CARD"));
  EXPECT_EQ(holds_of(outcome, "#1"), "row_lost: file line 4");
}

TEST(Shopify, ALostFirstItemStillGivesTheOrderItsReceiver) {
  const auto outcome = import_ok(kHeader + first_row("#1", "paid", "1,,10.00,MUG") +
                                 more_row("#1", "1,Card,10.00,CARD"));
  EXPECT_EQ(holds_of(outcome, "#1"), "row_lost: file line 2");
  EXPECT_EQ(find_order(outcome, "#1")->person.receiver.name, "Ann");
}

TEST(Shopify, AnOrderWhoseFirstRowIsMissingIsRejectedWhole) {
  const auto missing = import_ok(kHeader + more_row("#1", "1,Card,10.00,CARD"));
  EXPECT_TRUE(missing.batch.orders.empty());
  EXPECT_EQ(missing.rejects.size(), 1u);
  const auto broken =
      import_ok(kHeader + "#1,a,paid,too,short\n" + more_row("#1", "1,Card,10.00,CARD") +
                more_row("#1", "1,Mug,10.00,MUG"));
  EXPECT_TRUE(broken.batch.orders.empty());
  EXPECT_EQ(broken.rejects.size(), 3u);
}

}  // namespace
}  // namespace packbench::exchange
