#include "store/catalog_rows.h"

#include <algorithm>
#include <array>

#include "domain/json.h"
#include "store/schema.h"

namespace packbench::store {
namespace {

std::string text_of(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// What a reader finds by default is not written: half of an order would be nothing but that, and
// a packer waits while it is parsed.
template <class T>
void drop_defaults(nlohmann::json& json) {
  static const nlohmann::json plain = T{};
  for (const auto& [name, value] : plain.items()) {
    const auto found = json.find(name);
    if (found != json.end() && *found == value) json.erase(found);
  }
}

int severity(OrderStatus status) {
  switch (status) {
    case OrderStatus::cancelled:
    case OrderStatus::refunded:
      return 2;
    case OrderStatus::refund_requested:
      return 1;
    default:
      return 0;
  }
}

void stop_order(Order& order, const std::string& reason) {
  for (const OrderStatus status :
       {OrderStatus::refund_requested, OrderStatus::refunded, OrderStatus::cancelled}) {
    if (reason != status_word(status)) continue;
    if (severity(status) >= severity(order.status)) order.status = status;
    return;
  }
  order.holds.push_back({"stop_list", reason});
}

void stop_line(Order& order, OrderLine& line, const std::string& reason) {
  for (const LineStatus status :
       {LineStatus::refund_requested, LineStatus::refunded, LineStatus::cancelled}) {
    if (reason != status_word(status)) continue;
    if (status != LineStatus::refund_requested || line.status == LineStatus::active)
      line.status = status;
    return;
  }
  order.holds.push_back({"stop_list", "line " + std::to_string(line.ordinal) + ": " + reason});
}

constexpr std::int64_t oldest_format = 2;  // that is brought up to date

// 0 where it is none that any version wrote.
std::int64_t format_of(Database& db) {
  return db.integer("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'format'");
}

}  // namespace

std::string order_text(const Order& order) {
  Order plain = order;
  plain.sealed_person.clear();
  plain.revision = 0;
  nlohmann::json json = plain;
  for (nlohmann::json& line : json["lines"]) drop_defaults<OrderLine>(line);
  drop_defaults<Order>(json);
  return text_of(json);
}

Order read_order(std::string_view text) {
  return nlohmann::json::parse(text).get<Order>();
}

std::string product_text(const Product& product) {
  nlohmann::json json = product;
  drop_defaults<Product>(json);
  return text_of(json);
}

Product read_product(std::string_view text) {
  return nlohmann::json::parse(text).get<Product>();
}

std::string status_word(OrderStatus status) {
  return nlohmann::json(status).get<std::string>();
}
std::string status_word(LineStatus status) {
  return nlohmann::json(status).get<std::string>();
}

void lay_over(Order& order, const std::vector<StoredStop>& stops) {
  for (const StoredStop& stop : stops) {
    if (stop.line == 0) {
      stop_order(order, stop.reason);
      continue;
    }
    for (OrderLine& line : order.lines) {
      if (line.ordinal == stop.line) stop_line(order, line, stop.reason);
    }
  }
}

std::vector<StoredStop> stops_of(Database& db, std::int64_t order_id) {
  Rows rows =
      db.query("SELECT line, reason FROM stop WHERE order_id = ? ORDER BY line, reason", order_id);
  std::vector<StoredStop> stops;
  while (rows.next()) stops.push_back({rows.number(0), rows.text(1)});
  return stops;
}

bool may_open_by_item(const Order& order) {
  const bool paid = order.status == OrderStatus::paid || order.status == OrderStatus::cod;
  const bool whole = std::all_of(order.lines.begin(), order.lines.end(), [](const OrderLine& line) {
    return line.status == LineStatus::active;
  });
  return paid && whole && !order.gift && !order.has_buyer_note && !order.has_seller_note &&
         order.holds.empty() && order.requested_carrier.empty();
}

WaybillOffer offer_of(const Rows& rows) {
  WaybillOffer offer;
  offer.carrier = rows.text(0);
  offer.service = rows.text(1);
  offer.number = rows.text(2);
  if (!rows.text_view(5).empty()) offer.order = rows.key(3);
  offer.route_code = rows.text(6);
  offer.consolidation = rows.text(7);
  offer.expires_at = rows.maybe_time(8);
  offer.label_file = rows.text(9);
  offer.consolidation_code = rows.text(10);
  offer.sorting_mark = rows.text(11);
  return offer;
}

std::vector<Trace> traces_of(Rows rows) {
  std::vector<Trace> found;
  while (rows.next()) {
    found.push_back({rows.text(0), rows.text(1), rows.time(2), rows.text(3), rows.text(4),
                     trace_state_of(rows.text_view(5))});
  }
  return found;
}

std::vector<std::int64_t> order_ids(Database& db, const std::string& number,
                                    const std::string& platform, const std::string& shop) {
  Rows rows = db.query(
      "SELECT id FROM orders WHERE number = ?1 AND ?2 IN ('', platform) AND ?3 IN ('', shop)"
      " ORDER BY platform, shop",
      number, platform, shop);
  std::vector<std::int64_t> ids;
  while (rows.next()) ids.push_back(rows.integer(0));
  return ids;
}

std::string read_cursor(Database& db, const std::string& source) {
  Rows rows = db.query("SELECT value FROM meta WHERE key = 'cursor ' || ?", source);
  return rows.next() ? rows.text(0) : "";
}

void keep_cursor(Database& db, const std::string& source, const std::string& cursor) {
  db.run(
      "INSERT INTO meta (key, value) VALUES ('cursor ' || ?1, ?2)"
      " ON CONFLICT DO UPDATE SET value = ?2 WHERE value <> ?2",
      source, cursor);
}

void check_catalog_format(Database& db, const std::string& directory) {
  const std::int64_t format = format_of(db);
  if (format >= oldest_format && format < catalog_format)
    fail("older_catalog", "the catalog in " + directory + " has an older format");
  if (format != catalog_format) {
    fail("newer_catalog", "the catalog in " + directory +
                              " was written by another version of packbench: use that one");
  }
}

void prepare_catalog(Database& db, const std::string& directory) {
  {
    // Ends before the transaction: a statement in progress would hold up its commit.
    db.execute("PRAGMA synchronous=EXTRA");  // as the journal does, while there is no log yet
    Rows mode = db.query("PRAGMA journal_mode=WAL");
    if (!mode.next() || mode.text(0) != "wal")
      fail("cannot_open", "this file system cannot hold a write-ahead log: use a local disk");
  }
  db.execute(
      "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY;"
      "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;");
  if (db.integer("SELECT count(*) FROM sqlite_schema") == 0) {
    Transaction transaction(db);
    db.execute(catalog_schema);
    db.execute(catalog_traces);
    db.execute(catalog_trace_feed);
    db.execute(catalog_waiting);
    db.execute(catalog_stop_regions);
    db.run("INSERT INTO meta VALUES ('format', ?)", std::to_string(catalog_format));
    transaction.commit();
  }
  const std::array upgrades = {catalog_upgrade_2, catalog_traces, catalog_trace_feed,
                               catalog_waiting, catalog_stop_regions};
  static_assert(oldest_format + std::tuple_size_v<decltype(upgrades)> == catalog_format,
                "a format has no upgrade");
  for (std::int64_t format = format_of(db); format >= oldest_format && format < catalog_format;
       ++format) {
    Transaction transaction(db);
    db.execute(upgrades[static_cast<std::size_t>(format - oldest_format)]);
    db.run("UPDATE meta SET value = ? WHERE key = 'format'", std::to_string(format + 1));
    transaction.commit();
  }
  check_catalog_format(db, directory);
}

}  // namespace packbench::store
