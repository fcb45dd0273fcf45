// The disk behind FaultDisk: files with the versions their sectors had since they were synced. No
// SQLite in here. Thread rule: one thread at a time; the file layer holds a mutex.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace packbench::store {

// SplitMix64 (Steele, Lea, Flood 2014): small, seedable, the same everywhere.
class SmallRandom {
 public:
  explicit SmallRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
  bool chance(unsigned percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

// What a file is beyond its name.
class SimulatedFile {
 public:
  const std::string& data() const { return data_; }

  void write(std::uint64_t at, const char* bytes, std::size_t count);
  void truncate(std::uint64_t size);
  void sync();
  // Power was lost: of what was not synced each sector keeps `keep_percent` of its changes.
  void cut_power(SmallRandom& random, unsigned keep_percent);

 private:
  struct Change {
    std::uint64_t at = 0;
    std::string bytes;       // empty: only the size changed
    std::uint64_t size = 0;  // of the file after it
  };
  static constexpr std::uint64_t sector = 512;

  void restore_sector(std::string& image, std::uint64_t number, std::size_t kept, bool torn,
                      SmallRandom& random) const;

  std::string data_;
  std::string synced_;
  std::vector<Change> changes_;  // since the last sync
};

// Names and the files behind them; a name counts only once it was synced too.
class SimulatedFolder {
 public:
  using File = std::shared_ptr<SimulatedFile>;

  File find(const std::string& path) const;
  File create(const std::string& path);
  void remove(const std::string& path, bool synced);
  void sync(const File& file);
  void cut_power(SmallRandom& random);
  std::uint64_t bytes_used() const;

 private:
  std::map<std::string, File> names_;
  std::map<std::string, File> synced_names_;
};

}  // namespace packbench::store
