// What is behind a FaultDisk's files while a machine runs: who has them open and locked. For the
// file layer's own source files.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/store/fault_disk.h"
#include "tests/store/fault_vfs.h"

namespace packbench::store {

// Who holds which lock on a database file; the addresses of open files stand for the holders.
struct FileLocks {
  std::map<const void*, int> levels;

  int highest_but(const void* holder) const {
    int highest = SQLITE_LOCK_NONE;
    for (const auto& [each, level] : levels) {
      if (each != holder) highest = std::max(highest, level);
    }
    return highest;
  }
};

// The shared memory of a write-ahead log: its regions, and who holds its eight locks how.
struct SharedMemory {
  std::vector<std::unique_ptr<char[]>> regions;
  std::array<std::map<const void*, bool>, SQLITE_SHM_NLOCK> exclusive_of;
};

// What one boot of the machine knows of a file besides its bytes.
struct InUse {
  std::shared_ptr<FileLocks> locks = std::make_shared<FileLocks>();
  std::shared_ptr<SharedMemory> memory = std::make_shared<SharedMemory>();
};

struct FaultDiskState {
  explicit FaultDiskState(std::uint64_t seed) : random(seed) {}

  // Counts an operation that changes the disk; false where the machine has stopped.
  bool operate() {
    if (stopped) return false;
    if (stop_at && operations >= *stop_at) {
      stopped = true;
      return false;
    }
    ++operations;
    return true;
  }
  void restart() {
    ++boot;
    in_use.clear();
    stopped = false;
    stop_at.reset();
  }

  mutable std::recursive_mutex mutex;
  std::string name;
  sqlite3_vfs vfs{};
  SmallRandom random;
  SimulatedFolder folder;
  std::map<SimulatedFolder::File, InUse> in_use;
  std::uint64_t operations = 0;
  std::optional<std::uint64_t> stop_at;
  std::optional<std::uint64_t> capacity;
  std::uint64_t boot = 0;  // files that were opened in an earlier one are dead
  int failing_syncs = 0;
  bool stopped = false;
};

struct Open {
  FaultDiskState& disk;
  SimulatedFolder::File file;
  std::string path;
  bool delete_on_close;
  InUse shared;
  std::uint64_t boot;

  bool dead() const { return disk.stopped || boot != disk.boot; }
};
struct FileSlot {
  sqlite3_file base;
  Open* open;
};

inline Open& open_of(sqlite3_file* file) {
  return *reinterpret_cast<FileSlot*>(file)->open;
}
inline FaultDiskState& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<FaultDiskState*>(vfs->pAppData);
}
using Guard = std::lock_guard<std::recursive_mutex>;

// The functions of an open file.
extern const sqlite3_io_methods fault_file_methods;

}  // namespace packbench::store
