// Records: what happened, one struct a kind. The journal stores them as JSON (station/codec.h) and
// `evolve` is the only reader that changes a Station. A record holds everything its meaning needs:
// replay asks no catalog. Kinds and fields are only ever added.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/units.h"
#include "domain/operator.h"
#include "domain/order.h"
#include "domain/product.h"
#include "domain/waybill.h"
#include "station/record_handover.h"

namespace packbench::station {

using Params = std::map<std::string, std::string>;

enum class LaneId { bench, dock };

// The bench's identity; the first record of every journal.
struct Genesis {
  std::string bench;
  bool frozen_clock = false;
};
// An input that was not taken. Changes counters only.
struct Refused {
  LaneId lane = LaneId::bench;
  std::string code;
  Params params;
};
struct ShiftOpened {
  std::int64_t shift = 0;
};
struct ShiftClosed {
  std::int64_t shift = 0;
};
struct OperatorSignedIn {
  LaneId lane = LaneId::bench;
  Operator op;
};
struct OperatorSignedOut {
  LaneId lane = LaneId::bench;
};
// From now on an item opens only orders of this wave; empty: of any.
struct WaveChosen {
  std::string code;
};

// A piece to be scanned: the line's own product, or one component of its kit.
struct Part {
  std::string sku;
  std::string name;
  std::string variant;
  int per_unit = 1;
  std::vector<ProductBarcode> barcodes;
  bool no_barcode = false;
  std::int64_t weight_g = 0;
  std::vector<std::string> handling;
  std::string listing_title;
  std::string image;
  std::vector<std::string> accessories;
  std::string packaging;
};
struct OpenedLine {
  OrderLine line;
  std::vector<Part> parts;
};
struct OpenedOrder {
  Order order;  // with its lines as they were when it was opened
  std::vector<OpenedLine> lines;
  std::optional<Instant> ship_by;
  std::optional<Instant> last_visit;
};
struct PackingStarted {
  std::string work;  // "<bench>-W<number>"
  std::vector<OpenedOrder> orders;
  std::string opened_by;  // number | alias | waybill | item | merge
  std::string carrier;
  std::string service;
  LabelSource source = LabelSource::own;
  std::int64_t epoch = 0;                  // of the grant, once benches share a site
  std::optional<WaybillOffer> preprinted;  // the number on the label that opened it
};
struct RaisedCheck {
  std::string id;
  bool blocks_print = false;
  std::vector<std::string> materials;
  bool na_allowed = false;
};
// Raised where stopped goods lie in a box that goes on: only a person can say that they are out.
inline constexpr std::string_view take_out_check = "take_out";
struct ParcelStarted {
  ParcelId parcel;
  std::string work;
  int index = 1;
  std::vector<RaisedCheck> checks;
  std::vector<std::string> cards;  // ids of the pack card's lines
};
struct QuantitySet {
  int quantity = 0;
};
struct ItemPacked {
  ParcelId parcel;
  OrderKey order;
  int line = 0;
  std::size_t part = 0;
  int pieces = 1;
  bool manual = false;
  std::string code;  // as scanned
  std::string lot, serial, expiry;
  int scan = 0;  // counts in the parcel: one scan of many pieces may fill several lines
};
// Takes back what is left in the box of the parcel's last ItemPacked; one for each of its scan.
struct ItemUndone {
  ParcelId parcel;
  int pieces = 1;
  bool manual = false;
};
struct LineShort {
  OrderKey order;
  int line = 0;
  int quantity = 0;
  std::string reason;
  // Pieces per part that leave the box again: what was scanned of a kit that stays incomplete.
  std::vector<int> taken_out;
};
// Pieces set aside; those that were in the box are out of it again.
struct ItemDamaged {
  OrderKey order;
  int line = 0;
  std::size_t part = 0;
  int quantity = 0;
};
struct ItemDiffers {
  OrderKey order;
  int line = 0;
  std::size_t part = 0;
  std::string text;
};
// A question that came up after the parcel was started; one that was answered is open again.
struct CheckRaised {
  ParcelId parcel;  // also of a work that was put aside
  RaisedCheck check;
};
struct CheckAnswered {
  ParcelId parcel;
  std::string id;
  std::string answer;  // pass | fail | na
  std::string reason;
  std::string material;
};
struct CheckOverridden {
  ParcelId parcel;
  std::string id;  // or "weight"
  std::string reason;
};
struct ParcelWeighed {
  ParcelId parcel;
  std::int64_t grams = 0;
  bool within = true;  // of the band that was due
};
// The packer said that this box is full although the order has more.
struct ParcelFilled {
  ParcelId parcel;
};

struct WaybillAssigned {
  ParcelId parcel;
  WaybillOffer offer;
  LabelSource source = LabelSource::own;
};
struct PrintRequested {
  ParcelId parcel;
  int attempt = 1;
  std::string reason;  // empty: the first; else why again
};
struct LabelIntent {
  ParcelId parcel;
  int attempt = 1;
  std::string hash;  // of the bytes that will be sent
};
struct LabelSent {
  ParcelId parcel;
  int attempt = 1;
};
struct LabelPrinted {
  ParcelId parcel;
  int attempt = 1;
};
// No byte left us: this attempt is not on paper.
struct LabelRejected {
  ParcelId parcel;
  int attempt = 1;
  std::string code;  // label_unprintable | printer_fault | order_cancelled | order_on_hold ...
  std::string reason;
};
struct LabelUnknown {
  ParcelId parcel;
  int attempt = 1;
  std::string reason;
};
struct LabelAnswered {
  ParcelId parcel;
  int attempt = 1;
  bool printed = false;
};
struct LabelVerified {
  ParcelId parcel;
  int attempt = 1;
  std::string code;
};
// The number is retired for ever.
struct LabelVoided {
  ParcelId parcel;
  std::string carrier, number;
  std::string reason;
};
// A retired number goes back to its carrier, by a file of the outbox.
struct WaybillReturned {
  ParcelId parcel;
  std::string carrier, service, number;
  std::string reason;
};
// The file of the return that record `returned` holds is on the disk.
struct WaybillReturnSent {
  std::int64_t returned = 0;
  std::string file;
};
// Fewer numbers are left of a range than the configuration wants. Told once, until it is refilled.
struct RangeLow {
  ParcelId parcel;  // that got the number
  std::string carrier, service;
  std::int64_t left = 0;
};
struct RangeRefilled {
  std::string carrier, service;
};
// The card with an order's gift message goes to the printer. It is no label: nothing proves it and
// losing one costs a sheet.
struct CardRequested {
  OrderKey order;
};
// rejected: no byte left us; unprintable: it cannot be drawn.
enum class CardResult { printed, rejected, unprintable, unknown };
constexpr const char* card_result_word(CardResult result) {
  switch (result) {
    case CardResult::printed:
      return "printed";
    case CardResult::rejected:
      return "rejected";
    case CardResult::unprintable:
      return "unprintable";
    case CardResult::unknown:
      break;
  }
  return "unknown";
}
struct CardEnded {
  OrderKey order;
  CardResult result = CardResult::unknown;
  std::string reason;  // word of the printer's state, or why it cannot be drawn
};
struct ParcelStaged {
  ParcelId parcel;
  std::optional<std::int64_t> weight_g;
};
struct WorkParked {
  std::string work;
};
struct WorkResumed {
  std::string work;
};
struct WorkAbandoned {
  std::string work;
  std::string reason;
};
struct WorkFinished {
  std::string work;
};

// From outside, or by /cancel-order. `feed`: row of the catalog's feed, 0: none.
struct OrderHeld {
  OrderKey order;
  Hold hold;
  std::int64_t revision = 0;
  std::int64_t feed = 0;
};
struct OrderStopped {
  OrderKey order;
  std::string reason;
  int line = 0;  // 0: the whole order
  std::int64_t revision = 0;
  std::int64_t feed = 0;
  std::vector<ParcelId> voided;     // staged parcels of which nothing is left
  std::vector<ParcelId> picked_up;  // too late for these: ask the carrier to intercept
};
// What a supervisor took out of a staged box: pieces of an order that was stopped.
struct TakenOut {
  ParcelId parcel;
  int line = 0;
  bool operator==(const TakenOut&) const = default;
};
struct OrderReleased {
  OrderKey order;
  std::int64_t revision = 0;  // holds up to this revision no longer count; -1: from the feed
  std::int64_t feed = 0;
  std::vector<TakenOut> taken_out;
};
// A feed row that changes nothing here; keeps the cursor.
struct FeedPassed {
  std::int64_t feed = 0;
};
struct ClockAdvanced {
  std::int64_t us = 0;
};

using Payload = std::variant<
    Genesis, Refused, ShiftOpened, ShiftClosed, OperatorSignedIn, OperatorSignedOut, WaveChosen,
    PackingStarted, ParcelStarted, QuantitySet, ItemPacked, ItemUndone, LineShort, ItemDamaged,
    ItemDiffers, CheckRaised, CheckAnswered, CheckOverridden, ParcelWeighed, ParcelFilled,
    WaybillAssigned, PrintRequested, LabelIntent, LabelSent, LabelPrinted, LabelRejected,
    LabelUnknown, LabelAnswered, LabelVerified, LabelVoided, ParcelStaged, WorkParked, WorkResumed,
    WorkAbandoned, WorkFinished, HandoverOpened, ParcelPickedUp, PickupUndone, ManifestClosed,
    ConfirmationReleased, ConfirmationSent, OrderHeld, OrderStopped, OrderReleased, FeedPassed,
    ClockAdvanced, WaybillReturned, WaybillReturnSent, RangeLow, RangeRefilled, CardRequested,
    CardEnded, ParcelVoided, TracesSeen, TraceAccepted, PickupRefused, IncidentNoted,
    ParcelReturned, ParcelSettled, DeliveriesOwed, DeliveriesEnded, DeliveriesRetried>;

// A record as the journal knows it. `seq` counts from 1 without gaps; records of one decision share
// `batch` (the seq of the first of them).
struct Record {
  std::int64_t seq = 0;
  std::int64_t batch = 0;
  std::string op;  // badge of who caused it; empty: the bench itself
  Now at;
  Payload payload;
};

}  // namespace packbench::station
