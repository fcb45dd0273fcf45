#include "store/catalog.h"

#include <sodium.h>

#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

#include "domain/barcode.h"
#include "domain/json.h"
#include "domain/tracking_number.h"
#include "store/catalog_rows.h"
#include "store/catalog_writer.h"
#include "store/files.h"
#include "store/people.h"
#include "store/stop_regions.h"

namespace packbench::store {
namespace {

constexpr std::size_t products_max = 10'000;  // kept parsed

class StoredCatalog : public Catalog {
 public:
  explicit StoredCatalog(const CatalogOptions& options)
      : db_(join(options.directory, "catalog.db"), OpenMode{.vfs = options.vfs, .keep_log = true}),
        people_(options, false) {
    db_.execute("PRAGMA query_only=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-16000;");
    check_catalog_format(db_, options.directory);
    people_.check_not_lost(db_);
  }

  Result<bool> changed() override {
    return guarded([&] {
      const std::int64_t version = db_.integer("PRAGMA data_version");
      return std::exchange(version_, version) != version;
    });
  }

  ReadView read_view() override { return ReadView(db_); }

  Result<FoundOrders> find_orders(const std::string& code) override {
    return guarded([&] {
      FoundOrders found;
      found.orders = orders(order_ids(db_, code, "", ""));
      if (!found.orders.empty()) return found;
      Rows rows = db_.query("SELECT order_id FROM alias WHERE code = ? ORDER BY order_id", code);
      std::vector<std::int64_t> ids;
      while (rows.next()) ids.push_back(rows.integer(0));
      found.orders = orders(ids);
      found.by_alias = !ids.empty();
      return found;
    });
  }

  Result<std::optional<Order>> order(const OrderKey& key) override {
    return guarded([&]() -> std::optional<Order> {
      Rows rows =
          db_.query("SELECT id FROM orders WHERE platform = ? AND shop = ? AND number = ?", key);
      if (!rows.next()) return std::nullopt;
      return orders({rows.integer(0)}).front();
    });
  }

  Result<std::optional<StoredPayment>> payment(const OrderKey& key) override {
    return guarded([&]() -> std::optional<StoredPayment> {
      Rows rows = db_.query(
          "SELECT json_extract(body, '$.buyer'), paid_us FROM orders"
          " WHERE platform = ? AND shop = ? AND number = ?",
          key);
      if (!rows.next()) return std::nullopt;
      return StoredPayment{rows.text(0), rows.maybe_time(1)};
    });
  }

  Result<std::map<std::string, Product>> products_of(const Order& order) override {
    return guarded([&] {
      std::map<std::string, Product> products;
      for (const OrderLine& line : order.lines) {
        if (!add_product(line.sku, products)) continue;
        for (const Component& part : products.at(line.sku).components)
          add_product(part.sku, products);
      }
      return products;
    });
  }

  Result<std::optional<Product>> product(const std::string& sku) override {
    return guarded([&] { return find_product(sku); });
  }

  Result<std::vector<FoundItem>> find_items(const std::string& code) override {
    return guarded([&] {
      std::vector<FoundItem> items;
      Rows rows = db_.query("SELECT sku, pieces FROM product_barcode WHERE code = ? ORDER BY sku",
                            gtin14(code).value_or(code));
      while (rows.next()) {
        if (const auto& product = find_product(rows.text(0)))
          items.push_back({*product, rows.number(1)});
      }
      if (!items.empty()) return items;
      if (const auto& product = find_product(code)) items.push_back({*product, 1});
      if (items.empty()) add_from_lines(code, items);
      return items;
    });
  }

  Status openings(const std::string& sku, const std::string& wave, Duration promise,
                  const std::function<bool(const OpeningCandidate&)>& visit) override {
    return guarded([&] {
      Rows rows = db_.query(
          "SELECT platform, shop, number, single_item FROM orders o WHERE opens = 1"
          " AND id IN (SELECT order_id FROM order_line WHERE sku = ?1"
          "   OR sku IN (SELECT kit FROM product_component WHERE component = ?1))"
          " AND (?2 = '' OR id IN (SELECT order_id FROM alias WHERE code = ?2))"
          " ORDER BY coalesce(promised_us, paid_us + ?3, 9223372036854775807), id",
          sku, wave, promise);
      while (rows.next() && visit({rows.key(0), rows.flag(3)})) {
      }
      return Ok{};
    });
  }

