// Affected: the orders still here that a stop region or a season notice concerns, and how they are
// told. No person's data. Thread rule: that of the stores.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/affected_order.h"
#include "host/listing.h"

namespace packbench::host {

struct AffectedOrders {
  std::int64_t count = 0;  // of all, also those that are not in `rows`
  std::vector<AffectedOrder> rows;
};

// By their true deadline; at most `limit` rows. Walks along all orders to pack and all parcels
// here, unless nothing is in force.
Result<AffectedOrders> find_affected(const ListingSources& sources, const Now& now,
                                     std::size_t limit);

std::string affected_text(const AffectedOrders& orders, const ListingStyle& style);
// One object a line, for each order one.
std::string affected_lines(const AffectedOrders& orders);
// One object with all its rows.
std::string affected_json(const AffectedOrders& orders);

}  // namespace packbench::host
