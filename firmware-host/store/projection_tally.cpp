// Shifts, and how often what happened in them.
#include "store/projection.h"

namespace packbench::store {

using namespace station;  // the kinds of record

namespace {

constexpr std::int64_t quarter_us = 15 * 60 * 1'000'000LL;

// The start of the quarter of an hour; also right before 1970, where a clock may stand.
std::int64_t quarter_of(Instant time) {
  const std::int64_t rest = time.us % quarter_us;
  return time.us - (rest < 0 ? rest + quarter_us : rest);
}

struct TallyProjection {
  Database& db;
  const Record& record;

  void operator()(const ShiftOpened& r) {
    db.run("INSERT INTO shift (id, opened_us) VALUES (?, ?)", r.shift, record.at.wall);
  }
  void operator()(const ShiftClosed& r) {
    db.run("UPDATE shift SET closed_us = ? WHERE id = ?", record.at.wall, r.shift);
  }
  void operator()(const Refused& r) { count("refused:" + r.code); }
  void operator()(const ItemPacked& r) {
    count("items_packed", r.pieces);
    if (r.manual) count("items_manual", r.pieces);
  }
  void operator()(const ItemUndone& r) {
    count("items_undone", r.pieces);
    if (r.manual) count("items_manual", -r.pieces);
  }
  void operator()(const LineShort& r) { count("short", r.quantity); }
  void operator()(const ItemDamaged& r) { count("damaged", r.quantity); }
  void operator()(const ItemDiffers&) { count("differs"); }
  void operator()(const CheckAnswered& r) {
    if (r.answer == "pass") count("checks_passed");
    if (r.answer == "fail") count("checks_failed");
    if (!r.material.empty()) count("material:" + r.material);
  }
  void operator()(const CheckOverridden&) { count("checks_overridden"); }
  void operator()(const PrintRequested& r) {
    if (r.attempt > 1) count("labels_reprinted");
  }
  void operator()(const LabelPrinted&) { count("labels_printed"); }
  void operator()(const LabelAnswered& r) {
    if (r.printed) count("labels_printed");
  }
  void operator()(const LabelUnknown&) { count("labels_unknown"); }
  void operator()(const LabelVoided&) { count("labels_voided"); }
  void operator()(const ParcelStaged&) { count("parcels_staged"); }
  void operator()(const WorkFinished& r) {
    count("orders_packed",
          db.integer("SELECT count(*) FROM order_state WHERE packed_work = ?1 AND"
                     " (platform, shop, number) IN"
                     "   (SELECT platform, shop, number FROM work_order WHERE work = ?1)",
                     r.work));
  }
  void operator()(const ParcelPickedUp&) { count("pickups"); }
  void operator()(const PickupUndone&) { count("pickups_undone"); }
  void operator()(const ManifestClosed& r) {
    count("confirmed", static_cast<std::int64_t>(r.released.size()));
    count("held_back", static_cast<std::int64_t>(r.held.size()));
  }
  void operator()(const TraceAccepted& r) {
    count("pickups");
    count("confirmed", static_cast<std::int64_t>(r.released.size()));
    count("held_back", static_cast<std::int64_t>(r.held.size()));
  }
  void operator()(const ConfirmationReleased& r) {
    count("confirmed", static_cast<std::int64_t>(r.released.size()));
  }
  void operator()(const OrderHeld&) { count("orders_held"); }
  void operator()(const OrderStopped&) { count("orders_stopped"); }
  template <class Other>
  void operator()(const Other&) {}

 private:
  void count(const std::string& metric, std::int64_t by = 1) {
    if (by == 0) return;
    db.run(
        "INSERT INTO tally (shift, quarter_us, op, metric, count)"
        " VALUES (coalesce((SELECT max(id) FROM shift WHERE closed_us IS NULL), 0), ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        quarter_of(record.at.wall), record.op, metric, by);
  }
};

}  // namespace

void project_tally(Database& db, const Record& record) {
  std::visit(TallyProjection{db, record}, record.payload);
}

}  // namespace packbench::store
