// Waybill numbers and the prints of labels.
#include "domain/json.h"
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

struct LabelProjection {
  Database& db;
  const Record& record;

  void operator()(const WaybillAssigned& r) {
    const WaybillOffer& offer = r.offer;
    db.run(
        "INSERT INTO waybill (carrier, number, parcel, state, source, assigned_us)"
        " VALUES (?, ?, ?, 'live', ?, ?)",
        offer.carrier, offer.number, r.parcel, nlohmann::json(r.source).get<std::string>(),
        record.at.wall);
    db.run("UPDATE parcel SET carrier = ?, service = ?, number = ? WHERE id = ?", offer.carrier,
           offer.service, offer.number, r.parcel);
    // The place in the range stays ahead of a renewed number, or used ones would count as left.
    if (offer.order || offer.passed_over) return;
    db.run(
        "INSERT INTO range_cursor (carrier, service, number) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET number = excluded.number",
        offer.carrier, offer.service, offer.number);
  }
  void operator()(const PrintRequested& r) {
    begin_attempt(r.parcel, r.attempt, "requested");
    db.run("UPDATE label_attempt SET reason = ?, requested_us = ? WHERE parcel = ? AND attempt = ?",
           r.reason, record.at.wall, r.parcel, r.attempt);
  }
  void operator()(const LabelIntent& r) {
    db.run("UPDATE label_attempt SET state = 'intent', hash = ? WHERE parcel = ? AND attempt = ?",
           r.hash, r.parcel, r.attempt);
  }
  void operator()(const LabelSent& r) {
    db.run("UPDATE label_attempt SET state = 'sent', sent_us = ? WHERE parcel = ? AND attempt = ?",
           record.at.wall, r.parcel, r.attempt);
  }
  // A pre-printed label was never requested: its attempt begins here.
  void operator()(const LabelPrinted& r) {
    begin_attempt(r.parcel, r.attempt, "printed");
    end_attempt(r.parcel, r.attempt, "printed", "");
    labelled(r.parcel);
  }
  void operator()(const LabelRejected& r) {
    end_attempt(r.parcel, r.attempt, "rejected",
                r.reason.empty() ? r.code : r.code + ": " + r.reason);
  }
  void operator()(const LabelUnknown& r) { end_attempt(r.parcel, r.attempt, "unknown", r.reason); }
  void operator()(const LabelAnswered& r) {
    end_attempt(r.parcel, r.attempt, r.printed ? "printed" : "answered_no", "");
    if (r.printed) labelled(r.parcel);
  }
  void operator()(const LabelVerified& r) {
    db.run(
        "UPDATE label_attempt SET state = 'verified', verified_us = ?"
        " WHERE parcel = ? AND attempt = ?",
        record.at.wall, r.parcel, r.attempt);
    db.run(
        "UPDATE parcel SET state = 'verified', verified_us = ?1,"
        " labelled_us = coalesce(labelled_us, ?1) WHERE id = ?2",
        record.at.wall, r.parcel);
  }
  void operator()(const LabelVoided& r) {
    db.run(
        "UPDATE waybill SET state = 'void', voided_us = ? WHERE carrier = ? AND number = ?"
        " AND state = 'live'",
        record.at.wall, r.carrier, r.number);
    db.run(
        "UPDATE label_attempt SET state = 'void', void_reason = ?"
        " WHERE parcel = ? AND carrier = ? AND number = ?",
        r.reason, r.parcel, r.carrier, r.number);
    db.run(
        "UPDATE parcel SET state = 'open', carrier = '', service = '', number = '',"
        " labelled_us = NULL, verified_us = NULL WHERE id = ?",
        r.parcel);
  }
  void operator()(const WaybillReturned& r) {
    db.run(
        "INSERT INTO waybill_return (carrier, number, service, parcel, reason, return_seq,"
        " returned_us, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'returned')",
        r.carrier, r.number, r.service, r.parcel, r.reason, record.seq, record.at.wall);
  }
  void operator()(const WaybillReturnSent& r) {
    db.run("UPDATE waybill_return SET state = 'sent', file = ? WHERE return_seq = ?", r.file,
           r.returned);
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void begin_attempt(const std::string& parcel, int attempt, const char* state) {
    db.run(
        "INSERT INTO label_attempt (parcel, attempt, carrier, number, state)"
        " SELECT id, ?2, carrier, number, ?3 FROM parcel WHERE id = ?1 ON CONFLICT DO NOTHING",
        parcel, attempt, state);
  }
  void end_attempt(const std::string& parcel, int attempt, const char* state,
                   const std::string& reason) {
    db.run(
        "UPDATE label_attempt SET state = ?1, ended_us = ?2,"
        " reason = CASE ?3 WHEN '' THEN reason ELSE ?3 END WHERE parcel = ?4 AND attempt = ?5",
        state, record.at.wall, reason, parcel, attempt);
  }
  void labelled(const std::string& parcel) {
    db.run("UPDATE parcel SET state = 'labelled', labelled_us = ? WHERE id = ? AND state = 'open'",
           record.at.wall, parcel);
  }
};

}  // namespace

void project_label(Database& db, const Record& record) {
  std::visit(LabelProjection{db, record}, record.payload);
}

}  // namespace packbench::store
