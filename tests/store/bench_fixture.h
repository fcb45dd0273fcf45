// A journal in a folder of its own, and a short way to write what a bench would. For tests.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/catalog_writer.h"
#include "store/journal.h"
#include "store/verify.h"

namespace packbench::store {

namespace fs = std::filesystem;

// A folder that is gone when the test is.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "packbench-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { fs::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline const OrderKey order_1{"taobao", "mugs", "SO-1"};
inline const OrderKey order_2{"taobao", "mugs", "SO-2"};

// Tests count their own time: each record a second after the one before.
class Steps {
 public:
  Now next() {
    us_ += 1'000'000;
    return {Instant{us_}, Duration{us_}, "boot-1"};
  }

 private:
  std::int64_t us_ = 1'800'000'000'000'000;
};

inline NewJournal new_journal(std::uint8_t key_byte = 7) {
  NewJournal fresh;
  fresh.genesis = {"b7", false};
  fresh.now = {Instant{1'800'000'000'000'000}, Duration{}, "boot-1"};
  fresh.key.fill(key_byte);
  return fresh;
}

inline JournalOptions options_for(const std::string& directory, const std::string& vfs = {}) {
  JournalOptions options;
  options.directory = directory;
  options.vfs = vfs;
  options.create = new_journal();
  options.reserve_bytes = 0;
  options.log_bytes = 0;
  return options;
}

// The records of one order of `lines` lines, each of one piece, packed into one box.
station::PackingStarted started(const std::string& work, const std::vector<OrderKey>& orders,
                                int lines = 1);
std::vector<station::Payload> staged(const std::string& work, const std::string& parcel,
                                     const std::string& number,
                                     const std::vector<OrderKey>& orders);

// The fold that these tests use instead of the station's: it only counts.
inline void count_records(station::Station& station, const station::Record& record) {
  station.seq = record.seq;
  ++station.counters["folded"];
}

class BenchFixture : public ::testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() {
    journal_.reset();
    auto opened = Journal::open(options_for(folder_.path()));
    ASSERT_TRUE(opened.ok()) << opened.error().text;
    journal_ = std::move(opened).value();
    auto loaded = journal_->load(count_records);
    ASSERT_TRUE(loaded.ok()) << loaded.error().text;
    station_ = std::move(loaded).value();
  }
  void close() { journal_.reset(); }

  Result<std::vector<station::Record>> commit(const std::vector<station::Payload>& payloads) {
    auto done = journal_->commit(payloads, "1001", steps_.next());
    if (done.ok()) {
      for (const station::Record& record : done.value()) count_records(station_, record);
    }
    return done;
  }
  // The seq of the last of them.
  std::int64_t must_commit(const std::vector<station::Payload>& payloads) {
    const auto done = commit(payloads);
    EXPECT_TRUE(done.ok()) << done.error().text;
    return done.ok() && !done.value().empty() ? done.value().back().seq : 0;
  }

  // A parcel of order_1 that waits for its pickup, in the manifest b7-M1 that is open.
  void stage_one() {
    must_commit({station::ShiftOpened{1}});
    must_commit(staged("b7-W1", "b7-P1", "SF1", {order_1}));
    must_commit({station::HandoverOpened{"b7-M1", "SF", "K1"}});
  }

  std::string database() const { return folder_.file("journal.db"); }
  const JournalReader& read() const { return journal_->read(); }

  TemporaryFolder folder_;
  Steps steps_;
  std::unique_ptr<Journal> journal_;
  station::Station station_;
};

// What somebody with the sqlite3 tool could do: no triggers of ours are known to it, foreign keys
// are off. The text is SQLite's complaint, empty where it did as it was told.
std::string as_attacker(const std::string& path, const std::string& sql);
// The first column of the first row, as text.
std::string ask(const std::string& path, const std::string& sql);

}  // namespace packbench::store
