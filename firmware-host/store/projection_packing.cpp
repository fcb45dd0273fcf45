// Works and what lies in their boxes.
#include <algorithm>

#include "domain/json.h"
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

void drop_pieces(Database& db, const std::string& parcel, const OrderKey& order, int line,
                 std::size_t part, std::int64_t pieces) {
  db.run(
      "DELETE FROM parcel_part WHERE parcel = ? AND platform = ? AND shop = ? AND number = ?"
      " AND line = ? AND part = ? AND pieces <= ?",
      parcel, order, line, part, pieces);
  db.run(
      "UPDATE parcel_part SET pieces = pieces - ?7 WHERE parcel = ?1 AND platform = ?2"
      " AND shop = ?3 AND number = ?4 AND line = ?5 AND part = ?6",
      parcel, order, line, part, pieces);
  db.run(
      "DELETE FROM parcel_content"
      " WHERE parcel = ? AND platform = ? AND shop = ? AND number = ? AND line = ?",
      parcel, order, line);
}

void add_pieces(Database& db, const std::string& parcel, const OrderKey& order, int line,
                std::size_t part, std::int64_t pieces) {
  db.run(
      "INSERT INTO parcel_part (parcel, platform, shop, number, line, part, pieces)"
      " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET pieces = pieces + excluded.pieces",
      parcel, order, line, part, pieces);
}

// Whole units of a line in a parcel: of a kit the completed sets.
void count_units(Database& db, const std::string& parcel, const OrderKey& order, int line) {
  db.run(
      "INSERT INTO parcel_content (parcel, platform, shop, number, line, quantity)"
      " SELECT ?1, ?2, ?3, ?4, ?5, units FROM"
      "   (SELECT min(coalesce(pp.pieces, 0) / max(1, wp.per_unit)) AS units"
      "    FROM parcel p JOIN work_part wp ON wp.work = p.work AND wp.platform = ?2"
      "      AND wp.shop = ?3 AND wp.number = ?4 AND wp.line = ?5"
      "    LEFT JOIN parcel_part pp ON pp.parcel = p.id AND pp.platform = wp.platform"
      "      AND pp.shop = wp.shop AND pp.number = wp.number AND pp.line = wp.line"
      "      AND pp.part = wp.part"
      "    WHERE p.id = ?1)"
      " WHERE units > 0 ON CONFLICT DO UPDATE SET quantity = excluded.quantity",
      parcel, order, line);
}

void change_pieces(Database& db, const std::string& parcel, const OrderKey& order, int line,
                   std::size_t part, std::int64_t change) {
  if (change > 0)
    add_pieces(db, parcel, order, line, part, change);
  else
    drop_pieces(db, parcel, order, line, part, -change);
  count_units(db, parcel, order, line);
}

struct PackingProjection {
  Database& db;
  const Record& record;

