#include "store/journal.h"

#include <fmt/format.h>
#include <sodium.h>

#include <utility>

#include "station/codec.h"
#include "store/chain.h"
#include "store/files.h"
#include "store/projection.h"
#include "store/schema.h"

namespace packbench::store {
namespace {

// A process that is being killed needs a moment to go.
constexpr Duration bench_lock_patience = Duration::milliseconds(200);
constexpr std::string_view replacement = "\xEF\xBF\xBD";

const char* word(Synchronous synchronous) {
  switch (synchronous) {
    case Synchronous::off:
      return "PRAGMA synchronous=OFF";
    case Synchronous::normal:
      return "PRAGMA synchronous=NORMAL";
    case Synchronous::full:
      break;
  }
  return "PRAGMA synchronous=FULL";
}

// What the replay will read: bytes that were no text have become replacement characters.
station::Payload as_stored(const station::Payload& payload, const std::string& bytes) {
  if (bytes.find(replacement) == std::string::npos) return payload;
  auto stored = station::decode(station::kind_of(payload), station::record_version, bytes);
  CHECK(stored.ok());
  return std::move(stored).value();
}

Hash snapshot_mac(std::int64_t seq, const Hash& head, std::int64_t pickups,
                  std::string_view payload, const Key& key) {
  FieldBytes fields("packbench.snapshot.1");
  fields.add(station::station_shape());
  fields.add(seq);
  fields.add(Bytes(head));
  fields.add(pickups);
  fields.add(payload);
  return fields.hash(key);
}

[[noreturn]] void fail_without_journal(const JournalOptions& options) {
  fail("no_journal", "there is no bench in " + options.directory +
                         " yet: start packbench console or kiosk there first");
}

std::string journal_path(const JournalOptions& options) {
  std::string path = join(options.directory, "journal.db");
  if (!options.create && !file_exists(options.vfs, path)) fail_without_journal(options);
  return path;
}

class StoredJournal : public Journal {
 public:
  explicit StoredJournal(const JournalOptions& options)
      : options_(options),
        lock_(join(options.directory, "bench.lock"),
              "another packbench works in " + options.directory +
                  ": close it, or give this one another --data folder",
              bench_lock_patience),
        db_(journal_path(options),
            OpenMode{.vfs = options.vfs, .create = options.create.has_value()}) {
    configure();
    const bool fresh = db_.integer("SELECT count(*) FROM sqlite_schema") == 0;
    find_key(fresh);
    if (fresh) create();
    bring_up_to_date();
    read_identity();
    renew_reserve();
    make_room_in_log();
    reader_ = std::make_unique<JournalReader>(db_, key_);
  }

  const station::Genesis& genesis() const override { return genesis_; }
  bool reserve_spent() const override { return reserve_spent_; }
  const JournalReader& read() const override { return *reader_; }

  Result<std::vector<station::Record>> commit(std::span<const station::Payload> payloads,
                                              const std::string& op, const Now& now) override {
    if (broken_) {
      return Error{"io_error",
                   "the disk failed before: start packbench again, and look after the "
                   "disk if it happens once more"};
    }
    auto done = guarded([&] { return write(payloads, op, now); });
    if (!done.ok() && done.error().code == "no_space" && spend_reserve())
      done = guarded([&] { return write(payloads, op, now); });
    return trust(std::move(done));
  }

  Result<station::Station> load(const Fold& fold) override {
    return guarded([&] {
      check_schema(db_);
      // What a killed process left in the log may not have reached the disk; before anybody acts
      // on it, it must.
      db_.run("PRAGMA wal_checkpoint(PASSIVE)");
      station::Station station = newest_snapshot();
      fold_tail(station, fold);
      check_pickups(db_, key_, pickups_);
      make_log_ours();
      return station;
    });
  }

  Status save_snapshot(const station::Station& station) override {
    CHECK(station.seq == head_.seq);
    return trust(guarded([&] {
      const std::string payload = station::encode(station);
      const Hash mac = snapshot_mac(head_.seq, head_.hash, pickups_, payload, key_);
      Transaction transaction(db_);
      db_.run(
          "INSERT OR REPLACE INTO snapshot (seq, payload, head, pickups, mac)"
          " VALUES (?, ?, ?, ?, ?)",
          head_.seq, payload, Bytes(head_.hash), pickups_, Bytes(mac));
      // One older one stays, in case the newest turns out to be unreadable.
      db_.run(
          "DELETE FROM snapshot WHERE seq NOT IN"
          " (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT 2)");
      transaction.commit();
      return Ok{};
    }));
  }

  Status checkpoint() override {
    return trust(guarded([&] {
      db_.run("PRAGMA wal_checkpoint(PASSIVE)");
      renew_reserve();
      return Ok{};
    }));
  }

