// What the journal remembers of each order besides its parcels.
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

struct OrderProjection {
  Database& db;
  const Record& record;

  void operator()(const PackingStarted& r) {
    for (const OpenedOrder& opened : r.orders) meet(opened.order.key);
  }
  void operator()(const LineShort& r) { event(r.order, "short", r.line, r.quantity, r.reason); }
  void operator()(const ItemDamaged& r) { event(r.order, "damaged", r.line, r.quantity, ""); }
  void operator()(const CardEnded& r) {
    db.run(
        "INSERT INTO gift_card (seq, platform, shop, number, result, reason, at_us)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        record.seq, r.order, std::string(card_result_word(r.result)), r.reason, record.at.wall);
  }
  void operator()(const ItemDiffers& r) { event(r.order, "differs", r.line, 1, r.text); }
  void operator()(const OrderHeld& r) {
    meet(r.order);
    db.run(
        "UPDATE order_state SET held_code = ?, held_detail = ?"
        " WHERE platform = ? AND shop = ? AND number = ?",
        r.hold.code, r.hold.detail, r.order);
    event(r.order, "held", 0, 0,
          r.hold.detail.empty() ? r.hold.code : r.hold.code + ": " + r.hold.detail);
  }
  void operator()(const OrderStopped& r) {
    meet(r.order);
    db.run(
        "UPDATE order_state SET stopped = max(stopped, ?4 = 0),"
        " line_stopped = max(line_stopped, ?4 > 0)"
        " WHERE platform = ?1 AND shop = ?2 AND number = ?3",
        r.order, r.line);
    event(r.order, "stopped", r.line, 0, r.reason);
    for (const ParcelId& parcel : r.voided) void_parcel(parcel, r.reason);
  }
  void operator()(const ParcelVoided& r) { void_parcel(r.parcel, r.reason); }
  void operator()(const OrderReleased& r) {
    meet(r.order);
    db.run(
        "UPDATE order_state SET held_code = NULL, held_detail = NULL,"
        " released_revision = max(released_revision, ?)"
        " WHERE platform = ? AND shop = ? AND number = ?",
        r.revision, r.order);
    event(r.order, "released", 0, 0, "");
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void meet(const OrderKey& order) {
    db.run(
        "INSERT INTO order_state (platform, shop, number) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        order);
  }
  void event(const OrderKey& order, const char* kind, int line, int quantity,
             const std::string& detail) {
    db.run(
        "INSERT INTO order_event (seq, platform, shop, number, kind, line, quantity, detail, op,"
        " at_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        record.seq, order, kind, line, quantity, detail, record.op, record.at.wall);
  }
  // Staged and not to be sent any more; its number is used up.
  void void_parcel(const ParcelId& parcel, const std::string& reason) {
    db.run("UPDATE parcel SET state = 'voided', voided_us = ?, reason = ? WHERE id = ?",
           record.at.wall, reason, parcel);
    db.run("UPDATE parcel_order SET state = 'stopped' WHERE parcel = ? AND state = 'none'", parcel);
    db.run("UPDATE waybill SET state = 'void', voided_us = ? WHERE parcel = ? AND state = 'live'",
           record.at.wall, parcel);
  }
};

}  // namespace

void project_order(Database& db, const Record& record) {
  std::visit(OrderProjection{db, record}, record.payload);
}

}  // namespace packbench::store
