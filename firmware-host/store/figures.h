// Figures: rows of the journal's projections that a shift report is counted from. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"

namespace packbench::store {

struct ShiftRow {
  std::int64_t id = 0;
  Instant opened;
  std::optional<Instant> closed;
};

// How often something happened in a quarter of an hour (from `quarter` on, UTC). Metrics:
// items_packed, items_manual, items_undone, short, damaged, differs, refused:<alert code>,
// checks_passed, checks_failed, checks_overridden, labels_printed, labels_voided,
// labels_reprinted, labels_unknown, parcels_staged, orders_packed, pickups, pickups_undone,
// confirmed, held_back, orders_stopped, orders_held, material:<code>. Pieces for items, else 1
// each.
struct TallyRow {
  std::int64_t shift = 0;  // 0: outside any shift
  Instant quarter;
  std::string op;  // badge; empty: the bench itself
  std::string metric;
  std::int64_t count = 0;
};

struct ParcelRowOrder {
  OrderKey key;
  std::string confirmation;  // none | held | released | sent | stopped
  std::optional<Money> paid;
  std::optional<Instant> ship_by;
  std::optional<Instant> last_visit;
};
struct ParcelRow {
  std::string id;
  std::string state;  // the words of the console's answer
  std::string carrier, service, number;
  std::string op;  // badge of who staged it
  std::string manifest;
  std::int64_t shift = 0;  // in which it was staged
  std::optional<std::int64_t> weight_g;
  std::optional<Instant> started, labelled, staged, picked_up, confirmed;
  std::vector<ParcelRowOrder> orders;
};

}  // namespace packbench::store
