// OrderStory: everything that the journal knows of one order, for `packbench show`. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"
#include "domain/trace.h"
#include "station/station.h"

namespace packbench::store {

// One scan (or choice by hand) into a box. state: in | undone | damaged | differs | short |
// stopped | abandoned.
struct StoryItem {
  OrderKey order;
  int line = 0;
  std::size_t part = 0;
  std::string sku;
  int pieces = 0;  // as scanned
  int in_box = 0;  // of these, still in the box
  bool manual = false;
  std::string code, lot, serial, expiry;
  std::string state;
  std::string op;
  Instant at;
};
struct StoryCheck {
  std::string id, blocks;  // print | staging
  std::string answer;      // empty: open; pass | fail | na | overridden
  std::string reason, material;
  std::string op;
  std::optional<Instant> at;
};
// state: requested | intent | sent | printed | rejected | unknown | answered_no | verified | void
struct StoryAttempt {
  int attempt = 0;
  std::string carrier, number;
  std::string state;
  std::string hash;
  std::string reason;
  std::optional<Instant> requested, sent, ended, verified;
  std::string void_reason;
  std::string given_back;  // the number, to its carrier: returned | sent; empty: it was not
};
struct StoryConfirmation {
  OrderKey order;
  std::string state;  // none | held | released | sent | stopped
  std::int64_t release = 0;
  std::string file;
};
// What befell it after it was packed. kind: trace_accepted | refused_by_courier | returned |
// settled; detail: the manifest, or the reason in somebody's words
struct StoryParcelEvent {
  std::string kind;
  std::string detail;
  std::string op;
  Instant at;
};
struct StoryParcel {
  std::string id, work;
  int index = 0;
  std::string state;
  std::string carrier, service, number;
  std::string manifest, courier;
  std::string packed_by, picked_up_by;
  std::optional<std::int64_t> weight_g;
  bool weight_within = true;
  std::string reason;  // why voided
  std::optional<Instant> started, labelled, verified, staged, picked_up, confirmed, voided;
  std::vector<station::Content> contents;
  std::vector<StoryItem> items;
  std::vector<StoryCheck> checks;
  std::vector<StoryAttempt> attempts;
  std::vector<StoryConfirmation> confirmations;
  std::vector<StoryParcelEvent> events;
  std::vector<Trace> traces;  // what its carrier reported: the catalog's, the journal has none
};
// kind: short | damaged | differs | gift_card | held | stopped | released
struct StoryEvent {
  std::string kind;
  int line = 0;  // 0: the whole order
  int quantity = 0;
  std::string detail;
  std::string op;
  Instant at;
};
struct OrderStory {
  OrderKey key;
  bool known = false;  // the journal has met it
  bool packed = false;
  bool stopped = false;
  std::optional<Hold> held;
  std::optional<Instant> ship_by, last_visit;  // as it was opened last
  std::vector<StoryParcel> parcels;
  std::vector<StoryEvent> events;
};

}  // namespace packbench::store
