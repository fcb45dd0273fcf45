#include "store/database.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "store/read_view.h"

namespace packbench::store {
namespace {

struct Advice {
  const char* code;
  const char* text;
};

Advice advice(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return {"no_space", "the disk is full: free some space and try again"};
    case SQLITE_IOERR:
      return {"io_error", "the disk did not take or give the data: check it, then start again"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {"busy", "another program holds the database: close it and try again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {"corrupt", "the database is damaged: run packbench verify and restore a backup"};
    case SQLITE_CONSTRAINT:
      return {"constraint", "the database refused what contradicts its rules"};
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {"cannot_open", "the data directory cannot be opened or written: check its rights"};
    default:
      return {"sqlite", "the database failed"};
  }
}

[[noreturn]] void fail_with(sqlite3* handle, int result) {
  const Advice found = advice(result);
  const char* detail = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
  fail(found.code, fmt::format("{} ({}, {})", found.text, detail, result));
}

// Counting its memory costs SQLite a lock at every allocation. To be said before its first use;
// where another library was earlier, it goes on counting.
void count_no_memory() {
  [[maybe_unused]] static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

void check(sqlite3_stmt* statement, int result) {
  if (result != SQLITE_OK) fail_with(sqlite3_db_handle(statement), result);
}

}  // namespace

void fail(std::string code, std::string text) {
  throw Failure{{std::move(code), std::move(text)}};
}

Rows::~Rows() {
  if (statement_ == nullptr) return;
  if (owned_) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Rows::Rows(Rows&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), owned_(other.owned_) {}

bool Rows::next() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  fail_with(sqlite3_db_handle(statement_), result);
}

bool Rows::is_null(int column) const {
  return type(column) == SQLITE_NULL;
}
std::int64_t Rows::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
std::string Rows::text(int column) const {
  return std::string(text_view(column));
}

std::string_view Rows::text_view(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Bytes Rows::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::int64_t> Rows::maybe_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<Instant> Rows::maybe_time(int column) const {
  // Most are there, and a value costs one call less than asking first whether there is one.
  const std::int64_t us = integer(column);
  if (us == 0 && is_null(column)) return std::nullopt;
  return Instant{us};
}

int Rows::columns() const {
  return sqlite3_column_count(statement_);
}
int Rows::type(int column) const {
  return sqlite3_column_type(statement_, column);
}
const char* Rows::name(int column) const {
  return sqlite3_column_name(statement_, column);
}

Database::Database(const std::string& path, const OpenMode& mode) {
  count_no_memory();
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode.create) flags |= SQLITE_OPEN_CREATE;
  const char* vfs = mode.vfs.empty() ? nullptr : mode.vfs.c_str();
  const int result = sqlite3_open_v2(path.c_str(), &handle_, flags, vfs);
  if (result != SQLITE_OK) {
    const Advice found = advice(result);
    const std::string text = fmt::format("{}: {} ({})", path, found.text, result);
    sqlite3_close(handle_);
    handle_ = nullptr;
    fail(found.code, text);
  }
  sqlite3_busy_timeout(handle_, mode.busy_ms);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // Otherwise a query beside a partial index is planned anew for every value bound to it.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  if (mode.read_only || mode.keep_log)
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

void Database::execute(const std::string& sql) {
  const int result = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) fail_with(handle_, result);
}

sqlite3_stmt* Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) fail_with(handle_, result);
  return statement;
}

Database::Prepared Database::statement(const char* sql) {
  sqlite3_stmt*& kept = statements_[sql];
  if (kept == nullptr) kept = prepare(sql);
  if (sqlite3_stmt_busy(kept) != 0) return {prepare(sql), true};
  return {kept, false};
}

Rows Database::query_once(const std::string& sql) {
  return Rows(prepare(sql), true);
}

void Database::bind_integer(sqlite3_stmt* s, int i, std::int64_t value) {
  check(s, sqlite3_bind_int64(s, i, value));
}

void Database::bind_text(sqlite3_stmt* s, int i, Keeping keeping, std::string_view value) {
  const char* data = value.data() != nullptr ? value.data() : "";
  check(s, sqlite3_bind_text64(s, i, data, value.size(), keeping, SQLITE_UTF8));
}

void Database::bind_blob(sqlite3_stmt* s, int i, Keeping keeping, Bytes value) {
  check(s, sqlite3_bind_blob64(s, i, value.data() != nullptr ? value.data() : Bytes::pointer(""),
                               value.size(), keeping));
}

void Database::bind_null(sqlite3_stmt* s, int i) {
  check(s, sqlite3_bind_null(s, i));
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // SQLite has often rolled back by itself after an error; then this one has nothing to do.
  if (open_ && sqlite3_get_autocommit(database_.handle()) == 0) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

ReadView::ReadView(Database& database) : database_(database) {
  begun_ = guarded([&] {
             database_.run("BEGIN");
             return Ok{};
           }).ok();
}

ReadView::~ReadView() {
  if (!begun_) return;
  const auto ended = guarded([&] {
    database_.run("ROLLBACK");
    return Ok{};
  });
  static_cast<void>(ended);
}

namespace {

sqlite3_vfs* find_vfs(const std::string& name) {
  count_no_memory();
  sqlite3_vfs* vfs = sqlite3_vfs_find(name.empty() ? nullptr : name.c_str());
  if (vfs == nullptr) fail("cannot_open", "SQLite has no file layer named " + name);
  return vfs;
}

}  // namespace

bool extend_with_zeros(sqlite3_file* file, std::int64_t from, std::int64_t to) {
  const std::array<char, 65536> zeros{};
  while (from < to) {
    const auto part = std::min<std::int64_t>(to - from, static_cast<std::int64_t>(zeros.size()));
    if (file->pMethods->xWrite(file, zeros.data(), static_cast<int>(part), from) != SQLITE_OK)
      return false;
    from += part;
  }
  return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

bool write_zeros(const std::string& vfs_name, const std::string& path, std::int64_t bytes) {
  sqlite3_vfs* vfs = find_vfs(vfs_name);
  std::vector<std::max_align_t> room(
      static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
  auto* file = reinterpret_cast<sqlite3_file*>(room.data());
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_TRANSIENT_DB;
  int got = 0;
  const bool opened = vfs->xOpen(vfs, path.c_str(), file, flags, &got) == SQLITE_OK;
  const bool written = opened && extend_with_zeros(file, 0, bytes);
  if (file->pMethods != nullptr) file->pMethods->xClose(file);
  if (opened && !written) delete_file(vfs_name, path);
  return written;
}

void delete_file(const std::string& vfs_name, const std::string& path) {
  sqlite3_vfs* vfs = find_vfs(vfs_name);
  vfs->xDelete(vfs, path.c_str(), 1);
}

bool file_exists(const std::string& vfs_name, const std::string& path) {
  sqlite3_vfs* vfs = find_vfs(vfs_name);
  int exists = 0;
  vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &exists);
  return exists != 0;
}

}  // namespace packbench::store
