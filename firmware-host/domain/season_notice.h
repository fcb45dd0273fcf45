// SeasonNotice: a season in which orders may be shipped later, as the platform or the shop has told
// its buyers: Double 11, the Spring Festival, a storm. Plain values and a pure function.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"
#include "domain/time_span.h"

namespace packbench {

struct SeasonNotice {
  std::string name;
  TimeSpan span;
  Duration extra;                     // more than the promise from payment
  std::vector<std::string> regions;   // as parse_region reads them; empty: everywhere
  std::vector<std::string> carriers;  // of orders that ask for one; empty: whichever
  bool unbound = true;                // and of those that ask for none
};

// Whether a time to ship from `paid_at` until `ship_by` has a moment in common with it.
bool runs_in(const SeasonNotice& notice, Instant paid_at, Instant ship_by);
// Whether it holds for an order with this time to ship: that runs in it, and the order goes to
// where it holds and with a carrier that it names. A part of a province is none, for it is not
// known who lives there.
bool holds_for(const SeasonNotice& notice, const Order& order, Instant paid_at, Instant ship_by);

}  // namespace packbench
