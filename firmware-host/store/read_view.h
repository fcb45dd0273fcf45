// ReadView: until it goes, all questions see the file as the first one found it, and SQLite locks
// it once instead of once for each. Meanwhile nothing may be written through the same connection.
// Thread rule: that of the connection.
#pragma once

namespace packbench::store {

class Database;

class ReadView {
 public:
  // Where it cannot begin, every question looks for itself.
  explicit ReadView(Database& database);
  ~ReadView();
  ReadView(const ReadView&) = delete;
  ReadView& operator=(const ReadView&) = delete;

 private:
  Database& database_;
  bool begun_ = false;
};

}  // namespace packbench::store
