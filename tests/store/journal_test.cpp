// The journal: what is committed is there again, in the order of its records, and one process at a
// time writes it.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "station/codec.h"
#include "store/schema.h"
#include "store/verify.h"
#include "tests/store/bench_fixture.h"

namespace packbench::store {
namespace {

using namespace station;  // the kinds of record

using JournalTest = BenchFixture;

TEST_F(JournalTest, BeginsWithTheBenchItWasMadeFor) {
  EXPECT_EQ(journal_->genesis().bench, "b7");
  EXPECT_EQ(station_.seq, 1);
  EXPECT_EQ(ask(database(), "SELECT kind FROM record WHERE seq = 1"), "genesis");
}

TEST_F(JournalTest, RecordsOfOneDecisionShareABatchAndComeBackWithTheirNumbers) {
  const auto done = commit({QuantitySet{2}, QuantitySet{3}});
  ASSERT_TRUE(done.ok());
  ASSERT_EQ(done.value().size(), 2u);
  EXPECT_EQ(done.value()[0].seq, 2);
  EXPECT_EQ(done.value()[1].seq, 3);
  EXPECT_EQ(done.value()[1].batch, 2);
  EXPECT_EQ(done.value()[1].op, "1001");
  EXPECT_EQ(std::get<QuantitySet>(done.value()[1].payload).quantity, 3);
}

TEST_F(JournalTest, WhatWasCommittedIsThereAgain) {
  must_commit({WaveChosen{"W-1"}});
  must_commit({QuantitySet{5}});
  close();
  std::vector<Record> seen;
  auto opened = Journal::open(options_for(folder_.path()));
  ASSERT_TRUE(opened.ok());
  const auto loaded =
      opened.value()->load([&](Station&, const Record& record) { seen.push_back(record); });
  ASSERT_TRUE(loaded.ok()) << loaded.error().text;
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(std::get<WaveChosen>(seen[1].payload).code, "W-1");
  EXPECT_EQ(seen[2].at.boot_id, "boot-1");
  EXPECT_EQ(seen[2].at.wall.us, seen[1].at.wall.us + 1'000'000);
}

TEST_F(JournalTest, ARefusedCommitLeavesNothingBehind) {
  stage_one();
  const std::string before = ask(database(), "SELECT count(*) FROM record");
  // The second of them uses a number for the second time.
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF1";
  const auto done = commit({QuantitySet{2}, WaybillAssigned{"b7-P1", offer, LabelSource::own}});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "constraint");
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM record"), before);
  must_commit({QuantitySet{2}});
}

TEST_F(JournalTest, BytesThatAreNoTextComeBackAsReplayWillReadThem) {
  const auto done = commit({WaveChosen{"a\xff"}});
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(std::get<WaveChosen>(done.value()[0].payload).code, "a\xEF\xBF\xBD");
}

TEST_F(JournalTest, ASnapshotLeavesOnlyTheTailToRead) {
  must_commit({QuantitySet{1}});
  must_commit({QuantitySet{2}});
  station_.wave = "from the snapshot";
  ASSERT_TRUE(journal_->save_snapshot(station_).ok());
  must_commit({QuantitySet{3}});
  open();
  EXPECT_EQ(station_.wave, "from the snapshot");
  EXPECT_EQ(station_.seq, 4);
  EXPECT_EQ(station_.counters["folded"], 4);
}

TEST_F(JournalTest, AForgedSnapshotIsPassedOver) {
  must_commit({QuantitySet{1}});
  ASSERT_TRUE(journal_->save_snapshot(station_).ok());
  close();
  ASSERT_EQ(as_attacker(database(),
                        "UPDATE snapshot SET payload ="
                        " json_set(payload, '$.wave', 'forged')"),
            "");
  open();
  EXPECT_EQ(station_.wave, "");
  EXPECT_EQ(station_.counters["folded"], 2);
}

TEST_F(JournalTest, ASecondOneInTheSameFolderIsToldSo) {
  const auto second = Journal::open(options_for(folder_.path()));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, "busy");
  EXPECT_NE(second.error().text.find(folder_.path()), std::string::npos);
}

