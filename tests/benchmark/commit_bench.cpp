// A committed step against a bare fdatasync of the same bytes, turn and turn about.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "figures.h"
#include "timing_vfs.h"

namespace packbench::benchmark {
namespace {

using namespace station;

constexpr int steps_between_checkpoints = 100;

// Writes what the log got, at the same places of another file, and waits for the disk.
class BareFile {
 public:
  explicit BareFile(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    CHECK(file_ >= 0);
  }
  ~BareFile() { ::close(file_); }
  BareFile(const BareFile&) = delete;
  BareFile& operator=(const BareFile&) = delete;

  void keep(const std::vector<LogWrite>& writes, const std::string& bytes) {
    const char* from = bytes.data();
    for (const LogWrite& write : writes) {
      CHECK(::pwrite(file_, from, write.size, write.at) == static_cast<ssize_t>(write.size));
      from += write.size;
    }
    CHECK(::fdatasync(file_) == 0);
  }

 private:
  const int file_;
};

// Steps of one kind beside the bare file.
class Turns {
 public:
  // The log is as long as the journal made it, so both files overwrite what is there already.
  Turns(OpenJournal& open, const std::string& folder) : open_(open), bare_(folder + "/bare") {
    const std::string whole_log = read_text(folder + "/journal.db-wal");
    bare_.keep({{0, whole_log.size()}}, whole_log);
  }

  void take(const Payload& payload) {
    if (steps_ % steps_between_checkpoints == 0) CHECK(open_.journal->checkpoint().ok());
    DiskTimes& disk = disk_times();
    disk.clear();
    disk.keep_bytes = true;
    const Stopwatch commit_watch;
    commit(open_, {payload}, at(++steps_));
    committed_.add(commit_watch.us());
    disk.keep_bytes = false;
    bytes_ += static_cast<double>(disk.bytes.size());
    const Stopwatch bare_watch;
    bare_.keep(disk.log, disk.bytes);
    synced_.add(bare_watch.us());
  }

  void print(const std::string& title) {
    print_title(title);
    print_series("bare write and fdatasync", synced_);
    print_series("Journal::commit", committed_);
    print_note("bytes of the write-ahead log per step: " +
               std::to_string(static_cast<int>(bytes_ / static_cast<double>(steps_))));
    print_goal("ratio of the medians", committed_.at(0.5) / synced_.at(0.5), 1.2, "");
  }

 private:
  OpenJournal& open_;
  BareFile bare_;
  Series committed_, synced_;
  double bytes_ = 0;
  std::int64_t steps_ = 0;
};

void bench_items(const std::string& parent, int steps) {
  const std::string folder = fresh_folder(parent, "commit");
  OpenJournal open = open_journal(folder, timing_vfs_name);
  std::vector<Payload> order = packed_order(open.station, 0);
  auto& started = std::get<PackingStarted>(order[0]);
  started.orders[0].lines[0].line.quantity = 1'000'000;
  commit(open, {order[0], order[1]}, at(1));
  Turns turns(open, folder);
  for (int i = 0; i < steps; ++i) turns.take(order[2]);
  turns.print("A committed step (one item) and a bare fdatasync of the same bytes, in turns");
}

void bench_handover(const std::string& parent, int scans) {
  const std::string folder = fresh_folder(parent, "handover");
  OpenJournal open = open_journal(folder, timing_vfs_name);
  for (int i = 0; i < scans; ++i) commit(open, packed_order(open.station, i), at(1));
  const ManifestId manifest = open.station.bench + "-M1";
  commit(open, {HandoverOpened{manifest, "SF", "K1"}}, at(1));
  Turns turns(open, folder);
  for (int i = 0; i < scans; ++i)
    turns.take(ParcelPickedUp{manifest, open.station.bench + "-P" + std::to_string(i + 1)});
  turns.print(std::to_string(scans) + " handover scans, each as durable, in the same way");
}

}  // namespace

void bench_commit(const std::string& parent, int steps) {
  disk_times().clear();  // its file layer is there from now on
  bench_items(parent, steps);
  bench_handover(parent, std::min(steps, 1'000));
}

}  // namespace packbench::benchmark
