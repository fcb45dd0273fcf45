#include "store/journal_reader.h"

#include <sodium.h>

#include <map>
#include <utility>

#include "domain/tracking_number.h"
#include "store/chain.h"
#include "store/files.h"

namespace packbench::store {
namespace {

Key key_beside(const std::string& directory) {
  const auto key = read_key(join(directory, "bench.key"));
  if (!key && file_exists("", join(directory, "journal.db"))) {
    fail("key_missing", "bench.key is missing in " + directory +
                            ", and without it the journal cannot be trusted: restore it from the "
                            "backup");
  }
  if (!key) {
    fail("no_journal", "there is no bench in " + directory +
                           " yet: start packbench console or kiosk there first");
  }
  return *key;
}

// Nothing is sent of a record that the bench did not write.
RecordRow sound_record(Database& db, const Key& key, std::int64_t seq) {
  Rows rows = db.query(records_after, seq - 1);
  if (!rows.next()) fail("corrupt", "there is no record " + std::to_string(seq));
  RecordRow row = read_row(rows);
  if (row.seq != seq || !is_sound(row, key)) {
    fail("journal_tampered", "record " + std::to_string(seq) +
                                 " is not what was written: run packbench verify; nothing of it "
                                 "is sent");
  }
  return row;
}

std::vector<station::Confirmation> released_by(const station::Record& record) {
  if (const auto* closed = std::get_if<station::ManifestClosed>(&record.payload))
    return closed->released;
  if (const auto* accepted = std::get_if<station::TraceAccepted>(&record.payload))
    return accepted->released;
  if (const auto* released = std::get_if<station::ConfirmationReleased>(&record.payload))
    return released->released;
  fail("corrupt", "record " + std::to_string(record.seq) +
                      " releases nothing: run packbench verify before anything is sent");
}

std::vector<station::Content> contents_of(Database& db, const station::Confirmation& each) {
  Rows rows = db.query(
      "SELECT line, quantity FROM parcel_content WHERE parcel = ? AND platform = ? AND shop = ?"
      " AND number = ? ORDER BY line",
      each.parcel, each.order);
  std::vector<station::Content> contents;
  while (rows.next()) contents.push_back({each.order, rows.number(0), rows.number(1)});
  return contents;
}

}  // namespace

JournalReader::JournalReader(Database& database, const std::array<std::uint8_t, 32>& key)
    : db_(database), key_(key) {}
JournalReader::JournalReader(std::unique_ptr<Database> own, const std::array<std::uint8_t, 32>& key)
    : own_(std::move(own)), db_(*own_), key_(key) {}
JournalReader::~JournalReader() = default;

Result<std::unique_ptr<JournalReader>> JournalReader::open(const std::string& directory,
                                                           const std::string& vfs) {
  if (sodium_init() < 0) return Error{"sodium", "libsodium does not start on this machine"};
  return guarded([&] {
    const Key key = key_beside(directory);
    auto db = std::make_unique<Database>(join(directory, "journal.db"),
                                         OpenMode{.vfs = vfs, .read_only = true});
    // All that is open fits, so that no page of it is read twice.
    db->execute("PRAGMA cache_size=-16000;");
    check_format(*db, directory);
    return std::unique_ptr<JournalReader>(new JournalReader(std::move(db), key));
  });
}

Result<JournalClock> JournalReader::clock() const {
  return guarded([&] {
    JournalClock clock;
    Rows first = db_.query(
        "SELECT json_extract(payload, '$.bench'), json_extract(payload, '$.frozen_clock')"
        " FROM record WHERE seq = 1");
    if (first.next()) {
      clock.bench = first.text(0);
      clock.frozen = first.flag(1);
    }
    Rows last = db_.query("SELECT wall_us FROM record ORDER BY seq DESC LIMIT 1");
    if (last.next()) clock.last = {last.integer(0)};
    return clock;
  });
}

Result<station::OrderHistory> JournalReader::order_history(const OrderKey& key) const {
  return guarded([&] {
    station::OrderHistory history;
    Rows state = db_.query(
        "SELECT packed_work IS NOT NULL, stopped, released_revision FROM order_state"
        " WHERE platform = ? AND shop = ? AND number = ?",
        key);
    if (!state.next()) return history;
    history.packed = state.flag(0);
    history.stopped = state.flag(1);
    history.released_revision = state.integer(2);
    Rows rows = db_.query(
        "SELECT p.id, p.state, k.parcel IS NOT NULL, m.closed_us IS NOT NULL, o.state"
        " FROM parcel_content c JOIN parcel p ON p.id = c.parcel"
        " LEFT JOIN parcel_order o ON o.parcel = c.parcel AND o.platform = c.platform"
        "   AND o.shop = c.shop AND o.number = c.number"
        " LEFT JOIN pickup k ON k.parcel = p.id LEFT JOIN manifest m ON m.id = k.manifest"
        " WHERE c.platform = ? AND c.shop = ? AND c.number = ?"
        " GROUP BY p.id ORDER BY p.started_us, p.id",
        key);
    while (rows.next()) {
      station::OrderHistory::Parcel parcel;
      parcel.id = rows.text(0);
      parcel.state = rows.text(1);
      parcel.picked_up = rows.flag(2);
      parcel.manifest_closed = rows.flag(3);
      const std::string confirmation = rows.text(4);
      parcel.confirmation_held = confirmation == "held";
      parcel.released = confirmation == "released" || confirmation == "sent";
      if (parcel.confirmation_held) history.pending.push_back({parcel.id, key});
      history.parcels.push_back(std::move(parcel));
    }
    return history;
  });
}

Result<std::optional<station::ParcelFact>> JournalReader::parcel_by_number(
    const std::string& number) const {
  return guarded([&]() -> std::optional<station::ParcelFact> {
    Rows rows = db_.query(
        "SELECT p.id, CASE w.state WHEN 'void' THEN 'voided' ELSE p.state END, w.carrier,"
        " EXISTS (SELECT 1 FROM label_attempt a WHERE a.parcel = w.parcel"
        "   AND a.carrier = w.carrier AND a.number = w.number AND a.state = 'void'),"
        " w.state, w.assigned_us,"
        " EXISTS (SELECT 1 FROM watch WHERE parcel = p.id),"
        " EXISTS (SELECT 1 FROM parcel_event WHERE parcel = p.id AND kind = 'returned'),"
        " (SELECT picked_up_us FROM parcel_trace WHERE parcel = p.id),"
        " coalesce((SELECT min(number) FROM parcel_order WHERE parcel = p.id), ''),"
        " (SELECT returned_us IS NOT NULL FROM parcel_trace WHERE parcel = p.id),"
        " p.packed_by, p.staged_us, p.picked_up_us"
        " FROM waybill w JOIN parcel p ON p.id = w.parcel WHERE w.number = ?",
        number);
    // The live one of several carriers', else the newest: picked here, a sorter takes longer.
    std::optional<station::ParcelFact> found;
    std::pair<bool, std::int64_t> best;
    while (rows.next()) {
      const std::pair<bool, std::int64_t> rank{rows.text_view(4) == "live", rows.integer(5)};
      if (found && rank <= best) continue;
      best = rank;
      found = {rows.text(0), rows.text(1),  rows.text(2),        rows.flag(3),
               rows.flag(6), rows.flag(7),  rows.flag(10),       rows.maybe_time(8),
               rows.text(9), rows.text(11), rows.maybe_time(12), rows.maybe_time(13)};
    }
    return found;
  });
}

// A carrier's clock may be a little behind ours when it takes a parcel that was just labelled.
Result<std::optional<station::ParcelId>> JournalReader::traced_parcel(const Trace& trace) const {
  constexpr Duration clock_difference = Duration::minutes(30);
  return guarded([&]() -> std::optional<station::ParcelId> {
    Rows rows = db_.query("SELECT parcel, carrier, assigned_us FROM waybill WHERE number = ?",
                          trace.number);
    while (rows.next()) {
      const bool its = trace.carrier.empty() || same_carrier(rows.text_view(1), trace.carrier);
      if (its && trace.at + clock_difference >= rows.time(2)) return rows.text(0);
    }
    return std::nullopt;
  });
}

Result<bool> JournalReader::is_number_used(const std::string& carrier,
                                           const std::string& number) const {
  return guarded([&] {
    Rows rows = db_.query("SELECT carrier FROM waybill WHERE number = ?", number);
    while (rows.next()) {
      if (same_carrier(rows.text_view(0), carrier)) return true;
    }
    return false;
  });
}

Result<std::string> JournalReader::last_range_number(const std::string& carrier,
                                                     const std::string& service) const {
  return guarded([&] {
    Rows rows = db_.query("SELECT number FROM range_cursor WHERE carrier = ? AND service = ?",
                          carrier, service);
    return rows.next() ? rows.text(0) : std::string();
  });
}

Result<bool> JournalReader::is_serial_packed(const std::string& code,
                                             const std::string& serial) const {
  if (serial.empty()) return false;
  return guarded([&] {
    return db_
        .query(
            "SELECT 1 FROM item i JOIN parcel p ON p.id = i.parcel"
            " WHERE i.serial = ?1 AND i.serial <> '' AND i.in_box > 0 AND p.state <> 'voided'"
            "   AND ?2 IN (i.code, i.sku)",
            serial, code)
        .next();
  });
}

Result<std::vector<ReleasedConfirmation>> JournalReader::release(std::int64_t seq) const {
  return guarded([&] {
    const RecordRow row = sound_record(db_, key_, seq);
    std::vector<ReleasedConfirmation> found;
    for (const station::Confirmation& each : released_by(to_record(row))) {
      Rows rows = db_.query(
          "SELECT p.carrier, p.service, p.number, p.picked_up_us, k.manifest,"
          " r.kind = 'trace_accepted' FROM parcel p JOIN pickup k ON k.parcel = p.id"
          " JOIN record r ON r.seq = k.record_seq WHERE p.id = ?",
          each.parcel);
      if (!rows.next()) {
        fail("journal_tampered", "parcel " + each.parcel +
                                     " has no pickup: run packbench verify; "
                                     "nothing is sent");
      }
      found.push_back({each, rows.text(0), rows.text(1), rows.text(2), rows.time(3),
                       Instant{row.wall_us}, rows.text(4), contents_of(db_, each), rows.flag(5)});
    }
    return found;
  });
}

Result<ReturnedNumber> JournalReader::returned(std::int64_t seq) const {
  return guarded([&] {
    const RecordRow row = sound_record(db_, key_, seq);
    const station::Record record = to_record(row);
    const auto* number = std::get_if<station::WaybillReturned>(&record.payload);
    if (number == nullptr) {
      fail("corrupt", "record " + std::to_string(seq) +
                          " gives no number back: run packbench verify before anything is sent");
    }
    Rows used = db_.query(
        "SELECT 1 FROM waybill w LEFT JOIN pickup k ON k.parcel = w.parcel"
        " WHERE w.carrier = ? AND w.number = ? AND w.parcel = ?"
        " AND (w.state = 'live' OR k.parcel IS NOT NULL AND EXISTS"
        "   (SELECT 1 FROM parcel p WHERE p.id = w.parcel AND p.number = w.number))",
        number->carrier, number->number, number->parcel);
    if (used.next()) {
      fail("journal_tampered",
           "number " + number->number + " is in use: run packbench verify; it is not given back");
    }
    return ReturnedNumber{*number, Instant{row.wall_us}};
  });
}

Result<std::vector<OrderKey>> JournalReader::orders_numbered(const std::string& number) const {
  return guarded([&] {
    Rows rows = db_.query(
        "SELECT platform, shop, number FROM order_state WHERE number = ? ORDER BY platform, shop",
        number);
    std::vector<OrderKey> keys;
    while (rows.next()) keys.push_back(rows.key(0));
    return keys;
  });
}

}  // namespace packbench::store
