#include "domain/stop_region.h"

#include <tuple>

namespace packbench {

std::optional<StoppedRegion> stopped_region(std::span<const StopRegion> stops,
                                            const std::string& carrier, const Order& order,
                                            Instant at) {
  std::optional<StoppedRegion> worst;
  for (const StopRegion& stop : stops) {
    if (stop.carrier != carrier || !stop.span.contains(at)) continue;
    const auto region = parse_region(stop.region);
    const InRegion in = region ? in_region(order, *region) : InRegion::no;
    if (in == InRegion::no) continue;
    const StoppedRegion found{stop, in == InRegion::perhaps};
    const auto weight = [](const StoppedRegion& each) {
      return std::tuple(!each.perhaps, each.stop.span.to);
    };
    if (!worst || weight(found) > weight(*worst)) worst = found;
  }
  return worst;
}

std::string region_text(const StopRegion& stop) {
  return stop.region + (stop.reason.empty() ? "" : " (" + stop.reason + ")");
}

}  // namespace packbench
