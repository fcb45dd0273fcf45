#include "tests/store/fault_disk.h"

#include <set>

namespace packbench::store {

void SimulatedFile::write(std::uint64_t at, const char* bytes, std::size_t count) {
  if (data_.size() < at + count) data_.resize(at + count, '\0');
  std::memcpy(data_.data() + at, bytes, count);
  changes_.push_back({at, std::string(bytes, count), data_.size()});
}

void SimulatedFile::truncate(std::uint64_t size) {
  data_.resize(size, '\0');
  changes_.push_back({0, "", size});
}

void SimulatedFile::sync() {
  synced_ = data_;
  changes_.clear();
}

// Applies the first `kept` of the writes that touched this sector; of the next one, when it was
// torn, only its beginning.
void SimulatedFile::restore_sector(std::string& image, std::uint64_t number, std::size_t kept,
                                   bool torn, SmallRandom& random) const {
  const std::uint64_t from = number * sector;
  const std::uint64_t to = std::min<std::uint64_t>(from + sector, image.size());
  std::size_t seen = 0;
  for (const Change& change : changes_) {
    const std::uint64_t begin = std::max(from, change.at);
    std::uint64_t end = std::min<std::uint64_t>(to, change.at + change.bytes.size());
    if (begin >= end) continue;
    if (seen == kept && !torn) return;
    if (seen == kept) end = begin + random.below(end - begin);
    std::copy(change.bytes.begin() + static_cast<std::ptrdiff_t>(begin - change.at),
              change.bytes.begin() + static_cast<std::ptrdiff_t>(end - change.at),
              image.begin() + static_cast<std::ptrdiff_t>(begin));
    if (seen++ == kept) return;
  }
}

void SimulatedFile::cut_power(SmallRandom& random, unsigned keep_percent) {
  if (changes_.empty()) return;
  std::uint64_t size = synced_.size();
  std::map<std::uint64_t, std::size_t> writes;  // by sector
  for (const Change& change : changes_) {
    if (random.chance(keep_percent)) size = change.size;
    if (change.bytes.empty()) continue;
    for (std::uint64_t n = change.at / sector; n * sector < change.at + change.bytes.size(); ++n)
      ++writes[n];
  }
  std::string image = synced_;
  image.resize(size, '\0');
  for (const auto& [number, count] : writes) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count; ++i) kept += random.chance(keep_percent) ? 1 : 0;
    const bool torn = keep_percent > 0 && kept < count && random.chance(20);
    if (number * sector < size) restore_sector(image, number, kept, torn, random);
  }
  data_ = std::move(image);
  sync();
}

SimulatedFolder::File SimulatedFolder::find(const std::string& path) const {
  const auto found = names_.find(path);
  return found == names_.end() ? nullptr : found->second;
}

SimulatedFolder::File SimulatedFolder::create(const std::string& path) {
  File& file = names_[path];
  if (!file) file = std::make_shared<SimulatedFile>();
  return file;
}

void SimulatedFolder::remove(const std::string& path, bool synced) {
  names_.erase(path);
  if (synced) synced_names_.erase(path);
}

void SimulatedFolder::sync(const File& file) {
  file->sync();
  for (const auto& [path, each] : names_) {
    if (each == file) synced_names_[path] = file;
  }
}

void SimulatedFolder::cut_power(SmallRandom& random) {
  static constexpr std::array<unsigned, 5> keep_percents = {0, 10, 50, 90, 100};
  const unsigned keep = keep_percents[random.below(keep_percents.size())];
  std::set<std::string> paths;
  for (const auto& [path, file] : names_) paths.insert(path);
  for (const auto& [path, file] : synced_names_) paths.insert(path);
  std::map<std::string, File> after;
  for (const std::string& path : paths) {
    const auto named = names_.find(path);
    const auto synced = synced_names_.find(path);
    const File now = named == names_.end() ? nullptr : named->second;
    const File then = synced == synced_names_.end() ? nullptr : synced->second;
    const File file = now == then || random.chance(keep) ? now : then;
    if (file) after[path] = file;
  }
  for (const auto& [path, file] : after) file->cut_power(random, keep);
  names_ = after;
  synced_names_ = after;
}

std::uint64_t SimulatedFolder::bytes_used() const {
  std::uint64_t sum = 0;
  for (const auto& [path, file] : names_) sum += file->data().size();
  return sum;
}

}  // namespace packbench::store
