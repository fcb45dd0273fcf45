#include "carrier.h"

#include <vector>

namespace packbench::simulation {

std::optional<ImportBatch> Carrier::report(Instant now) {
  const auto parcels = auditor_.staged();
  if (parcels.empty()) return std::nullopt;
  const Auditor::StagedBox& box = chance_.pick(parcels);
  const std::string state = chance_.pick<std::string>(
      {"picked_up", "picked_up", "picked_up", "in_transit", "hub", "delivered", "returned"});
  // Never from before it was stuck on: such a report would be of the number's last owner.
  const std::int64_t since = box.staged_us;
  const std::int64_t ago = chance_.below(1000) * ((now.us - since) / 1000);
  const Instant at{now.us - ago};
  ImportBatch batch;
  batch.traces.push_back({box.carrier, box.number, at, state, "", trace_state_of(state)});
  if (chance_.permille(200)) batch.traces.push_back(batch.traces.front());
  auditor_.reported(box.number, state, at.us);
  return batch;
}

std::optional<Deed> Carrier::deed() {
  const auto parcels = auditor_.staged();
  if (parcels.empty()) return std::nullopt;
  const std::string& number = chance_.pick(parcels).number;
  switch (chance_.below(10)) {
    case 0:
    case 1:
    case 2:
      return Deed{"/sign-in 9001", false};
    case 3:
    case 4:
    case 5:
      return Deed{"/accept-trace " + number, false};
    case 6:
      return Deed{"/returned " + number + " came_back", false};
    case 7:
      return Deed{"/settle " + number + " written_off", false};
    case 8:
      return Deed{"/refused-by-courier " + number + " torn", true};
    default:
      return Deed{"/incident late", true};
  }
}

}  // namespace packbench::simulation
