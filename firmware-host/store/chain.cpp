#include "store/chain.h"

#include <fmt/format.h>

#include "station/codec.h"
#include "store/schema.h"

namespace packbench::store {
namespace {

constexpr const char* what_next =
    "Somebody changed the journal by hand. Stop packing at this bench, run packbench verify and "
    "restore the backup.";

// Whether the record that the pickup row names says so.
bool has_record(Database& db, const Key& key, std::int64_t seq, const std::string& parcel,
                const std::string& manifest) {
  Rows rows = db.query(records_after, seq - 1);
  if (!rows.next()) return false;
  const RecordRow row = read_row(rows);
  if (row.seq != seq || !is_sound(row, key)) return false;
  const auto payload = station::decode(row.kind, row.version, row.payload);
  if (!payload.ok()) return false;
  if (const auto* accepted = std::get_if<station::TraceAccepted>(&payload.value()))
    return accepted->parcel == parcel && accepted->manifest == manifest;
  const auto* picked_up = std::get_if<station::ParcelPickedUp>(&payload.value());
  return picked_up != nullptr && picked_up->parcel == parcel && picked_up->manifest == manifest;
}

void check_rows(Database& db, const Key& key, Rows rows) {
  while (rows.next()) {
    if (has_record(db, key, rows.integer(2), rows.text(0), rows.text(1))) continue;
    fail("journal_tampered",
         fmt::format("the pickup of parcel {} (record {}) was never scanned. {}", rows.text(0),
                     rows.integer(2), what_next));
  }
}

std::string schema_text(Database& db) {
  Rows rows = db.query(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
      " ORDER BY type, name");
  std::string text;
  while (rows.next()) {
    for (int i = 0; i < 3; ++i) text += rows.text(i) + "\n";
  }
  return text;
}

}  // namespace

RecordRow read_row(const Rows& rows) {
  RecordRow row;
  row.seq = rows.integer(0);
  row.bench = rows.text(1);
  row.batch = rows.integer(2);
  row.kind = rows.text(3);
  row.version = rows.number(4);
  row.payload = rows.text(5);
  row.op = rows.text(6);
  row.wall_us = rows.integer(7);
  row.boot_id = rows.text(8);
  row.boot_us = rows.integer(9);
  row.prev_hash = to_hash(rows.blob(10));
  row.hash = to_hash(rows.blob(11));
  return row;
}

void insert_row(Database& db, const RecordRow& row) {
  db.run(
      "INSERT INTO record (seq, bench, batch, kind, version, payload, op, wall_us, boot_id,"
      " boot_us, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      row.seq, row.bench, row.batch, row.kind, row.version, row.payload, row.op, row.wall_us,
      row.boot_id, row.boot_us, Bytes(row.prev_hash), Bytes(row.hash));
}

bool is_sound(const RecordRow& row, const Key& key) {
  return equal(record_hash(row, key), Bytes(row.hash));
}

std::string chain_problem(const Head& head, const RecordRow& row, const Key& key) {
  if (row.seq != head.seq + 1) {
    return fmt::format("record {} is missing: after {} comes {} ({})", head.seq + 1, head.seq,
                       row.seq, row.kind);
  }
  if (!is_sound(row, key))
    return fmt::format("record {} ({}) is not what was written", row.seq, row.kind);
  if (!equal(head.hash, Bytes(row.prev_hash)))
    return fmt::format("record {} ({}) does not follow record {}", row.seq, row.kind, head.seq);
  return "";
}

station::Record to_record(const RecordRow& row) {
  auto payload = station::decode(row.kind, row.version, row.payload);
  if (!payload.ok()) {
    fail(payload.error().code, fmt::format("record {}: {}", row.seq, payload.error().text));
  }
  station::Record record;
  record.seq = row.seq;
  record.batch = row.batch;
  record.op = row.op;
  record.at = {Instant{row.wall_us}, Duration{row.boot_us}, row.boot_id};
  record.payload = std::move(payload).value();
  return record;
}

void check_pickups(Database& db, const Key& key, std::int64_t expected) {
  check_rows(db, key,
             db.query("SELECT parcel, manifest, record_seq FROM pickup WHERE settled = 0"));
  const std::int64_t count = db.integer("SELECT count(*) FROM pickup");
  if (count == expected) return;
  check_rows(db, key, db.query("SELECT parcel, manifest, record_seq FROM pickup"));
  fail("journal_tampered",
       fmt::format("{} pickups are stored and {} were scanned. {}", count, expected, what_next));
}

bool releases(const station::Payload& payload) {
  return std::holds_alternative<station::ManifestClosed>(payload) ||
         std::holds_alternative<station::TraceAccepted>(payload) ||
         std::holds_alternative<station::ConfirmationReleased>(payload);
}

std::int64_t pickups_in(const station::Payload& payload) {
  if (std::holds_alternative<station::ParcelPickedUp>(payload) ||
      std::holds_alternative<station::TraceAccepted>(payload))
    return 1;
  return std::holds_alternative<station::PickupUndone>(payload) ? -1 : 0;
}

void check_format(Database& db, const std::string& directory) {
  Rows rows = db.query("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'format'");
  const std::int64_t format = rows.next() ? rows.integer(0) : 0;
  if (format >= journal_oldest && format < journal_format) {
    fail("older_journal", fmt::format("the journal in {} was written by an older packbench: start "
                                      "packbench console or kiosk there once, then try again",
                                      directory));
  }
  if (format != journal_format) {
    fail("newer_journal", fmt::format("the journal in {} was written by another version of "
                                      "packbench: use that one",
                                      directory));
  }
}

void check_schema(Database& db) {
  Database fresh(":memory:", OpenMode{.vfs = {}, .create = true});
  fresh.execute(journal_schema);
  fresh.execute(journal_gate);
  for (const char* upgrade : journal_upgrades) fresh.execute(upgrade);
  if (schema_text(db) == schema_text(fresh)) return;
  fail(
      "journal_tampered",
      fmt::format("the journal's tables or triggers are not those of this program. {}", what_next));
}

}  // namespace packbench::store
