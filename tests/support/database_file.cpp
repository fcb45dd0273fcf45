#include "tests/support/database_file.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>

#include "base/check.h"

namespace packbench::test {

DatabaseFile::DatabaseFile(const std::string& path, Access access) {
  const int flags = access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  CHECK(sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) == SQLITE_OK);
  sqlite3_busy_timeout(handle_, 5'000);
}

DatabaseFile::~DatabaseFile() {
  sqlite3_close(handle_);
}

std::vector<std::vector<std::string>> DatabaseFile::rows(const std::string& sql) {
  std::vector<std::vector<std::string>> out;
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
      << sqlite3_errmsg(handle_);
  int step = SQLITE_DONE;
  while (statement != nullptr && (step = sqlite3_step(statement)) == SQLITE_ROW) {
    std::vector<std::string> row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, i));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
      row.push_back(sqlite3_column_type(statement, i) == SQLITE_NULL ? "NULL"
                                                                     : std::string(bytes, size));
    }
    out.push_back(std::move(row));
  }
  EXPECT_EQ(step, SQLITE_DONE) << sqlite3_errmsg(handle_);
  sqlite3_finalize(statement);
  return out;
}

std::string DatabaseFile::text(const std::string& sql) {
  const auto all = rows(sql);
  return all.empty() ? std::string() : all.front().front();
}

std::int64_t DatabaseFile::count(const std::string& sql) {
  return std::strtoll(text(sql).c_str(), nullptr, 10);
}

std::string DatabaseFile::run(const std::string& sql) {
  char* message = nullptr;
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return "";
  std::string problem = message == nullptr ? sqlite3_errmsg(handle_) : message;
  sqlite3_free(message);
  return problem;
}

std::map<std::string, std::vector<std::vector<std::string>>> catalog_rows(const std::string& data) {
  DatabaseFile catalog(data + "/catalog.db");
  std::map<std::string, std::vector<std::vector<std::string>>> out;
  for (const auto& table : catalog.rows(
           "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
    out[table.front()] = catalog.rows("SELECT * FROM \"" + table.front() + "\" ORDER BY 1, 2");
  return out;
}

std::map<std::string, std::vector<std::vector<std::string>>> projections(const std::string& data) {
  DatabaseFile journal(data + "/journal.db");
  std::map<std::string, std::vector<std::vector<std::string>>> out;
  for (const auto& table :
       journal.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN "
                    "('record', 'snapshot', 'meta', 'tally') AND name NOT LIKE 'sqlite_%'"))
    out[table.front()] = journal.rows("SELECT * FROM \"" + table.front() + "\"");
  for (auto& [name, rows] : out) std::sort(rows.begin(), rows.end());
  return out;
}

}  // namespace packbench::test
