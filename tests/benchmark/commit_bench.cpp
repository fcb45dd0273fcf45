// A committed step against a bare fdatasync of the same bytes, turn and turn about.
#include <fcntl.h>
#include <unistd.h>

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

}  // namespace

void bench_commit(const std::string& parent, int steps) {
  const std::string folder = fresh_folder(parent, "commit");
  DiskTimes& disk = disk_times();
  OpenJournal open = open_journal(folder, timing_vfs_name);
  std::vector<Payload> order = packed_order(open.station, 0);
  auto& started = std::get<PackingStarted>(order[0]);
  started.orders[0].lines[0].line.quantity = 1'000'000;
  commit(open, {order[0], order[1]}, at(1));
  const Payload item = order[2];

  // The log is as long as the journal made it, so both files overwrite what is there already.
  BareFile bare(folder + "/bare");
  const std::string whole_log = read_text(folder + "/journal.db-wal");
  bare.keep({{0, whole_log.size()}}, whole_log);

  Series committed, synced;
  double bytes = 0;
  for (int i = 0; i < steps; ++i) {
    if (i % steps_between_checkpoints == 0) CHECK(open.journal->checkpoint().ok());
    disk.clear();
    disk.keep_bytes = true;
    const Stopwatch commit_watch;
    commit(open, {item}, at(i + 2));
    committed.add(commit_watch.us());
    disk.keep_bytes = false;
    bytes += static_cast<double>(disk.bytes.size());
    const Stopwatch bare_watch;
    bare.keep(disk.log, disk.bytes);
    synced.add(bare_watch.us());
  }
  print_title("A committed step (one item) and a bare fdatasync of the same bytes, in turns");
  print_series("bare write and fdatasync", synced);
  print_series("Journal::commit", committed);
  print_note("bytes of the write-ahead log per step: " +
             std::to_string(static_cast<int>(bytes / steps)));
  print_goal("ratio of the medians", committed.at(0.5) / synced.at(0.5), 1.2, "");
}

}  // namespace packbench::benchmark
