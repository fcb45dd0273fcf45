#include "domain/manifest.h"

#include "store/chain.h"
#include "store/database.h"
#include "store/journal_reader.h"

namespace packbench::store {
namespace {

// Between its own records, or to the end while it is open.
struct Span {
  std::int64_t opened = 0;
  std::optional<std::int64_t> closed;
};

std::vector<ManifestParcel> taken_of(Database& db, const std::string& manifest, const Span& span) {
  std::vector<ManifestParcel> taken;
  Rows rows = db.query(
      "SELECT p.id, p.number, p.weight_g FROM pickup k JOIN parcel p ON p.id = k.parcel"
      " WHERE k.record_seq BETWEEN ?2 AND coalesce(?3, (SELECT max(seq) FROM record))"
      " AND k.manifest = ?1 ORDER BY k.record_seq",
      manifest, span.opened, span.closed);
  while (rows.next()) taken.push_back({rows.text(0), rows.text(1), {}, rows.maybe_integer(2)});
  for (ManifestParcel& parcel : taken) {
    Rows orders =
        db.query("SELECT number FROM parcel_order WHERE parcel = ? ORDER BY 1", parcel.parcel);
    while (orders.next()) parcel.orders.push_back(orders.text(0));
  }
  return taken;
}

std::string number_of(Database& db, const std::string& parcel) {
  Rows rows = db.query("SELECT number FROM parcel WHERE id = ?", parcel);
  return rows.next() ? rows.text(0) : parcel;
}

std::vector<std::string> left_of(Database& db, std::int64_t closed_seq) {
  std::vector<std::string> left;
  Rows rows = db.query(records_after, closed_seq - 1);
  if (!rows.next()) return left;
  const station::Record record = to_record(read_row(rows));
  const auto* closed = std::get_if<station::ManifestClosed>(&record.payload);
  if (closed == nullptr) return left;
  for (const station::ParcelId& parcel : closed->left) left.push_back(number_of(db, parcel));
  return left;
}

void read_events(Database& db, StoredManifest& manifest) {
  Rows incidents =
      db.query("SELECT code, detail, at_us FROM manifest_event WHERE manifest = ? ORDER BY seq",
               manifest.id);
  while (incidents.next())
    manifest.incidents.push_back({incidents.text(0), incidents.text(1), incidents.time(2)});
  // The detail of such an event begins with its manifest.
  Rows refused = db.query(
      "SELECT p.number, e.detail FROM parcel_event e JOIN parcel p ON p.id = e.parcel"
      " WHERE e.kind = 'refused_by_courier' AND (e.detail = ?1 OR e.detail LIKE ?1 || ': %')"
      " ORDER BY e.seq",
      manifest.id);
  while (refused.next()) {
    const std::string detail = refused.text(1);
    const std::size_t reason = manifest.id.size() + 2;
    manifest.refused.push_back(
        {refused.text(0), detail.size() > reason ? detail.substr(reason) : ""});
  }
}

}  // namespace

Result<std::optional<StoredManifest>> JournalReader::manifest(const std::string& id) const {
  return guarded([&]() -> std::optional<StoredManifest> {
    StoredManifest found;
    Span span;
    {
      Rows rows = db_.query(
          "SELECT id, carrier, courier, op, opened_us, closed_us, counted,"
          " opened_seq, closed_seq FROM manifest"
          " WHERE id = ?1 OR ?1 = '' ORDER BY opened_us DESC, length(id) DESC, id DESC LIMIT 1",
          id);
      if (!rows.next()) return std::nullopt;
      found.id = rows.text(0);
      found.carrier = rows.text(1);
      found.courier = rows.text(2);
      found.op = rows.text(3);
      found.opened = rows.time(4);
      found.closed = rows.maybe_time(5);
      found.counted = rows.maybe_integer(6);
      span = {rows.integer(7), rows.maybe_integer(8)};
    }
    found.taken = taken_of(db_, found.id, span);
    if (span.closed) found.left = left_of(db_, *span.closed);
    read_events(db_, found);
    return found;
  });
}

Result<std::vector<LastHandover>> JournalReader::last_handovers() const {
  return guarded([&] {
    std::vector<LastHandover> found;
    // One bench opens one at a time, so that an open one is its carrier's newest.
    Rows rows = db_.query(
        "SELECT carrier, max(opened_us), closed_us IS NULL FROM manifest GROUP BY carrier");
    while (rows.next()) found.push_back({rows.text(0), rows.time(1), rows.flag(2)});
    return found;
  });
}

}  // namespace packbench::store
