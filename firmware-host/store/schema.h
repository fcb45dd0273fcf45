// Schema: the tables of journal.db, catalog.db and keys.db, in SQL to be read. For this room's
// source files only.
#pragma once

#include <array>

namespace packbench::store {

inline constexpr int journal_format = 9;
inline constexpr int journal_oldest = 2;  // that is brought up to date when it is opened
inline constexpr int catalog_format = 7;

extern const char* const journal_schema;
extern const char* const journal_gate;
// What each format after the oldest has more than the one before; a new journal gets them all.
extern const std::array<const char*, journal_format - journal_oldest> journal_upgrades;
extern const char* const catalog_schema;
extern const char* const catalog_upgrade_2;     // from format 2 to 3
extern const char* const catalog_traces;        // what format 4 has more, a new catalog too
extern const char* const catalog_trace_feed;    // the same for format 5
extern const char* const catalog_waiting;       // the same for format 6
extern const char* const catalog_stop_regions;  // the same for format 7
extern const char* const keys_schema;

// What `verify` rebuilds from the records and compares row by row: a table, its primary key and
// how many columns that has.
struct ProjectedTable {
  const char* name;
  const char* key;
  int key_columns;
};
extern const std::array<ProjectedTable, 26> projected_tables;

}  // namespace packbench::store
