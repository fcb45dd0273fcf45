#include "store/stop_regions.h"

namespace packbench::store {

std::vector<StopRegion> read_stop_regions(Database& db, Instant at) {
  std::vector<StopRegion> found;
  Rows rows = db.query(
      "SELECT carrier, region, from_us, to_us, reason FROM stop_region"
      " WHERE from_us <= ?1 AND to_us > ?1 ORDER BY carrier, region, from_us",
      at);
  while (rows.next())
    found.push_back({rows.text(0), rows.text(1), {rows.time(2), rows.time(3)}, rows.text(4)});
  return found;
}

void take_stop_region(Database& db, const StopRegion& stop, ListCount& count) {
  {
    Rows known = db.query(
        "SELECT to_us, reason FROM stop_region WHERE carrier = ? AND region = ? AND from_us = ?",
        stop.carrier, stop.region, stop.span.from);
    if (!known.next()) {
      ++count.added;
    } else if (known.time(0) == stop.span.to && known.text_view(1) == stop.reason) {
      ++count.same;
      return;
    } else {
      ++count.changed;
    }
  }
  db.run(
      "INSERT INTO stop_region (carrier, region, from_us, to_us, reason) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET to_us = excluded.to_us, reason = excluded.reason",
      stop.carrier, stop.region, stop.span.from, stop.span.to, stop.reason);
}

}  // namespace packbench::store
