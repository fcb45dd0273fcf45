// Files that real shops wrote, where the folder is at hand.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

#include "tests/unit/exchange_help.h"

namespace packbench::exchange {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> shared_file(const std::string& name) {
  const fs::path path = fs::path(PACKBENCH_SHARED_DATA) / name;
  if (!fs::exists(path)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

ImportOptions retail() {
  ImportOptions with = options();
  with.map = {{"number", "InvoiceNo"},  {"sku", "StockCode"},       {"name", "Description"},
              {"quantity", "Quantity"}, {"paid_at", "InvoiceDate"}, {"price", "UnitPrice"},
              {"buyer", "CustomerID"},  {"country", "Country"}};
  with.set = {
      {"platform", "web"}, {"shop", "uk"}, {"currency", "GBP"}, {"time_zone", "Europe/London"}};
  return with;
}

TEST(RealRetail, OneDayOfARetailer) {
  const auto text = shared_file("retail/2010-12-01.csv");
  if (!text) GTEST_SKIP() << "no shared data";
  const auto outcome = import_ok(*text, retail());
  // 3108 rows: 27 of them are returns, 9 more have no description, 8 are postage, carriage and
  // fees.
  EXPECT_EQ(outcome.rejects.size(), 36u);
  EXPECT_EQ(outcome.services, 8u);
  EXPECT_EQ(outcome.batch.lines, 3108u - 36u - 8u);
  std::size_t repeated = 0;
  for (const ImportedOrder& each : outcome.batch.orders) {
    std::set<std::string> skus;
    for (const OrderLine& line : each.order.lines) {
      if (!skus.insert(line.sku).second) ++repeated;
    }
    EXPECT_TRUE(each.order.paid_at);
  }
  EXPECT_GT(repeated, 0u) << "the same code twice on an invoice stays two lines";
}

TEST(RealRetail, EveryDayIsReadToTheLastRow) {
  std::size_t files = 0;
  for (const char* day : {"01", "02", "03", "05", "06"}) {
    const auto text = shared_file(std::string("retail/2010-12-") + day + ".csv");
    if (!text) continue;
    ++files;
    const auto outcome = import_ok(*text, retail());
    const auto rows = static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n')) - 1;
    EXPECT_EQ(outcome.batch.lines + outcome.rejects.size() + outcome.services, rows) << day;
  }
  if (files == 0) GTEST_SKIP() << "no shared data";
}

TEST(RealShopify, FiftySevenOrders) {
  const auto text = shared_file("shopify/shopify_orders_export_79col_masked.csv");
  if (!text) GTEST_SKIP() << "no shared data";
  const auto held = import_ok(*text);
  EXPECT_EQ(held.batch.orders.size(), 57u);
  EXPECT_TRUE(held.rejects.empty());
  for (const ImportedOrder& each : held.batch.orders) {
    ASSERT_EQ(each.order.holds.size(), 1u);
    EXPECT_EQ(each.order.holds[0].code, "payment_pending");
    EXPECT_TRUE(each.order.lines.at(0).sku.starts_with("name:"));
    EXPECT_TRUE(each.order.paid_at) << "cash on delivery: the promise runs from the order's day";
  }
  ImportOptions with = options();
  with.set["accept_pending"] = "true";
  const auto accepted = import_ok(*text, with);
  EXPECT_EQ(accepted.batch.orders.size(), 57u);
  for (const ImportedOrder& each : accepted.batch.orders) EXPECT_TRUE(each.order.holds.empty());
}

}  // namespace
}  // namespace packbench::exchange
