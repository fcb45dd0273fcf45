// What a bench finds in the catalog: orders, items, openings, numbers.
#include "store/schema.h"
#include "tests/store/catalog_fixture.h"
#include "tests/support/database_file.h"

namespace packbench::store {
namespace {

TEST_F(CatalogTest, OrdersAreFoundByNumberBeforeAlias) {
  import_orders({order("SO-1"), order("SO-2")});
  ImportBatch batch;
  batch.aliases = {{"W-1", "SO-1", "", ""}, {"W-1", "SO-2", "", ""}, {"SO-1", "SO-2", "", ""}};
  import(batch);
  const auto wave = catalog_->find_orders("W-1");
  EXPECT_EQ(wave.value().orders.size(), 2u);
  EXPECT_TRUE(wave.value().by_alias);
  const auto number = catalog_->find_orders("SO-1");
  ASSERT_EQ(number.value().orders.size(), 1u);
  EXPECT_EQ(number.value().orders[0].key.number, "SO-1");
  EXPECT_FALSE(number.value().by_alias);
}

TEST_F(CatalogTest, ItemsAreFoundByGtinBarcodeSkuAndStockCode) {
  Product mug, box;
  mug.sku = "MUG";
  mug.barcodes = {{"036000291452", 1}, {"INTERNAL-7", 1}};  // a UPC-A
  box.sku = "BOX-OF-6";
  box.barcodes = {{"4006381333931", 6}};
  ImportBatch batch;
  batch.products = {mug, box};
  batch.orders = {{order("SO-1", {line(1, "85123A")}), {}}};
  import(batch);
  const auto sku_of = [&](const std::string& code) {
    const auto found = catalog_->find_items(code);
    return found.value().size() == 1 ? found.value()[0].product.sku : "";
  };
  EXPECT_EQ(sku_of("036000291452"), "MUG");
  EXPECT_EQ(sku_of("0036000291452"), "MUG");
  EXPECT_EQ(sku_of("00036000291452"), "MUG");
  EXPECT_EQ(sku_of("INTERNAL-7"), "MUG");
  EXPECT_EQ(sku_of("MUG"), "MUG");
  EXPECT_EQ(sku_of("85123A"), "85123A");  // no product file, only an order line
  EXPECT_EQ(sku_of("5901234123457"), "");
  EXPECT_EQ(catalog_->find_items("4006381333931").value()[0].pieces, 6);

  mug.barcodes = {{"036000291452", 1}};
  batch = {};
  batch.products = {mug};
  EXPECT_EQ(import(batch).products.changed, 1u);
  EXPECT_EQ(sku_of("INTERNAL-7"), "");
}

TEST_F(CatalogTest, ProductsOfAnOrderIncludeAKitsComponents) {
  Product kit, cup;
  kit.sku = "SET";
  kit.components = {{"CUP", 2}, {"UNKNOWN", 1}};
  cup.sku = "CUP";
  ImportBatch batch;
  batch.products = {kit, cup};
  import(batch);
  const auto products = catalog_->products_of(order("SO-1", {line(1, "SET"), line(2, "NONE")}));
  EXPECT_EQ(products.value().size(), 2u);
  EXPECT_EQ(products.value().count("CUP"), 1u);
  EXPECT_EQ(catalog_->product("SET").value()->components.size(), 2u);
  EXPECT_FALSE(catalog_->product("NONE").value().has_value());
}

TEST_F(CatalogTest, AnItemOpensTheMostUrgentOrderThatNothingSpeaksAgainst) {
  Order late = order("LATE"), soon = order("SOON"), promised = order("PROMISED");
  late.paid_at = Instant{late.paid_at->us + 3'600'000'000};
  promised.paid_at.reset();
  promised.promised_ship_by = Instant{1'700'000'000'000'000};
  Order two = order("TWO", {line(1, "MUG"), line(2, "SHIRT")});
  two.paid_at = Instant{two.paid_at->us + 7'200'000'000};
  Order gift = order("GIFT"), held = order("HELD"), bound = order("BOUND"),
        pending = order("PENDING"), noted = order("NOTED");
  gift.gift = true;
  held.holds = {{"row_lost", ""}};
  bound.requested_carrier = "SF";
  pending.status = OrderStatus::pending;
  noted.has_buyer_note = true;
  import_orders({late, soon, promised, two, gift, held, bound, pending, noted}, {});
  EXPECT_EQ(openings("MUG"),
            (std::vector<std::string>{"PROMISED single", "SOON single", "LATE single", "TWO"}));
  EXPECT_EQ(openings("SHIRT"), std::vector<std::string>{"TWO"});
  import_stop({"SOON", "refund_requested", "", "", 0});
  ImportBatch batch;
  batch.aliases = {{"W-1", "LATE", "", ""}, {"W-1", "SOON", "", ""}};
  import(batch);
  EXPECT_EQ(openings("MUG", "W-1"), std::vector<std::string>{"LATE single"});
  int seen = 0;
  EXPECT_TRUE(catalog_->openings("MUG", "", promise, [&](const auto&) { return ++seen < 2; }).ok());
  EXPECT_EQ(seen, 2);
}

TEST_F(CatalogTest, AComponentOpensTheOrderOfItsKit) {
  Product kit;
  kit.sku = "SET";
  kit.components = {{"CUP", 2}};
  ImportBatch batch;
  batch.products = {kit};
  batch.orders = {{order("SO-1", {line(1, "SET")}), {}}};
  import(batch);
  EXPECT_EQ(openings("CUP"), std::vector<std::string>{"SO-1 single"});
}

TEST_F(CatalogTest, NumbersAllocatedToAnOrderAndARangeInItsOrder) {
  const auto offer = [](const std::string& carrier, const std::string& number,
                        const std::string& order, const std::string& service = "") {
    WaybillOffer made;
    made.carrier = carrier;
    made.number = number;
    made.service = service;
    if (!order.empty()) made.order = OrderKey{"", "", order};
    return made;
  };
  ImportBatch batch;
  batch.orders = {{order("SO-1"), {}}};
  batch.waybills = {offer("SF", "SF9", ""),      offer("SF", "SF2", "SO-1"),
                    offer("SF", "sf 5", ""),     offer("SF", "SF1", "", "next_day"),
                    offer("YTO", "YT1", "SO-1"), offer("SF", "SF3", "SO-2")};
  import(batch);
  const OrderKey so_1{"taobao", "mugs", "SO-1"};
  EXPECT_EQ(catalog_->allocated_offers({so_1}, "").value().size(), 2u);
  const auto allocated = catalog_->allocated_offers({so_1}, "SF");
  ASSERT_EQ(allocated.value().size(), 1u);
  EXPECT_EQ(allocated.value()[0].number, "SF2");
  EXPECT_EQ(allocated.value()[0].order, so_1);

  const auto numbers = [&](const std::string& service, const std::string& after) {
    std::vector<std::string> found;
    const auto offers = catalog_->range_offers("SF", service, after, 10);
    for (const WaybillOffer& each : offers.value()) found.push_back(each.number);
    return found;
  };
  EXPECT_EQ(numbers("", ""), (std::vector<std::string>{"SF9", "SF5"}));
  EXPECT_EQ(numbers("", "SF9"), (std::vector<std::string>{"SF5"}));
  EXPECT_EQ(numbers("next_day", ""), (std::vector<std::string>{"SF1"}));
  EXPECT_EQ(catalog_->range_services("SF").value(), (std::vector<std::string>{"", "next_day"}));
  EXPECT_TRUE(catalog_->range_services("ZTO").value().empty());
  const auto scanned = catalog_->offers_numbered("SF2");
  ASSERT_EQ(scanned.value().size(), 1u);
  EXPECT_EQ(scanned.value()[0].order, so_1);
  EXPECT_TRUE(catalog_->offers_numbered("SF404").value().empty());
}

TEST_F(CatalogTest, ANumberComesBackWithAllThatItsLabelNeeds) {
  ImportBatch batch;
  batch.waybills = {{"SF", "standard", "SF1", std::nullopt, "571-W12", "杭州集散", Instant{9}, "",
                     "HZ01", "浙 A2"}};
  import(batch);
  EXPECT_EQ(catalog_->offers_numbered("SF1").value(), batch.waybills);
  EXPECT_EQ(import(batch).waybills.same, 1u);
  batch.waybills[0].sorting_mark = "沪 B1";
  EXPECT_EQ(import(batch).waybills.changed, 1u);
  EXPECT_EQ(catalog_->offers_numbered("SF1").value(), batch.waybills);
}

TEST_F(CatalogTest, WhatIsLeftOfARangeIsCountedNoFurtherThanAsked) {
  ImportBatch batch;
  for (int i = 0; i < 40; ++i) {
    WaybillOffer made;
    made.carrier = "SF";
    made.number = "SF" + std::to_string(100 + i);
    if (i >= 30) made.expires_at = Instant{1'000};
    batch.waybills.push_back(made);
  }
  WaybillOffer other;
  other.carrier = "SF";
  other.service = "next_day";
  other.number = "SF900";
  batch.waybills.push_back(other);
  other.service.clear();
  other.number = "SF901";
  other.order = OrderKey{"", "", "SO-1"};
  batch.waybills.push_back(other);
  other.order.reset();
  other.carrier = "YTO";
  batch.waybills.push_back(other);
  import(batch);
  const auto left = [&](const std::string& after, std::int64_t now, std::int64_t limit) {
    return catalog_->range_left("SF", "", after, Instant{now}, limit).value();
  };
  EXPECT_EQ(left("", 999, 100), 40);
  EXPECT_EQ(left("", 1'000, 100), 30) << "the others are too old";
  EXPECT_EQ(left("SF109", 999, 100), 30);
  EXPECT_EQ(left("SF109", 999, 20), 20);
  EXPECT_EQ(left("SF139", 999, 20), 0);
  EXPECT_EQ(catalog_->range_left("SF", "next_day", "", Instant{0}, 5).value(), 1);
  EXPECT_EQ(catalog_->range_left("ZTO", "", "", Instant{0}, 5).value(), 0);
  std::vector<std::string> names;
  for (const RangeName& each : catalog_->ranges().value())
    names.push_back(each.carrier + "/" + each.service);
  EXPECT_EQ(names, (std::vector<std::string>{"SF/", "SF/next_day", "YTO/"}));
}

TEST_F(CatalogTest, AllocationsThatExpireSoonComeTheSoonestFirst) {
  ImportBatch batch;
  for (const auto& [number, expires] : std::vector<std::pair<std::string, std::int64_t>>{
           {"A1", 30}, {"A2", 20}, {"A3", 10}, {"A4", 31}}) {
    batch.waybills.push_back(
        {"SF", "", number, OrderKey{"", "", "SO-1"}, "", "", Instant{expires}, ""});
  }
  batch.waybills.push_back({"SF", "", "A5", std::nullopt, "", "", Instant{25}, ""});
  batch.waybills.push_back({"SF", "", "A6", OrderKey{"", "", "SO-1"}, "", "", std::nullopt, ""});
  import(batch);
  std::vector<std::string> seen;
  const auto visit = [&](const WaybillOffer& offer) {
    seen.push_back(offer.number);
    return seen.size() < 3;
  };
  EXPECT_TRUE(catalog_->expiring_offers(Instant{10}, Instant{30}, visit).ok());
  EXPECT_EQ(seen, (std::vector<std::string>{"A2", "A1"}));
}

TEST_F(CatalogTest, APaymentIsReadWithoutItsOrder) {
  Order given = order("SO-1");
  given.buyer = "buyer-1";
  given.paid_at = Instant{7};
  import_orders({given});
  const auto found = catalog_->payment(given.key).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->buyer, "buyer-1");
  EXPECT_EQ(found->paid_at, Instant{7});
  given.key.number = "SO-2";
  given.buyer.clear();
  given.paid_at.reset();
  import_orders({given});
  EXPECT_EQ(catalog_->payment(given.key).value()->buyer, "");
  given.key.number = "SO-3";
  EXPECT_FALSE(catalog_->payment(given.key).value());
}

// As the program before the sorter's mark left it.
void make_older(const std::string& folder) {
  test::DatabaseFile file(folder + "/catalog.db", test::DatabaseFile::Access::write);
  EXPECT_EQ(file.run("DROP INDEX waybill_offer_expiry"), "");
  EXPECT_EQ(file.run("DROP INDEX waybill_offer_range"), "");
  EXPECT_EQ(file.run("CREATE INDEX waybill_offer_range ON waybill_offer (carrier, service, id)"
                     " WHERE order_number = ''"),
            "");
  EXPECT_EQ(file.run("ALTER TABLE waybill_offer DROP COLUMN consolidation_code"), "");
  EXPECT_EQ(file.run("ALTER TABLE waybill_offer DROP COLUMN sorting_mark"), "");
  EXPECT_EQ(file.run("DROP TABLE trace"), "");
  EXPECT_EQ(file.run("DROP TABLE waiting_order"), "");
  EXPECT_EQ(file.run("DROP TABLE stop_region"), "");
  EXPECT_EQ(file.run("UPDATE meta SET value = '2' WHERE key = 'format'"), "");
}

TEST_F(CatalogTest, AnOlderCatalogIsBroughtUpToDateAndLosesNothing) {
  ImportBatch batch;
  batch.waybills = {{"SF", "standard", "SF1", std::nullopt, "571-W12", "杭州集散", Instant{9}, ""}};
  import(batch);
  for (const bool by_the_bench : {true, false}) {
    catalog_.reset();
    make_older(folder_.path());
    if (!by_the_bench) {
      EXPECT_EQ(import(batch).waybills.same, 1u);
    }
    auto opened = Catalog::open({folder_.path(), ""});
    ASSERT_TRUE(opened.ok()) << opened.error().text;
    catalog_ = std::move(opened).value();
    EXPECT_EQ(catalog_->offers_numbered("SF1").value(), batch.waybills);
    EXPECT_EQ(test::DatabaseFile(folder_.path() + "/catalog.db")
                  .text("SELECT value FROM meta WHERE key = 'format'"),
              std::to_string(catalog_format));
    EXPECT_EQ(catalog_->unknown_traces(1).value().size(), 0u);
    EXPECT_EQ(catalog_->stop_regions(Instant{0}).value().size(), 0u);
  }
}

// As the programs before the stop regions left it.
TEST_F(CatalogTest, ACatalogWithoutStopRegionsGetsThem) {
  ImportBatch batch;
  batch.stop_regions = {{"SF", "浙江省", {Instant{10}, Instant{20}}, "storm"}};
  import(batch);
  catalog_.reset();
  {
    test::DatabaseFile file(folder_.path() + "/catalog.db", test::DatabaseFile::Access::write);
    EXPECT_EQ(file.run("DROP TABLE stop_region"), "");
    EXPECT_EQ(file.run("UPDATE meta SET value = '6' WHERE key = 'format'"), "");
  }
  auto opened = Catalog::open({folder_.path(), ""});
  ASSERT_TRUE(opened.ok()) << opened.error().text;
  catalog_ = std::move(opened).value();
  EXPECT_TRUE(catalog_->stop_regions(Instant{10}).value().empty());
  EXPECT_EQ(import(batch).stop_regions.added, 1u);
  EXPECT_EQ(catalog_->stop_regions(Instant{10}).value(), batch.stop_regions);
}

TEST_F(CatalogTest, AStopRegionIsInForceInItsTimeAndItsEndCanBeMoved) {
  ImportBatch batch;
  batch.stop_regions = {{"SF", "浙江省", {Instant{10}, Instant{20}}, "storm"},
                        {"YTO", "*", {Instant{15}, Instant{30}}, ""}};
  EXPECT_EQ(import(batch).stop_regions.added, 2u);
  EXPECT_EQ(import(batch).stop_regions.same, 2u);
  const auto at = [&](std::int64_t time) {
    return catalog_->stop_regions(Instant{time}).value().size();
  };
  EXPECT_EQ(at(9), 0u);
  EXPECT_EQ(at(10), 1u);
  EXPECT_EQ(at(19), 2u);
  EXPECT_EQ(at(20), 1u);
  EXPECT_EQ(at(30), 0u);
  batch.stop_regions[0].span.to = Instant{12};
  EXPECT_EQ(import(batch).stop_regions.changed, 1u);
  EXPECT_EQ(at(12), 0u);
}

TEST_F(CatalogTest, TracesAreKeptAsTheyCameAndOnce) {
  const Trace picked{"SF", "SF1", Instant{20}, "已揽收", "", TraceState::picked_up};
  const Trace hub{"", "SF1", Instant{10}, "到达【浦东中心】", "", TraceState::hub};
  const Trace other{"YTO", "SF1", Instant{5}, "已揽收", "", TraceState::picked_up};
  Trace odd{"SF", "SF2", Instant{7}, "在路上", "", TraceState::unknown};
  ImportBatch batch;
  batch.traces = {picked, hub, other, odd};
  EXPECT_EQ(import(batch).traces.added, 4u);
  EXPECT_EQ(catalog_->traces("shunfeng", "SF1").value(), (std::vector<Trace>{hub, picked}))
      << "in the order of their times, whoever names no carrier among them";
  EXPECT_EQ(catalog_->unknown_traces(10).value(), std::vector<Trace>{odd});
  batch.traces.back().state = odd.state = TraceState::in_transit;
  EXPECT_EQ(import(batch).traces.changed, 1u);
  EXPECT_EQ(catalog_->unknown_traces(10).value(), std::vector<Trace>{}) << "new rules, new meaning";
  EXPECT_EQ(catalog_->traces("SF", "SF2").value(), std::vector<Trace>{odd});
  // The bench hears of each that means something, and of a meaning that is new.
  const auto feed = catalog_->feed_after(0, 10).value();
  ASSERT_EQ(feed.size(), 4u);
  EXPECT_EQ(feed.front().kind, "trace");
  EXPECT_EQ(feed.front().trace->number, "SF1");
  EXPECT_EQ(feed.front().trace->state, TraceState::picked_up);
  EXPECT_EQ(feed.back().trace->number, "SF2");
}

TEST_F(CatalogTest, ACatalogOfANewerProgramIsLeftAlone) {
  catalog_.reset();
  {
    test::DatabaseFile file(folder_.path() + "/catalog.db", test::DatabaseFile::Access::write);
    ASSERT_EQ(file.run("UPDATE meta SET value = '99' WHERE key = 'format'"), "");
  }
  const auto opened = Catalog::open({folder_.path(), ""});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "newer_catalog");
}

}  // namespace
}  // namespace packbench::store
