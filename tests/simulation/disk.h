// Disk: files in memory behind SQLite's file layer (https://www.sqlite.org/vfs.html), with the
// faults of real ones: full, failing, and a power cut after which only what was synced is certain.
// Of everything else a power cut keeps any part: whole writes, torn ones, none, in any order.
// Thread rule: one thread. A file layer is registered under `name` as long as the Disk lives.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "random.h"

struct sqlite3_vfs;

namespace packbench::simulation {

struct DiskWrite {
  std::int64_t at = 0;
  std::string bytes;
  bool truncates = false;  // to `at`
};

// One file: what programs read, what is on the medium, and the writes between the two.
struct DiskFile {
  std::string current;
  std::string durable;
  bool kept = false;  // its name is on the medium
  std::vector<DiskWrite> unsynced;
  std::vector<DiskWrite> doubtful;  // of a sync that failed: nobody knows
  // Locks of https://www.sqlite.org/lockingv3.html, and the shared memory of a write-ahead log.
  int shared = 0;
  int reserved = 0, pending = 0, exclusive = 0;  // id of the handle that holds it; 0: nobody
  std::vector<std::unique_ptr<char[]>> regions;
  int mapped = 0;  // handles that use them
  int shm_shared[8] = {};
  int shm_exclusive[8] = {};
};

class Disk {
 public:
  enum class Step { write, sync, remove };
  enum class Fate { done, full, failed, dead };

  explicit Disk(std::string name);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  const std::string& name() const { return name_; }
  // Asked before each step that reaches for the medium; dead: from now on nothing works any more.
  void on_step(std::function<Fate(Step)> fate) { fate_ = std::move(fate); }

  bool is_dead() const { return dead_; }
  void die() { dead_ = true; }
  // The process ended: what it wrote is there. All handles must be closed.
  void restart_after_kill();
  // The power went: of what was not synced any part is there.
  void restart_after_power_cut(Rng& chance);

  // For the file layer.
  std::shared_ptr<DiskFile> find(const std::string& path, bool create);
  void remove(const std::string& path, bool synced);
  Fate step(Step step);
  int next_handle() { return ++handles_; }

 private:
  void forget_handles();

  std::string name_;
  std::function<Fate(Step)> fate_;
  std::map<std::string, std::shared_ptr<DiskFile>> files_;
  std::map<std::string, std::shared_ptr<DiskFile>> removed_;  // whose removal is not synced
  bool dead_ = false;
  int handles_ = 0;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace packbench::simulation
