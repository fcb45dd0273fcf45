// The catalog: what files bring in, seen by a bench beside; importing twice changes nothing; a
// person can be erased.
#include "store/catalog.h"

#include "store/catalog_writer.h"
#include "tests/store/bench_fixture.h"
#include "tests/store/fault_disk.h"
#include "tests/store/fault_vfs.h"

namespace packbench::store {
namespace {

constexpr Duration promise = Duration::hours(48);

Order order(const std::string& number, std::vector<OrderLine> lines = {}) {
  Order made;
  made.key = {"taobao", "mugs", number};
  made.paid_at = Instant{1'800'000'000'000'000};
  made.paid = Money{9900, "CNY"};
  made.lines = std::move(lines);
  if (made.lines.empty()) made.lines = {{1, "MUG", "杯", "red", 1, {}, false, LineStatus::active}};
  return made;
}
OrderLine line(int ordinal, const std::string& sku, int quantity = 1) {
  return {ordinal, sku, sku, "", quantity, {}, false, LineStatus::active};
}
PersonalData li_ming() {
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

TEST_F(CatalogTest, ABenchBesideAnImportSeesItAtOnce) {
  EXPECT_TRUE(catalog_->changed().value());
  EXPECT_FALSE(catalog_->changed().value());
  EXPECT_TRUE(catalog_->find_orders("SO-1").value().orders.empty());
  EXPECT_EQ(import_orders({order("SO-1")}).orders.added, 1u);
  EXPECT_TRUE(catalog_->changed().value());
  EXPECT_FALSE(catalog_->changed().value());
  EXPECT_EQ(catalog_->find_orders("SO-1").value().orders.size(), 1u);
}

TEST_F(CatalogTest, AnOrderComesBackAsItWasImported) {
  Order given = order("SO-1", {line(1, "MUG", 2), line(2, "SHIRT")});
  given.gift = true;
  given.holds = {{"row_lost", "line 3"}};
  import_orders({given});
  Order found = find("SO-1");
  EXPECT_EQ(found.revision, 1);
  EXPECT_FALSE(found.sealed_person.empty());
  EXPECT_FALSE(found.address_token.empty());
  EXPECT_EQ(found.country, "CN");
  EXPECT_EQ(found.province, "广东");
  given.revision = found.revision;
  given.sealed_person = found.sealed_person;
  given.address_token = found.address_token;
  given.country = found.country;
  given.province = found.province;
  EXPECT_EQ(found, given);
}

TEST_F(CatalogTest, ImportingAgainChangesNothing) {
  ImportBatch batch;
  batch.orders = {{order("SO-1"), li_ming()}, {order("SO-2"), {}}};
  Product mug;
  mug.sku = "MUG";
  mug.barcodes = {{"4006381333931", 1}};
  batch.products = {mug};
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF1000";
  offer.order = OrderKey{"taobao", "mugs", "SO-1"};
  offer.expires_at = Instant{5};
  batch.waybills = {offer};
  batch.operators = {{{"1001", "李", Role::packer}, "hash"}};
  batch.aliases = {{"TOTE-1", "SO-1", "", ""}};
  batch.stops = {{"SO-2", "refund_requested", "", "", 0}};
  batch.visits = {{"SF", 1, 1000}};
  const ApplyCounts first = import(batch);
  EXPECT_EQ(first.orders.added, 2u);
  EXPECT_EQ(first.products.added, 1u);
  EXPECT_EQ(first.waybills.added, 1u);
  EXPECT_EQ(first.operators.added, 1u);
  EXPECT_EQ(first.aliases.added, 1u);
  EXPECT_EQ(first.stops.added, 1u);
  EXPECT_EQ(first.visits.added, 1u);
  const auto told = feed().size();
  const Order before = find("SO-2");

  const ApplyCounts again = import(batch);
  for (const ListCount& count : {again.orders, again.products, again.waybills, again.operators,
                                 again.aliases, again.stops, again.visits}) {
    EXPECT_EQ(count.added + count.changed, 0u);
    EXPECT_GT(count.same, 0u);
  }
  EXPECT_EQ(feed().size(), told);
  EXPECT_EQ(find("SO-2"), before);
}

TEST_F(CatalogTest, AChangedStatusIsToldAsSuch) {
  import_orders({order("SO-1")});
  EXPECT_TRUE(feed().empty());
  Order changed = order("SO-1");
  changed.status = OrderStatus::cancelled;
  EXPECT_EQ(import_orders({changed}).orders.changed, 1u);
  const auto rows = feed();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].kind, "status");
  EXPECT_EQ(rows[0].reason, "cancelled");
  EXPECT_EQ(rows[0].order.number, "SO-1");
  EXPECT_EQ(rows[0].revision, 2);
  EXPECT_EQ(find("SO-1").revision, 2);
  EXPECT_TRUE(feed(rows[0].id).empty());
}

TEST_F(CatalogTest, AChangedLineIsToldWithItsNumberAndTheRestAsChanged) {
  import_orders({order("SO-1", {line(1, "MUG"), line(2, "SHIRT")})});
  Order changed = order("SO-1", {line(1, "MUG"), line(2, "SHIRT", 3)});
  changed.lines[0].status = LineStatus::refunded;
  import_orders({changed});
  const auto rows = feed();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].kind, "line_status");
  EXPECT_EQ(rows[0].line, 1);
  EXPECT_EQ(rows[0].reason, "refunded");
  EXPECT_EQ(rows[1].kind, "changed");
  EXPECT_EQ(rows[1].revision, rows[0].revision);
}

