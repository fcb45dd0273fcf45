// The disk as SQLite's file layer: sqlite3_vfs, its open files and their locks. The tables are
// those of https://www.sqlite.org/c3ref/vfs.html and io_methods.html; locks as os_unix.c has them.
#include "tests/store/fault_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <mutex>
#include <new>
#include <utility>

#include "tests/store/fault_disk.h"

namespace packbench::store {

namespace {

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

}  // namespace

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

namespace {

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

Open& open_of(sqlite3_file* file) {
  return *reinterpret_cast<FileSlot*>(file)->open;
}
FaultDiskState& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<FaultDiskState*>(vfs->pAppData);
}
using Guard = std::lock_guard<std::recursive_mutex>;

// --- an open file ---------------------------------------------------------------------------

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

const sqlite3_io_methods methods = {2,
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

// --- the folder -----------------------------------------------------------------------------

int open_path(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out) {
  FaultDiskState& disk = disk_of(vfs);
  const Guard guard(disk.mutex);
  file->pMethods = nullptr;
  if (disk.stopped) return SQLITE_IOERR;
  SimulatedFolder::File found;
  if (path == nullptr) {
    found = std::make_shared<SimulatedFile>();
  } else {
    found = disk.folder.find(path);
    if (!found && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    if (!found) found = disk.folder.create(path);
  }
  const bool delete_on_close = path != nullptr && (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  auto* slot = reinterpret_cast<FileSlot*>(file);
  slot->open = new Open{
      disk, found, path == nullptr ? "" : path, delete_on_close, disk.in_use[found], disk.boot};
  slot->base.pMethods = &methods;
  if (out != nullptr) *out = flags;
  return SQLITE_OK;
}

int delete_path(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  FaultDiskState& disk = disk_of(vfs);
  const Guard guard(disk.mutex);
  if (!disk.operate()) return SQLITE_IOERR_DELETE;
  if (!disk.folder.find(path)) return SQLITE_IOERR_DELETE_NOENT;
  disk.folder.remove(path, sync_folder != 0);
  return SQLITE_OK;
}

int access_path(sqlite3_vfs* vfs, const char* path, int, int* there) {
  FaultDiskState& disk = disk_of(vfs);
  const Guard guard(disk.mutex);
  if (disk.stopped) return SQLITE_IOERR_ACCESS;
  *there = disk.folder.find(path) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", path);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int count, char* out) {
  FaultDiskState& disk = disk_of(vfs);
  const Guard guard(disk.mutex);
  for (int i = 0; i < count; ++i) out[i] = static_cast<char>(disk.random.next());
  return count;
}

int no_sleep(sqlite3_vfs*, int microseconds) {
  return microseconds;
}

int fixed_time(sqlite3_vfs*, double* days) {
  *days = 2461000.5;
  return SQLITE_OK;
}

int fixed_time_64(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  *milliseconds = 212'630'443'200'000;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

sqlite3_vfs make_vfs(const char* name, FaultDiskState* disk) {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(FileSlot);
  vfs.mxPathname = 1024;
  vfs.zName = name;
  vfs.pAppData = disk;
  vfs.xOpen = open_path;
  vfs.xDelete = delete_path;
  vfs.xAccess = access_path;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = no_sleep;
  vfs.xCurrentTime = fixed_time;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = fixed_time_64;
  return vfs;
}

std::atomic<std::uint64_t> disks_made{0};

}  // namespace

FaultDisk::FaultDisk(std::uint64_t seed) : state_(std::make_unique<FaultDiskState>(seed)) {
  state_->name = "fault-disk-" + std::to_string(++disks_made);
  state_->vfs = make_vfs(state_->name.c_str(), state_.get());
  sqlite3_vfs_register(&state_->vfs, 0);
}

FaultDisk::~FaultDisk() {
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& FaultDisk::vfs() const {
  return state_->name;
}
std::uint64_t FaultDisk::operations() const {
  return state_->operations;
}
bool FaultDisk::stopped() const {
  return state_->stopped;
}
std::uint64_t FaultDisk::bytes_used() const {
  return state_->folder.bytes_used();
}

void FaultDisk::stop_after(std::uint64_t operations) {
  state_->stop_at = state_->operations + operations;
}

void FaultDisk::cut_power() {
  const Guard guard(state_->mutex);
  state_->folder.cut_power(state_->random);
  state_->restart();
}

void FaultDisk::kill() {
  const Guard guard(state_->mutex);
  state_->restart();
}

void FaultDisk::set_capacity(std::optional<std::uint64_t> bytes) {
  state_->capacity = bytes;
}
void FaultDisk::fail_syncs(int count) {
  state_->failing_syncs = count;
}

std::optional<std::string> FaultDisk::contents(const std::string& path) const {
  const auto file = state_->folder.find(path);
  if (!file) return std::nullopt;
  return file->data();
}

void FaultDisk::set_contents(const std::string& path, const std::string& bytes) {
  const auto file = state_->folder.create(path);
  file->truncate(bytes.size());
  file->write(0, bytes.data(), bytes.size());
  state_->folder.sync(file);
}

}  // namespace packbench::store
