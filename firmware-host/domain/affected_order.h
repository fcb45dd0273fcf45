// AffectedOrder: an order that nobody has begun with and to whose region its carrier does not go
// now, or whose promise a season notice has moved. Plain values, no person's data.
#pragma once

#include <optional>
#include <string>

#include "domain/deadlines.h"
#include "domain/order.h"
#include "domain/stop_region.h"

namespace packbench {

struct AffectedOrder {
  OrderKey key;
  std::string carrier;   // that it would go with
  std::string province;  // or its country, where no province is known
  Promise promise;
  std::optional<Instant> last_visit = {};  // of its carrier, before the promise
  std::optional<StoppedRegion> stop;
};

}  // namespace packbench