  Result<std::vector<WaybillOffer>> allocated_offers(const std::vector<OrderKey>& orders,
                                                     const std::string& carrier) override {
    return guarded([&] {
      std::vector<WaybillOffer> offers;
      for (const OrderKey& order : orders) {
        Rows rows = db_.query("SELECT " PACKBENCH_OFFER_COLUMNS
                              " FROM waybill_offer"
                              " WHERE order_number <> '' AND order_number = ?3"
                              " AND platform IN ('', ?1)"
                              " AND shop IN ('', ?2) AND ?4 IN ('', carrier) ORDER BY id",
                              order, carrier);
        while (rows.next()) {
          offers.push_back(offer_of(rows));
          offers.back().order = order;
        }
      }
      return offers;
    });
  }

  Result<std::vector<WaybillOffer>> range_offers(const std::string& carrier,
                                                 const std::string& service,
                                                 const std::string& after,
                                                 std::size_t limit) override {
    return guarded([&] {
      const std::int64_t from = db_.integer(
          "SELECT id FROM waybill_offer WHERE carrier = ? AND number = ?", carrier, after);
      Rows rows = db_.query("SELECT " PACKBENCH_OFFER_COLUMNS
                            " FROM waybill_offer"
                            " WHERE order_number = '' AND carrier = ? AND id > ?"
                            " AND service = ? ORDER BY id LIMIT ?",
                            carrier, from, service, limit);
      return offers_of(std::move(rows));
    });
  }

  // Steps from one service to the next in the index; a range of a million numbers costs no more.
  Result<std::vector<std::string>> range_services(const std::string& carrier) override {
    return guarded([&] {
      std::vector<std::string> services;
      Rows first = db_.query(
          "SELECT service FROM waybill_offer WHERE order_number = '' AND carrier = ?"
          " ORDER BY service LIMIT 1",
          carrier);
      if (first.next()) services.push_back(first.text(0));
      while (!services.empty()) {
        Rows next = db_.query(
            "SELECT service FROM waybill_offer WHERE order_number = '' AND carrier = ?"
            " AND service > ? ORDER BY service LIMIT 1",
            carrier, services.back());
        if (!next.next()) break;
        services.push_back(next.text(0));
      }
      return services;
    });
  }

  // Numbers that have expired are mostly old and stand together; who has more of them than are
  // looked at here hears of a range that runs out too soon and not too late.
  Result<std::int64_t> range_left(const std::string& carrier, const std::string& service,
                                  const std::string& after, Instant now,
                                  std::int64_t limit) override {
    return guarded([&] {
      constexpr std::int64_t expired_looked_at = 16;
      const std::int64_t most = std::numeric_limits<std::int64_t>::max();
      const std::int64_t looked_at =
          limit < most / expired_looked_at ? limit * expired_looked_at : most;
      const std::int64_t from = db_.integer(
          "SELECT id FROM waybill_offer WHERE carrier = ? AND number = ?", carrier, after);
      return db_.integer(
          "SELECT count(*) FROM (SELECT 1 FROM (SELECT expires_us FROM waybill_offer"
          "   WHERE order_number = '' AND carrier = ? AND service = ? AND id > ?"
          "   ORDER BY id LIMIT ?) WHERE expires_us IS NULL OR expires_us > ? LIMIT ?)",
          carrier, service, from, looked_at, now, limit);
    });
  }

  Result<std::vector<RangeName>> ranges() override {
    return guarded([&] {
      std::vector<RangeName> found;
      std::string carrier;
      while (true) {
        Rows next = db_.query(
            "SELECT carrier FROM waybill_offer WHERE order_number = '' AND carrier > ?"
            " ORDER BY carrier LIMIT 1",
            carrier);
        if (!next.next()) return found;
        carrier = next.text(0);
        const auto services = range_services(carrier);
        if (!services) throw Failure{services.error()};
        for (const std::string& service : services.value()) found.push_back({carrier, service});
      }
    });
  }

