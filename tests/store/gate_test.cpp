// The gate, against somebody with the sqlite3 tool: nothing is confirmed without a pickup scan, not
// by hand-made SQL, not by a forged record.
#include "tests/store/bench_fixture.h"

namespace packbench::store {
namespace {

using namespace station;  // the kinds of record

class GateTest : public BenchFixture {
 protected:
  void SetUp() override {
    BenchFixture::SetUp();
    stage_one();
  }
  void expect_abort(const std::string& sql, const std::string& because = "no pickup scan") {
    const std::string complaint = as_attacker(database(), sql);
    EXPECT_NE(complaint.find(because), std::string::npos) << sql << " gave: " << complaint;
  }
  // A record as somebody without the key would write it, and the pickup row that stands on it.
  void forge_pickup(int settled = 0) {
    close();
    ASSERT_EQ(as_attacker(database(),
                          "INSERT INTO record SELECT seq + 1, bench, seq + 1, 'parcel_picked_up',"
                          " 1, '{\"manifest\":\"b7-M1\",\"parcel\":\"b7-P1\"}', op, wall_us,"
                          " boot_id, boot_us, hash, zeroblob(32) FROM record"
                          " ORDER BY seq DESC LIMIT 1;"
                          "INSERT INTO pickup (parcel, manifest, record_seq, settled)"
                          " SELECT 'b7-P1', 'b7-M1', max(seq), " +
                              std::to_string(settled) + " FROM record"),
              "");
  }
  // The triggers as another journal of the same program has them.
  void restore_triggers() {
    const TemporaryFolder other;
    { ASSERT_TRUE(Journal::open(options_for(other.path())).ok()); }
    for (const char* name : {"pickup_recorded", "pickup_stays"}) {
      const std::string sql =
          ask(other.file("journal.db"),
              std::string("SELECT sql FROM sqlite_schema WHERE name = '") + name + "'");
      ASSERT_EQ(as_attacker(database(), sql), "");
    }
  }
  Result<Station> start() {
    auto opened = Journal::open(options_for(folder_.path()));
    if (!opened.ok()) return opened.error();
    journal_ = std::move(opened).value();
    return journal_->load(count_records);
  }
};

TEST_F(GateTest, NoUpdateOrInsertConfirmsWithoutAPickup) {
  expect_abort("UPDATE parcel SET state = 'confirmed'");
  expect_abort("UPDATE parcel SET confirmed_us = 5");
  expect_abort("UPDATE OR IGNORE parcel SET state = 'picked_up'");
  expect_abort("UPDATE OR REPLACE parcel SET state = 'confirmed'");
  expect_abort(
      "INSERT INTO parcel (id, work, idx, state, started_us)"
      " VALUES ('x', 'b7-W1', 2, 'confirmed', 1)");
  expect_abort(
      "REPLACE INTO parcel (id, work, idx, state, started_us)"
      " VALUES ('b7-P1', 'b7-W1', 1, 'confirmed', 1)");
  expect_abort("UPDATE parcel_order SET state = 'released'");
  expect_abort("UPDATE parcel_order SET state = 'sent', release_seq = 1");
  expect_abort("UPDATE parcel_order SET state = 'held'");
  expect_abort(
      "REPLACE INTO parcel_order VALUES"
      " ('b7-P1', 'taobao', 'mugs', 'SO-1', 'released', 1)");
  expect_abort(
      "INSERT INTO outbox (parcel, platform, shop, number, release_seq, place, state)"
      " VALUES ('b7-P1', 'taobao', 'mugs', 'SO-1', 1, 1, 'released')");
  EXPECT_EQ(ask(database(), "SELECT group_concat(state) FROM parcel"), "staged");
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM outbox"), "0");
}

TEST_F(GateTest, NoPickupWithoutItsRecord) {
  const std::string because = "no pickup without its record";
  expect_abort("INSERT INTO pickup VALUES ('b7-P1', 'b7-M1', 1, 0)", because);
  expect_abort("INSERT INTO pickup VALUES ('b7-P1', 'b7-M1', 99, 1)", because);
  expect_abort("INSERT OR REPLACE INTO pickup VALUES ('b7-P1', 'b7-M1', NULL, 0)", because);
}

TEST_F(GateTest, APickupIsNeitherChangedNorTakenAway) {
  must_commit(staged("b7-W2", "b7-P2", "SF2", {order_2}));
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  expect_abort("UPDATE pickup SET parcel = 'b7-P2'", "never changed");
  expect_abort("DELETE FROM pickup", "undone by its record only");
  // The other parcel's record does not serve this one.
  expect_abort("INSERT INTO pickup SELECT 'b7-P2', 'b7-M1', record_seq, 0 FROM pickup",
               "packbench");
}

TEST_F(GateTest, AnUndonePickupDoesNotComeBack) {
  const auto seq = std::to_string(must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}}));
  must_commit({PickupUndone{"b7-M1", "b7-P1"}});
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM pickup"), "0");
  expect_abort("INSERT INTO pickup VALUES ('b7-P1', 'b7-M1', " + seq + ", 0)",
               "no pickup without its record");
}

