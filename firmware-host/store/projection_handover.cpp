// Manifests, pickups and the confirmations that they let go.
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

struct HandoverProjection {
  Database& db;
  const Record& record;

  void operator()(const HandoverOpened& r) {
    db.run(
        "INSERT INTO manifest (id, carrier, courier, op, opened_us, opened_seq)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        r.manifest, r.carrier, r.courier, record.op, record.at.wall, record.seq);
  }
  void operator()(const ParcelPickedUp& r) {
    db.run("INSERT INTO pickup (parcel, manifest, record_seq) VALUES (?, ?, ?)", r.parcel,
           r.manifest, record.seq);
    db.run("UPDATE parcel SET state = 'picked_up', picked_up_us = ?, picked_up_by = ? WHERE id = ?",
           record.at.wall, record.op, r.parcel);
  }
  void operator()(const PickupUndone& r) {
    db.run(
        "UPDATE parcel SET state = 'staged', picked_up_us = NULL, picked_up_by = '' WHERE id = ?",
        r.parcel);
    db.run("DELETE FROM pickup WHERE parcel = ?", r.parcel);
  }
  void operator()(const ManifestClosed& r) {
    db.run(
        "UPDATE manifest SET closed_us = ?, picked_up = ?, left_behind = ?, counted = ?,"
        " closed_seq = ? WHERE id = ?",
        record.at.wall, r.parcels.size(), r.left.size(), r.counted, record.seq, r.manifest);
    hold(r.held);
    release(r.released);
  }
  void operator()(const TraceAccepted& r) {
    db.run(
        "INSERT INTO manifest (id, carrier, courier, op, opened_us, closed_us, picked_up,"
        " opened_seq, closed_seq) VALUES (?1, ?2, '', ?3, ?4, ?4, 1, ?5, ?5)",
        r.manifest, r.carrier, record.op, record.at.wall, record.seq);
    db.run("INSERT INTO pickup (parcel, manifest, record_seq) VALUES (?, ?, ?)", r.parcel,
           r.manifest, record.seq);
    db.run("UPDATE parcel SET state = 'picked_up', picked_up_us = ?, picked_up_by = ? WHERE id = ?",
           r.at, record.op, r.parcel);
    hold(r.held);
    release(r.released);
  }
  void operator()(const ConfirmationReleased& r) { release(r.released); }
  void operator()(const ConfirmationSent& r) {
    db.run("UPDATE outbox SET state = 'sent', file = ? WHERE release_seq = ?", r.file, r.release);
    Rows sent = db.query("SELECT parcel, platform, shop, number FROM outbox WHERE release_seq = ?",
                         r.release);
    while (sent.next()) {
      db.run(
          "UPDATE parcel_order SET state = 'sent'"
          " WHERE parcel = ? AND platform = ? AND shop = ? AND number = ?",
          sent.text(0), sent.key(1));
    }
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void hold(const std::vector<Confirmation>& held) {
    for (const Confirmation& each : held) {
      db.run(
          "UPDATE parcel_order SET state = 'held'"
          " WHERE parcel = ? AND platform = ? AND shop = ? AND number = ?",
          each.parcel, each.order);
    }
  }
  void release(const std::vector<Confirmation>& released) {
    int place = 0;
    for (const Confirmation& each : released) {
      db.run(
          "INSERT INTO outbox (parcel, platform, shop, number, release_seq, place, state)"
          " VALUES (?, ?, ?, ?, ?, ?, 'released')",
          each.parcel, each.order, record.seq, ++place);
      db.run(
          "UPDATE parcel_order SET state = 'released', release_seq = ?"
          " WHERE parcel = ? AND platform = ? AND shop = ? AND number = ?",
          record.seq, each.parcel, each.order);
    }
    for (const Confirmation& each : released) settle(each.parcel);
  }
  // A parcel is confirmed once no order in it waits any more.
  void settle(const std::string& parcel) {
    if (db.integer("SELECT count(*) FROM parcel_order WHERE parcel = ?"
                   " AND state IN ('none', 'held')",
                   parcel) > 0) {
      return;
    }
    db.run(
        "UPDATE parcel SET state = 'confirmed', confirmed_us = ? WHERE id = ? AND"
        " state = 'picked_up'",
        record.at.wall, parcel);
    db.run("UPDATE pickup SET settled = 1 WHERE parcel = ? AND settled = 0", parcel);
  }
};

}  // namespace

void project_handover(Database& db, const Record& record) {
  std::visit(HandoverProjection{db, record}, record.payload);
}

}  // namespace packbench::store