TEST_F(CatalogTest, AChangedAddressIsToldAsChanged) {
  import_orders({order("SO-1")});
  PersonalData moved = li_ming();
  moved.receiver.address = "科技路 2 号";
  import_orders({order("SO-1")}, moved);
  ASSERT_EQ(feed().size(), 1u);
  EXPECT_EQ(feed()[0].kind, "changed");
  const Order found = find("SO-1");
  EXPECT_EQ(catalog_->person(found.key, found.sealed_person).value(), moved);
}

TEST_F(CatalogTest, AStopStaysInForceWhateverIsImportedAgain) {
  import_orders({order("SO-1", {line(1, "MUG"), line(2, "SHIRT")})});
  EXPECT_EQ(import_stop({"SO-1", "refund_requested", "", "", 0}).stops.added, 1u);
  EXPECT_EQ(find("SO-1").status, OrderStatus::refund_requested);
  ASSERT_EQ(feed().size(), 1u);
  EXPECT_EQ(feed()[0].kind, "stop");
  EXPECT_EQ(feed()[0].reason, "refund_requested");
  EXPECT_EQ(import_orders({order("SO-1", {line(1, "MUG"), line(2, "SHIRT")})}).orders.same, 1u);
  EXPECT_EQ(find("SO-1").status, OrderStatus::refund_requested);

  import_stop({"SO-1", "refunded", "", "", 2});
  EXPECT_EQ(find("SO-1").lines[1].status, LineStatus::refunded);
  import_stop({"SO-1", "hold", "", "", 0});
  EXPECT_EQ(find("SO-1").holds, (std::vector<Hold>{{"stop_list", "hold"}}));
  import_stop({"SO-1", "cancelled", "", "", 0});
  EXPECT_EQ(find("SO-1").status, OrderStatus::cancelled);
  EXPECT_EQ(find("SO-1").revision, 5);
}

