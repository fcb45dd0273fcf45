#include "domain/season_notice.h"

#include <algorithm>

#include "domain/region.h"

namespace packbench {
namespace {

bool goes_there(const SeasonNotice& notice, const Order& order) {
  return notice.regions.empty() ||
         std::any_of(notice.regions.begin(), notice.regions.end(), [&](const std::string& text) {
           const auto region = parse_region(text);
           return region && in_region(order, *region) == InRegion::yes;
         });
}

bool goes_with(const SeasonNotice& notice, const Order& order) {
  if (order.requested_carrier.empty()) return notice.unbound;
  return notice.carriers.empty() || std::find(notice.carriers.begin(), notice.carriers.end(),
                                              order.requested_carrier) != notice.carriers.end();
}

}  // namespace

bool runs_in(const SeasonNotice& notice, Instant paid_at, Instant ship_by) {
  return paid_at < notice.span.to && notice.span.from < ship_by;
}

bool holds_for(const SeasonNotice& notice, const Order& order, Instant paid_at, Instant ship_by) {
  return runs_in(notice, paid_at, ship_by) && goes_there(notice, order) && goes_with(notice, order);
}

}  // namespace packbench
