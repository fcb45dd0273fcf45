// AffectedOrder: an order that is still here and to whose region its carrier does not go now, or
// whose promise a season notice has moved. Of one in several parcels each stands for itself. Plain
// values, no person's data.
#pragma once

#include <optional>
#include <string>

#include "domain/deadlines.h"
#include "domain/order.h"
#include "domain/stop_region.h"

namespace packbench {

struct AffectedOrder {
  OrderKey key;
  std::string parcel;    // empty: nobody has begun with it
  std::string number;    // of its parcel's waybill; empty: none yet
  std::string carrier;   // that it would go with
  std::string province;  // or its country, where no province is known
  Promise promise;
  std::optional<Instant> last_visit = {};  // of its carrier, before the promise
  std::optional<StoppedRegion> stop;
};

}  // namespace packbench