TEST_F(CatalogTest, WhatNamesNoOrderOrSeveralIsAProblemAndTheRestIsTaken) {
  Order other = order("SO-1");
  other.key.shop = "cups";
  import_orders({order("SO-1"), other, order("SO-2")});
  ImportBatch batch;
  batch.aliases = {{"T-1", "SO-9", "", ""}, {"T-2", "SO-1", "", ""}, {"T-3", "SO-1", "", "cups"}};
  batch.stops = {{"SO-9", "cancelled", "", "", 0},
                 {"SO-2", "cancelled", "", "", 7},
                 {"SO-2", "cancelled", "", "", 0}};
  const ApplyCounts counts = import(batch);
  ASSERT_EQ(counts.problems.size(), 4u);
  EXPECT_EQ(counts.problems[0].list, "aliases");
  EXPECT_EQ(counts.problems[0].index, 0u);
  EXPECT_EQ(counts.problems[0].code, "order_not_found");
  EXPECT_EQ(counts.problems[1].code, "order_ambiguous");
  EXPECT_EQ(counts.problems[1].index, 1u);
  EXPECT_EQ(counts.problems[2].list, "stops");
  EXPECT_EQ(counts.problems[3].code, "line_not_found");
  EXPECT_EQ(counts.aliases.added, 1u);
  EXPECT_EQ(counts.stops.added, 1u);
  EXPECT_EQ(catalog_->find_orders("SO-1").value().orders.size(), 2u);
}

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
    for (const auto& each : catalog_->range_offers("SF", service, after, 10).value())
      found.push_back(each.number);
    return found;
  };
  EXPECT_EQ(numbers("standard", ""), (std::vector<std::string>{"SF9", "SF5"}));
  EXPECT_EQ(numbers("next_day", ""), (std::vector<std::string>{"SF9", "SF5", "SF1"}));
  EXPECT_EQ(numbers("next_day", "SF9"), (std::vector<std::string>{"SF5", "SF1"}));
  const auto scanned = catalog_->offers_numbered("SF2");
  ASSERT_EQ(scanned.value().size(), 1u);
  EXPECT_EQ(scanned.value()[0].order, so_1);
  EXPECT_TRUE(catalog_->offers_numbered("SF404").value().empty());
}

TEST_F(CatalogTest, OperatorsKeepTheirPinWhenAFileBringsNone) {
  ImportBatch batch;
  batch.operators = {{{"1001", "李", Role::supervisor}, "hash"}};
  import(batch);
  batch.operators = {{{"1001", "李娜", Role::supervisor}, ""}};
  EXPECT_EQ(import(batch).operators.changed, 1u);
  const auto found = catalog_->operator_of("1001");
  ASSERT_TRUE(found.value());
  EXPECT_EQ(found.value()->op.name, "李娜");
  EXPECT_EQ(found.value()->op.role, Role::supervisor);
  EXPECT_EQ(found.value()->pin_hash, "hash");
  EXPECT_FALSE(catalog_->operator_of("9999").value());
}

TEST_F(CatalogTest, EqualAddressesHaveEqualTokens) {
  PersonalData spaced = li_ming(), other = li_ming();
  spaced.receiver.phone = "138-1234-5678";
  spaced.receiver.address = "科技路1号";
  other.receiver.phone = "13812345679";
  import_orders({order("SO-1")});
  import_orders({order("SO-2")}, spaced);
  import_orders({order("SO-3")}, other);
  import_orders({order("SO-4")}, {});
  EXPECT_EQ(find("SO-1").address_token, find("SO-2").address_token);
  EXPECT_NE(find("SO-1").address_token, find("SO-3").address_token);
  EXPECT_EQ(find("SO-4").address_token, "");
}

