// Schema: the tables of journal.db, catalog.db and keys.db, in SQL to be read. For this room's
// source files only.
#pragma once

#include <array>

namespace packbench::store {

inline constexpr int journal_format = 3;
inline constexpr int catalog_format = 3;

extern const char* const journal_schema;
extern const char* const journal_gate;
extern const char* const journal_returns;  // what format 3 has and format 2 had not
extern const char* const catalog_schema;
extern const char* const catalog_upgrade_2;  // from format 2 to 3
extern const char* const keys_schema;

// What `verify` rebuilds from the records and compares row by row: a table, its primary key and
// how many columns that has.
struct ProjectedTable {
  const char* name;
  const char* key;
  int key_columns;
};
extern const std::array<ProjectedTable, 20> projected_tables;

}  // namespace packbench::store
