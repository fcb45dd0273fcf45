// FaultDisk: a disk in memory that SQLite sees as a file layer (VFS) of its own and whose power can
// fail. It remembers what was synced. At a power cut every sector of 512 bytes that was written
// since falls back to any of the versions it had since its sync, or is torn between two of them:
// so writes are dropped, reordered and torn, as a page cache and a drive may do. The same goes for
// sizes, and for files that were created or deleted without a sync.
// Everything follows from the seed. SQLite's -shm lives in this process, as with a real kernel.
// Thread rule: connections may be used from several threads; the disk's own members from one, and
// not while a connection works. All connections must be closed before the disk goes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace packbench::store {

struct FaultDiskState;

class FaultDisk {
 public:
  explicit FaultDisk(std::uint64_t seed);
  ~FaultDisk();
  FaultDisk(const FaultDisk&) = delete;
  FaultDisk& operator=(const FaultDisk&) = delete;

  // The name to open databases with (JournalOptions::vfs, CatalogOptions::vfs).
  const std::string& vfs() const;

  // Writes, truncations, syncs and deletions so far.
  std::uint64_t operations() const;
  // After so many more of them nothing works any more, until cut_power() or kill().
  void stop_after(std::uint64_t operations);
  bool stopped() const;

  // The machine loses power and starts again. Files that are open now are dead for ever: every call
  // on them fails, closing them changes nothing.
  void cut_power();
  // The process dies and starts again: as above, but what was written is there.
  void kill();

  // Writes that make the files larger than this in sum find the disk full; nothing: no limit.
  void set_capacity(std::optional<std::uint64_t> bytes);
  std::uint64_t bytes_used() const;
  // The next so many syncs fail and leave in doubt what they were to keep.
  void fail_syncs(int count);

  // A file's bytes as a reader sees them; nothing: no such file. For tests that flip some.
  std::optional<std::string> contents(const std::string& path) const;
  void set_contents(const std::string& path, const std::string& bytes);

 private:
  std::unique_ptr<FaultDiskState> state_;
};

}  // namespace packbench::store
