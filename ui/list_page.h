// ListPage: one of the lists of what stands where, read for the screen that asked for it. Plain
// value.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "domain/affected_order.h"
#include "domain/pickups.h"
#include "domain/reconcile.h"

namespace packbench::ui {

using ListRow = std::variant<Standing, ExtraPickup, AffectedOrder>;

struct ListPage {
  std::string name;           // as it was asked for: to-pack, waiting ...
  std::int64_t count = 0;     // of all, also those that are not in `rows`
  std::vector<ListRow> rows;  // the most urgent first
  bool failed = false;        // it cannot be read now
};

}  // namespace packbench::ui
