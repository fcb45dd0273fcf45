// Figures: rows of the journal's projections that a shift report is counted from. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/units.h"

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

}  // namespace packbench::store
