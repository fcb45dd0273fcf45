// Redate: parcels whose orders were opened before their season notice was told of. The journal has
// the promise of that day; a list goes by the one that holds now. Thread rule: that of the stores.
#pragma once

#include <vector>

#include "base/result.h"
#include "domain/reconcile.h"
#include "host/listing.h"

namespace packbench::host {

class Redater {
 public:
  // Reads the timetable where a notice is configured at all.
  static Result<Redater> make(const ListingSources& sources);
  // Moves promise and last visit of its orders where a notice holds for them. Looks up only orders
  // whose time to ship may have a moment in common with one.
  Status redate(ParcelFacts& parcel) const;
  // The same of one order that goes with `carrier`.
  Status redate(OrderFacts& facts, const std::string& carrier) const;

 private:
  explicit Redater(const ListingSources& sources) : sources_(sources) {}

  ListingSources sources_;
  std::vector<CarrierVisit> timetable_;
};

}  // namespace packbench::host
