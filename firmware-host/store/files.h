// Files beside the databases: locks between processes, and keys. For this room's source files only.
// Thread rule: none of its own.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "store/seal.h"

namespace packbench::store {

// An flock(2) on a file of its own; the kernel lets go of it when the process ends, however.
class LockFile {
 public:
  // Throws Failure `busy` with `advice` where somebody else does not let go of it within
  // `patience`.
  LockFile(const std::string& path, const std::string& advice, Duration patience);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int descriptor_ = -1;
};

// 32 bytes, mode 0600. Nothing where there is no such file; throws Failure for a damaged one.
std::optional<Key> read_key(const std::string& path);
// Written beside it, synced, renamed: it is there wholly or not at all.
void write_key(const std::string& path, const Key& key);

// Creates an empty file of mode 0600 where there is none, for a database that holds keys.
void create_private_file(const std::string& path);

std::string join(const std::string& directory, const std::string& name);

}  // namespace packbench::store
