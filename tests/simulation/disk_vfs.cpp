#include "disk_vfs.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include "disk.h"

namespace packbench::simulation {
namespace {

struct Handle {
  sqlite3_file base;
  Disk* disk;
  std::shared_ptr<DiskFile> file;
  std::string path;
  int id;
  int lock;
  bool removes;  // at the close
  bool mapped;   // uses the shared memory
};

Handle& handle(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file);
}

int problem(Disk::Fate fate, int io_error) {
  return fate == Disk::Fate::full ? SQLITE_FULL : io_error;
}

int close_file(sqlite3_file* file) {
  Handle& h = handle(file);
  if (h.removes) h.disk->remove(h.path, true);
  h.~Handle();
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* out, int amount, sqlite3_int64 at) {
  const Handle& h = handle(file);
  if (h.disk->is_dead()) return SQLITE_IOERR_READ;
  const std::string& content = h.file->current;
  const auto start = std::min(static_cast<std::size_t>(at), content.size());
  const auto size = std::min(static_cast<std::size_t>(amount), content.size() - start);
  std::memcpy(out, content.data() + start, size);
  if (size == static_cast<std::size_t>(amount)) return SQLITE_OK;
  std::memset(static_cast<char*>(out) + size, 0, static_cast<std::size_t>(amount) - size);
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 at) {
  Handle& h = handle(file);
  const Disk::Fate fate = h.disk->step(Disk::Step::write);
  if (fate != Disk::Fate::done) return problem(fate, SQLITE_IOERR_WRITE);
  const auto size = static_cast<std::size_t>(amount);
  const auto start = static_cast<std::size_t>(at);
  std::string& content = h.file->current;
  if (content.size() < start + size) content.resize(start + size);
  std::memcpy(content.data() + start, bytes, size);
  h.file->unsynced.push_back({at, std::string(static_cast<const char*>(bytes), size), false});
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  Handle& h = handle(file);
  const Disk::Fate fate = h.disk->step(Disk::Step::write);
  if (fate != Disk::Fate::done) return problem(fate, SQLITE_IOERR_TRUNCATE);
  h.file->current.resize(static_cast<std::size_t>(size));
  h.file->unsynced.push_back({size, "", true});
  return SQLITE_OK;
}

int sync_file(sqlite3_file* file, int) {
  Handle& h = handle(file);
  const Disk::Fate fate = h.disk->step(Disk::Step::sync);
  DiskFile& f = *h.file;
  if (fate != Disk::Fate::done) {
    if (fate != Disk::Fate::dead) {
      f.doubtful.insert(f.doubtful.end(), f.unsynced.begin(), f.unsynced.end());
      f.unsynced.clear();
    }
    return problem(fate, SQLITE_IOERR_FSYNC);
  }
  // What an earlier sync failed to bring over is not tried again: the kernel thinks it is clean.
  f.doubtful.clear();
  for (const DiskWrite& write : f.unsynced) {
    const auto at = static_cast<std::size_t>(write.at);
    if (write.truncates) {
      f.durable.resize(at);
      continue;
    }
    if (f.durable.size() < at + write.bytes.size()) f.durable.resize(at + write.bytes.size());
    std::memcpy(f.durable.data() + at, write.bytes.data(), write.bytes.size());
  }
  f.unsynced.clear();
  f.kept = true;
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(handle(file).file->current.size());
  return SQLITE_OK;
}

bool held_by_other(int holder, const Handle& h) {
  return holder != 0 && holder != h.id;
}

int lock_file(sqlite3_file* file, int level) {
  Handle& h = handle(file);
  DiskFile& f = *h.file;
  if (h.lock >= level) return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED) {
    if (held_by_other(f.pending, h) || held_by_other(f.exclusive, h)) return SQLITE_BUSY;
    ++f.shared;
  } else if (level == SQLITE_LOCK_RESERVED) {
    if (f.reserved != 0 || f.exclusive != 0) return SQLITE_BUSY;
    f.reserved = h.id;
  } else {
    if (held_by_other(f.reserved, h) || held_by_other(f.exclusive, h)) return SQLITE_BUSY;
    f.pending = h.id;
    if (f.shared > 1) return SQLITE_BUSY;
    f.exclusive = h.id;
  }
  h.lock = level;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
  Handle& h = handle(file);
  DiskFile& f = *h.file;
  for (int* holder : {&f.reserved, &f.pending, &f.exclusive}) {
    if (*holder == h.id) *holder = 0;
  }
  if (level == SQLITE_LOCK_NONE && h.lock >= SQLITE_LOCK_SHARED) --f.shared;
  h.lock = std::min(h.lock, level);
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* file, int* out) {
  const DiskFile& f = *handle(file).file;
  *out = f.reserved != 0 || f.exclusive != 0;
  return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return 4096;
}
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int index, int size, int extend, void volatile** out) {
  Handle& h = handle(file);
  if (!h.mapped) {
    h.mapped = true;
    ++h.file->mapped;
  }
  auto& regions = h.file->regions;
  const auto wanted = static_cast<std::size_t>(index);
  *out = nullptr;
  if (regions.size() <= wanted && extend == 0) return SQLITE_OK;
  while (regions.size() <= wanted)
    regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  *out = regions[wanted].get();
  return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  Handle& h = handle(file);
  DiskFile& f = *h.file;
  const bool lock = (flags & SQLITE_SHM_LOCK) != 0;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int i = offset; lock && i < offset + n; ++i) {
    if (held_by_other(f.shm_exclusive[i], h)) return SQLITE_BUSY;
    if (exclusive && f.shm_shared[i] > 0) return SQLITE_BUSY;
  }
  for (int i = offset; i < offset + n; ++i) {
    if (exclusive)
      f.shm_exclusive[i] = lock ? h.id : 0;
    else
      f.shm_shared[i] += lock ? 1 : -1;
  }
  return SQLITE_OK;
}

