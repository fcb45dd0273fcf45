// Until when an order has to leave, as the lists count it. Thread rule: that of the stores.
#pragma once

#include "base/result.h"
#include "domain/deadlines.h"
#include "host/listing.h"
#include "store/order_story.h"

namespace packbench::host {

// Of an order that somebody has begun with: what was promised then, or a season that has moved it
// since.
Result<Deadlines> deadlines_begun(const ListingSources& sources, const Order& order,
                                  const store::OrderStory& story);
// Of one that nobody has.
Result<Deadlines> deadlines_to_pack(store::Catalog& catalog, const station::Policy& policy,
                                    const Order& order);

}  // namespace packbench::host