 private:
  // After the disk failed, nothing more is promised.
  template <class T>
  Result<T> trust(Result<T> done) {
    if (!done.ok() && (done.error().code == "io_error" || done.error().code == "corrupt"))
      broken_ = true;
    return done;
  }

  std::string reserve_path() const { return join(options_.directory, "journal.reserve"); }

  void configure() {
    if (options_.create) {
      // The rollback journal under which the file becomes one with a write-ahead log must be gone
      // for good: come back after a power cut, it would roll everything back.
      db_.execute("PRAGMA synchronous=EXTRA");
      // A step touches half a dozen pages: small ones halve what the disk has to keep for it.
      db_.execute("PRAGMA page_size=2048");
      Rows mode = db_.query("PRAGMA journal_mode=WAL");
      if (!mode.next() || mode.text(0) != "wal")
        fail("cannot_open", "this file system cannot hold a write-ahead log: use a local disk");
    }
    db_.execute(word(options_.synchronous));
    db_.execute(
        "PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-16000; PRAGMA cell_size_check=ON;");
  }

  void find_key(bool fresh) {
    const std::string path = join(options_.directory, "bench.key");
    const auto key = read_key(path);
    if (key) {
      key_ = *key;
      return;
    }
    if (!fresh) {
      fail("key_missing", path +
                              " is missing, and without it the journal cannot be trusted: "
                              "restore it from the backup");
    }
    if (!options_.create) fail_without_journal(options_);
    key_ = options_.create->key;
    write_key(path, key_);
  }

  void create() {
    if (!options_.create) fail_without_journal(options_);
    Transaction transaction(db_);
    db_.execute(journal_schema);
    db_.execute(journal_gate);
    for (const char* upgrade : journal_upgrades) db_.execute(upgrade);
    db_.run("INSERT INTO meta VALUES ('format', ?)", std::to_string(journal_format));
    db_.run("INSERT INTO meta VALUES ('record_hash', ?)", hash_algorithm);
    genesis_ = options_.create->genesis;
    append(station::Payload{genesis_}, 1, "", options_.create->now);
    transaction.commit();
  }

  // Format 2 gave no number back. What it retired then, the carrier may have given out anew long
  // since: those are not given back afterwards.
  void bring_up_to_date() {
    const auto format = db_.integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'format'");
    if (format < journal_oldest || format >= journal_format) return;
    Transaction transaction(db_);
    for (auto from = format; from < journal_format; ++from)
      db_.execute(journal_upgrades[static_cast<std::size_t>(from - journal_oldest)]);
    db_.run("UPDATE meta SET value = ? WHERE key = 'format'", std::to_string(journal_format));
    transaction.commit();
  }

  void read_identity() {
    check_format(db_, options_.directory);
    Rows first = db_.query(records_after, 0);
    if (!first.next()) fail("corrupt", "the journal has no first record: restore a backup");
    const RecordRow row = read_row(first);
    const std::string problem = chain_problem(Head{}, row, key_);
    if (!problem.empty())
      fail("journal_tampered", problem + ": bench.key or the journal is not this bench's");
    const station::Record record = to_record(row);
    if (!std::holds_alternative<station::Genesis>(record.payload))
      fail("corrupt", "the journal does not begin with a bench: restore a backup");
    genesis_ = std::get<station::Genesis>(record.payload);
    Rows last = db_.query("SELECT seq, hash FROM record ORDER BY seq DESC LIMIT 1");
    last.next();
    head_ = {last.integer(0), to_hash(last.blob(1))};
    pickups_ = db_.integer("SELECT count(*) FROM pickup");
  }

  std::vector<station::Record> write(std::span<const station::Payload> payloads,
                                     const std::string& op, const Now& now) {
    const Head before = head_;
    const std::int64_t pickups_before = pickups_;
    try {
      Transaction transaction(db_);
      std::vector<station::Record> records;
      for (const station::Payload& payload : payloads) {
        if (releases(payload)) check_pickups(db_, key_, pickups_);
        records.push_back(append(payload, before.seq + 1, op, now));
      }
      transaction.commit();
      return records;
    } catch (const Failure& failure) {
      head_ = before;
      pickups_ = pickups_before;
      if (failure.error.code == "constraint") refuse_strangers();
      throw;
    } catch (...) {
      head_ = before;
      pickups_ = pickups_before;
      throw;
    }
  }

  // A trigger has refused our next record because the last one in the file is not ours. Who drops
  // the trigger as well is found at the next start, by the release of a confirmation and by verify.
  void refuse_strangers() {
    if (db_.integer("SELECT coalesce(max(seq), 0) FROM record") == head_.seq) return;
    fail("journal_tampered",
         "another program wrote records into the journal. Stop packing at "
         "this bench and run packbench verify.");
  }

