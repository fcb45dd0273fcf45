// What carriers report of parcels, and which of them somebody must still look after.
#include "base/check.h"
#include "domain/trace.h"
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

// Statements are kept by their text, so each kind of trace has its own.
#define PACKBENCH_TAKE_TRACE(column)                                                         \
  "INSERT INTO parcel_trace (parcel, " column                                                \
  ", first_us, last_us, last_state)"                                                         \
  " VALUES (?1, ?2, ?2, ?2, ?3) ON CONFLICT DO UPDATE SET " column " = min(coalesce(" column \
  ", excluded." column "), excluded." column                                                 \
  "),"                                                                                       \
  " first_us = min(first_us, excluded.first_us),"                                            \
  " last_state = CASE WHEN excluded.last_us >= last_us THEN excluded.last_state ELSE"        \
  "   last_state END,"                                                                       \
  " last_us = max(last_us, excluded.last_us)"

const char* statement_of(TraceState state) {
  switch (state) {
    case TraceState::picked_up:
      return PACKBENCH_TAKE_TRACE("picked_up_us");
    case TraceState::in_transit:
      return PACKBENCH_TAKE_TRACE("in_transit_us");
    case TraceState::hub:
      return PACKBENCH_TAKE_TRACE("hub_us");
    case TraceState::out_for_delivery:
      return PACKBENCH_TAKE_TRACE("out_for_delivery_us");
    case TraceState::delivered:
      return PACKBENCH_TAKE_TRACE("delivered_us");
    case TraceState::failed:
      return PACKBENCH_TAKE_TRACE("failed_us");
    case TraceState::returned:
      return PACKBENCH_TAKE_TRACE("returned_us");
    case TraceState::unknown:
      break;
  }
  CHECK(false);
  return "";
}

struct WatchProjection {
  Database& db;
  const Record& record;

  void operator()(const ParcelPickedUp& r) { watch(r.parcel); }
  void operator()(const PickupUndone& r) { leave(r.parcel); }
  void operator()(const ParcelVoided& r) { watch(r.parcel); }
  // The box lies on a shelf, or the courier has it: either way somebody must fetch it.
  void operator()(const OrderStopped& r) {
    for (const ParcelId& parcel : r.voided) watch(parcel);
    if (r.line != 0) return;
    for (const ParcelId& parcel : r.picked_up) fetch_back(parcel);
  }
  void operator()(const ManifestClosed& r) {
    for (const ParcelId& parcel : r.parcels) leave_if_done(parcel);
  }
  void operator()(const ConfirmationReleased& r) {
    for (const Confirmation& each : r.released) leave_if_done(each.parcel);
  }
  void operator()(const TracesSeen& r) {
    for (const SeenTrace& trace : r.traces) take(trace);
  }
  void operator()(const TraceAccepted& r) {
    event(r.parcel, "trace_accepted", r.manifest);
    watch(r.parcel);
    leave_if_done(r.parcel);
  }
  void operator()(const PickupRefused& r) {
    event(r.parcel, "refused_by_courier",
          r.reason.empty() ? r.manifest : r.manifest + ": " + r.reason);
  }
  void operator()(const ParcelReturned& r) {
    event(r.parcel, "returned", r.reason);
    leave(r.parcel);
  }
  void operator()(const ParcelSettled& r) {
    event(r.parcel, "settled", r.reason);
    leave(r.parcel);
  }
  void operator()(const IncidentNoted& r) {
    db.run(
        "INSERT INTO manifest_event (seq, manifest, code, detail, op, at_us)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        record.seq, r.manifest, r.code, r.text, record.op, record.at.wall);
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void watch(const ParcelId& parcel) {
    db.run("INSERT INTO watch (parcel) VALUES (?) ON CONFLICT DO NOTHING", parcel);
  }
  // Unless it is with the buyer (of two reports in the wrong order the return counts), was seen to
  // before, or has not left us for all we know.
  void fetch_back(const ParcelId& parcel) {
    db.run(
        "INSERT INTO watch (parcel) SELECT ?1 WHERE EXISTS (SELECT 1 FROM parcel WHERE id = ?1"
        "   AND state IN ('picked_up', 'confirmed', 'voided'))"
        " AND NOT EXISTS (SELECT 1 FROM parcel_event WHERE parcel = ?1 AND kind IN ('returned', "
        "'settled'))"
        " AND NOT EXISTS"
        "   (SELECT 1 FROM parcel_trace WHERE parcel = ?1 AND last_state = 'delivered'"
        "    AND returned_us IS NULL)"
        " ON CONFLICT DO NOTHING",
        parcel);
  }
  void leave(const ParcelId& parcel) { db.run("DELETE FROM watch WHERE parcel = ?", parcel); }

  // Confirmed, wanted, and a hub or what comes after it has it.
  void leave_if_done(const ParcelId& parcel) {
    db.run(
        "DELETE FROM watch WHERE parcel = ?1"
        " AND EXISTS (SELECT 1 FROM parcel WHERE id = ?1 AND state = 'confirmed')"
        " AND EXISTS (SELECT 1 FROM parcel_trace WHERE parcel = ?1 AND returned_us IS NULL AND"
        "   (hub_us IS NOT NULL OR out_for_delivery_us IS NOT NULL OR delivered_us IS NOT NULL))"
        " AND NOT EXISTS (SELECT 1 FROM parcel_order o JOIN order_state s"
        "   ON s.platform = o.platform AND s.shop = o.shop AND s.number = o.number"
        "   WHERE o.parcel = ?1 AND s.stopped = 1)",
        parcel);
  }

  void event(const ParcelId& parcel, const char* kind, const std::string& detail) {
    db.run(
        "INSERT INTO parcel_event (seq, parcel, kind, detail, op, at_us) VALUES (?, ?, ?, ?, ?, ?)",
        record.seq, parcel, kind, detail, record.op, record.at.wall);
  }

  // Reports come late and in any order: the earliest of each kind counts.
  void take(const SeenTrace& trace) {
    const TraceState state = trace_state_of(trace.state);
    if (state == TraceState::unknown) return;
    db.run(statement_of(state), trace.parcel, trace.at, trace.state);
    if (state == TraceState::returned) fetch_back(trace.parcel);
    leave_if_done(trace.parcel);
  }
};

}  // namespace

void project_watch(Database& db, const Record& record) {
  std::visit(WatchProjection{db, record}, record.payload);
}

}  // namespace packbench::store