  Status expiring_offers(Instant from, Instant to,
                         const std::function<bool(const WaybillOffer&)>& visit) override {
    return guarded([&] {
      Rows rows = db_.query("SELECT " PACKBENCH_OFFER_COLUMNS
                            " FROM waybill_offer WHERE expires_us > ? AND expires_us <= ?"
                            " AND order_number <> '' ORDER BY expires_us, id",
                            from, to);
      while (rows.next() && visit(offer_of(rows))) {
      }
      return Ok{};
    });
  }

  Result<std::vector<WaybillOffer>> offers_numbered(const std::string& number) override {
    return guarded([&] {
      auto offers = offers_of(db_.query("SELECT " PACKBENCH_OFFER_COLUMNS " FROM waybill_offer"
                                        " WHERE number = ? ORDER BY id",
                                        normalise_waybill(number)));
      for (WaybillOffer& offer : offers) complete(offer);
      return offers;
    });
  }

  Result<std::optional<StoredOperator>> operator_of(const std::string& badge) override {
    return guarded([&]() -> std::optional<StoredOperator> {
      Rows rows =
          db_.query("SELECT badge, name, role, pin_hash FROM operator WHERE badge = ?", badge);
      if (!rows.next()) return std::nullopt;
      const Role role = rows.text_view(2) == "supervisor" ? Role::supervisor : Role::packer;
      return StoredOperator{{rows.text(0), rows.text(1), role}, rows.text(3)};
    });
  }

  Result<std::vector<CarrierVisit>> visits() override {
    return guarded([&] {
      Rows rows = db_.query("SELECT carrier, weekday, minute FROM visit ORDER BY 1, 2, 3");
      std::vector<CarrierVisit> found;
      while (rows.next()) found.push_back({rows.text(0), rows.number(1), rows.number(2)});
      return found;
    });
  }

  Result<std::vector<StopRegion>> stop_regions(Instant at) override {
    return guarded([&] { return read_stop_regions(db_, at); });
  }

  Result<std::vector<Trace>> traces(const std::string& carrier,
                                    const std::string& number) override {
    return guarded([&] {
      Rows rows = db_.query("SELECT " PACKBENCH_TRACE_COLUMNS
                            " FROM trace"
                            " WHERE number = ? ORDER BY at_us, id",
                            number);
      std::vector<Trace> found = traces_of(std::move(rows));
      std::erase_if(found, [&](const Trace& trace) {
        return !trace.carrier.empty() && !same_carrier(trace.carrier, carrier);
      });
      return found;
    });
  }

  Result<std::vector<Trace>> unknown_traces(std::size_t limit) override {
    return guarded([&] {
      return traces_of(db_.query("SELECT " PACKBENCH_TRACE_COLUMNS " FROM trace"
                                 " WHERE state = 'unknown' ORDER BY id LIMIT ?",
                                 limit));
    });
  }

  Result<std::string> cursor(const std::string& source) override {
    return guarded([&] { return read_cursor(db_, source); });
  }

  Result<OrdersToPack> orders_to_pack(HandledOrders& handled, const PlatformPolicies& policies,
                                      std::size_t limit) override {
    return guarded([&] { return read_orders_to_pack(db_, handled, policies, limit); });
  }

  Result<std::vector<station::FeedRow>> feed_after(std::int64_t cursor,
                                                   std::size_t limit) override {
    return guarded([&] {
      Rows rows = db_.query(
          "SELECT f.id, f.kind, f.platform, f.shop, f.number, f.reason, f.line, f.revision,"
          " t.carrier, t.number, t.at_us, t.state FROM feed f LEFT JOIN trace t ON t.id = f.trace"
          " WHERE f.id > ? ORDER BY f.id LIMIT ?",
          cursor, limit);
      std::vector<station::FeedRow> found;
      while (rows.next()) {
        station::FeedRow row{rows.integer(0), rows.text(1),    rows.key(2), rows.text(5),
                             rows.number(6),  rows.integer(7), {}};
        // The bench goes by what a trace stands for; its text stays here.
        if (!rows.is_null(8))
          row.trace = Trace{rows.text(8), rows.text(9), rows.time(10),
                            {},           {},           trace_state_of(rows.text_view(11))};
        found.push_back(std::move(row));
      }
      return found;
    });
  }