  station::Record append(const station::Payload& payload, std::int64_t batch, const std::string& op,
                         const Now& now) {
    RecordRow row;
    row.seq = head_.seq + 1;
    row.batch = batch;
    row.bench = genesis_.bench;
    row.kind = station::kind_of(payload);
    row.version = station::record_version;
    row.payload = station::encode(payload);
    row.op = op;
    row.wall_us = now.wall.us;
    row.boot_id = now.boot_id;
    row.boot_us = now.since_boot.us;
    row.prev_hash = head_.hash;
    row.hash = record_hash(row, key_);
    insert_row(db_, row);
    station::Record record{row.seq, batch, op, now, as_stored(payload, row.payload)};
    project(db_, record);
    head_ = {row.seq, row.hash};
    pickups_ += pickups_in(payload);
    return record;
  }

  // The newest one whose signature holds and whose record is still the one it was taken at. The
  // signature of a program with other fields does not hold: then the records are read instead.
  station::Station newest_snapshot() {
    Rows rows = db_.query(
        "SELECT seq, payload, head, pickups, mac FROM snapshot"
        " ORDER BY seq DESC");
    while (rows.next()) {
      const Hash head = to_hash(rows.blob(2));
      const Hash mac =
          snapshot_mac(rows.integer(0), head, rows.integer(3), rows.text_view(1), key_);
      if (!equal(mac, rows.blob(4))) continue;
      Rows record = db_.query("SELECT hash FROM record WHERE seq = ?", rows.integer(0));
      if (!record.next() || !equal(head, record.blob(0))) continue;
      auto station = station::decode_station(rows.text_view(1));
      if (!station.ok()) continue;
      head_ = {rows.integer(0), head};
      pickups_ = rows.integer(3);
      return std::move(station).value();
    }
    head_ = Head{};
    pickups_ = 0;
    return {};
  }

  void fold_tail(station::Station& station, const Fold& fold) {
    Rows rows = db_.query(records_after, head_.seq);
    while (rows.next()) {
      const RecordRow row = read_row(rows);
      const std::string problem = chain_problem(head_, row, key_);
      if (!problem.empty()) {
        fail("journal_tampered", problem +
                                     ". Stop packing at this bench, run packbench verify and "
                                     "restore the backup.");
      }
      const station::Record record = to_record(row);
      fold(station, record);
      head_ = {row.seq, row.hash};
      pickups_ += pickups_in(record.payload);
    }
  }

  // Writing over blocks that the log already has costs the file system nothing; extending it would
  // cost a journal entry of its own with every commit. Zeros end a log as anything unwritten does.
  // A disk that has no room for this goes on without.
  void make_room_in_log() {
    sqlite3_file* log = nullptr;
    sqlite3_int64 size = 0;
    sqlite3_file_control(db_.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (log == nullptr || log->pMethods == nullptr) return;
    if (log->pMethods->xFileSize(log, &size) != SQLITE_OK || size >= options_.log_bytes) return;
    extend_with_zeros(log, size, options_.log_bytes);
  }

  // The log of the process before is removed when it closes, which a power cut may undo: back would
  // come a step that this disk once failed to keep, and that nobody here knows. What is committed
  // in a log of our own takes its place for good.
  void make_log_ours() {
    const auto done = guarded([&] {
      db_.run(
          "INSERT INTO meta VALUES ('starts', '1')"
          " ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)");
      return Ok{};
    });
    if (!done.ok() && done.error().code != "no_space") fail(done.error().code, done.error().text);
  }

  bool spend_reserve() {
    if (!has_reserve_) return false;
    delete_file(options_.vfs, reserve_path());
    has_reserve_ = false;
    reserve_spent_ = true;
    return true;
  }

  void renew_reserve() {
    if (has_reserve_ || options_.reserve_bytes == 0) return;
    has_reserve_ = file_exists(options_.vfs, reserve_path()) ||
                   write_zeros(options_.vfs, reserve_path(), options_.reserve_bytes);
    reserve_spent_ = !has_reserve_;
  }

  const JournalOptions options_;
  const LockFile lock_;
  Database db_;
  Key key_{};
  station::Genesis genesis_;
  Head head_;
  std::int64_t pickups_ = 0;  // that were scanned and not undone
  bool has_reserve_ = false;
  bool reserve_spent_ = false;
  bool broken_ = false;
  std::unique_ptr<JournalReader> reader_;
};

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const JournalOptions& options) {
  if (sodium_init() < 0) return Error{"sodium", "libsodium does not start on this machine"};
  return guarded(
      [&]() -> std::unique_ptr<Journal> { return std::make_unique<StoredJournal>(options); });
}

}  // namespace packbench::store
