// Database: one SQLite connection and its prepared statements. For this room's source files only:
// a failure is thrown as Failure and ends in `guarded`, so that no exception leaves the room.
// Thread rule: one thread.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "domain/order.h"

namespace packbench::store {

// codes: busy, no_space, io_error, corrupt, constraint, cannot_open, sqlite.
struct Failure {
  Error error;
};
[[noreturn]] void fail(std::string code, std::string text);

template <class Work>
auto guarded(Work work) -> Result<std::invoke_result_t<Work>> {
  try {
    return work();
  } catch (const Failure& failure) {
    return failure.error;
  } catch (const std::exception& problem) {
    return Error{"corrupt", std::string("the stored data cannot be read (") + problem.what() +
                                "): run packbench verify"};
  }
}

using Bytes = std::span<const std::uint8_t>;

// The answer to a query; a row after each next() that says true. Gives its statement back when it
// goes. Columns count from 0.
class Rows {
 public:
  Rows(sqlite3_stmt* statement, bool owned) : statement_(statement), owned_(owned) {}
  ~Rows();
  Rows(Rows&& other) noexcept;
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  bool next();
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  int number(int column) const { return static_cast<int>(integer(column)); }
  bool flag(int column) const { return integer(column) != 0; }
  std::string text(int column) const;
  std::string_view text_view(int column) const;  // until the next next()
  Bytes blob(int column) const;                  // until the next next()
  std::optional<std::int64_t> maybe_integer(int column) const;
  std::optional<Instant> maybe_time(int column) const;
  Instant time(int column) const { return {integer(column)}; }
  OrderKey key(int first) const { return {text(first), text(first + 1), text(first + 2)}; }
  int columns() const;
  int type(int column) const;
  const char* name(int column) const;

 private:
  sqlite3_stmt* statement_;
  bool owned_;
};

struct OpenMode {
  std::string vfs;
  bool create = false;
  bool read_only = false;
  bool keep_log = false;  // leaves the write-ahead log to another connection, also at the end
  int busy_ms = 2000;
};

class Database {
 public:
  Database(const std::string& path, const OpenMode& mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Several statements without parameters.
  void execute(const std::string& sql);

  // `sql` must be a literal: the prepared statement is kept under its address. An OrderKey binds
  // three parameters, every other value one.
  template <class... Values>
  Rows query(const char* sql, const Values&... values) {
    return bound(SQLITE_TRANSIENT, sql, values...);
  }
  template <class... Values>
  void run(const char* sql, const Values&... values) {
    Rows rows = bound(SQLITE_STATIC, sql, values...);
    while (rows.next()) {
    }
  }
  template <class... Values>
  std::int64_t integer(const char* sql, const Values&... values) {
    Rows rows = bound(SQLITE_STATIC, sql, values...);
    return rows.next() ? rows.integer(0) : 0;
  }
  // For SQL that was put together; not kept.
  Rows query_once(const std::string& sql);

  std::int64_t changes() const { return sqlite3_changes64(handle_); }
  std::int64_t last_rowid() const { return sqlite3_last_insert_rowid(handle_); }
  sqlite3* handle() { return handle_; }

 private:
  struct Prepared {
    sqlite3_stmt* statement;
    bool owned;
  };
  // Whether SQLite copies texts and blobs (SQLITE_TRANSIENT), or the values outlive the Rows.
  using Keeping = sqlite3_destructor_type;

  template <class... Values>
  Rows bound([[maybe_unused]] Keeping keeping, const char* sql, const Values&... values) {
    Prepared got = statement(sql);
    Rows rows(got.statement, got.owned);
    [[maybe_unused]] int index = 1;
    (bind_value(got.statement, index, keeping, values), ...);
    return rows;
  }
  Prepared statement(const char* sql);
  sqlite3_stmt* prepare(std::string_view sql);

  static void bind_integer(sqlite3_stmt* s, int i, std::int64_t value);
  static void bind_text(sqlite3_stmt* s, int i, Keeping keeping, std::string_view value);
  static void bind_blob(sqlite3_stmt* s, int i, Keeping keeping, Bytes value);
  static void bind_null(sqlite3_stmt* s, int i);

  template <class T>
  static void bind_value(sqlite3_stmt* s, int& i, [[maybe_unused]] Keeping keeping,
                         const T& value) {
    if constexpr (std::is_same_v<T, OrderKey>) {
      bind_text(s, i++, keeping, value.platform);
      bind_text(s, i++, keeping, value.shop);
      bind_text(s, i++, keeping, value.number);
    } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Duration>) {
      bind_integer(s, i++, value.us);
    } else if constexpr (std::is_same_v<T, std::nullopt_t>) {
      bind_null(s, i++);
    } else if constexpr (std::is_integral_v<T>) {
      bind_integer(s, i++, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
      bind_text(s, i++, keeping, value);
    } else if constexpr (std::is_convertible_v<T, Bytes>) {
      bind_blob(s, i++, keeping, value);
    } else {  // std::optional
      if (value) {
        bind_value(s, i, keeping, *value);
      } else {
        bind_null(s, i++);
      }
    }
  }

  sqlite3* handle_ = nullptr;
  std::unordered_map<const void*, sqlite3_stmt*> statements_;
};

// BEGIN IMMEDIATE; rolled back unless commit() came through.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

// A file of `bytes` zeros through SQLite's file layer, synced; false where there is no room.
bool write_zeros(const std::string& vfs, const std::string& path, std::int64_t bytes);
// Zeros from `from` up to `to`, synced; false where there is no room.
bool extend_with_zeros(sqlite3_file* file, std::int64_t from, std::int64_t to);
void delete_file(const std::string& vfs, const std::string& path);
bool file_exists(const std::string& vfs, const std::string& path);

}  // namespace packbench::store
