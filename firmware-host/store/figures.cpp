#include "store/figures.h"

#include "store/database.h"
#include "store/journal_reader.h"

namespace packbench::store {
namespace {

std::vector<TallyRow> tally_rows(Rows rows) {
  std::vector<TallyRow> found;
  while (rows.next()) {
    found.push_back({rows.integer(0), rows.time(1), rows.text(2), rows.text(3), rows.integer(4)});
  }
  return found;
}

ParcelRow parcel_row(const Rows& rows) {
  ParcelRow row;
  row.id = rows.text(0);
  row.state = rows.text(1);
  row.carrier = rows.text(2);
  row.service = rows.text(3);
  row.number = rows.text(4);
  row.op = rows.text(5);
  row.manifest = rows.text(6);
  row.shift = rows.integer(7);
  row.weight_g = rows.maybe_integer(8);
  row.started = rows.maybe_time(9);
  row.labelled = rows.maybe_time(10);
  row.staged = rows.maybe_time(11);
  row.picked_up = rows.maybe_time(12);
  row.confirmed = rows.maybe_time(13);
  return row;
}

ParcelRowOrder parcel_order(const Rows& rows) {
  ParcelRowOrder order;
  order.key = rows.key(0);
  order.confirmation = rows.text(3);
  if (!rows.is_null(4)) order.paid = Money{rows.integer(4), rows.text(5)};
  order.ship_by = rows.maybe_time(6);
  order.last_visit = rows.maybe_time(7);
  return order;
}

// Before it is staged a parcel stands for all orders of its work.
std::vector<ParcelRowOrder> orders_of(Database& db, const std::string& parcel) {
  Rows rows = db.query(
      "SELECT w.platform, w.shop, w.number, coalesce(o.state, 'none'), w.paid_minor, w.currency,"
      "   w.ship_by_us, w.last_visit_us"
      " FROM parcel p JOIN work_order w ON w.work = p.work"
      " LEFT JOIN parcel_order o ON o.parcel = p.id AND o.platform = w.platform"
      "   AND o.shop = w.shop AND o.number = w.number"
      " WHERE p.id = ? AND (p.staged_us IS NULL OR o.state IS NOT NULL) ORDER BY w.place",
      parcel);
  std::vector<ParcelRowOrder> orders;
  while (rows.next()) orders.push_back(parcel_order(rows));
  return orders;
}

std::vector<ParcelRow> parcel_rows(Database& db, Rows rows) {
  std::vector<ParcelRow> found;
  while (rows.next()) {
    found.push_back(parcel_row(rows));
    found.back().orders = orders_of(db, found.back().id);
  }
  return found;
}

}  // namespace

Result<std::vector<ShiftRow>> JournalReader::shifts() const {
  return guarded([&] {
    Rows rows = db_.query("SELECT id, opened_us, closed_us FROM shift ORDER BY id DESC");
    std::vector<ShiftRow> found;
    while (rows.next()) found.push_back({rows.integer(0), rows.time(1), rows.maybe_time(2)});
    return found;
  });
}

Result<std::vector<TallyRow>> JournalReader::tally_of_shift(std::int64_t shift) const {
  return guarded([&] {
    return tally_rows(
        db_.query("SELECT shift, quarter_us, op, metric, count FROM tally"
                  " WHERE shift = ? ORDER BY quarter_us, op, metric",
                  shift));
  });
}

Result<std::vector<TallyRow>> JournalReader::tally_between(Instant from, Instant to) const {
  return guarded([&] {
    return tally_rows(
        db_.query("SELECT shift, quarter_us, op, metric, count FROM tally"
                  " WHERE quarter_us >= ? AND quarter_us < ? ORDER BY quarter_us, op, metric",
                  from, to));
  });
}

Result<std::vector<ParcelRow>> JournalReader::parcels_unconfirmed() const {
  return guarded([&] {
    return parcel_rows(
        db_, db_.query("SELECT p.id, p.state, p.carrier, p.service, p.number, p.packed_by,"
                       "   coalesce(k.manifest, ''), p.shift, p.weight_g, p.started_us,"
                       "   p.labelled_us, p.staged_us, p.picked_up_us, p.confirmed_us"
                       " FROM parcel p LEFT JOIN pickup k ON k.parcel = p.id"
                       " WHERE p.state NOT IN ('confirmed', 'voided')"
                       " ORDER BY p.started_us, p.id"));
  });
}

Result<std::vector<ParcelRow>> JournalReader::parcels_confirmed_between(Instant from,
                                                                        Instant to) const {
  return guarded([&] {
    return parcel_rows(
        db_, db_.query("SELECT p.id, p.state, p.carrier, p.service, p.number, p.packed_by,"
                       "   coalesce(k.manifest, ''), p.shift, p.weight_g, p.started_us,"
                       "   p.labelled_us, p.staged_us, p.picked_up_us, p.confirmed_us"
                       " FROM parcel p LEFT JOIN pickup k ON k.parcel = p.id"
                       " WHERE p.confirmed_us >= ? AND p.confirmed_us < ?"
                       " ORDER BY p.confirmed_us, p.id",
                       from, to));
  });
}

}  // namespace packbench::store
