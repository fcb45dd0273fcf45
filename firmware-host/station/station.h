// Station: everything a bench holds in its head between two inputs. Only `evolve` changes it. It is
// bounded: what is confirmed or voided lives in the journal's projections.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "station/record.h"

namespace packbench::station {

enum class ParcelState { open, labelled, verified, staged, picked_up, confirmed, voided };
enum class PrintState {
  none,
  requested,
  intent,
  sent,
  printed,
  rejected,
  unknown,
  answered_no,
  verified
};

struct PackedItem {
  std::size_t order = 0;  // index in Work::orders
  int line = 0;
  std::size_t part = 0;
  int pieces = 0;
  bool manual = false;
  std::string code, lot, serial, expiry;
  int scan = 0;
};

struct CheckState {
  RaisedCheck check;
  std::string answer;  // empty: open; pass | fail | na | overridden
  std::string reason;
};

struct LabelState {
  std::optional<WaybillOffer> waybill;  // its number is in use from the moment it is assigned
  LabelSource source = LabelSource::own;
  PrintState state = PrintState::none;
  int attempt = 0;      // the current one
  int on_paper = 0;     // attempts of which paper may exist
  std::string problem;  // code of the last rejection
  std::string problem_detail;
};

// The parcel on the bench.
struct OpenParcel {
  ParcelId id;
  int index = 1;
  std::vector<PackedItem> items;
  std::vector<CheckState> checks;
  std::vector<std::string> cards;
  LabelState label;
  std::optional<std::int64_t> weight_g;
  bool weight_within = true;
  bool weight_overridden = false;
  bool filled = false;  // closed by /next-parcel
};

struct LineWork {
  OpenedLine opened;
  std::vector<int> packed;   // pieces per part, over all parcels of the work
  std::vector<int> earlier;  // of these, in parcels already staged
  int short_quantity = 0;
  bool stopped = false;
};
// The card with an order's gift message.
struct GiftCard {
  bool under_way = false;
  int copies = 0;                   // that were asked for
  std::optional<CardResult> ended;  // of the last one; nothing: none has
  std::string problem;
};
struct OrderWork {
  OpenedOrder opened;  // its lines are in `lines`
  std::vector<LineWork> lines;
  bool stopped = false;
  std::optional<Hold> held;
  GiftCard card;
};
struct Work {
  std::string id;
  std::string opened_by, carrier, service;
  LabelSource source = LabelSource::own;
  std::optional<WaybillOffer> preprinted;  // for the first parcel
  std::vector<OrderWork> orders;
  std::vector<ParcelId> staged;
  OpenParcel parcel;
};

struct Content {
  OrderKey order;
  int line = 0;
  int quantity = 0;
};
// A parcel that left the packer's hands: staged, or picked up and its manifest still open.
struct StagedParcel {
  ParcelId id;
  int index = 1;
  WaybillOffer waybill;
  int attempt = 1;
  int on_paper = 1;
  std::vector<Content> contents;
  std::optional<std::int64_t> weight_g;
  std::optional<Instant> last_visit;
  ManifestId picked_up;  // empty: not yet
};

struct Manifest {
  ManifestId id;
  std::string carrier, courier;
  Instant opened_at;
  std::vector<ParcelId> parcels;  // in the order of their scans
};

// Wrong PINs of a badge. The delay is counted by the boot clock: setting the wall clock forward is
// no way round it.
struct PinGuard {
  int failures = 0;
  std::int64_t last_us = 0;  // of the boot `last_boot`
  std::string last_boot;
};

// Two carriers may use one number: the number first, so that all of them are found together.
inline std::string number_key(const std::string& number, const std::string& carrier) {
  return number + "|" + carrier;
}

// A range that runs out, as it was told.
struct LowRange {
  ParcelId parcel;
  std::string carrier, service;
  std::int64_t left = 0;
};
inline std::string range_key(const std::string& carrier, const std::string& service) {
  return carrier + "|" + service;
}

struct Station {
  std::string bench;
  bool frozen_clock = false;
  Instant frozen_at;  // last time seen; the console's clock goes on from here
  std::int64_t seq = 0;
  std::int64_t feed_cursor = 0;
  std::int64_t shift = 0;  // 0: none open
  std::int64_t shifts = 0;
  std::int64_t works = 0, parcels_made = 0, manifests = 0;
  std::optional<Operator> bench_op, dock_op;
  std::string wave;
  int quantity = 1;  // for the next item
  std::optional<Work> work;
  std::vector<Work> parked;
  std::map<ParcelId, StagedParcel> staged;
  std::map<std::string, ParcelId> by_number;        // of `staged`, by number_key()
  std::map<OrderKey, std::set<ParcelId>> by_order;  // of `staged`
  std::map<std::string, std::int64_t> staged_of;    // carrier -> staged and not picked up
  std::map<OrderKey, Hold> held;                    // orders of staged parcels that must wait
  std::map<OrderKey, std::set<int>> stopped;        // orders (0) or lines of staged parcels
  std::optional<Manifest> manifest;
  std::set<std::int64_t> outbox;                     // releases whose file is not written
  std::set<std::int64_t> returns;                    // numbers given back whose file is not written
  std::map<std::int64_t, std::set<int>> deliveries;  // by release: places that wait for HTTP
  std::set<DeliveryId> refused;                      // deliveries that wait for somebody
  std::map<std::string, LowRange> low_ranges;        // by range_key()
  std::map<std::string, PinGuard> pins;
  std::map<std::string, std::int64_t> counters;  // this shift's tally
  ParcelId last_staged;                          // for the done cue
};

}  // namespace packbench::station
