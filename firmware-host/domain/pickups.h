// Pickups: when a carrier must be asked to come once more, because its courier missed a visit or
// none of its visits is left before the promise of what waits for it; which parcels wait, and what
// the extra visit would save. It only tells: no confirmation goes without the pickup scan, whoever
// was called. Pure functions over plain values.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/compensation.h"
#include "domain/deadlines.h"
#include "domain/reconcile.h"

namespace packbench {

// The newest handover of a carrier at this bench.
struct LastHandover {
  std::string carrier;
  Instant opened;
  bool open = false;  // the courier is here
};

// What is known of the carriers' visits.
struct VisitBook {
  std::vector<CarrierVisit> timetable;
  std::vector<LastHandover> handovers;
  Duration grace = Duration::minutes(30);  // a courier who is later than this does not come
  std::string zone;                        // of the timetable, IANA
};

// Where a carrier stands with its visits.
struct CarrierNow {
  std::optional<Instant> last, next;  // of the timetable; nothing: it has none
  bool here = false;                  // a handover is open
  bool may_come = false;              // to the last one, for which no handover was opened yet
  bool missed = false;                // the last one
};
using CarriersNow = std::map<std::string, CarrierNow>;
// Of every carrier that has a timetable or a handover. A handover belongs to a visit from two hours
// before it on, or from half the time since the visit before where that is less.
CarriersNow carriers_now(const VisitBook& book, Instant now);

// Why a parcel needs an extra visit. The later in this list, the worse.
enum class PickupNeed {
  missed,   // it waited when nobody came; a later visit is still in time
  at_risk,  // no visit is left before its promise
  late,     // its promise has passed
};
// Nothing where it needs none: it is not wanted, on hold, gone, its courier is here or may still
// come, or a regular visit is in time; and where its carrier has no timetable.
std::optional<PickupNeed> pickup_need(const ParcelFacts& parcel, const CarriersNow& carriers,
                                      const PlatformPolicies& policies, const Now& now);

struct PickupParcel {
  std::string id, number;
  std::vector<OrderKey> orders;
  std::optional<Instant> ship_by;  // the earliest of its orders that are still wanted
  PickupNeed need = PickupNeed::missed;
};
struct ExtraPickup {
  std::string carrier;
  std::optional<Instant> missed_visit;  // for which nobody came
  std::optional<Instant> next_visit;    // of the timetable
  std::optional<Instant> ship_by;       // the earliest promise that can be kept by coming at once
  std::vector<PickupParcel> parcels;    // by their promise, those without one last
  std::int64_t at_risk = 0, late = 0;   // of them
  // Of the orders in them: `at_risk` is what the extra visit would save, `late` is lost already.
  Compensation money;
};
// What an extra visit would save, by currency; without those of which nothing would be saved.
std::vector<Money> saved_by(const ExtraPickup& pickup);

// By the earliest promise that can still be kept, then by carrier.
std::vector<ExtraPickup> extra_pickups(std::span<const ParcelFacts> parcels,
                                       const CarriersNow& carriers,
                                       const PlatformPolicies& policies, const Now& now);

}  // namespace packbench