TEST_F(GateTest, RecordsAreOnlyEverAdded) {
  expect_abort("UPDATE record SET payload = '{}' WHERE seq = 1", "never changed");
  expect_abort("DELETE FROM record WHERE seq = 1", "never deleted");
  expect_abort(
      "REPLACE INTO record SELECT 1, bench, 1, kind, version, '{}', op, wall_us, boot_id,"
      " boot_us, prev_hash, hash FROM record WHERE seq = 1",
      "only ever added");
  expect_abort(
      "INSERT INTO record SELECT 900, bench, 900, kind, version, payload, op, wall_us,"
      " boot_id, boot_us, prev_hash, hash FROM record WHERE seq = 1",
      "only ever added");
}

TEST_F(GateTest, AForgedPickupIsNamedAtTheStart) {
  forge_pickup();
  const auto started = start();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "journal_tampered");
}

// Behind a snapshot nobody reads the records again: here the pickups themselves are checked.
TEST_F(GateTest, AForgedPickupBehindASnapshotIsNamedByItsParcel) {
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  must_commit(staged("b7-W2", "b7-P2", "SF2", {order_2}));
  ASSERT_TRUE(journal_->save_snapshot(station_).ok());
  close();
  for (const char* settled : {"0", "1"}) {
    ASSERT_EQ(as_attacker(database(), std::string("DROP TRIGGER IF EXISTS pickup_recorded;"
                                                  "DROP TRIGGER IF EXISTS pickup_stays;"
                                                  "DELETE FROM pickup WHERE parcel = 'b7-P2';"
                                                  "INSERT INTO pickup VALUES"
                                                  " ('b7-P2', 'b7-M1', 3, ") +
                                          settled + ")"),
              "");
    const auto dropped = start();
    ASSERT_FALSE(dropped.ok());
    EXPECT_EQ(dropped.error().code, "journal_tampered");
    EXPECT_NE(dropped.error().text.find("triggers"), std::string::npos);
    journal_.reset();
  }
  // Whoever puts the triggers back afterwards is found all the same.
  restore_triggers();
  const auto started = start();
  ASSERT_FALSE(started.ok());
  EXPECT_NE(started.error().text.find("b7-P2"), std::string::npos) << started.error().text;
}

TEST_F(GateTest, AForgedPickupIsFoundAtTheRelease) {
  must_commit(staged("b7-W2", "b7-P2", "SF2", {order_2}));
  must_commit({ParcelPickedUp{"b7-M1", "b7-P2"}});
  // While the bench runs, so that no start looks.
  ASSERT_EQ(as_attacker(database(),
                        "DROP TRIGGER pickup_recorded;"
                        "INSERT INTO pickup VALUES ('b7-P1', 'b7-M1', 3, 1)"),
            "");
  const std::string before = ask(database(), "SELECT count(*) FROM record");
  const auto done = commit({ManifestClosed{"b7-M1", {"b7-P2"}, {{"b7-P2", order_2}}, {}, {}}});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "journal_tampered");
  EXPECT_NE(done.error().text.find("b7-P1"), std::string::npos);
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM record"), before);
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM outbox"), "0");
}

TEST_F(GateTest, AForgedRecordStopsTheNextCommit) {
  const auto seq = ask(database(), "SELECT max(seq) FROM record");
  ASSERT_EQ(as_attacker(database(),
                        "INSERT INTO record SELECT seq + 1, bench, seq + 1, kind, 1,"
                        " payload, op, wall_us, boot_id, boot_us, hash, hash"
                        " FROM record WHERE seq = " +
                            seq),
            "");
  EXPECT_EQ(commit({QuantitySet{2}}).error().code, "journal_tampered");
}

TEST_F(GateTest, TheCoreItselfCannotReleaseWithoutAPickup) {
  const auto done = commit({ManifestClosed{"b7-M1", {"b7-P1"}, {{"b7-P1", order_1}}, {}, {}}});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "constraint");
  EXPECT_NE(done.error().text.find("no pickup scan"), std::string::npos);
}

TEST_F(GateTest, AConfirmationIsReleasedOnce) {
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  must_commit({ManifestClosed{"b7-M1", {"b7-P1"}, {{"b7-P1", order_1}}, {}, {}}});
  const auto again = commit({ConfirmationReleased{{{"b7-P1", order_1}}}});
  ASSERT_FALSE(again.ok());
  EXPECT_NE(again.error().text.find("released once"), std::string::npos);
  expect_abort("REPLACE INTO outbox SELECT * FROM outbox", "released once");
}

