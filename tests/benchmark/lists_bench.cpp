// How long it takes to read where everything stands, over a long history: the lists of what is
// open, their ages and what is at risk, and the orders that are still to be packed.
#include <sqlite3.h>

#include <filesystem>
#include <iostream>

#include "base/check.h"
#include "bench_data.h"
#include "benches.h"
#include "domain/reconcile.h"
#include "figures.h"
#include "store/journal_reader.h"

namespace packbench::benchmark {
namespace {

constexpr double lists_goal_ms = 50;
constexpr std::int64_t seconds_a_parcel = 30;

// A long history is projected row by row elsewhere (see start); here only its outcome is needed, so
// it is written as the projections leave it. ?1: parcels, ?2: the first that is open, ?3: the time
// of parcel 0.
constexpr const char* kHistory[] = {
    "INSERT INTO work SELECT 'B-W' || i, 'finished', 'order', 'SF', '', 'own', '1001', NULL,"
    " at, at FROM n",
    "INSERT INTO work_order SELECT 'B-W' || i, 'taobao', 'mugs', 'SO-' || i, 1, 1, 5000 + i % 9000,"
    " 'CNY', at + 172800000000, at + 160000000000, 'standard' FROM n",
    "INSERT INTO parcel SELECT 'B-P' || i, 'B-W' || i, 1, state, 'SF', '', 'SF' || (9000000000 + "
    "i),"
    " 500, 1, 1, '1001', '1001', '', at, at + 1, at + 2, at + 3,"
    " iif(state = 'confirmed', at + 4, NULL), iif(state = 'confirmed', at + 5, NULL), NULL FROM n",
    "INSERT INTO parcel_order SELECT 'B-P' || i, 'taobao', 'mugs', 'SO-' || i,"
    " iif(state = 'confirmed', 'sent', 'none'), NULL FROM n",
    "INSERT INTO order_state SELECT 'taobao', 'mugs', 'SO-' || i, 'B-W' || i, 0, NULL, NULL, -1, 0"
    " FROM n",
    "INSERT INTO parcel_trace (parcel, picked_up_us, hub_us, first_us, last_us, last_state)"
    " SELECT 'B-P' || i, at + 9, iif(i < ?2, at + 10, NULL), at + 9, at + 10, 'hub' FROM n"
    " WHERE state = 'confirmed' AND (i < ?2 OR i % 5 = 3)",
    "INSERT INTO watch SELECT 'B-P' || i FROM n WHERE i >= ?2 AND state = 'confirmed'",
};
constexpr const char* kNumbers =
    "WITH RECURSIVE counted(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < ?1),"
    " n AS (SELECT i, ?3 + i * 30000000 AS at, iif(i >= ?2 AND i % 5 < 3, 'staged', 'confirmed')"
    " AS state FROM counted) ";

// As many orders again as the journal has met, and so many more that nobody has begun with, between
// the newest of them. ?2: how many the journal has met.
constexpr const char* kOrders =
    "INSERT INTO orders (platform, shop, number, body, sealed_person, person_tag, revision,"
    " promised_us, paid_us, opens, single_item)"
    " SELECT 'taobao', 'mugs', iif(i < ?2, 'SO-' || i, 'SO-' || (i - ?1 + ?2) || '-B'), "
    "json_object('key',"
    " json_object('platform', 'taobao', 'shop', 'mugs', 'number', iif(i < ?2,"
    " 'SO-' || i, 'SO-' || (i - ?1 + ?2) || '-B')), 'paid', json_object('minor', 5000 + i % 9000, "
    "'currency', 'CNY'), 'paid_at',"
    " at), '', x'00', 0, NULL, at, 1, 1 FROM n";
// A day's orders that the journal has dealt with since the last import stand among those that wait.
constexpr const char* kWaiting =
    "INSERT INTO waiting_order SELECT platform, shop, number, id, promised_us, paid_us, 0 FROM "
    "orders"
    " JOIN n ON orders.id = n.i + 1 WHERE i >= ?2 - 3000";

void execute(sqlite3* db, const std::string& sql) {
  char* problem = nullptr;
  if (::sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &problem) != SQLITE_OK)
    std::cerr << "benchmark: " << (problem == nullptr ? "" : problem) << std::endl;
  CHECK(problem == nullptr);
}

void insert(sqlite3* db, const std::string& sql, std::int64_t count, std::int64_t first_open) {
  sqlite3_stmt* statement = nullptr;
  CHECK(::sqlite3_prepare_v2(db, (kNumbers + sql).c_str(), -1, &statement, nullptr) == SQLITE_OK);
  ::sqlite3_bind_int64(statement, 1, count);
  ::sqlite3_bind_int64(statement, 2, first_open);
  ::sqlite3_bind_int64(statement, 3, at(0).wall.us);
  CHECK(::sqlite3_step(statement) == SQLITE_DONE);
  ::sqlite3_finalize(statement);
}

// The gate would ask for the records of which there are none.
void drop_triggers(sqlite3* db) {
  std::vector<std::string> names;
  ::sqlite3_exec(
      db, "SELECT name FROM sqlite_master WHERE type = 'trigger'",
      [](void* out, int, char** row, char**) {
        static_cast<std::vector<std::string>*>(out)->push_back(row[0]);
        return 0;
      },
      &names, nullptr);
  for (const std::string& name : names) execute(db, "DROP TRIGGER " + name);
}

class RawFile {
 public:
  explicit RawFile(const std::string& path) {
    CHECK(::sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
    execute(db_, "BEGIN");
  }
  ~RawFile() {
    execute(db_, "COMMIT");
    execute(db_, "PRAGMA wal_checkpoint(TRUNCATE)");
    ::sqlite3_close(db_);
  }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;
  sqlite3* get() { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

// Made beside it and renamed, so that a half-made one is never used. The name ends in the format of
// the stores: another format's data is made anew.
std::string data_folder(const std::string& parent, const ListsSize& size) {
  const std::string folder = parent + "/lists-" + std::to_string(size.parcels) + "-" +
                             std::to_string(size.open) + "-" + std::to_string(size.to_pack) + "-10";
  if (std::filesystem::exists(folder)) return folder;
  std::cout << "\nmaking a history of " << size.parcels << " parcels, once" << std::endl;
  const std::string half = fresh_folder(parent, "lists-half-made");
  import(half, make_site(1));
  open_journal(half);
  {
    RawFile journal(half + "/journal.db");
    drop_triggers(journal.get());
    for (const char* sql : kHistory)
      insert(journal.get(), sql, size.parcels, size.parcels - size.open);
  }
  {
    RawFile catalog(half + "/catalog.db");
    insert(catalog.get(), kOrders, size.parcels + size.to_pack, size.parcels);
    insert(catalog.get(), kWaiting, size.parcels + size.to_pack, size.parcels);
  }
  std::filesystem::rename(half, folder);
  return folder;
}

}  // namespace

void bench_lists(const std::string& parent, const ListsSize& size, int steps) {
  const std::string folder = data_folder(parent, size);
  const auto journal = must(store::JournalReader::open(folder));
  const auto catalog = must(store::Catalog::open({folder, ""}));
  const PlatformPolicies policies{{"", PlatformPolicy{}}};
  const Now now = at(size.parcels * seconds_a_parcel);
  Series whole, packing;
  ListSums sums;
  for (int i = -1; i < steps; ++i) {
    const Stopwatch watch;
    std::array<std::vector<Standing>, static_cast<std::size_t>(ListName::count_)> lists;
    sums = {};
    const auto read = journal->each_open_parcel(now.wall, [&](const ParcelFacts& parcel) {
      Standing standing = standing_of(parcel, policies, now);
      add(sums, standing);
      lists[static_cast<std::size_t>(standing.list)].push_back(std::move(standing));
    });
    CHECK(read.ok());
    for (std::size_t list = 0; list < lists.size(); ++list)
      sort_list(static_cast<ListName>(list), lists[list]);
    const double us = watch.us();
    std::int64_t parcels = 0;
    for (const ListSum& sum : sums) parcels += sum.parcels;
    CHECK(parcels == size.open);
    if (i < 0) continue;  // the first reads the file into memory
    whole.add(us);
  }
  for (int i = -1; i < steps; ++i) {
    const Stopwatch watch;
    auto handled = must(journal->handled_orders());
    const auto orders = must(catalog->orders_to_pack(handled, policies, 200));
    if (i >= 0) packing.add(watch.us());
    CHECK(orders.count == size.to_pack);
  }
  print_title("Lists and sums over " + std::to_string(size.parcels) + " parcels, " +
              std::to_string(size.open) + " of them open");
  print_series("read, with clocks, lists and sums, sorted", whole);
  print_series("orders to pack, of all in the catalog", packing);
  for (std::size_t list = 0; list < sums.size(); ++list) {
    if (sums[list].parcels == 0) continue;
    print_note(std::string(row_of(static_cast<ListName>(list)).en) + ": " +
               std::to_string(sums[list].parcels));
  }
  print_goal("lists and sums, p50", whole.at(0.5) / 1000, lists_goal_ms, "ms");
  print_goal("orders to pack, p50", packing.at(0.5) / 1000, lists_goal_ms, "ms");
}

}  // namespace packbench::benchmark
