// Journal: the bench's memory on disk (journal.db), append-only and hash-chained. A commit is one
// SQLite transaction (WAL, synchronous=FULL): records and what is projected from them together,
// durable when it returns. Beside it lie bench.key (the chain's key, mode 0600), bench.lock (one
// process at a time) and journal.reserve (room to go on recording when the disk is full).
// Thread rule: one thread, one Journal per directory.
// Errors: busy, no_journal, key_missing, newer_journal, journal_tampered, no_space, io_error,
// corrupt. After io_error the Journal takes no more commits until it is opened again: what an
// fsync that failed left behind is known only to the disk.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "station/record.h"
#include "station/station.h"
#include "store/journal_reader.h"

namespace packbench::store {

using KeyBytes = std::array<std::uint8_t, 32>;

// What a new journal begins with; the caller drew the bench's id and the key at random.
struct NewJournal {
  station::Genesis genesis;
  Now now;
  KeyBytes key{};
};

// `full` is the only one that keeps what was promised; the others let tests prove that they can
// tell the difference.
enum class Synchronous { off, normal, full };

struct JournalOptions {
  std::string directory;             // must exist
  std::string vfs;                   // SQLite's file layer; empty: the system's own
  std::optional<NewJournal> create;  // nothing: a directory without a journal is an error
  std::int64_t reserve_bytes = 8 * 1024 * 1024;
  std::int64_t log_bytes = 1024 * 1024;  // what the write-ahead log holds before it has to grow
  Synchronous synchronous = Synchronous::full;
};

class Journal {
 public:
  static Result<std::unique_ptr<Journal>> open(const JournalOptions& options);
  virtual ~Journal() = default;

  // What the first record says; of an older directory it may differ from options.create.
  virtual const station::Genesis& genesis() const = 0;

  // All of them or none, under one batch number. The records come back as replay will read them.
  // Releasing a confirmation (manifest_closed, confirmation_released) first holds every pickup it
  // stands on against the chain: journal_tampered names a forged one and nothing is written.
  virtual Result<std::vector<station::Record>> commit(std::span<const station::Payload> payloads,
                                                      const std::string& op, const Now& now) = 0;

  // The newest snapshot that is sound and the records after it, each held against the chain and
  // given to `fold` (station::evolve). Then every pickup that is new or not confirmed yet is held
  // against its record: journal_tampered names one that has none.
  using Fold = std::function<void(station::Station&, const station::Record&)>;
  virtual Result<station::Station> load(const Fold& fold) = 0;

  // Between parcels, so that the next start reads only what comes after. Signed with the key.
  virtual Status save_snapshot(const station::Station& station) = 0;

  // Moves the write-ahead log into the database and renews the reserve. Between parcels, never
  // inside a scan: it waits for the disk.
  virtual Status checkpoint() = 0;

  // The disk was full and the reserve has been spent: time to tell the people.
  virtual bool reserve_spent() const = 0;

  virtual const JournalReader& read() const = 0;
};

}  // namespace packbench::store
