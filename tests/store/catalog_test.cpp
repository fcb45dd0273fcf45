// The catalog: what files bring in, seen by a bench beside; importing twice changes nothing; a
// person can be erased.
#include "tests/store/catalog_fixture.h"
#include "tests/store/fault_disk.h"
#include "tests/store/fault_vfs.h"

namespace packbench::store {
namespace {

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
  given.has_gift_message = true;
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

// As a program wrote it that did not yet ask whether there is a gift message.
TEST_F(CatalogTest, AnOlderOrderLearnsOfItsGiftMessageWithoutAChange) {
  import_orders({order("SO-1")});
  const Order right = find("SO-1");
  ASSERT_TRUE(right.has_gift_message);
  ASSERT_EQ(as_attacker(folder_.file("catalog.db"),
                        "UPDATE orders SET body = json_remove(body, '$.has_gift_message')"),
            "");
  ASSERT_FALSE(find("SO-1").has_gift_message);
  const ApplyCounts again = import_orders({order("SO-1")});
  EXPECT_EQ(again.orders.same, 1u);
  EXPECT_EQ(again.orders.changed, 0u);
  EXPECT_EQ(find("SO-1"), right);
  EXPECT_TRUE(feed().empty());
}

TEST_F(CatalogTest, AGiftMessageThatIsWrittenLaterIsAChange) {
  PersonalData silent = li_ming();
  silent.gift_message.clear();
  import_orders({order("SO-1")}, silent);
  EXPECT_EQ(import_orders({order("SO-1")}).orders.changed, 1u);
  EXPECT_EQ(find("SO-1").revision, 2);
  ASSERT_EQ(feed().size(), 1u);
  EXPECT_EQ(feed()[0].kind, "changed");
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
  const auto strange = catalog_->person(find("SO-2").key, found.sealed_person);
  ASSERT_FALSE(strange.ok());
  EXPECT_NE(strange.error().text.find(" / 这个订单的收件人信息读不出来"), std::string::npos)
      << strange.error().text;
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
  const Error erased = catalog_->person(found.key, found.sealed_person).error();
  EXPECT_EQ(erased.code, "erased");
  EXPECT_NE(erased.text.find(" / 这个订单的收件人信息已删除"), std::string::npos) << erased.text;
  EXPECT_EQ(find("SO-1").sealed_person, "");
  EXPECT_EQ(import_orders({order("SO-1")}).orders.same, 1u);
  EXPECT_EQ(find("SO-1").sealed_person, "");
  EXPECT_TRUE(catalog_->person(find("SO-2").key, find("SO-2").sealed_person).ok());
}

TEST_F(CatalogTest, LostKeysAreNoErasure) {
  import_orders({order("SO-1")});
  catalog_.reset();
  fs::remove(folder_.file("keys.db"));
  EXPECT_EQ(Catalog::open({folder_.path(), ""}).error().code, "keys_missing");
  EXPECT_EQ(Catalog::open({folder_.path(), ""}).error().code, "keys_missing") << "and so it stays";
  EXPECT_EQ(CatalogWriter::open({folder_.path(), ""}).error().code, "keys_missing");
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
