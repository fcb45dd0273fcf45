// StationView: the one picture of the bench that screen, console and tests read. An immutable
// value made after each commit; may be read from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/checklist.h"
#include "domain/order.h"
#include "station/alert.h"
#include "station/facts.h"
#include "station/messages.h"
#include "station/station.h"

namespace packbench {
struct ExtraPickup;
}

namespace packbench::station {

enum class Phase {
  signed_out,
  awaiting_order,
  packing,
  checks,
  weighing,
  printing,
  print_unknown,
  verifying_label,
  handover
};
std::string_view phase_name(Phase phase);

struct PartView {
  std::string sku, name, variant, listing_title, image;
  std::vector<std::string> accessories;
  int wanted = 0, packed = 0;
  bool no_barcode = false;
};
struct LineView {
  int ordinal = 0;
  std::string sku, name, variant, image;
  int ordered = 0, packed = 0, short_quantity = 0;
  bool gift = false, stopped = false;
  std::vector<PartView> parts;
};
struct OrderView {
  OrderKey key;
  bool gift = false, held = false, stopped = false;
  std::string hold_code, hold_detail;
  bool has_note = false;
  // Of the card with its gift message: none | requested | printed | rejected | unprintable |
  // unknown; empty: there is no message.
  std::string gift_card;
  // A person's own words, for the screen only; the host fills them in, no log or answer has them.
  std::string gift_message, buyer_note, seller_note;
  std::vector<LineView> lines;
};
struct CheckView {
  std::string id;
  Text prompt;
  std::string answer;  // empty: open
  std::string blocks;  // print | staging
  bool na_allowed = false;
};
struct CardView {
  std::string icon;
  Text title, detail;
};
struct ParcelView {
  ParcelId id;
  int index = 1;
  std::string state;
  std::optional<std::int64_t> weight_g;
  std::optional<std::int64_t> weight_due_g;
};
struct WaybillView {
  std::string carrier, number;
  int attempt = 0;
  std::string state;  // allocated | printing | printed | unknown | verified | void
};
inline constexpr std::size_t left_shown_max = 50;
struct ManifestRow {
  ParcelId parcel;
  std::string number;
  std::optional<Instant> last_visit = {};
};
struct ParkedView {
  std::string number;  // of its first order
  std::optional<Instant> ship_by, last_visit;
};
struct ManifestView {
  ManifestId id;
  std::string carrier, courier;
  Instant opened_at;
  std::int64_t count = 0;
  std::int64_t expected = 0;      // count and what is left
  std::vector<ManifestRow> last;  // the newest scans, newest first, at most 8
  // Staged and not scanned yet, at most left_shown_max; the nearest last visit first.
  std::vector<ManifestRow> left;
};
struct AlertView {
  AlertCode code = AlertCode::bad_command;
  std::string name;
  Params params;
  Text text, next;
  Sound sound = Sound::none;
};
// Something worth knowing that asks nothing and stops nothing.
struct NoteView {
  std::string code;  // unusual_number | numbers_low | traces_late | extra_pickup |
                     // delivery_refused | delivery_late
  Text text, next;
};
// Confirmations by HTTP that the platform does not have yet.
struct OutboxView {
  std::int64_t waiting = 0;  // they go by themselves
  std::int64_t refused = 0;  // until somebody has acted
  bool stuck = false;        // none of the last ones got through
};
struct DeviceView {
  std::string kind;  // scanner | printer | scale | network
  bool ok = true;
  Text word;         // of the fault
  Text advice = {};  // what to do about it
  Text brief = {};   // the word where there is little room; empty: the same
};

struct StationView {
  std::string bench;
  Instant now;
  Phase phase = Phase::signed_out;  // of the bench lane
  LaneId lane = LaneId::bench;      // that took the last input
  bool accepted = true;             // the last input
  std::optional<AlertView> alert;   // of the last input
  std::string scanned;              // the last scan, where it was refused
  std::optional<Operator> op, dock_op;
  std::string wave;
  int quantity = 1;
  std::vector<OrderView> orders;
  std::vector<CheckView> checks;
  std::vector<CardView> cards;
  std::optional<ParcelView> parcel;
  std::optional<WaybillView> waybill;
  std::optional<ManifestView> manifest;  // there: the dock lane is in handover
  ManifestId closed_manifest;            // the newest that can be printed; empty: none
  std::optional<Instant> ship_by, last_visit;
  std::string carrier;            // of the deadlines
  ParcelId just_staged;           // set by the input that staged it
  std::int64_t staged_count = 0;  // waiting for pickup
  std::map<std::string, std::int64_t> counters;
  std::vector<ParkedView> parked;
  std::vector<DeviceView> devices;
  OutboxView outbox;
  std::vector<NoteView> notes;    // about the work on the bench
  std::vector<NoteView> pickups;  // carriers to be called, the most urgent first
};

// What the last input came to, as the host tells it to `make_view`.
struct LastAnswer {
  LaneId lane = LaneId::bench;
  bool accepted = true;
  std::optional<Alert> alert;
  std::string scanned;
  ParcelId just_staged;
};
NoteView low_note(const LowRange& range);
NoteView unusual_note(const WaybillOffer& offer);
NoteView traces_late_note(const std::string& trouble);
// Nothing where confirmations only wait their turn.
std::optional<NoteView> outbox_note(const OutboxView& outbox);
// Times in the site's `zone`.
NoteView pickup_note(const ExtraPickup& pickup, Instant now, const std::string& zone);
AlertView alert_view(const Alert& alert);
DeviceView device_view(const DeviceReport& device);
Phase bench_phase(const Station& station, const Policy& policy);
StationView make_view(const Station& station, const Policy& policy, Instant now,
                      const LastAnswer& last);

}  // namespace packbench::station
