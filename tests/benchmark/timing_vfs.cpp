#include "timing_vfs.h"

#include <sqlite3.h>

#include <string_view>

#include "base/check.h"
#include "figures.h"

namespace packbench::benchmark {
namespace {

struct TimedFile {
  sqlite3_file base;
  bool is_log;
  // The system's own file follows in the same memory.
};

sqlite3_vfs* below() {
  // As the store does, which comes too late once a file layer was looked for.
  [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
  return system;
}

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(TimedFile));
}

DiskTimes times;

int close_file(sqlite3_file* f) {
  return real(f)->pMethods->xClose(real(f));
}
int read_file(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), to, n, at);
}
int write_file(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  if (times.keep_bytes && reinterpret_cast<TimedFile*>(f)->is_log) {
    times.log.push_back({at, static_cast<std::size_t>(n)});
    times.bytes.append(static_cast<const char*>(from), static_cast<std::size_t>(n));
  }
  return real(f)->pMethods->xWrite(real(f), from, n, at);
}
int truncate_file(sqlite3_file* f, sqlite3_int64 size) {
  return real(f)->pMethods->xTruncate(real(f), size);
}
int sync_file(sqlite3_file* f, int flags) {
  const Stopwatch watch;
  const int result = real(f)->pMethods->xSync(real(f), flags);
  times.sync_us += watch.us();
  ++times.syncs;
  return result;
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real(f)->pMethods->xFileSize(real(f), size);
}
int lock_file(sqlite3_file* f, int level) {
  return real(f)->pMethods->xLock(real(f), level);
}
int unlock_file(sqlite3_file* f, int level) {
  return real(f)->pMethods->xUnlock(real(f), level);
}
int check_reserved(sqlite3_file* f, int* out) {
  return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int control_file(sqlite3_file* f, int op, void* arg) {
  return real(f)->pMethods->xFileControl(real(f), op, arg);
}
int sector_size(sqlite3_file* f) {
  return real(f)->pMethods->xSectorSize(real(f));
}
int characteristics(sqlite3_file* f) {
  return real(f)->pMethods->xDeviceCharacteristics(real(f));
}
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}
void shm_barrier(sqlite3_file* f) {
  real(f)->pMethods->xShmBarrier(real(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
  return real(f)->pMethods->xShmUnmap(real(f), remove);
}

const sqlite3_io_methods methods{
    2,         close_file,  read_file,      write_file,   truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_reserved, control_file, sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,      nullptr,      nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* got) {
  f->pMethods = nullptr;
  const int result = below()->xOpen(below(), name, real(f), flags, got);
  if (real(f)->pMethods == nullptr) return result;
  reinterpret_cast<TimedFile*>(f)->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  f->pMethods = &methods;
  return result;
}

sqlite3_vfs make_vfs() {
  sqlite3_vfs vfs = *below();
  vfs.pNext = nullptr;
  vfs.zName = timing_vfs_name;
  vfs.szOsFile = static_cast<int>(sizeof(TimedFile)) + below()->szOsFile;
  vfs.xOpen = open_file;
  return vfs;
}

}  // namespace

DiskTimes& disk_times() {
  static sqlite3_vfs vfs = make_vfs();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  CHECK(registered == SQLITE_OK);
  return times;
}

}  // namespace packbench::benchmark
