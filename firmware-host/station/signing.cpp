#include <algorithm>

#include "station/draft.h"

namespace packbench::station {

const Operator* operator_of(const Station& station, LaneId lane) {
  if (lane == LaneId::dock && station.dock_op) return &*station.dock_op;
  return station.bench_op ? &*station.bench_op : nullptr;
}

bool is_supervisor(const Draft& draft) {
  const Operator* op = operator_of(draft.station, draft.decision.lane);
  return op != nullptr && op->role == Role::supervisor;
}

namespace {

// Two free tries, then 2, 4, 8 ... seconds, at most five minutes.
Duration pin_delay(int failures) {
  if (failures < 3) return {};
  return Duration::seconds(std::min(300, 1 << std::min(failures - 2, 9)));
}

}  // namespace

// After a restart of the machine only the time since then is known to have passed.
Duration time_to_wait(const PinGuard& guard, const Now& now) {
  const std::int64_t passed =
      now.since_boot.us -
      (now.boot_id == guard.last_boot && !now.boot_id.empty() ? guard.last_us : 0);
  return {pin_delay(guard.failures).us - passed};
}

void sign_in(Draft& draft, LaneId lane, bool pin_given) {
  const auto& fact = draft.facts.op;
  if (!fact) return draft.refuse(AlertCode::bad_credentials);
  const std::string& badge = fact->op.badge;
  const auto guard = draft.station.pins.find(badge);
  if (guard != draft.station.pins.end() && fact->pin_set) {
    const Duration rest = time_to_wait(guard->second, draft.now);
    if (rest.us > 0) {
      const std::int64_t seconds = (rest.us + 999'999) / 1'000'000;
      return draft.refuse(AlertCode::bad_credentials, {{"wait_s", std::to_string(seconds)}});
    }
  }
  if (fact->pin_set && !pin_given)
    return draft.refuse(AlertCode::bad_credentials, {{"badge", badge}, {"pin_wanted", "yes"}});
  if (fact->pin_set && !fact->pin_ok)
    return draft.refuse(AlertCode::bad_credentials, {{"badge", badge}});
  if (draft.station.shift == 0) draft.add(ShiftOpened{draft.station.shifts + 1});
  draft.add(OperatorSignedIn{lane, fact->op});
}

void sign_out(Draft& draft, LaneId lane) {
  draft.add(OperatorSignedOut{lane});
}

void close_shift(Draft& draft) {
  if (!is_supervisor(draft)) return draft.refuse(AlertCode::not_permitted);
  if (draft.station.shift == 0 || draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "handover_open"}});
  draft.add(ShiftClosed{draft.station.shift});
  draft.add(OperatorSignedOut{LaneId::bench});
}

}  // namespace packbench::station
