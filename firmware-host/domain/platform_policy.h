// PlatformPolicy: the numbers that a platform judges a shop by. They belong to the platform and
// change with it; the values here hold where the configuration says nothing. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/season_notice.h"

namespace packbench {

struct PlatformPolicy {
  Duration ship_promise = Duration::hours(48);  // from payment, where the order has no own promise
  Duration first_trace = Duration::hours(24);   // from confirmation
  Duration hub_trace = Duration::hours(24);     // from pickup
  Duration at_risk = Duration::hours(4);        // so long before a deadline it is at risk
  // Late-shipment compensation: a share of what was paid, within bounds in `currency`.
  std::int64_t compensation_percent = 30;  // 0 to 100
  std::int64_t compensation_min = 500;     // minor units
  std::int64_t compensation_max = 50'000;
  std::string currency = "CNY";
  Duration same_buyer = Duration::hours(24);  // payments of a buyer within it count as one
  std::int64_t service_breach = 1'000;        // an order whose quicker or better service was missed
  // Penalty points for a late order that the buyer complains of: from, to.
  std::int64_t points_min = 1, points_max = 6;
  std::vector<SeasonNotice> notices;  // in which the promise from payment is a longer one
};

// By platform; "" holds for the others.
using PlatformPolicies = std::map<std::string, PlatformPolicy>;

inline PlatformPolicy policy_of(const PlatformPolicies& policies, const std::string& platform) {
  auto found = policies.find(platform);
  if (found == policies.end()) found = policies.find("");
  return found == policies.end() ? PlatformPolicy{} : found->second;
}

// Whether a season notice is told of at all.
inline bool any_notice(const PlatformPolicies& policies) {
  for (const auto& [platform, policy] : policies) {
    if (!policy.notices.empty()) return true;
  }
  return false;
}

}  // namespace packbench
