// Chain: rows of the table `record`, and whether they are what this bench wrote. For this room's
// source files only.
#pragma once

#include <cstdint>
#include <string>

#include "station/record.h"
#include "store/database.h"
#include "store/seal.h"

namespace packbench::store {

// Rows of records seq > ?1, in their order; read_row takes one of them.
inline constexpr const char* records_after =
    "SELECT seq, bench, batch, kind, version, payload, op, wall_us, boot_id, boot_us, prev_hash,"
    " hash FROM record WHERE seq > ?1 ORDER BY seq";
RecordRow read_row(const Rows& rows);
void insert_row(Database& db, const RecordRow& row);

// The end of the chain so far.
struct Head {
  std::int64_t seq = 0;
  Hash hash{};
};
// Why `row` cannot follow `head`, as a sentence that names it; empty where it does.
std::string chain_problem(const Head& head, const RecordRow& row, const Key& key);
// The same where the predecessor is not at hand: the row's own hash only.
bool is_sound(const RecordRow& row, const Key& key);

// Throws Failure where the payload cannot be read.
station::Record to_record(const RecordRow& row);

// Holds every pickup that is not settled, and the number of all of them, against the records.
// Throws Failure journal_tampered with the name of one that has no sound record.
void check_pickups(Database& db, const Key& key, std::int64_t expected);

// Whether the record lets confirmations go, and how many pickups it adds.
bool releases(const station::Payload& payload);
std::int64_t pickups_in(const station::Payload& payload);

// Throws Failure older_journal or newer_journal where the journal in `directory` has not this
// program's tables. Only opening it as a bench brings an older one up to date.
void check_format(Database& db, const std::string& directory);

// Throws Failure journal_tampered where tables or triggers are not those of this program.
void check_schema(Database& db);

}  // namespace packbench::store
