// Confirmations on their way by HTTP.
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

struct DeliveryProjection {
  Database& db;
  const Record& record;

  void operator()(const DeliveriesOwed& r) {
    for (int place = 1; place <= r.count; ++place) {
      db.run("INSERT INTO delivery (release_seq, place, state) VALUES (?, ?, 'waiting')", r.release,
             place);
    }
  }
  void operator()(const DeliveriesEnded& r) {
    for (const DeliveryEnd& end : r.ends) {
      db.run(
          "UPDATE delivery SET state = ?, status = ?, reason = ?, ended_us = ?"
          " WHERE release_seq = ? AND place = ?",
          end.refused ? "refused" : "delivered", end.status, end.reason, record.at.wall,
          end.delivery.release, end.delivery.place);
    }
  }
  void operator()(const DeliveriesRetried& r) {
    for (const DeliveryId& id : r.deliveries) {
      db.run(
          "UPDATE delivery SET state = 'waiting', status = 0, reason = '', ended_us = NULL"
          " WHERE release_seq = ? AND place = ?",
          id.release, id.place);
    }
  }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

void project_delivery(Database& db, const Record& record) {
  std::visit(DeliveryProjection{db, record}, record.payload);
}

}  // namespace packbench::store
