// What the journal answers about orders, parcels and shifts, from records alone.
#include "tests/store/bench_fixture.h"

namespace packbench::store {
namespace {

using namespace station;  // the kinds of record

class ProjectionTest : public BenchFixture {
 protected:
  OrderHistory history(const OrderKey& key) {
    auto found = read().order_history(key);
    EXPECT_TRUE(found.ok()) << found.error().text;
    return std::move(found).value();
  }
  OrderStory story(const OrderKey& key) {
    auto found = read().story(key);
    EXPECT_TRUE(found.ok()) << found.error().text;
    return std::move(found).value();
  }
  std::int64_t count(const std::string& metric) {
    std::int64_t sum = 0;
    const auto rows = read().tally_of_shift(1);
    for (const TallyRow& row : rows.value()) {
      if (row.metric == metric) sum += row.count;
    }
    return sum;
  }
  // After every test: what was projected step by step is what the records give in one go.
  void TearDown() override {
    const auto report = verify(folder_.path(), "");
    ASSERT_TRUE(report.ok()) << report.error().text;
    EXPECT_TRUE(report.value().sound()) << report.value().problem;
    for (const std::string& difference : report.value().differences) ADD_FAILURE() << difference;
  }
  std::int64_t hand_over(const std::vector<Confirmation>& released,
                         const std::vector<Confirmation>& held = {}) {
    must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
    return must_commit({ManifestClosed{"b7-M1", {"b7-P1"}, released, held, {}}});
  }
};

TEST_F(ProjectionTest, AnOrderFromFirstScanToSentConfirmation) {
  EXPECT_FALSE(story(order_1).known);
  stage_one();
  EXPECT_TRUE(history(order_1).packed);
  ASSERT_EQ(history(order_1).parcels.size(), 1u);
  EXPECT_EQ(history(order_1).parcels[0].state, "staged");
  EXPECT_FALSE(history(order_1).parcels[0].picked_up);

  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  EXPECT_TRUE(history(order_1).parcels[0].picked_up);
  EXPECT_FALSE(history(order_1).parcels[0].manifest_closed);

  const auto seq = must_commit({ManifestClosed{"b7-M1", {"b7-P1"}, {{"b7-P1", order_1}}, {}, {}}});
  EXPECT_TRUE(history(order_1).parcels[0].manifest_closed);
  EXPECT_TRUE(history(order_1).parcels[0].released);
  EXPECT_EQ(history(order_1).parcels[0].state, "confirmed");
  const auto release = read().release(seq);
  ASSERT_TRUE(release.ok()) << release.error().text;
  ASSERT_EQ(release.value().size(), 1u);
  EXPECT_EQ(release.value()[0].number, "SF1");
  EXPECT_EQ(release.value()[0].manifest, "b7-M1");
  ASSERT_EQ(release.value()[0].contents.size(), 1u);
  EXPECT_EQ(release.value()[0].contents[0].quantity, 1);

  must_commit({ConfirmationSent{seq, "40.jsonl"}});
  const OrderStory told = story(order_1);
  ASSERT_EQ(told.parcels.size(), 1u);
  const StoryParcel& parcel = told.parcels[0];
  EXPECT_EQ(parcel.weight_g, 512);
  EXPECT_EQ(parcel.courier, "K1");
  EXPECT_EQ(parcel.packed_by, "1001");
  EXPECT_EQ(parcel.checks[0].answer, "pass");
  EXPECT_EQ(parcel.checks[0].material, "WRAP");
  EXPECT_EQ(parcel.attempts[0].state, "verified");
  EXPECT_EQ(parcel.attempts[0].number, "SF1");
  EXPECT_EQ(parcel.items[0].code, "4006381333931");
  EXPECT_EQ(parcel.confirmations[0].state, "sent");
  EXPECT_EQ(parcel.confirmations[0].file, "40.jsonl");
}

TEST_F(ProjectionTest, TwoOrdersInOneParcelAreConfirmedEachOnItsOwn) {
  must_commit(staged("b7-W1", "b7-P1", "SF1", {order_1, order_2}));
  must_commit({HandoverOpened{"b7-M1", "SF", "K1"}});
  must_commit(
      {ParcelPickedUp{"b7-M1", "b7-P1"}, OrderHeld{order_2, {"refund_requested", ""}, 2, 0}});
  must_commit({ManifestClosed{"b7-M1", {"b7-P1"}, {{"b7-P1", order_1}}, {{"b7-P1", order_2}}, {}}});
  EXPECT_TRUE(history(order_1).parcels[0].released);
  EXPECT_FALSE(history(order_2).parcels[0].released);
  EXPECT_TRUE(history(order_2).parcels[0].confirmation_held);
  ASSERT_EQ(history(order_2).pending.size(), 1u);
  EXPECT_EQ(history(order_1).parcels[0].state, "picked_up");

  must_commit({OrderReleased{order_2, 2, 0, {}}, ConfirmationReleased{{{"b7-P1", order_2}}}});
  EXPECT_EQ(history(order_2).parcels[0].state, "confirmed");
  EXPECT_EQ(history(order_2).released_revision, 2);
  EXPECT_FALSE(story(order_2).held.has_value());
}

TEST_F(ProjectionTest, OneOrderOverTwoParcels) {
  must_commit({started("b7-W1", {order_1}, 2), ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  must_commit({ItemPacked{"b7-P1", order_1, 1, 0, 1, false, "a", "", "", ""}});
  must_commit({ParcelFilled{"b7-P1"}, ParcelStaged{"b7-P1", std::nullopt},
               ParcelStarted{"b7-P2", "b7-W1", 2, {}, {}}});
  EXPECT_FALSE(history(order_1).packed);
  must_commit({ItemPacked{"b7-P2", order_1, 2, 0, 1, true, "b", "", "", ""}});
  must_commit({ParcelStaged{"b7-P2", std::nullopt}, WorkFinished{"b7-W1"}});
  EXPECT_TRUE(history(order_1).packed);
  const OrderStory told = story(order_1);
  ASSERT_EQ(told.parcels.size(), 2u);
  EXPECT_EQ(told.parcels[0].contents[0].line, 1);
  EXPECT_EQ(told.parcels[1].contents[0].line, 2);
  EXPECT_TRUE(told.parcels[1].items[0].manual);
}

TEST_F(ProjectionTest, AKitCountsByItsCompletedSets) {
  PackingStarted kit = started("b7-W1", {order_1});
  kit.orders[0].lines[0].line.quantity = 2;
  Part cup, saucer;
  cup.sku = "CUP";
  cup.per_unit = 2;
  saucer.sku = "SAUCER";
  saucer.per_unit = 1;
  kit.orders[0].lines[0].parts = {cup, saucer};
  must_commit({kit, ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  must_commit({ItemPacked{"b7-P1", order_1, 1, 0, 4, false, "cup", "", "", ""}});
  EXPECT_TRUE(history(order_1).parcels.empty());
  must_commit({ItemPacked{"b7-P1", order_1, 1, 1, 1, false, "saucer", "", "", ""}});
  EXPECT_EQ(story(order_1).parcels[0].contents[0].quantity, 1);
  must_commit({ItemPacked{"b7-P1", order_1, 1, 1, 1, false, "saucer", "", "", ""}});
  EXPECT_EQ(story(order_1).parcels[0].contents[0].quantity, 2);
  must_commit({ItemDamaged{order_1, 1, 0, 1}});
  const StoryParcel parcel = story(order_1).parcels[0];
  EXPECT_EQ(parcel.contents[0].quantity, 1);
  EXPECT_EQ(parcel.items[0].in_box, 3);
  EXPECT_EQ(parcel.items[0].pieces, 4);
  must_commit({ItemUndone{"b7-P1"}});
  EXPECT_EQ(story(order_1).parcels[0].items[2].state, "undone");
  EXPECT_EQ(story(order_1).events[0].kind, "damaged");
}

TEST_F(ProjectionTest, AStoppedLineLeavesTheBoxAndTheRestStays) {
  must_commit({started("b7-W1", {order_1}, 2), ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  must_commit({ItemPacked{"b7-P1", order_1, 1, 0, 1, false, "a", "", "", ""}});
  must_commit({ItemPacked{"b7-P1", order_1, 2, 0, 1, false, "b", "", "", ""}});
  must_commit({WorkParked{"b7-W1"}});
  must_commit({OrderStopped{order_1, "refunded", 1, 2, 5, {}, {}}});
  const StoryParcel parcel = story(order_1).parcels[0];
  ASSERT_EQ(parcel.contents.size(), 1u);
  EXPECT_EQ(parcel.contents[0].line, 2);
  EXPECT_FALSE(history(order_1).stopped);
  EXPECT_EQ(story(order_1).events[0].detail, "refunded");
}

TEST_F(ProjectionTest, TheRestOfAnIncompleteKitLeavesTheBoxWithTheShortage) {
  PackingStarted kit = started("b7-W1", {order_1});
  kit.orders[0].lines[0].line.quantity = 2;
  Part cup, saucer;
  cup.sku = "CUP";
  saucer.sku = "SAUCER";
  kit.orders[0].lines[0].parts = {cup, saucer};
  must_commit({kit, ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  must_commit({ItemPacked{"b7-P1", order_1, 1, 0, 2, false, "cup", "", "", ""}});
  must_commit({ItemPacked{"b7-P1", order_1, 1, 1, 1, false, "saucer", "", "", ""}});
  must_commit({LineShort{order_1, 1, 1, "not_found", {1, 0}}});
  const StoryParcel parcel = story(order_1).parcels[0];
  EXPECT_EQ(parcel.contents[0].quantity, 1);
  EXPECT_EQ(parcel.items[0].in_box, 1);
  EXPECT_EQ(parcel.items[0].state, "short");
}

TEST_F(ProjectionTest, StoppedPiecesTakenOutOfAStagedBoxTakeTheirOrderAlong) {
  must_commit(staged("b7-W1", "b7-P1", "SF1", {order_1, order_2}));
  must_commit({OrderStopped{order_2, "cancelled", 0, 2, 5, {}, {}}});
  EXPECT_EQ(story(order_2).parcels[0].contents.size(), 2u);
  must_commit({OrderReleased{order_2, 2, 0, {{"b7-P1", 1}}}});
  const StoryParcel parcel = story(order_1).parcels[0];
  ASSERT_EQ(parcel.contents.size(), 1u);
  EXPECT_EQ(parcel.contents[0].order, order_1);
  EXPECT_EQ(parcel.confirmations[1].state, "stopped");
  must_commit({HandoverOpened{"b7-M1", "SF", "K1"}});
  hand_over({{"b7-P1", order_1}});
  EXPECT_EQ(history(order_1).parcels[0].state, "confirmed");
  EXPECT_TRUE(history(order_2).parcels.empty());
}

TEST_F(ProjectionTest, ACancelledOrderVoidsItsStagedParcel) {
  stage_one();
  must_commit({OrderStopped{order_1, "cancelled", 0, 2, 5, {"b7-P1"}, {}}});
  EXPECT_TRUE(history(order_1).stopped);
  EXPECT_EQ(history(order_1).parcels[0].state, "voided");
  EXPECT_EQ(story(order_1).parcels[0].confirmations[0].state, "stopped");
  const auto parcel = read().parcel_by_number("SF1");
  ASSERT_TRUE(parcel.ok() && parcel.value());
  EXPECT_EQ(parcel.value()->state, "voided");
  EXPECT_TRUE(read().is_number_used("SF", "SF1").value());
}

TEST_F(ProjectionTest, AVoidedLabelsNumberStaysUsedAndTheNextAttemptHasItsOwn) {
  must_commit({started("b7-W1", {order_1}), ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.service = "standard";
  offer.number = "SF1";
  must_commit({WaybillAssigned{"b7-P1", offer, LabelSource::own}, PrintRequested{"b7-P1", 1, ""},
               LabelIntent{"b7-P1", 1, "h1"}, LabelSent{"b7-P1", 1}});
  must_commit({LabelUnknown{"b7-P1", 1, "timeout"}});
  must_commit({LabelAnswered{"b7-P1", 1, false}});
  must_commit({LabelVoided{"b7-P1", "SF", "SF1", "torn"}});
  EXPECT_EQ(story(order_1).parcels[0].number, "");
  offer.number = "SF2";
  must_commit({WaybillAssigned{"b7-P1", offer, LabelSource::own}, PrintRequested{"b7-P1", 2, ""},
               LabelIntent{"b7-P1", 2, "h2"}, LabelSent{"b7-P1", 2}, LabelPrinted{"b7-P1", 2}});
  const StoryParcel parcel = story(order_1).parcels[0];
  EXPECT_EQ(parcel.number, "SF2");
  EXPECT_EQ(parcel.state, "labelled");
  ASSERT_EQ(parcel.attempts.size(), 2u);
  EXPECT_EQ(parcel.attempts[0].state, "void");
  EXPECT_EQ(parcel.attempts[0].number, "SF1");
  EXPECT_EQ(parcel.attempts[1].hash, "h2");
  EXPECT_TRUE(read().is_number_used("SF", "SF1").value());
  EXPECT_FALSE(read().is_number_used("SF", "SF3").value());
  EXPECT_FALSE(read().is_number_used("YTO", "SF1").value());
  for (const char* same : {"sf", "SHUNFENG", "shunfeng"})
    EXPECT_TRUE(read().is_number_used(same, "SF1").value()) << same;
  EXPECT_EQ(read().last_range_number("SF", "standard").value(), "SF2");
  EXPECT_EQ(read().last_range_number("YTO", "standard").value(), "");
}

TEST_F(ProjectionTest, AnAbandonedWorkLeavesNothingInABox) {
  must_commit({started("b7-W1", {order_1}), ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  must_commit({ItemPacked{"b7-P1", order_1, 1, 0, 1, false, "0001", "lot", "S-1", "270101"}});
  EXPECT_TRUE(read().is_serial_packed("0001", "S-1").value());
  EXPECT_TRUE(read().is_serial_packed("MUG-1", "S-1").value());
  EXPECT_FALSE(read().is_serial_packed("0002", "S-1").value());
  must_commit({WorkAbandoned{"b7-W1", "break"}});
  EXPECT_FALSE(read().is_serial_packed("0001", "S-1").value());
  EXPECT_EQ(story(order_1).parcels[0].state, "voided");
  EXPECT_EQ(story(order_1).parcels[0].items[0].state, "abandoned");
  EXPECT_FALSE(history(order_1).packed);
  must_commit(staged("b7-W2", "b7-P2", "SF2", {order_1}));
  EXPECT_TRUE(history(order_1).packed);
}

TEST_F(ProjectionTest, AnOrderOfWhichNothingWasThereMayBeOpenedAgain) {
  must_commit({started("b7-W1", {order_1, order_2}), ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  must_commit({LineShort{order_2, 1, 1, "not_found", {}}});
  must_commit({ItemPacked{"b7-P1", order_1, 1, 0, 1, false, "a", "", "", ""}});
  must_commit({ParcelStaged{"b7-P1", std::nullopt}, WorkFinished{"b7-W1"}});
  EXPECT_TRUE(history(order_1).packed);
  EXPECT_FALSE(history(order_2).packed);
}

TEST_F(ProjectionTest, AShiftIsCounted) {
  stage_one();
  must_commit({Refused{LaneId::bench, "wrong_item", {}}});
  must_commit({Refused{LaneId::bench, "wrong_item", {}}});
  hand_over({{"b7-P1", order_1}});
  must_commit({ShiftClosed{1}});
  must_commit({Refused{LaneId::bench, "wrong_item", {}}});
  EXPECT_EQ(count("items_packed"), 1);
  EXPECT_EQ(count("parcels_staged"), 1);
  EXPECT_EQ(count("orders_packed"), 1);
  EXPECT_EQ(count("refused:wrong_item"), 2);
  EXPECT_EQ(count("material:WRAP"), 1);
  EXPECT_EQ(count("pickups"), 1);
  EXPECT_EQ(count("confirmed"), 1);
  const auto shifts = read().shifts();
  ASSERT_EQ(shifts.value().size(), 1u);
  EXPECT_TRUE(shifts.value()[0].closed.has_value());
  const auto all = read().tally_between(Instant{0}, Instant{2'000'000'000'000'000});
  std::int64_t wrong = 0;
  for (const TallyRow& row : all.value()) {
    EXPECT_EQ(row.quarter.us % (15 * 60 * 1'000'000LL), 0);
    if (row.metric == "refused:wrong_item") wrong += row.count;
  }
  EXPECT_EQ(wrong, 3);
}

TEST_F(ProjectionTest, AReaderOfItsOwnSeesWhatTheBenchHasWritten) {
  stage_one();
  const auto other = JournalReader::open(folder_.path());
  ASSERT_TRUE(other.ok()) << other.error().text;
  EXPECT_TRUE(other.value()->order_history(order_1).value().packed);
  EXPECT_EQ(other.value()->orders_numbered("SO-1").value(), std::vector<OrderKey>{order_1});
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  EXPECT_TRUE(other.value()->order_history(order_1).value().parcels[0].picked_up);
}

}  // namespace
}  // namespace packbench::store
