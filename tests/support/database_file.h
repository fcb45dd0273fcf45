// DatabaseFile: a bench's database seen past the program, as somebody with the sqlite3 tool would
// see it: foreign keys off, own connection. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

struct sqlite3;

namespace packbench::test {

class DatabaseFile {
 public:
  enum class Access { read, write };
  explicit DatabaseFile(const std::string& path, Access access = Access::read);
  ~DatabaseFile();
  DatabaseFile(const DatabaseFile&) = delete;
  DatabaseFile& operator=(const DatabaseFile&) = delete;

  // Every value as text; a wrong statement fails the test.
  std::vector<std::vector<std::string>> rows(const std::string& sql);
  std::string text(const std::string& sql);  // the first value
  std::int64_t count(const std::string& sql);
  // Empty where it went through, else SQLite's message.
  std::string run(const std::string& sql);

 private:
  sqlite3* handle_ = nullptr;
};

// Every row of the catalog, table by table.
std::map<std::string, std::vector<std::vector<std::string>>> catalog_rows(const std::string& data);

// What is projected from the records, table by table, but for the tally of refusals.
std::map<std::string, std::vector<std::vector<std::string>>> projections(const std::string& data);

}  // namespace packbench::test