  void operator()(const PackingStarted& r) {
    db.run(
        "INSERT INTO work (id, state, opened_by, carrier, service, source, op, started_us)"
        " VALUES (?, 'open', ?, ?, ?, ?, ?, ?)",
        r.work, r.opened_by, r.carrier, r.service, nlohmann::json(r.source).get<std::string>(),
        record.op, record.at.wall);
    int place = 0;
    for (const OpenedOrder& opened : r.orders) add_order(r.work, opened, ++place);
  }
  void operator()(const ParcelStarted& r) {
    db.run("INSERT INTO parcel (id, work, idx, state, started_us) VALUES (?, ?, ?, 'open', ?)",
           r.parcel, r.work, r.index, record.at.wall);
    db.run("UPDATE work SET parcel = ? WHERE id = ?", r.parcel, r.work);
    int place = 0;
    for (const RaisedCheck& check : r.checks) {
      db.run("INSERT INTO parcel_check (parcel, id, place, blocks) VALUES (?, ?, ?, ?)", r.parcel,
             check.id, ++place, check.blocks_print ? "print" : "staging");
    }
  }
  void operator()(const ItemPacked& r) {
    db.run(
        "INSERT INTO item (seq, parcel, platform, shop, number, line, part, sku, pieces, in_box,"
        " state, manual, code, lot, serial, expiry, op, at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
        " (SELECT sku FROM work_part WHERE work = (SELECT work FROM parcel WHERE id = ?2)"
        "   AND platform = ?3 AND shop = ?4 AND number = ?5 AND line = ?6 AND part = ?7),"
        " ?8, ?8, 'in', ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        record.seq, r.parcel, r.order, r.line, r.part, r.pieces, r.manual, r.code, r.lot, r.serial,
        r.expiry, record.op, record.at.wall);
    change_pieces(db, r.parcel, r.order, r.line, r.part, r.pieces);
  }
  void operator()(const ItemUndone& r) {
    Rows rows = db.query(
        "SELECT platform, shop, number, line, part, in_box FROM item"
        " WHERE parcel = ? AND in_box > 0 ORDER BY seq DESC LIMIT 1",
        r.parcel);
    if (!rows.next()) return;
    take_out(db, r.parcel, rows.key(0), rows.number(3), static_cast<std::size_t>(rows.integer(4)),
             rows.number(5), "undone");
  }
  // Without the missing pieces the rest of a kit's set has no place in the box either.
  void operator()(const LineShort& r) {
    for (std::size_t part = 0; part < r.taken_out.size(); ++part) {
      if (r.taken_out[part] > 0)
        take_out(db, open_parcel(db), r.order, r.line, part, r.taken_out[part], "short");
    }
  }
  void operator()(const ItemDamaged& r) {
    take_out(db, open_parcel(db), r.order, r.line, r.part, r.quantity, "damaged");
  }
  void operator()(const ItemDiffers& r) {
    take_out(db, open_parcel(db), r.order, r.line, r.part, 1, "differs");
  }
  // In every box of the order that is still being filled, also of works that were put aside.
  void operator()(const OrderStopped& r) {
    Rows parcels = db.query(
        "SELECT w.parcel, p.line, p.part, p.pieces FROM work_order o JOIN work w ON w.id = o.work"
        " JOIN parcel_part p ON p.parcel = w.parcel AND p.platform = o.platform"
        "   AND p.shop = o.shop AND p.number = o.number"
        " WHERE o.platform = ?1 AND o.shop = ?2 AND o.number = ?3"
        "   AND w.state IN ('open', 'parked') AND ?4 IN (0, p.line)",
        r.order, r.line);
    struct Found {
      std::string parcel;
      int line;
      std::size_t part;
      int pieces;
    };
    std::vector<Found> found;
    while (parcels.next()) {
      found.push_back({parcels.text(0), parcels.number(1),
                       static_cast<std::size_t>(parcels.integer(2)), parcels.number(3)});
    }
    for (const Found& each : found)
      take_out(db, each.parcel, r.order, each.line, each.part, each.pieces, "stopped");
  }
  // Stopped pieces that a supervisor took out of a staged box.
  void operator()(const OrderReleased& r) {
    for (const TakenOut& taken : r.taken_out) {
      for (const auto& [part, pieces] : parts_in(taken.parcel, r.order, taken.line))
        take_out(db, taken.parcel, r.order, taken.line, part, pieces, "stopped");
      db.run(
          "UPDATE parcel_order SET state = 'stopped' WHERE parcel = ?1 AND platform = ?2"
          " AND shop = ?3 AND number = ?4 AND state = 'none' AND NOT EXISTS"
          "   (SELECT 1 FROM parcel_content WHERE parcel = ?1 AND platform = ?2 AND shop = ?3"
          "    AND number = ?4)",
          taken.parcel, r.order);
    }
  }
  void operator()(const WorkParked& r) { set_work(r.work, "parked", std::nullopt); }
  void operator()(const WorkResumed& r) { set_work(r.work, "open", std::nullopt); }
  void operator()(const WorkFinished& r) {
    void_open_parcel(r.work, "empty", "stopped");
    set_work(r.work, "finished", record.at.wall);
    db.run(
        "UPDATE order_state SET packed_work = ?1 WHERE stopped = 0"
        " AND (platform, shop, number) IN"
        "   (SELECT o.platform, o.shop, o.number FROM work_order o WHERE o.work = ?1"
        "    AND EXISTS (SELECT 1 FROM parcel_order po JOIN parcel p ON p.id = po.parcel"
        "      WHERE p.work = ?1 AND po.platform = o.platform AND po.shop = o.shop"
        "        AND po.number = o.number))",
        r.work);
  }
  void operator()(const WorkAbandoned& r) {
    void_open_parcel(r.work, "abandoned", "abandoned");
    set_work(r.work, "abandoned", record.at.wall);
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  std::vector<std::pair<std::size_t, int>> parts_in(const std::string& parcel,
                                                    const OrderKey& order, int line) {
    Rows rows = db.query(
        "SELECT part, pieces FROM parcel_part WHERE parcel = ? AND platform = ? AND shop = ?"
        " AND number = ? AND line = ?",
        parcel, order, line);
    std::vector<std::pair<std::size_t, int>> parts;
    while (rows.next())
      parts.push_back({static_cast<std::size_t>(rows.integer(0)), rows.number(1)});
    return parts;
  }
  void add_order(const std::string& work, const OpenedOrder& opened, int place) {
    const Order& order = opened.order;
    std::optional<std::int64_t> paid;
    std::optional<std::string> currency;
    if (order.paid) {
      paid = order.paid->minor;
      currency = order.paid->currency;
    }
    db.run(
        "INSERT INTO work_order (work, platform, shop, number, place, revision, paid_minor,"
        " currency, ship_by_us, last_visit_us, service) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        work, order.key, place, order.revision, paid, currency, opened.ship_by, opened.last_visit,
        nlohmann::json(order.service).get<std::string>());
    for (const OpenedLine& line : opened.lines) {
      int index = 0;
      for (const Part& part : line.parts) {
        db.run(
            "INSERT INTO work_part (work, platform, shop, number, line, part, sku, per_unit)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            work, order.key, line.line.ordinal, index++, part.sku, part.per_unit);
      }
    }
  }
  void set_work(const std::string& work, const char* state, std::optional<Instant> ended) {
    db.run("UPDATE work SET state = ?, ended_us = ? WHERE id = ?", state, ended, work);
  }
  // A box that was begun and never staged holds nothing any more.
  void void_open_parcel(const std::string& work, const char* why, const char* item_state) {
    std::string parcel;
    {
      Rows rows = db.query("SELECT parcel FROM work WHERE id = ? AND parcel IS NOT NULL", work);
      if (!rows.next()) return;
      parcel = rows.text(0);
    }
    db.run("UPDATE item SET in_box = 0, state = ? WHERE parcel = ? AND in_box > 0", item_state,
           parcel);
    db.run("DELETE FROM parcel_part WHERE parcel = ?", parcel);
    db.run("DELETE FROM parcel_content WHERE parcel = ?", parcel);
    db.run("UPDATE parcel SET state = 'voided', reason = ?, voided_us = ? WHERE id = ?", why,
           record.at.wall, parcel);
    db.run("UPDATE work SET parcel = NULL WHERE id = ?", work);
  }
};

}  // namespace

std::string open_parcel(Database& db) {
  Rows rows = db.query("SELECT parcel FROM work WHERE state = 'open' AND parcel IS NOT NULL");
  return rows.next() ? rows.text(0) : std::string();
}

void take_out(Database& db, const std::string& parcel, const OrderKey& order, int line,
              std::size_t part, int quantity, const char* state) {
  int taken = 0;
  while (taken < quantity) {
    std::int64_t seq = 0;
    int in_box = 0;
    {
      Rows rows = db.query(
          "SELECT seq, in_box FROM item WHERE parcel = ? AND in_box > 0 AND platform = ?"
          " AND shop = ? AND number = ? AND line = ? AND part = ? ORDER BY seq DESC LIMIT 1",
          parcel, order, line, part);
      if (!rows.next()) break;
      seq = rows.integer(0);
      in_box = rows.number(1);
    }
    const int here = std::min(in_box, quantity - taken);
    db.run("UPDATE item SET in_box = in_box - ?1, state = ?2 WHERE parcel = ?3 AND seq = ?4", here,
           state, parcel, seq);
    taken += here;
  }
  if (taken > 0) change_pieces(db, parcel, order, line, part, -taken);
}

void project_packing(Database& db, const Record& record) {
  std::visit(PackingProjection{db, record}, record.payload);
}

}  // namespace packbench::store
