// Records of the dock and of what comes after it: manifests, pickups, confirmations and their way
// out, carriers' traces. A part of station/record.h, which says what records are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/delivery_id.h"
#include "domain/order.h"

namespace packbench::station {

using ParcelId = std::string;    // "<bench>-P<number>"
using ManifestId = std::string;  // "<bench>-M<number>"

struct HandoverOpened {
  ManifestId manifest;
  std::string carrier, courier;
};
struct ParcelPickedUp {
  ManifestId manifest;
  ParcelId parcel;
};
struct PickupUndone {
  ManifestId manifest;
  ParcelId parcel;
};
// Staged, and nothing in it may be sent any more: it was stopped while it stood in a manifest that
// it then left again.
struct ParcelVoided {
  ParcelId parcel;
  std::string reason;
};
struct Confirmation {
  ParcelId parcel;
  OrderKey order;
};
// Closing is one record; its outbox rows are projected from `released`.
struct ManifestClosed {
  ManifestId manifest;
  std::vector<ParcelId> parcels;
  std::vector<Confirmation> released;
  std::vector<Confirmation> held;
  std::vector<ParcelId> left;       // staged for this carrier and not taken along
  std::optional<int> counted = {};  // by the courier
};
// Carriers' traces of parcels of this bench, in the order of the feed, whose cursor they keep. They
// stop clocks and prove nothing at the gate.
struct SeenTrace {
  ParcelId parcel;
  std::string state;  // as trace_word() writes it
  Instant at;         // by the carrier's clock
  bool operator==(const SeenTrace&) const = default;
};
struct TracesSeen {
  std::int64_t feed = 0;
  std::vector<SeenTrace> traces;
};
// A supervisor took the carrier's own pickup trace as evidence for a parcel that was never scanned
// at the dock: a manifest of one parcel, closed at once.
struct TraceAccepted {
  ManifestId manifest;
  ParcelId parcel;
  std::string carrier;
  Instant at;  // of the trace
  std::vector<Confirmation> released;
  std::vector<Confirmation> held;
};
// The courier does not take this one; it stays here.
struct PickupRefused {
  ManifestId manifest;
  ParcelId parcel;
  std::string reason;
};
// Something about the courier's visit that the carrier is to hear of.
struct IncidentNoted {
  ManifestId manifest;
  std::string code;  // late | rude | parcel_damaged | other
  std::string text;
};
// A parcel that came back is in our hands.
struct ParcelReturned {
  ParcelId parcel;
  std::string reason;
};
// Somebody looked after a parcel that stood in a list: pulled it out, claimed it, wrote it off.
struct ParcelSettled {
  ParcelId parcel;
  std::string reason;
};
// A confirmation that was held, released by a supervisor.
struct ConfirmationReleased {
  std::vector<Confirmation> released;
};
// The file of the release that record `release` holds is on the disk.
struct ConfirmationSent {
  std::int64_t release = 0;
  std::string file;
};

// What a release owes by HTTP: one delivery for each of its confirmations, places 1 to `count`.
// None where no address was configured when it was released.
struct DeliveriesOwed {
  std::int64_t release = 0;
  int count = 0;
};
// What became of deliveries. Refused for good: it waits for somebody.
struct DeliveryEnd {
  DeliveryId delivery;
  bool refused = false;  // else delivered
  int status = 0;        // of HTTP
  std::string reason;    // the server's own words
};
struct DeliveriesEnded {
  std::vector<DeliveryEnd> ends;
};
// Refused ones that somebody wants sent again. `feed`: row of the catalog's feed.
struct DeliveriesRetried {
  std::vector<DeliveryId> deliveries;
  std::int64_t feed = 0;
};

}  // namespace packbench::station
