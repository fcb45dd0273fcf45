// A catalog in a folder of its own and the orders, people and files that its tests bring.
#pragma once

#include "store/catalog.h"
#include "store/catalog_writer.h"
#include "tests/store/bench_fixture.h"
#include "tests/store/fault_disk.h"

namespace packbench::store {

inline constexpr Duration promise = Duration::hours(48);

inline Order order(const std::string& number, std::vector<OrderLine> lines = {}) {
  Order made;
  made.key = {"taobao", "mugs", number};
  made.paid_at = Instant{1'800'000'000'000'000};
  made.paid = Money{9900, "CNY"};
  made.lines = std::move(lines);
  if (made.lines.empty()) made.lines = {{1, "MUG", "杯", "red", 1, {}, false, LineStatus::active}};
  return made;
}
inline OrderLine line(int ordinal, const std::string& sku, int quantity = 1) {
  return {ordinal, sku, sku, "", quantity, {}, false, LineStatus::active};
}
inline PersonalData li_ming() {
  PersonalData person;
  person.receiver = {"李明", "138 1234 5678", "广东", "深圳", "南山", "科技路 1 号", "", "CN"};
  person.gift_message = "生日快乐";
  return person;
}

class CatalogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = Catalog::open({folder_.path(), ""});
    ASSERT_TRUE(opened.ok()) << opened.error().text;
    catalog_ = std::move(opened).value();
  }
  ApplyCounts import(const ImportBatch& batch) {
    auto writer = CatalogWriter::open({folder_.path(), ""});
    EXPECT_TRUE(writer.ok()) << writer.error().text;
    auto done = writer.value()->apply(batch, random_);
    EXPECT_TRUE(done.ok()) << done.error().text;
    return std::move(done).value();
  }
  ApplyCounts import_orders(const std::vector<Order>& orders,
                            const PersonalData& person = li_ming()) {
    ImportBatch batch;
    for (const Order& each : orders) batch.orders.push_back({each, person});
    return import(batch);
  }
  ApplyCounts import_stop(const Stop& stop) {
    ImportBatch batch;
    batch.stops = {stop};
    return import(batch);
  }
  std::vector<station::FeedRow> feed(std::int64_t cursor = 0) {
    return catalog_->feed_after(cursor, 100).value();
  }
  Order find(const std::string& number) {
    auto found = catalog_->order({"taobao", "mugs", number});
    EXPECT_TRUE(found.ok() && found.value()) << number;
    return *std::move(found).value();
  }
  std::vector<std::string> openings(const std::string& sku, const std::string& wave = "") {
    std::vector<std::string> found;
    EXPECT_TRUE(catalog_
                    ->openings(sku, wave, promise,
                               [&](const OpeningCandidate& each) {
                                 found.push_back(each.key.number +
                                                 (each.single_item ? " single" : ""));
                                 return true;
                               })
                    .ok());
    return found;
  }

  TemporaryFolder folder_;
  SmallRandom numbers_{1};
  RandomSource random_ = [this](std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(numbers_.next());
  };
  std::unique_ptr<Catalog> catalog_;
};

}  // namespace packbench::store
