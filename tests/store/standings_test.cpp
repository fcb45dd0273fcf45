// Which parcels the journal says may stand in a list, and what it tells of them.
#include "domain/reconcile.h"
#include "store/catalog_writer.h"
#include "tests/store/bench_fixture.h"
#include "tests/support/database_file.h"

namespace packbench::store {
namespace {

using namespace station;  // the kinds of record

constexpr Instant kLater{1'800'200'000'000'000};

class StandingsTest : public BenchFixture {
 protected:
  std::vector<ParcelFacts> parcels(Instant now = kLater) {
    auto found = read().open_parcels(now);
    EXPECT_TRUE(found.ok()) << found.error().text;
    return found.ok() ? std::move(found).value() : std::vector<ParcelFacts>{};
  }
  ParcelFacts only() {
    const auto found = parcels();
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? ParcelFacts{} : found.front();
  }
  std::string list() {
    return std::string(row_of(standing_of(only(), {}, {kLater, {}, ""}).list).word);
  }
  void confirm() {
    must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
    ManifestClosed closed;
    closed.manifest = "b7-M1";
    closed.parcels = {"b7-P1"};
    closed.released = {{"b7-P1", order_1}};
    must_commit({closed});
  }
  void see(const std::string& state, std::int64_t at) {
    must_commit({TracesSeen{++feed_, {{"b7-P1", state, Instant{at}}}}});
  }
  std::int64_t feed_ = 0;
};

// 30 % of 99.00, and for the service that was promised 10.00 more.
TEST_F(StandingsTest, AServiceThatIsMissedIsPartOfWhatAParcelCosts) {
  must_commit({ShiftOpened{1}});
  auto records = staged("b7-W1", "b7-P1", "SF1", {order_1, order_2});
  must_commit(records);
  const auto at_risk = [&] { return standing_of(only(), {}, {kLater, {}, ""}).at_risk; };
  EXPECT_EQ(at_risk(), (Money{2 * 2'970, "CNY"}));
  auto fast = staged("b7-W2", "b7-P2", "SF2", {{"taobao", "mugs", "SO-3"}});
  std::get<PackingStarted>(fast.front()).orders[0].order.service = Service::door;
  must_commit(fast);
  const auto found = parcels();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].orders[0].service, Service::door);
  EXPECT_EQ(standing_of(found[1], {}, {kLater, {}, ""}).at_risk, (Money{2'970 + 1'000, "CNY"}));
}

TEST_F(StandingsTest, AParcelIsThereFromItsFirstItemUntilAHubHasIt) {
  EXPECT_TRUE(parcels().empty());
  must_commit({ShiftOpened{1}});
  auto records = staged("b7-W1", "b7-P1", "SF1", {order_1});
  const std::vector<Payload> opened(records.begin(), records.begin() + 3);
  records.erase(records.begin(), records.begin() + 3);
  must_commit(opened);
  EXPECT_EQ(list(), "packing");
  ASSERT_EQ(only().orders.size(), 1U);
  EXPECT_EQ(only().orders[0].key, order_1);
  must_commit(records);
  EXPECT_EQ(list(), "not_collected");  // its promise lies far back by now
  EXPECT_EQ(only().orders[0].paid, (Money{9'900, "CNY"}));
  EXPECT_EQ(only().orders[0].ship_by, Instant{1'800'100'000'000'000});
  EXPECT_EQ(only().number, "SF1");
  EXPECT_EQ(only().packed_by, "1001");
  EXPECT_EQ(read().manifest_of("b7-P1").value(), "");
  must_commit({HandoverOpened{"b7-M1", "SF", "K1"}});
  confirm();
  EXPECT_EQ(list(), "number_wrong");
  see("picked_up", 1'800'000'100'000'000);
  see("picked_up", 1'800'000'200'000'000);
  EXPECT_EQ(list(), "lost");
  EXPECT_EQ(only().traces.picked_up, Instant{1'800'000'100'000'000});
  see("hub", 1'800'000'300'000'000);
  EXPECT_TRUE(parcels().empty());
  EXPECT_EQ(read().manifest_of("b7-P1").value(), "b7-M1");
}

TEST_F(StandingsTest, ConfirmedParcelsAreFoundByTheirTime) {
  stage_one();
  EXPECT_TRUE(read().confirmed_parcels(Instant{0}, kLater).value().empty());
  confirm();
  const auto found = read().confirmed_parcels(Instant{0}, kLater);
  ASSERT_TRUE(found.ok()) << found.error().text;
  ASSERT_EQ(found.value().size(), 1U);
  EXPECT_EQ(found.value()[0].orders.at(0).confirmation, "released");
  const Instant at = *found.value()[0].confirmed;
  EXPECT_EQ(read().confirmed_parcels(at, at + Duration{1}).value().size(), 1U);
  EXPECT_TRUE(read().confirmed_parcels(Instant{0}, at).value().empty());
}

TEST_F(StandingsTest, OnceItIsStagedOnlyOrdersThatAreInTheBoxStandForIt) {
  must_commit({ShiftOpened{1}});
  auto records = staged("b7-W1", "b7-P1", "SF1", {order_1});
  records.pop_back();  // another box is to follow
  std::get<PackingStarted>(records.front()) = started("b7-W1", {order_1, order_2});
  const std::vector<Payload> opened(records.begin(), records.begin() + 3);
  records.erase(records.begin(), records.begin() + 3);
  must_commit(opened);
  EXPECT_EQ(only().orders.size(), 2U);
  must_commit(records);
  ASSERT_EQ(only().orders.size(), 1U);
  EXPECT_EQ(only().orders[0].key, order_1);
}

TEST_F(StandingsTest, WhatWasStoppedStaysUntilSomebodySeesToIt) {
  stage_one();
  must_commit({OrderHeld{order_1, {"refund_requested", ""}, 1, ++feed_}});
  EXPECT_TRUE(only().orders[0].held);
  must_commit({OrderStopped{order_1, "cancelled", 0, 1, ++feed_, {"b7-P1"}, {}}});
  EXPECT_EQ(only().state, ParcelStage::voided);
  EXPECT_TRUE(only().orders[0].stopped);
  EXPECT_EQ(list(), "stopped_after_label");
  must_commit({ParcelSettled{"b7-P1", "unpacked"}});
  EXPECT_TRUE(parcels().empty());
}

TEST_F(StandingsTest, GoodsOfARefundedLineAreToBeTakenOutOfTheirStagedBox) {
  must_commit({ShiftOpened{1}});
  auto records = staged("b7-W1", "b7-P1", "SF1", {order_1, order_2});
  std::get<PackingStarted>(records.front()) = started("b7-W1", {order_1, order_2}, 2);
  must_commit(records);
  const auto next = [&] { return standing_of(only(), {}, {kLater, {}, ""}).next; };
  EXPECT_EQ(next(), NextStep::call_pickup);
  // A line of which nothing is in the box changes nothing.
  must_commit({OrderStopped{order_2, "refunded", 2, 1, ++feed_, {}, {}}});
  EXPECT_EQ(next(), NextStep::call_pickup);
  must_commit({OrderStopped{order_2, "refunded", 1, 2, ++feed_, {}, {}}});
  EXPECT_EQ(list(), "stopped_after_label");
  EXPECT_EQ(next(), NextStep::take_out);
  EXPECT_FALSE(only().orders[1].stopped);  // what is left of it still goes
  // Only a supervisor can say that it is out, not another word from outside.
  must_commit({OrderReleased{order_2, -1, ++feed_, {}}});
  EXPECT_EQ(next(), NextStep::take_out);
  must_commit({OrderReleased{order_2, 2, 0, {{"b7-P1", 1}}}});
  EXPECT_EQ(next(), NextStep::call_pickup);
}

TEST_F(StandingsTest, ARefundedLineIsNothingToFetchBackOnceItsOrderIsConfirmed) {
  stage_one();
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  must_commit({OrderStopped{order_1, "refunded", 1, 1, ++feed_, {}, {"b7-P1"}}});
  EXPECT_EQ(list(), "stopped_after_pickup");
  must_commit({OrderReleased{order_1, 1, 0, {}}});
  EXPECT_EQ(list(), "stopped_after_pickup") << "its box may be taken off the manifest again";
  ManifestClosed closed;
  closed.manifest = "b7-M1";
  closed.parcels = {"b7-P1"};
  closed.held = {{"b7-P1", order_1}};
  must_commit({closed});
  EXPECT_EQ(list(), "stopped_after_pickup");
  must_commit({OrderReleased{order_1, 1, 0, {}}, ConfirmationReleased{{{"b7-P1", order_1}}}});
  EXPECT_NE(list(), "stopped_after_pickup");
  must_commit({OrderStopped{order_1, "refunded", 1, 2, ++feed_, {}, {"b7-P1"}}});
  EXPECT_NE(list(), "stopped_after_pickup");
}

TEST_F(StandingsTest, WhatTheCarrierIsToBringBackStaysUntilItIsReceived) {
  stage_one();
  confirm();
  see("hub", 1'800'000'300'000'000);
  EXPECT_TRUE(parcels().empty());
  must_commit({OrderStopped{order_1, "refunded", 0, 1, ++feed_, {}, {"b7-P1"}}});
  EXPECT_EQ(list(), "stopped_after_pickup");
  see("returned", 1'800'000'400'000'000);
  EXPECT_EQ(list(), "returning");
  must_commit({ParcelReturned{"b7-P1", ""}});
  EXPECT_TRUE(parcels().empty());
}

// Seed 1782: the return was told of last and had happened first.
TEST_F(StandingsTest, AReturnThatIsToldOfAfterALaterDeliveryIsStillToBeReceived) {
  stage_one();
  confirm();
  see("delivered", 1'800'000'400'000'000);
  EXPECT_TRUE(parcels().empty());
  see("returned", 1'800'000'300'000'000);
  EXPECT_EQ(list(), "returning");
  must_commit({ParcelReturned{"b7-P1", ""}});
  EXPECT_TRUE(parcels().empty());
}

TEST_F(StandingsTest, WhatCameBackIsSeenToAlthoughItsConfirmationIsHeld) {
  stage_one();
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  ManifestClosed closed;
  closed.manifest = "b7-M1";
  closed.parcels = {"b7-P1"};
  closed.held = {{"b7-P1", order_1}};
  must_commit({closed});
  EXPECT_EQ(list(), "stopped_after_pickup");
  must_commit({ParcelReturned{"b7-P1", "refused by the buyer"}});
  EXPECT_TRUE(parcels().empty());
}

TEST_F(StandingsTest, AClockThatWasSetBackIsMeasuredByTheMachinesOwn) {
  stage_one();
  EXPECT_TRUE(only().moments.empty());
  const auto labelled = only().labelled;
  ASSERT_TRUE(labelled);
  // The clock is set back by a day; 90 s pass by the machine's own.
  const Now event = steps_.next();
  const Now now{*labelled - Duration::hours(24), event.since_boot + Duration::seconds(90),
                event.boot_id};
  const auto found = parcels(now.wall);
  ASSERT_EQ(found.size(), 1U);
  ASSERT_FALSE(found[0].moments.empty());
  EXPECT_EQ(found[0].moments[0].wall, *labelled);
  const Standing standing = standing_of(found[0], {}, now);
  EXPECT_TRUE(standing.age.clock_set_back);
  EXPECT_EQ(standing.age.length.us, now.since_boot.us - found[0].moments[0].since_boot.us);
}

class ToPackTest : public BenchFixture {
 protected:
  void import(const std::vector<Order>& orders, const std::vector<Stop>& stops = {}) {
    ImportBatch batch;
    for (const Order& order : orders) batch.orders.push_back({order, {}});
    batch.stops = stops;
    auto writer = CatalogWriter::open({folder_.path(), ""});
    ASSERT_TRUE(writer.ok()) << writer.error().text;
    const auto counts = writer.value()->apply(batch, [](std::span<std::uint8_t> out) {
      for (std::uint8_t& byte : out) byte = 5;
    });
    ASSERT_TRUE(counts.ok()) << counts.error().text;
    ASSERT_TRUE(counts.value().problems.empty());
  }
  static Order order(const std::string& number, std::int64_t paid_at) {
    Order made;
    made.key = {"taobao", "mugs", number};
    made.paid_at = Instant{paid_at};
    made.paid = Money{10'000, "CNY"};
    made.lines = {{1, "MUG-1", "mug", "", 1, std::nullopt, false, LineStatus::active}};
    return made;
  }
  OrdersToPack to_pack(std::size_t limit = 100) {
    auto catalog = Catalog::open({folder_.path(), ""});
    EXPECT_TRUE(catalog.ok());
    auto handled = read().handled_orders();
    EXPECT_TRUE(handled.ok());
    auto found = catalog.value()->orders_to_pack(handled.value(), {}, limit);
    EXPECT_TRUE(found.ok()) << found.error().text;
    return std::move(found).value();
  }
  static std::vector<std::string> numbers(const OrdersToPack& orders) {
    std::vector<std::string> found;
    for (const OrderToPack& each : orders.first) found.push_back(each.facts.key.number);
    return found;
  }
};

using Numbers = std::vector<std::string>;

TEST_F(ToPackTest, AreTheOrdersThatNobodyHasBegunWith) {
  import(
      {order("SO-0", 5), order("SO-1", 4), order("SO-2", 3), order("SO-3", 2), order("SO-4", 1)});
  EXPECT_EQ(numbers(to_pack()), (Numbers{"SO-4", "SO-3", "SO-2", "SO-1", "SO-0"}));
  stage_one();  // SO-1
  EXPECT_EQ(numbers(to_pack()), (Numbers{"SO-4", "SO-3", "SO-2", "SO-0"}));
  must_commit({started("b7-W2", {order_2})});
  EXPECT_EQ(numbers(to_pack()), (Numbers{"SO-4", "SO-3", "SO-0"}));
  must_commit({WorkAbandoned{"b7-W2", "test"}});
  EXPECT_EQ(numbers(to_pack()), (Numbers{"SO-4", "SO-3", "SO-2", "SO-0"}));
}

TEST_F(ToPackTest, AreFoundBetweenManyThatAreHandled) {
  std::vector<Order> orders;
  for (int i = 100; i < 160; ++i) orders.push_back(order("SO-" + std::to_string(i), i));
  import(orders);
  int work = 1;
  for (int i = 100; i < 160; ++i) {
    if (i == 100 || i == 130 || i == 139 || i == 159) continue;  // far apart, and behind one more
    must_commit({OrderStopped{
        {"taobao", "mugs", "SO-" + std::to_string(i)}, "refunded", 0, work, work, {}, {}}});
    ++work;
  }
  EXPECT_EQ(numbers(to_pack()), (Numbers{"SO-100", "SO-130", "SO-139", "SO-159"}));
}

TEST_F(ToPackTest, ThoseThatAreOverAreForgottenAndStayAway) {
  import({order("SO-1", 1), order("SO-2", 2)});
  stage_one();  // SO-1
  {
    auto writer = CatalogWriter::open({folder_.path(), ""});
    ASSERT_TRUE(writer.ok());
    EXPECT_FALSE(read().is_over({"taobao", "mugs", "SO-2"}).value());
    ASSERT_TRUE(
        writer.value()
            ->forget_waiting([&](const OrderKey& key) { return read().is_over(key).value(); })
            .ok());
  }
  test::DatabaseFile file(folder_.path() + "/catalog.db");
  EXPECT_EQ(file.text("SELECT group_concat(number) FROM waiting_order"), "SO-2");
  EXPECT_EQ(numbers(to_pack()), Numbers{"SO-2"});
  import({order("SO-1", 3)});  // changed: it waits again for the journal to say no
  EXPECT_EQ(file.text("SELECT count(*) FROM waiting_order"), "2");
  EXPECT_EQ(numbers(to_pack()), Numbers{"SO-2"});
}

TEST_F(ToPackTest, AreNotThoseThatWereStopped) {
  Order cancelled = order("SO-8", 1);
  cancelled.status = OrderStatus::cancelled;
  Order asked = order("SO-9", 2);
  asked.status = OrderStatus::refund_requested;
  import({order("SO-1", 3), order("SO-2", 4), cancelled, asked},
         {{ "SO-2",
            "refunded",
            "taobao",
            "mugs" }});
  const OrdersToPack found = to_pack();
  EXPECT_EQ(found.count, 2);
  ASSERT_EQ(numbers(found), (Numbers{"SO-9", "SO-1"}));
  EXPECT_TRUE(found.first[0].facts.held);
  EXPECT_FALSE(found.first[1].facts.held);
}

TEST_F(ToPackTest, TheFirstOfThemAreThoseWithTheEarliestPromise) {
  Order promised = order("SO-7", 900);
  promised.promised_ship_by = Instant{100};
  Order never = order("SO-1", 0);
  never.paid_at.reset();
  std::vector<Order> orders{never, promised};
  for (int i = 0; i < 20; ++i) orders.push_back(order("SP-" + std::to_string(100 + i), 50 - i));
  import(orders);
  const OrdersToPack found = to_pack(3);
  EXPECT_EQ(found.count, 22);
  EXPECT_EQ(numbers(found), (Numbers{"SO-7", "SP-119", "SP-118"}));
  EXPECT_EQ(numbers(to_pack()).back(), "SO-1");
  EXPECT_EQ(to_pack(0).count, 22);
}

}  // namespace
}  // namespace packbench::store
