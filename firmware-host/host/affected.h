// Affected: orders that nobody has begun with and to whose region their carrier does not go now, or
// whose promise a season notice has moved, and how they are told. No person's data. Thread rule:
// that of the stores.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/deadlines.h"
#include "domain/stop_region.h"
#include "host/listing.h"

namespace packbench::host {

struct AffectedOrder {
  OrderKey key;
  std::string carrier;   // that it would go with
  std::string province;  // or its country, where no province is known
  Promise promise;
  std::optional<StoppedRegion> stop;
};
struct AffectedOrders {
  std::int64_t count = 0;  // of all, also those that are not in `rows`
  std::vector<AffectedOrder> rows;
};

// By their promise; at most `limit` rows. Walks along all orders to pack, unless nothing is in
// force.
Result<AffectedOrders> find_affected(const ListingSources& sources, const Now& now,
                                     std::size_t limit);

std::string affected_text(const AffectedOrders& orders, const ListingStyle& style);
// One object a line, for each order one.
std::string affected_lines(const AffectedOrders& orders);
// One object with all its rows.
std::string affected_json(const AffectedOrders& orders);

}  // namespace packbench::host
