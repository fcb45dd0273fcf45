// A bench put together for one run: configuration, journal, catalog, printer, worker and host.
// Thread rule: made and used on one thread, which becomes the host thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "host/config.h"
#include "host/host.h"
#include "ports/device.h"

namespace packbench::program {

struct Places {
  std::string data;
  std::string config;  // empty: packbench.toml in the data directory, where there is one
  std::string assets;
};

struct BenchOptions {
  Places places;
  std::optional<Instant> frozen_at;  // --clock
  std::optional<station::Language> language;
  // Scans of the bench's USB scanners, on a thread of their own. Empty: they go to the host.
  std::function<void(ports::Lane, Barcode)> scanned = {};
  // Something waits in the host's inbox that no person put there; on any thread.
  std::function<void()> told = {};
};

class Bench {
 public:
  static Result<std::unique_ptr<Bench>> open(const BenchOptions& options);
  virtual ~Bench() = default;
  virtual host::Host& host() = 0;
  virtual const host::Config& config() const = 0;
  virtual store::Catalog& catalog() = 0;
  virtual const store::JournalReader& journal() = 0;
  // Longer than any effect may take.
  virtual Duration patience() const = 0;
  // Whether the dock has a scanner of its own; else the bench's scans go where the screen is.
  virtual bool has_dock_scanner() const = 0;
};

Result<host::Config> load_config(const Places& places);
Status make_folder(const std::string& path);
// Randomness of the machine (libsodium).
void random_bytes(std::span<std::uint8_t> out);
Now machine_now();
// The assets folder beside this program: in the source tree or where it was installed.
std::string find_assets();
// A path of the configuration, which is meant from the data directory.
std::string in_data(const std::string& data, const std::string& path);
Result<std::string> read_file(const std::string& path);

}  // namespace packbench::program
