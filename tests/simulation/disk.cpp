#include "disk.h"

#include <algorithm>
#include <utility>

#include "disk_vfs.h"

namespace packbench::simulation {
namespace {

constexpr std::size_t sector = 512;

void apply(const DiskWrite& write, std::string& content) {
  const auto at = static_cast<std::size_t>(write.at);
  if (write.truncates) {
    content.resize(at);
    return;
  }
  if (content.size() < at + write.bytes.size()) content.resize(at + write.bytes.size());
  std::copy(write.bytes.begin(), write.bytes.end(),
            content.begin() + static_cast<std::ptrdiff_t>(at));
}

// Whole, not at all, or only some of its sectors.
void apply_by_chance(const DiskWrite& write, std::string& content, Rng& chance) {
  const int how = chance.below(4);
  if (how == 0) return;
  if (how < 3 || write.truncates) return apply(write, content);
  for (std::size_t at = 0; at < write.bytes.size(); at += sector) {
    if (chance.below(2) == 0) continue;
    apply({write.at + static_cast<std::int64_t>(at), write.bytes.substr(at, sector), false},
          content);
  }
}

void cut_power(DiskFile& file, Rng& chance) {
  std::vector<DiskWrite> writes = std::move(file.doubtful);
  writes.insert(writes.end(), file.unsynced.begin(), file.unsynced.end());
  const bool reordered = chance.below(3) == 0;
  if (reordered) {
    for (std::size_t i = writes.size(); i > 1; --i)
      std::swap(writes[i - 1], writes[static_cast<std::size_t>(chance.below(static_cast<int>(i)))]);
  }
  // A drive often stops at one point in time, and everything after it is gone.
  if (!reordered && !writes.empty() && chance.below(2) == 0)
    writes.resize(static_cast<std::size_t>(chance.below(static_cast<int>(writes.size()) + 1)));
  for (const DiskWrite& write : writes) apply_by_chance(write, file.durable, chance);
  file.doubtful.clear();
  file.unsynced.clear();
  file.current = file.durable;
}

}  // namespace

Disk::Disk(std::string name) : name_(std::move(name)), vfs_(make_vfs(*this)) {}

Disk::~Disk() {
  drop_vfs(*vfs_);
}

Disk::Fate Disk::step(Step step) {
  if (dead_) return Fate::dead;
  const Fate fate = fate_ ? fate_(step) : Fate::done;
  if (fate == Fate::dead) dead_ = true;
  return fate;
}

std::shared_ptr<DiskFile> Disk::find(const std::string& path, bool create) {
  const auto found = files_.find(path);
  if (found != files_.end()) return found->second;
  if (!create) return nullptr;
  return files_[path] = std::make_shared<DiskFile>();
}

void Disk::remove(const std::string& path, bool synced) {
  const auto found = files_.find(path);
  if (found == files_.end()) return;
  if (!synced && found->second->kept) removed_[path] = found->second;
  files_.erase(found);
}

void Disk::forget_handles() {
  for (auto& [path, file] : files_) {
    file->shared = file->reserved = file->pending = file->exclusive = 0;
    file->regions.clear();
    file->mapped = 0;
    std::fill(std::begin(file->shm_shared), std::end(file->shm_shared), 0);
    std::fill(std::begin(file->shm_exclusive), std::end(file->shm_exclusive), 0);
  }
  dead_ = false;
}

void Disk::restart_after_kill() {
  forget_handles();
}

void Disk::restart_after_power_cut(Rng& chance) {
  for (auto& [path, file] : removed_) {
    if (files_.count(path) == 0 && chance.below(2) == 0) files_[path] = file;
  }
  removed_.clear();
  for (auto it = files_.begin(); it != files_.end();) {
    DiskFile& file = *it->second;
    if (!file.kept && chance.below(2) == 0) {
      it = files_.erase(it);
      continue;
    }
    cut_power(file, chance);
    file.kept = true;
    ++it;
  }
  forget_handles();
}

}  // namespace packbench::simulation
