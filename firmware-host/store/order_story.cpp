#include "store/order_story.h"

#include "store/database.h"
#include "store/journal_reader.h"

namespace packbench::store {
namespace {

std::vector<station::Content> contents(Database& db, const std::string& parcel) {
  Rows rows = db.query(
      "SELECT platform, shop, number, line, quantity FROM parcel_content WHERE parcel = ?"
      " ORDER BY platform, shop, number, line",
      parcel);
  std::vector<station::Content> found;
  while (rows.next()) found.push_back({rows.key(0), rows.number(3), rows.number(4)});
  return found;
}

std::vector<StoryItem> items(Database& db, const std::string& parcel) {
  Rows rows = db.query(
      "SELECT platform, shop, number, line, part, sku, pieces, in_box, manual, code, lot, serial,"
      " expiry, state, op, at_us FROM item WHERE parcel = ? ORDER BY seq",
      parcel);
  std::vector<StoryItem> found;
  while (rows.next()) {
    found.push_back({rows.key(0), rows.number(3), static_cast<std::size_t>(rows.integer(4)),
                     rows.text(5), rows.number(6), rows.number(7), rows.flag(8), rows.text(9),
                     rows.text(10), rows.text(11), rows.text(12), rows.text(13), rows.text(14),
                     rows.time(15)});
  }
  return found;
}

std::vector<StoryCheck> checks(Database& db, const std::string& parcel) {
  Rows rows = db.query(
      "SELECT id, blocks, answer, reason, material, op, answered_us FROM parcel_check"
      " WHERE parcel = ? ORDER BY place, id",
      parcel);
  std::vector<StoryCheck> found;
  while (rows.next()) {
    found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                     rows.text(5), rows.maybe_time(6)});
  }
  return found;
}

std::vector<StoryAttempt> attempts(Database& db, const std::string& parcel) {
  Rows rows = db.query(
      "SELECT attempt, carrier, number, state, hash, reason, requested_us, sent_us, ended_us,"
      " verified_us, void_reason, coalesce((SELECT r.state FROM waybill_return r"
      "   WHERE r.carrier = a.carrier AND r.number = a.number), '')"
      " FROM label_attempt a WHERE parcel = ? ORDER BY attempt",
      parcel);
  std::vector<StoryAttempt> found;
  while (rows.next()) {
    found.push_back({rows.number(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                     rows.text(5), rows.maybe_time(6), rows.maybe_time(7), rows.maybe_time(8),
                     rows.maybe_time(9), rows.text(10), rows.text(11)});
  }
  return found;
}

std::vector<StoryConfirmation> confirmations(Database& db, const std::string& parcel) {
  Rows rows = db.query(
      "SELECT o.platform, o.shop, o.number, o.state, coalesce(o.release_seq, 0),"
      "   coalesce(x.file, '')"
      " FROM parcel_order o LEFT JOIN outbox x ON x.parcel = o.parcel AND x.platform = o.platform"
      "   AND x.shop = o.shop AND x.number = o.number"
      " WHERE o.parcel = ? ORDER BY o.platform, o.shop, o.number",
      parcel);
  std::vector<StoryConfirmation> found;
  while (rows.next()) {
    found.push_back({rows.key(0), rows.text(3), rows.integer(4), rows.text(5)});
  }
  return found;
}

std::vector<StoryParcelEvent> events(Database& db, const std::string& parcel) {
  Rows rows = db.query(
      "SELECT kind, detail, op, at_us FROM parcel_event WHERE parcel = ? ORDER BY seq", parcel);
  std::vector<StoryParcelEvent> found;
  while (rows.next()) found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.time(3)});
  return found;
}

