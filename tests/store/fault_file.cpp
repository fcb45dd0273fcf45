// An open file as SQLite wants it: sqlite3_io_methods,
// https://www.sqlite.org/c3ref/io_methods.html; locks as os_unix.c has them.
#include <atomic>
#include <cstring>

#include "tests/store/fault_machine.h"

namespace packbench::store {

namespace {

int close_file(sqlite3_file* file) {
  Open* open = &open_of(file);
  const Guard guard(open->disk.mutex);
  if (open->delete_on_close && !open->dead()) open->disk.folder.remove(open->path, false);
  open->shared.locks->levels.erase(file);
  for (auto& holders : open->shared.memory->exclusive_of) holders.erase(file);
  delete open;
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  if (open.dead()) return SQLITE_IOERR_READ;
  const std::string& data = open.file->data();
  const auto from = static_cast<std::size_t>(at);
  const auto wanted = static_cast<std::size_t>(count);
  const std::size_t there = from >= data.size() ? 0 : std::min(wanted, data.size() - from);
  if (there > 0) std::memcpy(to, data.data() + from, there);
  std::memset(static_cast<char*>(to) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  if (open.dead() || !open.disk.operate()) return SQLITE_IOERR_WRITE;
  const auto end = static_cast<std::uint64_t>(at) + static_cast<std::uint64_t>(count);
  const std::uint64_t size = open.file->data().size();
  if (open.disk.capacity && end > size &&
      open.disk.folder.bytes_used() + (end - size) > *open.disk.capacity) {
    return SQLITE_FULL;
  }
  open.file->write(static_cast<std::uint64_t>(at), static_cast<const char*>(from),
                   static_cast<std::size_t>(count));
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  if (open.dead() || !open.disk.operate()) return SQLITE_IOERR_TRUNCATE;
  open.file->truncate(static_cast<std::uint64_t>(size));
  return SQLITE_OK;
}

int sync_file(sqlite3_file* file, int) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  if (open.dead() || !open.disk.operate()) return SQLITE_IOERR_FSYNC;
  if (open.disk.failing_syncs > 0) {
    --open.disk.failing_syncs;
    return SQLITE_IOERR_FSYNC;
  }
  open.disk.folder.sync(open.file);
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  if (open.dead()) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>(open.file->data().size());
  return SQLITE_OK;
}

// SHARED beside anybody but EXCLUSIVE and PENDING; RESERVED once; EXCLUSIVE alone, and whoever asks
// for it in vain leaves PENDING behind, so that no new reader comes.
int lock_file(sqlite3_file* file, int level) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  if (open.dead()) return SQLITE_IOERR_LOCK;
  int& mine = open.shared.locks->levels[file];
  if (mine >= level) return SQLITE_OK;
  const int others = open.shared.locks->highest_but(file);
  if (level == SQLITE_LOCK_SHARED && others >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
  if (level >= SQLITE_LOCK_RESERVED && others >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_EXCLUSIVE && others >= SQLITE_LOCK_SHARED) {
    mine = SQLITE_LOCK_PENDING;
    return SQLITE_BUSY;
  }
  mine = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  int& mine = open.shared.locks->levels[file];
  mine = std::min(mine, level);
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* reserved) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  if (open.dead()) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  int highest = SQLITE_LOCK_NONE;
  for (const auto& [each, level] : open.shared.locks->levels) highest = std::max(highest, level);
  *reserved = highest >= SQLITE_LOCK_RESERVED ? 1 : 0;
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return 4096;
}
// As os_unix.c says of every disk: bytes next to a write are safe.
int device_characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// --- the shared memory of a write-ahead log -------------------------------------------------

int map_memory(sqlite3_file* file, int region, int size, int extend, void volatile** to) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  *to = nullptr;
  if (open.dead()) return SQLITE_IOERR_SHMMAP;
  auto& regions = open.shared.memory->regions;
  const auto wanted = static_cast<std::size_t>(region) + 1;
  if (regions.size() < wanted && extend == 0) return SQLITE_OK;
  while (regions.size() < wanted)
    regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  *to = regions[wanted - 1].get();
  return SQLITE_OK;
}

int lock_memory(sqlite3_file* file, int first, int count, int flags) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  auto& all = open.shared.memory->exclusive_of;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  const auto from = static_cast<std::size_t>(first);
  const std::size_t to = from + static_cast<std::size_t>(count);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    for (std::size_t i = from; i < to; ++i) all[i].erase(file);
    return SQLITE_OK;
  }
  if (open.dead()) return SQLITE_IOERR_SHMLOCK;
  for (std::size_t i = from; i < to; ++i) {
    for (const auto& [holder, holds_exclusively] : all[i]) {
      if (holder != file && (exclusive || holds_exclusively)) return SQLITE_BUSY;
    }
  }
  for (std::size_t i = from; i < to; ++i) all[i][file] = exclusive;
  return SQLITE_OK;
}

void memory_barrier(sqlite3_file*) {
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

int unmap_memory(sqlite3_file* file, int remove) {
  Open& open = open_of(file);
  const Guard guard(open.disk.mutex);
  for (auto& holders : open.shared.memory->exclusive_of) holders.erase(file);
  if (remove != 0 && !open.dead()) open.shared.memory->regions.clear();
  return SQLITE_OK;
}

}  // namespace

const sqlite3_io_methods fault_file_methods = {2,
                                               close_file,
                                               read_file,
                                               write_file,
                                               truncate_file,
                                               sync_file,
                                               file_size,
                                               lock_file,
                                               unlock_file,
                                               check_reserved,
                                               file_control,
                                               sector_size,
                                               device_characteristics,
                                               map_memory,
                                               lock_memory,
                                               memory_barrier,
                                               unmap_memory,
                                               nullptr,
                                               nullptr};

}  // namespace packbench::store