void shm_barrier(sqlite3_file*) {}

// As the operating system does it: who comes first finds nothing left of those before.
int shm_unmap(sqlite3_file* file, int) {
  Handle& h = handle(file);
  if (h.mapped && --h.file->mapped == 0) h.file->regions.clear();
  h.mapped = false;
  return SQLITE_OK;
}

const sqlite3_io_methods methods{
    2,         close_file,  read_file,   write_file,   truncate_file, sync_file,       file_size,
    lock_file, unlock_file, is_reserved, control_file, sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,   nullptr,      nullptr};

Disk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<Disk*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* got) {
  out->pMethods = nullptr;
  Disk& disk = disk_of(vfs);
  if (disk.is_dead()) return SQLITE_CANTOPEN;
  const int id = disk.next_handle();
  const std::string path = name != nullptr ? name : "temporary-" + std::to_string(id);
  auto file = disk.find(path, (flags & SQLITE_OPEN_CREATE) != 0);
  if (!file) return SQLITE_CANTOPEN;
  const bool removes = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  new (out) Handle{{&methods}, &disk, std::move(file), path, id, SQLITE_LOCK_NONE, removes, false};
  if (got != nullptr) *got = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  Disk& disk = disk_of(vfs);
  const Disk::Fate fate = disk.step(Disk::Step::remove);
  if (fate != Disk::Fate::done) return SQLITE_IOERR_DELETE;
  if (!disk.find(name, false)) return SQLITE_IOERR_DELETE_NOENT;
  disk.remove(name, sync_folder != 0);
  return SQLITE_OK;
}

int access_file(sqlite3_vfs* vfs, const char* name, int, int* out) {
  if (disk_of(vfs).is_dead()) return SQLITE_IOERR_ACCESS;
  *out = disk_of(vfs).find(name, false) != nullptr;
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int size, char* out) {
  Rng chance(static_cast<std::uint64_t>(disk_of(vfs).next_handle()));
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(chance.below(256));
  return size;
}

int sleep_for(sqlite3_vfs*, int us) {
  return us;
}

int current_time(sqlite3_vfs*, sqlite3_int64* out) {
  *out = 210866760000000;  // 1970-01-01; no schema of ours asks SQLite for the time
  return SQLITE_OK;
}

}  // namespace

std::unique_ptr<sqlite3_vfs> make_vfs(Disk& disk) {
  auto vfs = std::make_unique<sqlite3_vfs>();
  *vfs = sqlite3_vfs{};
  vfs->iVersion = 2;
  vfs->szOsFile = static_cast<int>(sizeof(Handle));
  vfs->mxPathname = 512;
  vfs->zName = disk.name().c_str();
  vfs->pAppData = &disk;
  vfs->xOpen = open_file;
  vfs->xDelete = delete_file;
  vfs->xAccess = access_file;
  vfs->xFullPathname = full_name;
  vfs->xRandomness = randomness;
  vfs->xSleep = sleep_for;
  vfs->xCurrentTimeInt64 = current_time;
  sqlite3_vfs_register(vfs.get(), 0);
  return vfs;
}

void drop_vfs(sqlite3_vfs& vfs) {
  sqlite3_vfs_unregister(&vfs);
}

}  // namespace packbench::simulation