TEST_F(GateTest, AForgedReleaseWritesNoOutboxFile) {
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  const auto seq = must_commit({ManifestClosed{"b7-M1", {"b7-P1"}, {{"b7-P1", order_1}}, {}, {}}});
  ASSERT_EQ(as_attacker(database(),
                        "DROP TRIGGER record_kept; UPDATE record SET payload ="
                        " replace(payload, 'SO-1', 'SO-9') WHERE seq = " +
                            std::to_string(seq)),
            "");
  EXPECT_EQ(read().release(seq).error().code, "journal_tampered");
  EXPECT_EQ(read().release(2).error().code, "corrupt");
}

TEST_F(GateTest, ANumberIsUsedOnceAndAParcelHasOneLiveLabel) {
  must_commit({started("b7-W2", {order_2}), ParcelStarted{"b7-P2", "b7-W2", 1, {}, {}}});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF1";
  EXPECT_EQ(commit({WaybillAssigned{"b7-P2", offer, LabelSource::own}}).error().code, "constraint");
  offer.number = "SF2";
  must_commit({WaybillAssigned{"b7-P2", offer, LabelSource::own}});
  offer.number = "SF3";
  EXPECT_EQ(commit({WaybillAssigned{"b7-P2", offer, LabelSource::own}}).error().code, "constraint");
  must_commit({LabelVoided{"b7-P2", "SF", "SF2", "torn"}});
  must_commit({WaybillAssigned{"b7-P2", offer, LabelSource::own}});
  offer.number = "SF2";
  EXPECT_FALSE(commit({WaybillAssigned{"b7-P2", offer, LabelSource::own}}).ok());
  expect_abort("UPDATE waybill SET state = 'live' WHERE number = 'SF2'", "stays void");
}

TEST_F(GateTest, OnlyARetiredNumberThatNobodyTookGoesBackAndOnlyOnce) {
  const WaybillReturned back{"b7-P1", "SF", "", "SF1", "torn"};
  EXPECT_EQ(commit({back}).error().code, "constraint") << "it is live";
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  EXPECT_EQ(commit({back}).error().code, "constraint") << "the courier has it";
  expect_abort(
      "INSERT INTO waybill_return (carrier, number, service, parcel, reason, return_seq,"
      " returned_us, state) VALUES ('SF', 'SF1', '', 'b7-P1', '', 1, 0, 'returned')",
      "goes back");

  must_commit({started("b7-W2", {order_2}), ParcelStarted{"b7-P2", "b7-W2", 1, {}, {}}});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF2";
  must_commit({WaybillAssigned{"b7-P2", offer, LabelSource::own},
               LabelVoided{"b7-P2", "SF", "SF2", "torn"}});
  const auto seq = must_commit({WaybillReturned{"b7-P2", "SF", "std", "SF2", "torn"}});
  const auto returned = read().returned(seq);
  ASSERT_TRUE(returned.ok()) << returned.error().text;
  EXPECT_EQ(returned.value().number.number, "SF2");
  EXPECT_EQ(returned.value().number.service, "std");
  EXPECT_EQ(read().returned(seq - 1).error().code, "corrupt") << "that one gives nothing back";
  EXPECT_EQ(commit({WaybillReturned{"b7-P2", "SF", "std", "SF2", "torn"}}).error().code,
            "constraint");
  expect_abort("DELETE FROM waybill_return", "never forgotten");
  expect_abort("REPLACE INTO waybill_return SELECT * FROM waybill_return", "goes back once");
  must_commit({WaybillReturnSent{seq, "b7-9.jsonl"}});
  expect_abort("UPDATE waybill_return SET state = 'returned'", "goes back once");
}

TEST_F(GateTest, AForgedReturnIsNotSent) {
  must_commit({started("b7-W2", {order_2}), ParcelStarted{"b7-P2", "b7-W2", 1, {}, {}}});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF2";
  const auto seq = must_commit({WaybillAssigned{"b7-P2", offer, LabelSource::own},
                                LabelVoided{"b7-P2", "SF", "SF2", "torn"},
                                WaybillReturned{"b7-P2", "SF", "", "SF2", "torn"}});
  ASSERT_EQ(as_attacker(database(),
                        "DROP TRIGGER record_kept; UPDATE record SET payload ="
                        " replace(payload, 'SF2', 'SF1') WHERE seq = " +
                            std::to_string(seq)),
            "");
  EXPECT_EQ(read().returned(seq).error().code, "journal_tampered");
}

TEST_F(GateTest, AnOrderIsPackedOnce) {
  auto again = staged("b7-W2", "b7-P2", "SF2", {order_1});
  EXPECT_NE(commit(again).error().text.find("packed once"), std::string::npos);
}

}  // namespace
}  // namespace packbench::store
