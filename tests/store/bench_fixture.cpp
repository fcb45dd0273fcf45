#include "tests/store/bench_fixture.h"

namespace packbench::store {

using namespace station;  // the kinds of record

PackingStarted started(const std::string& work, const std::vector<OrderKey>& orders, int lines) {
  PackingStarted record;
  record.work = work;
  record.opened_by = "number";
  record.carrier = "SF";
  record.service = "standard";
  for (const OrderKey& key : orders) {
    OpenedOrder opened;
    opened.order.key = key;
    opened.order.paid = Money{9900, "CNY"};
    opened.ship_by = Instant{1'800'100'000'000'000};
    for (int i = 1; i <= lines; ++i) {
      OpenedLine line;
      line.line.ordinal = i;
      line.line.sku = "MUG-" + std::to_string(i);
      line.line.quantity = 1;
      Part part;
      part.sku = line.line.sku;
      line.parts = {part};
      opened.lines.push_back(line);
    }
    record.orders.push_back(opened);
  }
  return record;
}

std::vector<Payload> staged(const std::string& work, const std::string& parcel,
                            const std::string& number, const std::vector<OrderKey>& orders) {
  std::vector<Payload> records;
  records.push_back(started(work, orders));
  records.push_back(ParcelStarted{parcel, work, 1, {{"gift_wrap", true, {}, false}}, {}});
  for (const OrderKey& key : orders)
    records.push_back(ItemPacked{parcel, key, 1, 0, 1, false, "4006381333931", "", "", ""});
  records.push_back(CheckAnswered{parcel, "gift_wrap", "pass", "", "WRAP"});
  WaybillOffer offer;
  offer.carrier = "SF";
  offer.service = "standard";
  offer.number = number;
  records.push_back(WaybillAssigned{parcel, offer, LabelSource::own});
  records.push_back(PrintRequested{parcel, 1, ""});
  records.push_back(LabelIntent{parcel, 1, "hash"});
  records.push_back(LabelSent{parcel, 1});
  records.push_back(LabelPrinted{parcel, 1});
  records.push_back(LabelVerified{parcel, 1, number});
  records.push_back(ParcelStaged{parcel, 512});
  records.push_back(WorkFinished{work});
  return records;
}

namespace {

struct Handle {
  explicit Handle(const std::string& path) { sqlite3_open(path.c_str(), &db); }
  ~Handle() { sqlite3_close(db); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  sqlite3* db = nullptr;
};

}  // namespace

std::string as_attacker(const std::string& path, const std::string& sql) {
  const Handle handle(path);
  char* message = nullptr;
  sqlite3_exec(handle.db, sql.c_str(), nullptr, nullptr, &message);
  const std::string complaint = message == nullptr ? "" : message;
  sqlite3_free(message);
  return complaint;
}

std::string ask(const std::string& path, const std::string& sql) {
  const Handle handle(path);
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_prepare_v2(handle.db, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
      << sqlite3_errmsg(handle.db);
  std::string answer;
  if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != nullptr)
    answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  return answer;
}

}  // namespace packbench::store