TEST_F(JournalTest, ASecondProcessIsToldSoUntilTheFirstIsGone) {
  close();
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t other = fork();
  if (other == 0) {
    const auto mine = Journal::open(options_for(folder_.path()));
    const char answer = mine.ok() ? 'y' : 'n';
    if (write(ready[1], &answer, 1) != 1) _exit(1);
    pause();
    _exit(0);
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  EXPECT_EQ(Journal::open(options_for(folder_.path())).error().code, "busy");
  kill(other, SIGKILL);
  waitpid(other, nullptr, 0);
  EXPECT_TRUE(Journal::open(options_for(folder_.path())).ok());
}

TEST_F(JournalTest, AFolderWithoutABenchIsAnErrorForWhoWantsOne) {
  const TemporaryFolder empty;
  JournalOptions options = options_for(empty.path());
  options.create.reset();
  EXPECT_EQ(Journal::open(options).error().code, "no_journal");
  options.directory = empty.file("nowhere");
  EXPECT_EQ(Journal::open(options).error().code, "cannot_open");
  EXPECT_EQ(JournalReader::open(empty.path()).error().code, "no_journal");
}

TEST_F(JournalTest, TheKeyIsPrivateAndTheJournalWorthNothingWithoutIt) {
  close();
  const auto rights = fs::status(folder_.file("bench.key")).permissions();
  EXPECT_EQ(rights, fs::perms::owner_read | fs::perms::owner_write);
  fs::remove(folder_.file("bench.key"));
  EXPECT_EQ(Journal::open(options_for(folder_.path())).error().code, "key_missing");
}

TEST_F(JournalTest, AnotherBenchsKeyDoesNotFit) {
  close();
  std::ofstream(folder_.file("bench.key"), std::ios::binary) << std::string(32, 'x');
  EXPECT_EQ(Journal::open(options_for(folder_.path())).error().code, "journal_tampered");
}

TEST_F(JournalTest, RecordsOfANewerProgramAreRefused) {
  close();
  ASSERT_EQ(as_attacker(database(), "UPDATE meta SET value = '99' WHERE key = 'format'"), "");
  EXPECT_EQ(Journal::open(options_for(folder_.path())).error().code, "newer_journal");
  EXPECT_EQ(JournalReader::open(folder_.path()).error().code, "newer_journal");
  EXPECT_EQ(verify(folder_.path(), "").error().code, "newer_journal");
}

TEST_F(JournalTest, TheLogHasItsRoomFromTheStart) {
  close();
  JournalOptions options = options_for(folder_.path());
  options.log_bytes = 300'000;
  auto opened = Journal::open(options);
  ASSERT_TRUE(opened.ok()) << opened.error().text;
  ASSERT_TRUE(opened.value()->load(count_records).ok());
  const auto log = folder_.file("journal.db-wal");
  EXPECT_EQ(fs::file_size(log), 300'000u);
  const std::vector<Payload> wave = {WaveChosen{"W-1"}};
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(opened.value()->commit(wave, "1001", steps_.next()).ok());
  EXPECT_EQ(fs::file_size(log), 300'000u);
  // Killed here, the zeros behind the last commit end the log.
  const TemporaryFolder copy;
  for (const char* name : {"journal.db", "journal.db-wal", "bench.key"})
    fs::copy_file(folder_.file(name), copy.file(name));
  auto again = Journal::open(options_for(copy.path()));
  ASSERT_TRUE(again.ok()) << again.error().text;
  EXPECT_EQ(again.value()->load(count_records).value().seq, 6);
}

TEST_F(JournalTest, ACheckpointMovesTheLogIntoTheDatabase) {
  const auto before = fs::file_size(database());
  for (int i = 0; i < 50; ++i) must_commit({WaveChosen{std::string(1000, 'w')}});
  EXPECT_EQ(fs::file_size(database()), before);
  ASSERT_TRUE(journal_->checkpoint().ok());
  EXPECT_GT(fs::file_size(database()), before);
}

// What the journal's format has more than the one before it, taken away again.
std::string without_format(int format) {
  if (format == 3) return "DROP TABLE waybill_return;";
  if (format == 4) return "DROP TABLE gift_card;";
  if (format == 9) return "UPDATE order_state SET line_stopped = 0;";
  if (format == 8) {
    return "DROP INDEX parcel_here; ALTER TABLE work_order DROP COLUMN service;"
           "CREATE INDEX parcel_unconfirmed ON parcel (state)"
           " WHERE state NOT IN ('confirmed', 'voided');"
           "DROP INDEX order_state_waits; ALTER TABLE order_state DROP COLUMN line_stopped;"
           "CREATE INDEX order_state_waits ON order_state (platform, shop, number)"
           " WHERE stopped = 1 OR held_code IS NOT NULL;";
  }
  if (format == 7) return "DROP INDEX order_state_waits; DROP INDEX work_unfinished;";
  if (format == 6) return "DROP TABLE delivery; DROP INDEX outbox_unwritten;";
  const std::string gate = journal_gate;
  const auto from = gate.find("CREATE TRIGGER pickup_recorded");
  if (format == 5)
    return "DROP TABLE parcel_trace; DROP TABLE watch; DROP TABLE parcel_event;"
           "DROP TABLE manifest_event; ALTER TABLE manifest DROP COLUMN counted;"
           "ALTER TABLE manifest DROP COLUMN opened_seq;"
           "ALTER TABLE manifest DROP COLUMN closed_seq;"
           "DROP TRIGGER pickup_recorded;" +
           gate.substr(from, gate.find("END;", from) + 4 - from);
  ADD_FAILURE() << "no way back from format " << format;
  return "";
}

// As a program of that format left it.
std::string as_of_format(int format) {
  std::string sql;
  for (int from = journal_format; from > format; --from) sql += without_format(from);
  return sql + "UPDATE meta SET value = '" + std::to_string(format) + "' WHERE key = 'format'";
}

// As the program before the messages to carriers left it.
TEST_F(JournalTest, AnOlderJournalIsBroughtUpToDateAndGivesNothingBackAfterwards) {
  must_commit({ShiftOpened{1}});
  must_commit({started("b7-W1", {order_1}), ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF1";
  must_commit({WaybillAssigned{"b7-P1", offer, LabelSource::own},
               LabelVoided{"b7-P1", "SF", "SF1", "torn"}});
  close();
  ASSERT_EQ(as_attacker(database(), as_of_format(2)), "");
  const auto early = verify(folder_.path(), "");
  ASSERT_FALSE(early.ok());
  EXPECT_EQ(early.error().code, "older_journal");
  EXPECT_EQ(JournalReader::open(folder_.path()).error().code, "older_journal");
  open();
  EXPECT_EQ(ask(database(), "SELECT value FROM meta WHERE key = 'format'"),
            std::to_string(journal_format));
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM waybill_return"), "0");
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM gift_card"), "0");
  EXPECT_TRUE(read().is_number_used("SF", "SF1").value());
  offer.number = "SF2";
  must_commit({WaybillAssigned{"b7-P1", offer, LabelSource::own},
               LabelVoided{"b7-P1", "SF", "SF2", "torn"},
               WaybillReturned{"b7-P1", "SF", "", "SF2", "torn"}});
  close();
  const auto late = verify(folder_.path(), "");
  ASSERT_TRUE(late.ok()) << late.error().text;
  EXPECT_TRUE(late.value().sound()) << late.value().problem;
}

// As the program before the gift cards left it: what it gave back stays.
TEST_F(JournalTest, AJournalWithoutGiftCardsIsBroughtUpToDate) {
  must_commit({ShiftOpened{1}});
  must_commit({started("b7-W1", {order_1}), ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.number = "SF1";
  must_commit({WaybillAssigned{"b7-P1", offer, LabelSource::own},
               LabelVoided{"b7-P1", "SF", "SF1", "torn"},
               WaybillReturned{"b7-P1", "SF", "", "SF1", "torn"}});
  close();
  ASSERT_EQ(as_attacker(database(), as_of_format(3)), "");
  EXPECT_EQ(JournalReader::open(folder_.path()).error().code, "older_journal");
  open();
  EXPECT_EQ(ask(database(), "SELECT value FROM meta WHERE key = 'format'"),
            std::to_string(journal_format));
  EXPECT_EQ(ask(database(), "SELECT number FROM waybill_return"), "SF1");
  EXPECT_EQ(ask(database(), "SELECT count(*) FROM gift_card"), "0");
  close();
  const auto late = verify(folder_.path(), "");
  ASSERT_TRUE(late.ok()) << late.error().text;
  EXPECT_TRUE(late.value().sound()) << late.value().problem;
}

// As the program before the carriers' traces left it: what was on its way is watched.
TEST_F(JournalTest, AJournalWithoutTracesIsBroughtUpToDate) {
  stage_one();
  must_commit(staged("b7-W2", "b7-P2", "SF2", {order_2}));
  must_commit({ParcelPickedUp{"b7-M1", "b7-P1"}});
  must_commit({OrderStopped{order_2, "refunded", 0, 1, 1, {"b7-P2"}, {}}});
  close();
  ASSERT_EQ(as_attacker(database(), as_of_format(4)), "");
  open();
  EXPECT_EQ(ask(database(), "SELECT group_concat(parcel) FROM watch"), "b7-P1,b7-P2");
  must_commit({TracesSeen{2, {{"b7-P1", "hub", Instant{9}}}}});
  close();
  const auto late = verify(folder_.path(), "");
  ASSERT_TRUE(late.ok()) << late.error().text;
  EXPECT_TRUE(late.value().sound()) << late.value().problem;
}

// As the program before the orders' services left it: both are read from the records.
TEST_F(JournalTest, AJournalWithoutServicesAndRefundedLinesIsBroughtUpToDate) {
  PackingStarted fast = started("b7-W1", {order_1, order_2});
  fast.orders[1].order.service = Service::same_day;
  must_commit({ShiftOpened{1}});
  must_commit({fast, ParcelStarted{"b7-P1", "b7-W1", 1, {}, {}}});
  must_commit({OrderStopped{order_1, "refunded", 1, 1, 1, {}, {}},
               OrderStopped{order_2, "refunded", 1, 1, 2, {}, {}},
               OrderReleased{order_2, 1, 0, {}}});
  const char* const stopped = "SELECT group_concat(number) FROM order_state WHERE line_stopped = 1";
  EXPECT_EQ(ask(database(), stopped), "SO-1,SO-2");
  const char* const services =
      "SELECT group_concat(service) FROM"
      " (SELECT service FROM work_order ORDER BY place)";
  EXPECT_EQ(ask(database(), services), "standard,same_day");
  close();
  ASSERT_EQ(as_attacker(database(), as_of_format(7)), "");
  EXPECT_EQ(JournalReader::open(folder_.path()).error().code, "older_journal");
  open();
  EXPECT_EQ(ask(database(), services), "standard,same_day");
  EXPECT_EQ(ask(database(), stopped), "SO-1,SO-2");
  close();
  const auto late = verify(folder_.path(), "");
  ASSERT_TRUE(late.ok()) << late.error().text;
  EXPECT_TRUE(late.value().sound()) << late.value().problem;
}

}  // namespace
}  // namespace packbench::store
