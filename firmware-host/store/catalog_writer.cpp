#include "store/catalog_writer.h"

#include <sodium.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "domain/barcode.h"
#include "domain/json.h"
#include "domain/tracking_number.h"
#include "store/catalog_rows.h"
#include "store/files.h"
#include "store/people.h"
#include "store/stop_regions.h"

namespace packbench::store {
namespace {

// What is stored of an order besides its body.
struct SealedPerson {
  std::string text;
  Hash tag{};
};

class StoredCatalogWriter : public CatalogWriter {
 public:
  StoredCatalogWriter(const CatalogOptions& options, Duration patience)
      : lock_(join(options.directory, "catalog.lock"),
              "another import into " + options.directory + " does not end: try again later",
              patience),
        db_(join(options.directory, "catalog.db"),
            OpenMode{.vfs = options.vfs, .create = true, .busy_ms = 10'000}),
        people_(options, true) {
    prepare_catalog(db_, options.directory);
    people_.check_not_lost(db_);
  }

  Result<ApplyCounts> apply(const ImportBatch& batch, const RandomSource& random) override {
    return guarded([&] {
      std::vector<OrderKey> keys;
      for (const ImportedOrder& order : batch.orders) keys.push_back(order.order.key);
      people_.make_keys(keys, random);
      ApplyCounts counts;
      Transaction transaction(db_);
      for (const Product& product : batch.products) take_product(product, counts.products);
      for (const ImportedOrder& order : batch.orders) take_order(order, random, counts.orders);
      for (const WaybillOffer& offer : batch.waybills) take_offer(offer, counts.waybills);
      for (const ImportedOperator& op : batch.operators) take_operator(op, counts.operators);
      for (const CarrierVisit& visit : batch.visits) take_visit(visit, counts.visits);
      for (const StopRegion& stop : batch.stop_regions)
        take_stop_region(db_, stop, counts.stop_regions);
      for (const Trace& trace : batch.traces) take_trace(trace, counts.traces);
      for (const auto& [source, cursor] : batch.cursors) keep_cursor(db_, source, cursor);
      for (std::size_t i = 0; i < batch.aliases.size(); ++i) take_alias(batch, i, counts);
      for (std::size_t i = 0; i < batch.stops.size(); ++i) take_stop(batch, i, counts);
      transaction.commit();
      db_.run("PRAGMA wal_checkpoint(PASSIVE)");
      return counts;
    });
  }

  Status retry(const std::optional<DeliveryId>& delivery) override {
    return guarded([&] {
      const DeliveryId id = delivery.value_or(DeliveryId{});
      Transaction transaction(db_);
      db_.run(
          "INSERT INTO feed (kind, platform, shop, number, reason, line, revision)"
          " VALUES ('retry', '', '', '', '', ?, ?)",
          id.place, id.release);
      transaction.commit();
      return Ok{};
    });
  }

  Status forget_waiting(const std::function<bool(const OrderKey&)>& over) override {
    return guarded([&] {
      std::vector<OrderKey> gone;
      {
        Rows rows = db_.query("SELECT platform, shop, number FROM waiting_order");
        while (rows.next()) {
          if (OrderKey key = rows.key(0); over(key)) gone.push_back(std::move(key));
        }
      }
      Transaction transaction(db_);
      for (const OrderKey& key : gone)
        db_.run("DELETE FROM waiting_order WHERE platform = ? AND shop = ? AND number = ?", key);
      transaction.commit();
      return Ok{};
    });
  }

  Status erase_person(const OrderKey& key) override {
    return guarded([&] {
      people_.erase(key);
      Transaction transaction(db_);
      db_.run(
          "UPDATE orders SET sealed_person = ''"
          " WHERE platform = ? AND shop = ? AND number = ?",
          key);
      transaction.commit();
      return Ok{};
    });
  }

 private:
  // --- orders -------------------------------------------------------------------------------

  void take_order(const ImportedOrder& imported, const RandomSource& random, ListCount& count) {
    Order order = imported.order;
    order.address_token = people_.address_token(imported.person.receiver);
    if (order.country.empty()) order.country = imported.person.receiver.country;
    if (order.province.empty()) order.province = imported.person.receiver.province;
    order.has_gift_message = order.has_gift_message || !imported.person.gift_message.empty();
    order.has_buyer_note = order.has_buyer_note || !imported.person.buyer_note.empty();
    order.has_seller_note = order.has_seller_note || !imported.person.seller_note.empty();

    const auto key = people_.key_of(order.key);
    const std::string person = person_text(imported.person);
    Rows known = db_.query(
        "SELECT id, body, person_tag FROM orders"
        " WHERE platform = ? AND shop = ? AND number = ?",
        order.key);
    if (!known.next()) {
      insert_order(order, seal_person(order.key, person, key, random));
      ++count.added;
      return;
    }
    const std::int64_t id = known.integer(0);
    const bool same_person = !key || equal(person_tag(person, *key), known.blob(2));
    if (same_person && known.text_view(1) == order_text(order)) {
      ++count.same;
      return;
    }
    const Order before = read_order(known.text_view(1));
    if (same_person && learns_of_message(before, order)) {
      db_.run("UPDATE orders SET body = ? WHERE id = ?", order_text(order), id);
      ++count.same;
      return;
    }
    std::optional<SealedPerson> sealed;
    if (!same_person) sealed = seal_person(order.key, person, key, random);
    update_order(id, order, sealed);
    tell_changes(id, before, order, same_person);
    ++count.changed;
  }

  // A body from before has_gift_message does not tell of it: nothing changed outside.
  static bool learns_of_message(Order before, const Order& order) {
    before.has_gift_message = true;
    return order_text(before) == order_text(order);
  }

  // A person that was erased stays erased.
  static SealedPerson seal_person(const OrderKey& order, const std::string& person,
                                  const std::optional<Key>& key, const RandomSource& random) {
    if (!key) return {};
    Nonce nonce{};
    random(nonce);
    return {seal(person, order, *key, nonce), person_tag(person, *key)};
  }

  void insert_order(const Order& order, const SealedPerson& person) {
    db_.run(
        "INSERT INTO orders (platform, shop, number, body, sealed_person, person_tag, revision,"
        " promised_us, paid_us, opens, single_item) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, 0, 0)",
        order.key, order_text(order), person.text, Bytes(person.tag), order.promised_ship_by,
        order.paid_at);
    index_order(db_.last_rowid(), order);
  }

  void update_order(std::int64_t id, const Order& order,
                    const std::optional<SealedPerson>& person) {
    db_.run(
        "UPDATE orders SET body = ?, promised_us = ?, paid_us = ?, revision = revision + 1"
        " WHERE id = ?",
        order_text(order), order.promised_ship_by, order.paid_at, id);
    if (person) {
      db_.run("UPDATE orders SET sealed_person = ?, person_tag = ? WHERE id = ?", person->text,
              Bytes(person->tag), id);
    }
    index_order(id, order);
  }

  // What the item-first search and the list of what waits ask, from the order with its stops laid
  // over.
  void index_order(std::int64_t id, Order order) {
    lay_over(order, stops_of(db_, id));
    db_.run("DELETE FROM order_line WHERE order_id = ?", id);
    for (const OrderLine& line : order.lines) {
      db_.run("INSERT INTO order_line (sku, order_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
              line.sku, id);
    }
    const bool single = order.lines.size() == 1 && order.lines.front().quantity == 1;
    db_.run("UPDATE orders SET opens = ?, single_item = ? WHERE id = ?", may_open_by_item(order),
            single, id);
    const bool stopped =
        order.status == OrderStatus::refunded || order.status == OrderStatus::cancelled;
    db_.run(
        "INSERT INTO waiting_order (platform, shop, number, order_id, promised_us, paid_us, "
        "stopped)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET promised_us = "
        "excluded.promised_us,"
        " paid_us = excluded.paid_us, stopped = excluded.stopped",
        order.key, id, order.promised_ship_by, order.paid_at, stopped);
  }

  // Such a hold comes and goes with the status, which has a row of its own.
  static bool repeats_status(const Hold& hold) {
    return hold.code == status_word(OrderStatus::refund_requested) ||
           hold.code == "payment_pending";
  }

  void tell_changes(std::int64_t id, Order before, Order after, bool same_person) {
    if (before.status != after.status) feed("status", id, after.key, status_word(after.status), 0);
    before.status = after.status;
    for (OrderLine& line : after.lines) {
      for (OrderLine& old : before.lines) {
        if (old.ordinal != line.ordinal || old.status == line.status) continue;
        feed("line_status", id, after.key, status_word(line.status), line.ordinal);
        old.status = line.status;
      }
    }
    for (Order* order : {&before, &after}) std::erase_if(order->holds, repeats_status);
    if (!same_person || order_text(before) != order_text(after))
      feed("changed", id, after.key, "changed", 0);
  }

  void feed(const char* kind, std::int64_t id, const OrderKey& key, const std::string& reason,
            int line) {
    db_.run(
        "INSERT INTO feed (kind, platform, shop, number, reason, line, revision)"
        " VALUES (?, ?, ?, ?, ?, ?, (SELECT revision FROM orders WHERE id = ?))",
        kind, key, reason, line, id);
  }

  // The one order that an alias or a stop names; a problem where it is none or several.
  std::optional<std::int64_t> named_order(const std::string& number, const std::string& platform,
                                          const std::string& shop, const char* list,
                                          std::size_t index, ApplyCounts& counts) {
    const auto ids = order_ids(db_, number, platform, shop);
    if (ids.size() == 1) return ids.front();
    if (ids.empty()) {
      counts.problems.push_back(
          {list, index, "order_not_found", "no order has this number: import the order first"});
    } else {
      counts.problems.push_back({list, index, "order_ambiguous",
                                 "several orders have this number: give platform and shop"});
    }
    return std::nullopt;
  }

  void take_alias(const ImportBatch& batch, std::size_t index, ApplyCounts& counts) {
    const Alias& alias = batch.aliases[index];
    const auto id = named_order(alias.order, alias.platform, alias.shop, "aliases", index, counts);
    if (!id) return;
    db_.run("INSERT INTO alias (code, order_id) VALUES (?, ?) ON CONFLICT DO NOTHING", alias.code,
            *id);
    ++(db_.changes() > 0 ? counts.aliases.added : counts.aliases.same);
  }

  void take_stop(const ImportBatch& batch, std::size_t index, ApplyCounts& counts) {
    const Stop& stop = batch.stops[index];
    const auto id = named_order(stop.order, stop.platform, stop.shop, "stops", index, counts);
    if (!id) return;
    const Order order = read_order_body(*id);
    const bool has_line =
        std::any_of(order.lines.begin(), order.lines.end(),
                    [&](const OrderLine& line) { return line.ordinal == stop.line; });
    if (stop.line != 0 && !has_line) {
      counts.problems.push_back({"stops", index, "line_not_found",
                                 "the order has no such line: lines count from 1, 0 is all"});
      return;
    }
    db_.run("INSERT INTO stop (order_id, line, reason) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            *id, stop.line, stop.reason);
    if (db_.changes() == 0) {
      ++counts.stops.same;
      return;
    }
    db_.run("UPDATE orders SET revision = revision + 1 WHERE id = ?", *id);
    index_order(*id, order);
    feed("stop", *id, order.key, stop.reason, stop.line);
    ++counts.stops.added;
  }

  Order read_order_body(std::int64_t id) {
    Rows rows = db_.query("SELECT body FROM orders WHERE id = ?", id);
    rows.next();
    return read_order(rows.text_view(0));
  }

  // --- the rest -----------------------------------------------------------------------------

  void take_product(const Product& product, ListCount& count) {
    const std::string text = product_text(product);
    {
      Rows known = db_.query("SELECT body FROM product WHERE sku = ?", product.sku);
      if (!known.next()) {
        ++count.added;
      } else if (known.text_view(0) == text) {
        ++count.same;
        return;
      } else {
        ++count.changed;
      }
    }
    db_.run("INSERT INTO product (sku, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = ?2",
            product.sku, text);
    db_.run("DELETE FROM product_barcode WHERE sku = ?", product.sku);
    for (const ProductBarcode& barcode : product.barcodes) {
      db_.run(
          "INSERT INTO product_barcode (code, sku, pieces) VALUES (?, ?, ?)"
          " ON CONFLICT DO UPDATE SET pieces = excluded.pieces",
          gtin14(barcode.code).value_or(barcode.code), product.sku, barcode.pieces);
    }
    db_.run("DELETE FROM product_component WHERE kit = ?", product.sku);
    for (const Component& part : product.components) {
      db_.run("INSERT INTO product_component (component, kit) VALUES (?, ?) ON CONFLICT DO NOTHING",
              part.sku, product.sku);
    }
  }

  // The same one again may have got another meaning by other rules.
  void take_trace(const Trace& trace, ListCount& count) {
    const std::string state(trace_word(trace.state));
    {
      Rows known = db_.query(
          "SELECT state FROM trace WHERE number = ? AND at_us = ? AND carrier = ? AND text = ?"
          " AND status = ?",
          trace.number, trace.at, trace.carrier, trace.text, trace.status);
      if (!known.next()) {
        ++count.added;
      } else if (known.text_view(0) == state) {
        ++count.same;
        return;
      } else {
        ++count.changed;
      }
    }
    Rows stored = db_.query(
        "INSERT INTO trace (number, at_us, carrier, text, status, state) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET state = excluded.state RETURNING id",
        trace.number, trace.at, trace.carrier, trace.text, trace.status, state);
    stored.next();
    if (trace.state != TraceState::unknown) {
      db_.run(
          "INSERT INTO feed (kind, platform, shop, number, reason, line, revision, trace)"
          " VALUES ('trace', '', '', '', '', 0, 0, ?)",
          stored.integer(0));
    }
  }

  void take_offer(const WaybillOffer& given, ListCount& count) {
    WaybillOffer offer = given;
    offer.number = normalise_waybill(given.number);
    {
      Rows known = db_.query("SELECT " PACKBENCH_OFFER_COLUMNS
                             " FROM waybill_offer"
                             " WHERE carrier = ? AND number = ?",
                             offer.carrier, offer.number);
      if (!known.next()) {
        ++count.added;
      } else if (offer_of(known) == offer) {
        ++count.same;
        return;
      } else {
        ++count.changed;
      }
    }
    db_.run("INSERT INTO waybill_offer (" PACKBENCH_OFFER_COLUMNS
            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (carrier, number) DO UPDATE SET"
            " service = excluded.service, platform = excluded.platform, shop = excluded.shop,"
            " order_number = excluded.order_number, route_code = excluded.route_code,"
            " consolidation = excluded.consolidation, expires_us = excluded.expires_us,"
            " label_file = excluded.label_file,"
            " consolidation_code = excluded.consolidation_code,"
            " sorting_mark = excluded.sorting_mark",
            offer.carrier, offer.service, offer.number, offer.order.value_or(OrderKey{}),
            offer.route_code, offer.consolidation, offer.expires_at, offer.label_file,
            offer.consolidation_code, offer.sorting_mark);
  }

  // A PIN's hash is salted anew with every import, so it does not count as a change.
  void take_operator(const ImportedOperator& given, ListCount& count) {
    const std::string role = nlohmann::json(given.op.role).get<std::string>();
    {
      Rows known = db_.query("SELECT name, role FROM operator WHERE badge = ?", given.op.badge);
      if (!known.next()) {
        ++count.added;
      } else if (known.text_view(0) == given.op.name && known.text_view(1) == role) {
        ++count.same;
      } else {
        ++count.changed;
      }
    }
    db_.run(
        "INSERT INTO operator (badge, name, role, pin_hash) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET name = excluded.name, role = excluded.role,"
        " pin_hash = CASE excluded.pin_hash WHEN '' THEN pin_hash ELSE excluded.pin_hash END",
        given.op.badge, given.op.name, role, given.pin_hash);
  }

  void take_visit(const CarrierVisit& visit, ListCount& count) {
    db_.run("INSERT INTO visit (carrier, weekday, minute) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            visit.carrier, visit.weekday, visit.minute);
    ++(db_.changes() > 0 ? count.added : count.same);
  }

  const LockFile lock_;  // goes last: closing the database may still checkpoint
  Database db_;
  People people_;
};

}  // namespace

Result<std::unique_ptr<CatalogWriter>> CatalogWriter::open(const CatalogOptions& options,
                                                           Duration patience) {
  if (sodium_init() < 0) return Error{"sodium", "libsodium does not start on this machine"};
  return guarded([&]() -> std::unique_ptr<CatalogWriter> {
    return std::make_unique<StoredCatalogWriter>(options, patience);
  });
}

}  // namespace packbench::store