TEST_F(CatalogTest, APersonIsSealedAndGoneWithItsKey) {
  import_orders({order("SO-1"), order("SO-2")});
  const Order found = find("SO-1");
  EXPECT_EQ(catalog_->person(found.key, found.sealed_person).value(), li_ming());
  // Sealed for this order only.
  EXPECT_FALSE(catalog_->person(find("SO-2").key, found.sealed_person).ok());
  const auto bytes_of = [&](const std::string& name) {
    std::ifstream file(folder_.file(name), std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(file), {}};
  };
  for (const char* name : {"catalog.db", "catalog.db-wal", "keys.db"}) {
    EXPECT_EQ(bytes_of(name).find("李明"), std::string::npos) << name;
    EXPECT_EQ(bytes_of(name).find("1234"), std::string::npos) << name;
  }
  EXPECT_EQ(fs::status(folder_.file("keys.db")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);

  const std::string key =
      ask(folder_.file("keys.db"), "SELECT hex(key) FROM person_key WHERE number = 'SO-1'");
  ASSERT_EQ(key.size(), 64u);
  const auto holds_key = [&] {
    std::string raw;
    for (std::size_t i = 0; i < key.size(); i += 2)
      raw.push_back(static_cast<char>(std::stoi(key.substr(i, 2), nullptr, 16)));
    return bytes_of("keys.db").find(raw) != std::string::npos;
  };
  EXPECT_TRUE(holds_key());
  {
    auto writer = CatalogWriter::open({folder_.path(), ""});
    ASSERT_TRUE(writer.value()->erase_person(found.key).ok());
  }
  EXPECT_FALSE(holds_key());
  // As a record of the journal kept it.
  EXPECT_EQ(catalog_->person(found.key, found.sealed_person).error().code, "erased");
  EXPECT_EQ(find("SO-1").sealed_person, "");
  EXPECT_EQ(import_orders({order("SO-1")}).orders.same, 1u);
  EXPECT_EQ(find("SO-1").sealed_person, "");
  EXPECT_TRUE(catalog_->person(find("SO-2").key, find("SO-2").sealed_person).ok());
}

TEST_F(CatalogTest, TheBenchsConnectionWritesNothing) {
  import_orders({order("SO-1")});
  const auto size = fs::file_size(folder_.file("catalog.db"));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(catalog_->find_orders("SO-1").ok());
  catalog_.reset();  // not even the checkpoint of the last one who leaves
  EXPECT_EQ(fs::file_size(folder_.file("catalog.db")), size);
  EXPECT_TRUE(fs::exists(folder_.file("catalog.db-wal")));
}

TEST_F(CatalogTest, OneImportAtATimeAndTheBenchReadsOn) {
  auto first = CatalogWriter::open({folder_.path(), ""});
  ASSERT_TRUE(first.ok());
  ImportBatch batch;
  batch.orders = {{order("SO-1"), {}}};
  ASSERT_TRUE(first.value()->apply(batch, random_).ok());
  EXPECT_EQ(catalog_->find_orders("SO-1").value().orders.size(), 1u);
}

TEST(CatalogFaults, AnImportIsThereWhollyOrNotAtAll) {
  const TemporaryFolder folder;
  SmallRandom numbers(1);
  const RandomSource random = [&](std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(numbers.next());
  };
  int taken = 0, refused = 0;
  for (std::uint64_t stop = 0; taken < 3; stop += 2) {
    FaultDisk disk(stop + 1);
    const CatalogOptions options{folder.path(), disk.vfs()};
    { ASSERT_TRUE(CatalogWriter::open(options).ok()); }
    disk.stop_after(stop);
    ImportBatch batch;
    for (int i = 0; i < 20; ++i) {
      Order each = order("SO-" + std::to_string(i));
      batch.orders.push_back({each, li_ming()});
    }
    bool done = false;
    {
      auto writer = CatalogWriter::open(options);
      done = writer.ok() && writer.value()->apply(batch, random).ok();
    }
    disk.cut_power();
    auto catalog = Catalog::open(options);
    ASSERT_TRUE(catalog.ok()) << catalog.error().text;
    int there = 0;
    for (int i = 0; i < 20; ++i) {
      const auto found = catalog.value()->find_orders("SO-" + std::to_string(i));
      ASSERT_TRUE(found.ok()) << found.error().text;
      for (const Order& each : found.value().orders) {
        ++there;
        EXPECT_EQ(catalog.value()->person(each.key, each.sealed_person).value(), li_ming());
      }
    }
    EXPECT_TRUE(there == 20 || (there == 0 && !done)) << stop << ": " << there;
    ++(done ? taken : refused);
  }
  EXPECT_GT(refused, 10);
}

}  // namespace
}  // namespace packbench::store
