// A file layer of SQLite over the system's own that remembers what was written to a write-ahead log
// and how long the disk took to keep it, so that a bare fdatasync of the same bytes can be timed
// beside it. Thread rule: one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace packbench::benchmark {

inline constexpr const char* timing_vfs_name = "timing";

struct LogWrite {
  std::int64_t at = 0;
  std::size_t size = 0;
};

struct DiskTimes {
  bool keep_bytes = false;
  std::vector<LogWrite> log;  // writes since the last clear()
  std::string bytes;          // theirs, one after the other: keeping them costs but a copy
  double sync_us = 0;
  int syncs = 0;
  void clear() {
    log.clear();
    bytes.clear();
    sync_us = 0;
    syncs = 0;
  }
};

// Registers the file layer at its first call.
DiskTimes& disk_times();

}  // namespace packbench::benchmark
