// Parcels that may stand in a list, read in one go: those not yet picked up by their state, the
// others from `watch`. What is done is never looked at, however much of it there is.
#include <algorithm>

#include "domain/json.h"
#include "domain/reconcile.h"
#include "store/database.h"
#include "store/journal_reader.h"
#include "store/to_pack.h"

namespace packbench::store {
namespace {

#define PACKBENCH_PARCEL_FACTS                                                                 \
  "SELECT p.id, p.state, p.carrier, p.number, p.started_us, p.labelled_us, p.staged_us,"       \
  " p.picked_up_us, p.confirmed_us, p.voided_us, t.picked_up_us, t.first_us, t.hub_us,"        \
  " t.out_for_delivery_us, t.delivered_us, t.failed_us, t.returned_us, w.platform, w.shop,"    \
  " w.number, w.paid_minor, w.currency, w.ship_by_us, w.last_visit_us, o.state, s.stopped,"    \
  " s.held_code IS NOT NULL, p.packed_by, w.service,"                                          \
  " CASE s.line_stopped WHEN 1 THEN EXISTS (SELECT 1 FROM parcel_content c JOIN order_event e" \
  "   ON e.platform = c.platform AND e.shop = c.shop AND e.number = c.number"                  \
  "   AND e.kind = 'stopped' AND e.line = c.line WHERE c.parcel = p.id"                        \
  "     AND c.platform = w.platform AND c.shop = w.shop AND c.number = w.number) END"
#define PACKBENCH_PARCEL_JOINS                                                                   \
  " LEFT JOIN parcel_trace t ON t.parcel = p.id CROSS JOIN work_order w ON w.work = p.work"      \
  " LEFT JOIN parcel_order o ON o.parcel = p.id AND o.platform = w.platform AND o.shop = w.shop" \
  "   AND o.number = w.number"                                                                   \
  " LEFT JOIN order_state s INDEXED BY order_state_waits ON s.platform = w.platform"             \
  "   AND s.shop = w.shop AND s.number = w.number"                                               \
  "   AND (s.stopped = 1 OR s.held_code IS NOT NULL OR s.line_stopped = 1)"

ParcelStage state_of(std::string_view word) {
  if (word == "open") return ParcelStage::open;
  if (word == "labelled") return ParcelStage::labelled;
  if (word == "verified") return ParcelStage::verified;
  if (word == "staged") return ParcelStage::staged;
  if (word == "picked_up") return ParcelStage::picked_up;
  if (word == "confirmed") return ParcelStage::confirmed;
  if (word == "voided") return ParcelStage::voided;
  fail("corrupt", "a parcel is " + std::string(word) + ", which no parcel can be");
}

// Into one that is there already: of twenty thousand none asks for new memory.
void read_facts(const Rows& rows, std::string_view id, ParcelFacts& facts) {
  facts.id.assign(id);
  facts.state = state_of(rows.text_view(1));
  facts.carrier.assign(rows.text_view(2));
  facts.number.assign(rows.text_view(3));
  facts.started = rows.maybe_time(4);
  facts.labelled = rows.maybe_time(5);
  facts.staged = rows.maybe_time(6);
  facts.picked_up = rows.maybe_time(7);
  facts.confirmed = rows.maybe_time(8);
  facts.voided = rows.maybe_time(9);
  facts.packed_by.assign(rows.text_view(27));
  facts.traces = {};
  facts.moments.clear();
  facts.orders.clear();
  if (rows.is_null(11)) return;
  facts.traces = {rows.maybe_time(10), rows.maybe_time(11), rows.maybe_time(12),
                  rows.maybe_time(13), rows.maybe_time(14), rows.maybe_time(15),
                  rows.maybe_time(16)};
}

// What only a line of it was stopped for is not stopped: the rest may still go.
void add_order(const Rows& rows, ParcelFacts& facts) {
  OrderFacts& order = facts.orders.emplace_back();
  order.key = rows.key(17);
  if (!rows.is_null(20)) order.paid = Money{rows.integer(20), rows.text(21)};
  order.ship_by = rows.maybe_time(22);
  order.last_visit = rows.maybe_time(23);
  if (rows.text_view(28) != "standard")
    order.service = nlohmann::json(rows.text(28)).get<Service>();
  order.confirmation = rows.is_null(24) ? "none" : rows.text(24);
  const bool waits = !rows.is_null(25);
  order.stopped = (waits && rows.flag(25)) || order.confirmation == "stopped";
  order.held = (waits && rows.flag(26)) || order.confirmation == "held";
  // Once it is confirmed, a part of it that is refunded is the shop's and the buyer's business.
  order.line_stopped = waits && order.confirmation == "none" && rows.flag(29);
}

using Visit = std::function<void(ParcelFacts&)>;

// Before it is staged a parcel stands for all orders of its work, afterwards for those that are in
// it: of what goes on, a stopped one was taken out.
bool is_in_box(const Rows& rows, const ParcelFacts& facts) {
  if (!facts.staged) return true;
  if (rows.is_null(24)) return false;
  return facts.state == ParcelStage::voided || rows.text_view(24) != "stopped";
}

// Rows of one parcel follow each other.
template <class Seen>
void read_parcels(Rows rows, const Seen& seen) {
  ParcelFacts facts;
  bool any = false;
  while (rows.next()) {
    const std::string_view id = rows.text_view(0);
    if (!any || facts.id != id) {
      if (any) seen(facts);
      read_facts(rows, id, facts);
      any = true;
    }
    if (is_in_box(rows, facts)) add_order(rows, facts);
  }
  if (any) seen(facts);
}

// By our own clock; a pickup that the carrier's trace stands for is by the carrier's.
bool is_in_order(const ParcelFacts& facts, Instant now) {
  Instant last = facts.started.value_or(now);
  for (const auto& each : {facts.labelled, facts.staged, facts.confirmed, facts.voided}) {
    if (!each) continue;
    if (*each < last) return false;
    last = *each;
  }
  const bool scanned = facts.picked_up && facts.traces.picked_up != facts.picked_up;
  if (scanned && facts.staged && *facts.picked_up < *facts.staged) return false;
  if (scanned && *facts.picked_up > now) return false;
  return last <= now;
}

// Records in which a parcel's events of `wall` may stand: from its first item on.
constexpr std::int64_t records_looked_at = 5'000;

void add_moment(Database& db, const ParcelFacts& facts, std::optional<Instant> wall,
                std::vector<Now>& moments) {
  if (!wall) return;
  Rows rows = db.query(
      "SELECT wall_us, boot_us, boot_id FROM record WHERE wall_us = ?2"
      " AND seq >= (SELECT min(seq) FROM item WHERE parcel = ?1)"
      " AND seq < (SELECT min(seq) FROM item WHERE parcel = ?1) + ?3 ORDER BY seq LIMIT 1",
      facts.id, *wall, records_looked_at);
  if (rows.next()) moments.push_back({rows.time(0), Duration{rows.integer(1)}, rows.text(2)});
}

// When its newest events happened by the machine's own clock.
std::vector<Now> moments_of(Database& db, const ParcelFacts& facts) {
  std::vector<Now> moments;
  Rows pickup = db.query(
      "SELECT r.wall_us, r.boot_us, r.boot_id FROM pickup k JOIN record r ON r.seq = k.record_seq"
      " WHERE k.parcel = ? AND r.kind = 'parcel_picked_up'",
      facts.id);
  const bool gone = pickup.next();
  if (!gone && facts.state != ParcelStage::open) {
    add_moment(db, facts, facts.labelled, moments);
    add_moment(db, facts, facts.staged, moments);
  } else if (!gone) {
    add_moment(db, facts, facts.started, moments);
  } else {
    moments.push_back({pickup.time(0), Duration{pickup.integer(1)}, pickup.text(2)});
    Rows release = db.query(
        "SELECT wall_us, boot_us, boot_id FROM record"
        " WHERE seq = (SELECT max(release_seq) FROM parcel_order WHERE parcel = ?)",
        facts.id);
    if (release.next())
      moments.push_back({release.time(0), Duration{release.integer(1)}, release.text(2)});
  }
  return moments;
}

Rows parcels_here(Database& db) {
  return db.query(PACKBENCH_PARCEL_FACTS
                  " FROM parcel p INDEXED BY parcel_here" PACKBENCH_PARCEL_JOINS
                  " WHERE p.state NOT IN ('picked_up', 'confirmed', 'voided')");
}

}  // namespace

Status JournalReader::each_parcel_here(const Visit& visit) const {
  return guarded([&] {
    read_parcels(parcels_here(db_), visit);
    return Ok{};
  });
}

Status JournalReader::each_open_parcel(Instant now, const Visit& visit) const {
  return guarded([&] {
    const ReadView view(db_);
    const auto seen = [&](ParcelFacts& facts) {
      if (!is_in_order(facts, now)) facts.moments = moments_of(db_, facts);
      visit(facts);
    };
    read_parcels(parcels_here(db_), seen);
    // What came back or was seen to is not watched any more, whatever its confirmation waits for.
    read_parcels(
        db_.query(PACKBENCH_PARCEL_FACTS
                  " FROM watch x CROSS JOIN parcel p ON p.id = x.parcel" PACKBENCH_PARCEL_JOINS
                  " WHERE p.state IN ('picked_up', 'confirmed', 'voided')"),
        seen);
    return Ok{};
  });
}

Result<std::vector<ParcelFacts>> JournalReader::open_parcels(Instant now) const {
  std::vector<ParcelFacts> found;
  const Status read =
      each_open_parcel(now, [&](const ParcelFacts& facts) { found.push_back(facts); });
  if (!read) return read.error();
  return found;
}

Result<std::vector<ParcelFacts>> JournalReader::confirmed_parcels(Instant from, Instant to) const {
  return guarded([&] {
    std::vector<ParcelFacts> found;
    read_parcels(db_.query(PACKBENCH_PARCEL_FACTS
                           " FROM parcel p INDEXED BY parcel_confirmed" PACKBENCH_PARCEL_JOINS
                           " WHERE p.confirmed_us >= ? AND p.confirmed_us < ?",
                           from, to),
                 [&](const ParcelFacts& facts) { found.push_back(facts); });
    return found;
  });
}

Result<std::string> JournalReader::manifest_of(const std::string& parcel) const {
  return guarded([&] {
    Rows rows = db_.query("SELECT manifest FROM pickup WHERE parcel = ?", parcel);
    return rows.next() ? rows.text(0) : std::string();
  });
}

Result<bool> JournalReader::is_over(const OrderKey& key) const {
  return guarded([&] {
    return db_.integer(
               "SELECT packed_work IS NOT NULL OR stopped FROM order_state"
               " WHERE platform = ? AND shop = ? AND number = ?",
               key) != 0;
  });
}

Result<HandledOrders> JournalReader::handled_orders() const {
  return guarded([&] { return HandledOrders(db_); });
}

}  // namespace packbench::store
