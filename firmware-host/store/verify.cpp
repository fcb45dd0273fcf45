#include "store/verify.h"

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "store/chain.h"
#include "store/files.h"
#include "store/projection.h"
#include "store/schema.h"

namespace packbench::store {
namespace {

constexpr std::size_t differences_max = 20;

// The file of the second database, gone when this goes.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& folder)
      : path_(join(folder, fmt::format("verify-{}.tmp", ::getpid()))) {
    std::remove(path_.c_str());
  }
  ~ScratchFile() { std::remove(path_.c_str()); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

class Verification {
 public:
  Verification(Database& journal, Database& rebuilt, const Key& key)
      : journal_(journal), rebuilt_(rebuilt), key_(key) {}

  VerifyReport run() {
    begin();
    if (!follow_chain()) return report_;
    check_triggers();
    for (const ProjectedTable& table : projected_tables) compare(table);
    check_pages();
    return report_;
  }

 private:
  // The second file may be lost at any moment; it is only here to be compared with.
  void begin() {
    rebuilt_.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;");
    rebuilt_.execute(journal_schema);
    rebuilt_.execute(journal_gate);
    for (const char* upgrade : journal_upgrades) rebuilt_.execute(upgrade);
    rebuilt_.execute("BEGIN");
    journal_.execute("BEGIN");  // one state of a journal that a bench may go on writing
  }

  bool follow_chain() {
    try {
      Rows rows = journal_.query(records_after, 0);
      while (rows.next()) {
        if (!take(read_row(rows))) return false;
      }
    } catch (const Failure& failure) {
      bad(head_.seq + 1, "",
          fmt::format("record {} cannot be read: {}", head_.seq + 1, failure.error.text));
      return false;
    }
    return true;
  }

  bool take(const RecordRow& row) {
    const std::string problem = chain_problem(head_, row, key_);
    if (!problem.empty()) {
      bad(row.seq, row.kind, problem);
      return false;
    }
    try {
      insert_row(rebuilt_, row);
      project(rebuilt_, to_record(row));
    } catch (const Failure& failure) {
      bad(row.seq, row.kind,
          fmt::format("record {} ({}) cannot be projected: {}", row.seq, row.kind,
                      failure.error.text));
      return false;
    }
    head_ = {row.seq, row.hash};
    ++report_.records;
    return true;
  }

  void bad(std::int64_t seq, const std::string& kind, const std::string& problem) {
    report_.bad_record = seq;
    report_.bad_kind = kind;
    report_.problem = problem;
  }

  void check_triggers() {
    try {
      check_schema(journal_);
    } catch (const Failure& failure) {
      report_.problem = failure.error.text;
    }
  }

  // SQLite's own check of pages and indexes.
  void check_pages() {
    Rows rows = journal_.query("PRAGMA integrity_check(1)");
    if (rows.next() && rows.text(0) != "ok") report_.problem = "damaged file: " + rows.text(0);
  }

  // Both in the order of the primary key, row by row.
  void compare(const ProjectedTable& table) {
    const std::string sql =
        fmt::format("SELECT {0}, * FROM {1} NOT INDEXED ORDER BY {0}", table.key, table.name);
    Rows stored = journal_.query_once(sql);
    Rows right = rebuilt_.query_once(sql);
    bool has_stored = stored.next();
    bool has_right = right.next();
    while (has_stored || has_right) {
      const int order = !has_stored  ? 1
                        : !has_right ? -1
                                     : compare_columns(stored, right, 0, table.key_columns);
      if (order < 0) differ(table, stored, "is stored and follows from no record");
      if (order > 0) differ(table, right, "is missing");
      if (order == 0) compare_row(table, stored, right);
      ++report_.rows_compared;
      if (order <= 0) has_stored = stored.next();
      if (order >= 0) has_right = right.next();
    }
  }

  void compare_row(const ProjectedTable& table, const Rows& stored, const Rows& right) {
    for (int i = table.key_columns; i < stored.columns(); ++i) {
      if (compare_columns(stored, right, i, i + 1) == 0) continue;
      differ(table, stored,
             fmt::format("{} is '{}' and should be '{}'", stored.name(i), stored.text(i),
                         right.text(i)));
    }
  }

  static int compare_columns(const Rows& a, const Rows& b, int from, int to) {
    for (int i = from; i < to; ++i) {
      if (a.type(i) != b.type(i)) return a.type(i) < b.type(i) ? -1 : 1;
      if (a.type(i) == SQLITE_INTEGER) {
        if (a.integer(i) != b.integer(i)) return a.integer(i) < b.integer(i) ? -1 : 1;
        continue;
      }
      const int order = a.text_view(i).compare(b.text_view(i));
      if (order != 0) return order < 0 ? -1 : 1;
    }
    return 0;
  }

  void differ(const ProjectedTable& table, const Rows& row, const std::string& what) {
    if (report_.differences.size() >= differences_max) return;
    std::string key;
    for (int i = 0; i < table.key_columns; ++i) key += (i > 0 ? " " : "") + row.text(i);
    report_.differences.push_back(fmt::format("{} {}: {}", table.name, key, what));
  }

  Database& journal_;
  Database& rebuilt_;
  const Key& key_;
  Head head_;
  VerifyReport report_;
};

}  // namespace

Result<VerifyReport> verify(const std::string& directory, const std::string& scratch,
                            const std::string& vfs) {
  if (sodium_init() < 0) return Error{"sodium", "libsodium does not start on this machine"};
  return guarded([&] {
    const auto key = read_key(join(directory, "bench.key"));
    if (!key) fail("no_journal", "there is no bench.key in " + directory + ": nothing to verify");
    Database journal(join(directory, "journal.db"), OpenMode{.vfs = vfs, .read_only = true});
    check_format(journal, directory);
    std::optional<ScratchFile> file;
    if (!scratch.empty()) file.emplace(scratch);
    Database rebuilt(file ? file->path() : ":memory:", OpenMode{.vfs = {}, .create = true});
    return Verification(journal, rebuilt, *key).run();
  });
}

}  // namespace packbench::store
