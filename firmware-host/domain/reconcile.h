// Reconcile: where each parcel stands between labelled, handed over and recorded by its carrier:
// in exactly one list, with its age, what its lateness would cost and the next step. An order of
// which no parcel has been begun stands in the list to_pack. Plain values and pure functions.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "domain/clocks.h"
#include "domain/compensation.h"
#include "domain/order.h"
#include "domain/platform_policy.h"

namespace packbench {

enum class ListName {
  to_pack,
  packing,   // being filled
  waiting,   // labelled, for its pickup
  pending,   // handed over, the carrier's record is missing
  recorded,  // by the carrier, not yet at a hub or not yet confirmed
  done,      // through a hub and confirmed, or back, or settled by somebody
  // Anomalies:
  not_collected,         // labelled, and the last visit or the promise has passed
  number_wrong,          // handed over and confirmed, and nothing was heard in time
  lost,                  // recorded, and no hub had it in time
  stopped_after_label,   // cancelled or refunded, and the box is on the shelf
  stopped_after_pickup,  // cancelled, refunded or held, and the carrier has it
  returning,             // on its way back, not received
  count_
};
enum class NextStep {
  none,
  pack,
  lift_hold,
  finish,
  stick_label,
  hand_over,
  accept_trace,
  call_pickup,
  close_manifest,
  wait_record,
  wait_hub,
  check_number,
  ask_carrier,
  pull_out,
  take_out,
  intercept,
  ask_buyer,
  await_return,
  count_
};

// What the lists and steps are called; the word is the contract with scripts.
struct NamedRow {
  std::string_view word;
  std::string_view zh, en;
};
const NamedRow& row_of(ListName list);
const NamedRow& row_of(NextStep step);
bool is_anomaly(ListName list);

// The lists under one of the names that people ask for: to-pack, packing, waiting, pending,
// recorded, anomalies (all of them), intercept. Empty for another name.
std::vector<ListName> lists_asked_for(std::string_view name);
std::span<const std::string_view> list_names();

struct OrderFacts {
  OrderKey key;
  bool stopped = false;       // cancelled or refunded
  bool line_stopped = false;  // goods of it that were refunded still lie in its staged box
  bool held = false;          // the order, or its confirmation, must wait
  std::optional<Money> paid = {};
  std::optional<Instant> ship_by = {};
  std::optional<Instant> last_visit = {};  // of its carrier, before ship_by
  Service service = Service::standard;
  std::string buyer = {};  // the platform's id; empty: not known
  std::optional<Instant> paid_at = {};
  std::string confirmation = {};  // in its parcel: none | held | released | sent | stopped
};

enum class ParcelStage { open, labelled, verified, staged, picked_up, confirmed, voided };
std::string_view word(ParcelStage state);

struct ParcelFacts {
  std::string id;
  ParcelStage state = ParcelStage::open;
  std::string carrier = {}, number = {};
  std::string packed_by = {};  // badge of who staged it
  std::string manifest = {};   // that it was handed over with; only where it was asked for
  std::optional<Instant> started = {}, labelled = {}, staged = {};
  std::optional<Instant> picked_up = {};  // by our own evidence
  std::optional<Instant> confirmed = {}, voided = {};
  TraceTimes traces = {};
  bool settled = false;  // received back, or seen to by somebody: nothing is left to do
  // Its newest events, in their order; empty where their wall times are in order too.
  std::vector<Now> moments = {};
  std::vector<OrderFacts> orders = {};
};

struct Standing {
  ListName list = ListName::to_pack;
  NextStep next = NextStep::none;
  std::string parcel;  // empty: none has been begun
  std::string carrier, number;
  std::vector<OrderKey> orders;
  Instant since;  // what its age counts from
  Age age;
  std::optional<Instant> ship_by, last_visit;  // the earliest of its orders that are still wanted
  ClockState ship = ClockState::none;          // the worst of its orders
  ClockState first_trace = ClockState::none, hub_trace = ClockState::none;
  // What its orders cost if late, each counted for itself, while the promise is not proven kept;
  // nothing where an amount or the one currency is not known.
  std::optional<Money> at_risk;
  bool operator==(const Standing&) const = default;
};

Standing standing_of(const ParcelFacts& parcel, const PlatformPolicies& policies, const Now& now);
// Of an order of which no parcel has been begun.
Standing standing_of(const OrderFacts& order, const PlatformPolicies& policies, const Now& now);

// The clock that is worst, the first of equals: "ship", "first_trace", "hub_trace"; empty: none
// runs and none is late.
struct WorstClock {
  std::string_view name;
  ClockState state = ClockState::none;
};
WorstClock worst_clock(const Standing& standing);

// What is to be done before it is handed over stands by its true deadline, the last visit before
// the promise, then by the money at risk; the rest by age, the oldest first.
void sort_list(ListName list, std::vector<Standing>& standings);

struct ListSum {
  std::int64_t parcels = 0;
  Duration oldest;
  std::vector<Money> at_risk;  // by currency
};
using ListSums = std::array<ListSum, static_cast<std::size_t>(ListName::count_)>;
void add(ListSums& sums, const Standing& standing);

// Orders with the worst clock of all their parcels; an order is shipped when its last parcel is.
std::vector<CompensationCase> late_orders(std::span<const ParcelFacts> parcels,
                                          const PlatformPolicies& policies, Instant now);

}  // namespace packbench
