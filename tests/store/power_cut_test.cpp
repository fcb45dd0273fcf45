// Power cuts at random moments: what was acknowledged is there afterwards, what was not is there
// wholly or not at all. The same with synchronous=NORMAL and OFF loses something, which proves that
// the disk and this test can tell.
#include "store/database.h"

#include "store/catalog.h"
#include "tests/store/bench_fixture.h"
#include "tests/store/fault_disk.h"
#include "tests/store/fault_vfs.h"

namespace packbench::store {
namespace {

using namespace station;  // the kinds of record

constexpr std::uint64_t seeds = 60;
constexpr std::uint64_t mutant_seeds = 15;  // enough to lose something many times over
constexpr int cuts_per_seed = 6;

struct Loss {
  int acknowledged = 0;  // commits that were answered
  int lost = 0;          // of these, not there afterwards
  int torn = 0;          // commits of which only a part is there
  int unreadable = 0;    // journals that did not open or did not load
  int unsound = 0;       // of which verify complained
  std::string problem;   // the last of them
};

// A bench on a disk whose power fails, and what it was told is safe.
class FailingBench {
 public:
  FailingBench(const std::string& folder, std::uint64_t seed, Synchronous synchronous, Loss& loss)
      : disk_(seed),
        random_(seed ^ 0x5eed),
        options_(options_for(folder, disk_.vfs())),
        loss_(loss) {
    options_.synchronous = synchronous;
    options_.reserve_bytes = 32 * 1024;
    options_.log_bytes = 64 * 1024;
  }

  void run() {
    for (int cut = 0; cut < cuts_per_seed && !broken_; ++cut) {
      // Often right after the start, before anything new was synced.
      disk_.stop_after(random_.below(random_.chance(30) ? 4 : 400));
      work_until_it_stops();
      journal_.reset();
      if (random_.chance(40)) {
        disk_.kill();  // and nobody looks: closing a sound journal would sync it
      } else {
        disk_.cut_power();
        look();
      }
    }
  }

 private:
  static Payload sized(std::size_t size) { return WaveChosen{std::string(size, 'w')}; }

  void work_until_it_stops() {
    auto opened = Journal::open(options_);
    if (!opened.ok()) return;
    journal_ = std::move(opened).value();
    auto loaded = journal_->load(count_records);
    if (!loaded.ok()) return;
    Station station = std::move(loaded).value();
    if (station.seq < safe_) ++loss_.lost;
    safe_ = station.seq;  // what was read is acted on, so it must stay
    while (!disk_.stopped() && step(station)) {
    }
  }

  bool step(Station& station) {
    if (random_.chance(5)) {
      if (!journal_->save_snapshot(station).ok()) return false;
      return journal_->checkpoint().ok();
    }
    std::vector<Payload> batch;
    const std::uint64_t count = 1 + random_.below(3);
    for (std::uint64_t i = 0; i < count; ++i)
      batch.push_back(sized(random_.chance(10) ? 9000 : random_.below(300)));
    const auto done = journal_->commit(batch, "1001", steps_.next());
    if (!done.ok()) return false;
    for (const Record& record : done.value()) count_records(station, record);
    safe_ = done.value().back().seq;
    ++loss_.acknowledged;
    return true;
  }

  // After the power is back.
  void look() {
    std::vector<Record> records;
    auto opened = Journal::open(options_);
    auto loaded = opened.ok() ? opened.value()->load([](Station& station, const Record& record) {
      station.seq = record.seq;
    })
                              : Result<Station>(opened.error());
    if (!loaded.ok()) {
      ++loss_.unreadable;
      loss_.problem = loaded.error().text;
      broken_ = true;
      return;
    }
    const std::int64_t there = loaded.value().seq;
    if (there < safe_) ++loss_.lost;
    safe_ = there;
    opened.value().reset();
    const auto report = verify(options_.directory, "", disk_.vfs());
    if (!report.ok() || !report.value().sound()) {
      ++loss_.unsound;
      loss_.problem = report.ok() ? report.value().problem : report.error().text;
    }
    const auto whole = guarded([&] { return whole_batches(); });
    if (!whole.ok() || !whole.value()) ++loss_.torn;
  }

