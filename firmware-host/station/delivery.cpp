// Confirmations by HTTP: what a release owes, what came back, what is to be sent again.
#include <algorithm>

#include "station/draft.h"

namespace packbench::station {
namespace {

// Confirmations that the record releases.
std::size_t released_by(const Payload& payload) {
  if (const auto* closed = std::get_if<ManifestClosed>(&payload)) return closed->released.size();
  if (const auto* released = std::get_if<ConfirmationReleased>(&payload))
    return released->released.size();
  if (const auto* accepted = std::get_if<TraceAccepted>(&payload)) return accepted->released.size();
  return 0;
}

bool is_owed(const Station& station, const DeliveryId& id) {
  const auto release = station.deliveries.find(id.release);
  return release != station.deliveries.end() && release->second.count(id.place) > 0;
}

}  // namespace

void owe_deliveries(Draft& draft) {
  if (!draft.policy.delivers) return;
  const std::size_t records = draft.decision.records.size();
  for (std::size_t i = 0; i < records; ++i) {
    const std::size_t released = released_by(draft.decision.records[i]);
    const std::int64_t seq = draft.station.seq + 1 + static_cast<std::int64_t>(i);
    if (released > 0) draft.add(DeliveriesOwed{seq, static_cast<int>(released)});
  }
}

void deliveries_answered(Draft& draft, const DeliveriesAnswered& event) {
  DeliveriesEnded ended;
  std::size_t refused = 0;
  int status = 0;
  for (const DeliveryEnd& end : event.ends) {
    if (!is_owed(draft.station, end.delivery)) continue;
    if (end.refused) {
      ++refused;
      status = end.status;
    }
    ended.ends.push_back(end);
  }
  if (!ended.ends.empty()) draft.add(std::move(ended));
  if (refused > 0) {
    draft.alert(AlertCode::delivery_refused,
                {{"count", std::to_string(refused)}, {"status", std::to_string(status)}});
  } else if (!event.trouble.empty()) {
    draft.alert(AlertCode::delivery_late, {{"reason", event.trouble}});
  }
}

// Revision and line name the one that is meant; revision 0: all of them.
void retry_deliveries(Draft& draft, const FeedRow& row) {
  DeliveriesRetried retried;
  retried.feed = row.id;
  for (const DeliveryId& id : draft.station.refused) {
    if (row.revision == 0 || id == DeliveryId{row.revision, row.line})
      retried.deliveries.push_back(id);
  }
  if (retried.deliveries.empty()) return draft.add(FeedPassed{row.id});
  draft.add(std::move(retried));
}

}  // namespace packbench::station