  Result<PersonalData> person(const OrderKey& key, const std::string& sealed) override {
    return guarded([&] {
      if (sealed.empty()) return PersonalData{};
      return people_.person(key, sealed);
    });
  }

 private:
  std::vector<Order> orders(const std::vector<std::int64_t>& ids) {
    std::vector<Order> found;
    for (const std::int64_t id : ids) {
      Rows rows = db_.query("SELECT body, sealed_person, revision FROM orders WHERE id = ?", id);
      if (!rows.next()) continue;
      Order order = read_order(rows.text_view(0));
      order.sealed_person = rows.text(1);
      order.revision = rows.integer(2);
      lay_over(order, stops_of(db_, id));
      found.push_back(std::move(order));
    }
    return found;
  }

  // A shop's goods come again and again: each is parsed once until the catalog changes.
  const std::optional<Product>& find_product(const std::string& sku) {
    const std::int64_t version = db_.integer("PRAGMA data_version");
    if (version != products_version_ || products_.size() >= products_max) products_.clear();
    products_version_ = version;
    const auto known = products_.find(sku);
    if (known != products_.end()) return known->second;
    Rows rows = db_.query("SELECT body FROM product WHERE sku = ?", sku);
    std::optional<Product> product;
    if (rows.next()) product = read_product(rows.text_view(0));
    return products_.emplace(sku, std::move(product)).first->second;
  }

  bool add_product(const std::string& sku, std::map<std::string, Product>& products) {
    if (products.count(sku) > 0) return true;
    const auto& product = find_product(sku);
    if (product) products.emplace(sku, *product);
    return product.has_value();
  }

  // Shops without product data have stock codes all the same: the order line names the goods.
  void add_from_lines(const std::string& sku, std::vector<FoundItem>& items) {
    Rows rows = db_.query(
        "SELECT o.body FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.sku = ?"
        " LIMIT 1",
        sku);
    if (!rows.next()) return;
    for (const OrderLine& line : read_order(rows.text_view(0)).lines) {
      if (line.sku != sku) continue;
      Product product;
      product.sku = sku;
      product.name = line.name;
      product.variant = line.variant;
      items.push_back({std::move(product), 1});
      return;
    }
  }

  static std::vector<WaybillOffer> offers_of(Rows rows) {
    std::vector<WaybillOffer> offers;
    while (rows.next()) offers.push_back(offer_of(rows));
    return offers;
  }

  // An allocation may name its order by the number alone; where that is one order, it is this.
  void complete(WaybillOffer& offer) {
    if (!offer.order) return;
    const auto ids = order_ids(db_, offer.order->number, offer.order->platform, offer.order->shop);
    if (ids.size() != 1) return;
    Rows rows = db_.query("SELECT platform, shop, number FROM orders WHERE id = ?", ids.front());
    if (rows.next()) offer.order = rows.key(0);
  }

  Database db_;
  People people_;
  std::int64_t version_ = -1;
  std::unordered_map<std::string, std::optional<Product>> products_;
  std::int64_t products_version_ = -1;
};

}  // namespace

Result<std::unique_ptr<Catalog>> Catalog::open(const CatalogOptions& options) {
  if (sodium_init() < 0) return Error{"sodium", "libsodium does not start on this machine"};
  const bool missing = !file_exists(options.vfs, join(options.directory, "catalog.db")) ||
                       !file_exists(options.vfs, join(options.directory, "keys.db"));
  if (missing) {
    const auto made = CatalogWriter::open(options);
    if (!made.ok()) return made.error();
  }
  const auto open = [&] {
    return guarded(
        [&]() -> std::unique_ptr<Catalog> { return std::make_unique<StoredCatalog>(options); });
  };
  auto opened = open();
  if (opened.ok() || opened.error().code != "older_catalog") return opened;
  const auto upgraded = CatalogWriter::open(options);
  if (!upgraded.ok()) return upgraded.error();
  return open();
}

}  // namespace packbench::store