StoryParcel parcel(Database& db, const Rows& rows) {
  StoryParcel story;
  story.id = rows.text(0);
  story.work = rows.text(1);
  story.index = rows.number(2);
  story.state = rows.text(3);
  story.carrier = rows.text(4);
  story.service = rows.text(5);
  story.number = rows.text(6);
  story.manifest = rows.text(7);
  story.courier = rows.text(8);
  story.packed_by = rows.text(9);
  story.picked_up_by = rows.text(10);
  story.weight_g = rows.maybe_integer(11);
  story.weight_within = rows.flag(12);
  story.reason = rows.text(13);
  story.started = rows.maybe_time(14);
  story.labelled = rows.maybe_time(15);
  story.verified = rows.maybe_time(16);
  story.staged = rows.maybe_time(17);
  story.picked_up = rows.maybe_time(18);
  story.confirmed = rows.maybe_time(19);
  story.voided = rows.maybe_time(20);
  story.contents = contents(db, story.id);
  story.items = items(db, story.id);
  story.checks = checks(db, story.id);
  story.attempts = attempts(db, story.id);
  story.confirmations = confirmations(db, story.id);
  story.events = events(db, story.id);
  return story;
}

std::vector<StoryParcel> parcels(Database& db, const OrderKey& key) {
  Rows rows = db.query(
      "SELECT p.id, p.work, p.idx, p.state, p.carrier, p.service, p.number,"
      "   coalesce(k.manifest, ''), coalesce(m.courier, ''), p.packed_by, p.picked_up_by,"
      "   p.weight_g, p.weight_within, p.reason, p.started_us, p.labelled_us, p.verified_us,"
      "   p.staged_us, p.picked_up_us, p.confirmed_us, p.voided_us"
      " FROM work_order w JOIN parcel p ON p.work = w.work"
      " LEFT JOIN pickup k ON k.parcel = p.id LEFT JOIN manifest m ON m.id = k.manifest"
      " WHERE w.platform = ? AND w.shop = ? AND w.number = ? ORDER BY p.started_us, p.idx, p.id",
      key);
  std::vector<StoryParcel> found;
  while (rows.next()) found.push_back(parcel(db, rows));
  return found;
}

std::vector<StoryEvent> events(Database& db, const OrderKey& key) {
  Rows rows = db.query(
      "SELECT kind, line, quantity, detail, op, at_us, seq FROM order_event"
      " WHERE platform = ?1 AND shop = ?2 AND number = ?3"
      " UNION ALL SELECT 'gift_card', 0, 0, result || iif(reason = '', '', ': ' || reason), '',"
      " at_us, seq FROM gift_card WHERE platform = ?1 AND shop = ?2 AND number = ?3 ORDER BY seq",
      key);
  std::vector<StoryEvent> found;
  while (rows.next()) {
    found.push_back(
        {rows.text(0), rows.number(1), rows.number(2), rows.text(3), rows.text(4), rows.time(5)});
  }
  return found;
}

// As its newest work was opened with.
void read_promise(Database& db, OrderStory& story) {
  Rows opened = db.query(
      "SELECT ship_by_us, last_visit_us FROM work_order"
      " WHERE work = ? AND platform = ? AND shop = ? AND number = ?",
      story.parcels.back().work, story.key);
  if (!opened.next()) return;
  story.ship_by = opened.maybe_time(0);
  story.last_visit = opened.maybe_time(1);
}

}  // namespace

Result<OrderStory> JournalReader::story(const OrderKey& key) const {
  return guarded([&] {
    OrderStory story;
    story.key = key;
    Rows state = db_.query(
        "SELECT packed_work IS NOT NULL, stopped, held_code, held_detail FROM order_state"
        " WHERE platform = ? AND shop = ? AND number = ?",
        key);
    if (!state.next()) return story;
    story.known = true;
    story.packed = state.flag(0);
    story.stopped = state.flag(1);
    if (!state.is_null(2)) story.held = Hold{state.text(2), state.text(3)};
    story.parcels = parcels(db_, key);
    if (!story.parcels.empty()) read_promise(db_, story);
    story.events = events(db_, key);
    return story;
  });
}

}  // namespace packbench::store
