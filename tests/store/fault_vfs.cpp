// The disk as SQLite's file layer: sqlite3_vfs, https://www.sqlite.org/c3ref/vfs.html.
#include "tests/store/fault_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <utility>

#include "tests/store/fault_machine.h"

namespace packbench::store {

namespace {

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
  slot->base.pMethods = &fault_file_methods;
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