  // A batch is stored wholly or not at all: the records that follow name their own.
  bool whole_batches() {
    Database db(options_.directory + "/journal.db", OpenMode{.vfs = disk_.vfs()});
    return db.integer("SELECT count(*) FROM record WHERE batch > seq OR batch <= 0") == 0 &&
           db.integer(
               "SELECT count(*) FROM record r WHERE batch <> seq AND NOT EXISTS"
               " (SELECT 1 FROM record b WHERE b.seq = r.batch AND b.batch = b.seq)") == 0;
  }

  FaultDisk disk_;
  SmallRandom random_;
  JournalOptions options_;
  Loss& loss_;
  Steps steps_;
  std::unique_ptr<Journal> journal_;
  std::int64_t safe_ = 0;  // the last record that was answered
  bool broken_ = false;
};

Loss lose_power(Synchronous synchronous, std::uint64_t count) {
  Loss loss;
  const TemporaryFolder folder;
  for (std::uint64_t seed = 1; seed <= count; ++seed)
    FailingBench(folder.path(), seed, synchronous, loss).run();
  return loss;
}

TEST(PowerCut, EveryAcknowledgedRecordIsThereAgain) {
  const Loss loss = lose_power(Synchronous::full, seeds);
  EXPECT_EQ(loss.lost, 0);
  EXPECT_EQ(loss.torn, 0);
  EXPECT_EQ(loss.unreadable, 0) << loss.problem;
  EXPECT_EQ(loss.unsound, 0) << loss.problem;
  EXPECT_GT(loss.acknowledged, static_cast<int>(seeds) * cuts_per_seed * 5);
}

TEST(PowerCut, SynchronousNormalLosesSomething) {
  const Loss loss = lose_power(Synchronous::normal, mutant_seeds);
  EXPECT_GT(loss.lost, 0);
}

TEST(PowerCut, SynchronousOffLosesSomething) {
  const Loss loss = lose_power(Synchronous::off, mutant_seeds);
  EXPECT_GT(loss.lost + loss.unreadable + loss.unsound, 0);
}

class FaultTest : public ::testing::Test {
 protected:
  void open() {
    journal_.reset();
    JournalOptions options = options_for(folder_.path(), disk_.vfs());
    options.reserve_bytes = 64 * 1024;
    auto opened = Journal::open(options);
    ASSERT_TRUE(opened.ok()) << opened.error().text;
    journal_ = std::move(opened).value();
    auto loaded = journal_->load(count_records);
    ASSERT_TRUE(loaded.ok()) << loaded.error().text;
    station_ = std::move(loaded).value();
  }
  Result<std::vector<Record>> commit(std::size_t size) {
    const std::vector<Payload> batch = {WaveChosen{std::string(size, 'w')}};
    return journal_->commit(batch, "1001", steps_.next());
  }
  TemporaryFolder folder_;
  FaultDisk disk_{1};
  Steps steps_;
  std::unique_ptr<Journal> journal_;
  Station station_;
};

TEST_F(FaultTest, AFullDiskSpendsTheReserveAndThenSaysSo) {
  open();
  EXPECT_FALSE(journal_->reserve_spent());
  disk_.set_capacity(disk_.bytes_used() + 20'000);
  int before = 0;
  while (!journal_->reserve_spent() && before < 1000) {
    ASSERT_TRUE(commit(100).ok());
    ++before;
  }
  EXPECT_TRUE(journal_->reserve_spent());
  ASSERT_TRUE(commit(100).ok()) << "the reserve leaves room to record";
  Result<std::vector<Record>> done = commit(100);
  while (done.ok()) done = commit(1000);
  EXPECT_EQ(done.error().code, "no_space");
  // Space is made: everything goes on, and the reserve comes back.
  disk_.set_capacity(std::nullopt);
  EXPECT_TRUE(commit(100).ok());
  EXPECT_TRUE(journal_->checkpoint().ok());
  EXPECT_FALSE(journal_->reserve_spent());
}

TEST_F(FaultTest, AfterAFailedSyncNothingMoreIsPromised) {
  open();
  ASSERT_TRUE(commit(100).ok());
  disk_.fail_syncs(1);
  EXPECT_EQ(commit(100).error().code, "io_error");
  EXPECT_EQ(commit(100).error().code, "io_error");
  disk_.cut_power();
  open();
  EXPECT_GE(station_.seq, 2);
  EXPECT_TRUE(commit(100).ok());
}

TEST_F(FaultTest, AKilledProcessLosesNothingThatItWrote) {
  open();
  ASSERT_TRUE(commit(100).ok());
  disk_.kill();
  EXPECT_EQ(commit(100).error().code, "io_error");
  open();
  EXPECT_EQ(station_.seq, 2);
}

// Killed between the write and its sync, a record may be read at the next start although no disk
// has it. Somebody will act on it, so the start must not let it go any more.
TEST_F(FaultTest, WhatAStartHasReadSurvivesAPowerCut) {
  int read_unanswered = 0;
  for (std::uint64_t operations = 0; operations < 6; ++operations) {
    open();
    const std::int64_t answered = station_.seq;
    disk_.stop_after(operations);
    const auto done = commit(100);
    EXPECT_EQ(done.ok(), !disk_.stopped());
    disk_.kill();
    open();
    const std::int64_t read = station_.seq;
    if (read > answered) ++read_unanswered;
    disk_.cut_power();
    open();
    EXPECT_EQ(station_.seq, read) << operations;
  }
  EXPECT_GT(read_unanswered, 0);
}

// The disk itself: without faults it is one.
TEST(FaultDiskTest, SyncedBytesStayAndTheOthersDoNotAlways) {
  SmallRandom random(3);
  int dropped = 0, kept = 0;
  for (int i = 0; i < 200; ++i) {
    SimulatedFolder folder;
    const auto file = folder.create("a");
    file->write(0, "synced", 6);
    folder.sync(file);
    file->write(600, "later", 5);
    folder.cut_power(random);
    const auto again = folder.find("a");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->data().substr(0, 6), "synced");
    const bool there = again->data().size() == 605 && again->data().substr(600) == "later";
    ++(there ? kept : dropped);
  }
  EXPECT_GT(dropped, 0);
  EXPECT_GT(kept, 0);
}

TEST(FaultDiskTest, WritesAreReorderedAndTorn) {
  SmallRandom random(4);
  int only_second = 0, torn = 0;
  for (int i = 0; i < 500; ++i) {
    SimulatedFolder folder;
    const auto file = folder.create("a");
    file->write(0, std::string(2048, '0').data(), 2048);
    folder.sync(file);
    file->write(0, std::string(512, '1').data(), 512);
    file->write(1024, std::string(512, '2').data(), 512);
    folder.cut_power(random);
    const std::string data = folder.find("a")->data();
    if (data[0] == '0' && data[1024] == '2') ++only_second;
    if (data[0] == '1' && data[511] == '0') ++torn;
  }
  EXPECT_GT(only_second, 0);
  EXPECT_GT(torn, 0);
}

TEST(FaultDiskTest, FilesCreatedOrDeletedWithoutASyncMayComeOrGo) {
  SmallRandom random(5);
  int gone = 0, back = 0;
  for (int i = 0; i < 100; ++i) {
    SimulatedFolder folder;
    folder.sync(folder.create("old"));
    folder.create("new");
    folder.remove("old", false);
    folder.cut_power(random);
    if (!folder.find("new")) ++gone;
    if (folder.find("old")) ++back;
  }
  EXPECT_GT(gone, 0);
  EXPECT_GT(back, 0);
}

// A step that a failing sync left in doubt is settled by the next start: there or gone, it stays
// so.
TEST(PowerCut, WhatAStartDidNotKnowNeverComesBack) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    FaultDisk disk(seed);
    const TemporaryFolder folder;
    JournalOptions options = options_for(folder.path(), disk.vfs());
    options.log_bytes = 0;
    Steps steps;
    const std::vector<Payload> step = {WaveChosen{"W-1"}};
    {
      auto journal = std::move(Journal::open(options)).value();
      ASSERT_TRUE(journal->load(count_records).ok());
      ASSERT_TRUE(journal->commit(step, "1001", steps.next()).ok());
      disk.fail_syncs(1);
      ASSERT_FALSE(journal->commit(step, "1001", steps.next()).ok());
    }
    auto journal = std::move(Journal::open(options)).value();
    const auto shown = journal->load(count_records);
    ASSERT_TRUE(shown.ok()) << shown.error().text;
    disk.cut_power();
    journal.reset();
    journal = std::move(Journal::open(options)).value();
    EXPECT_EQ(journal->load(count_records).value().seq, shown.value().seq) << "seed " << seed;
  }
}

}  // namespace
}  // namespace packbench::store
