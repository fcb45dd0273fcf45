// Report: what a shift or a day came to, counted from the journal's figures. Everything in it is a
// plain value; make_report() is pure. Waiting lists and clocks are as of `made_at`, whatever the
// range: who looks at yesterday wants to know what of it is still here.
// A caught error is a save: refusals are counted, never held against a person, and packers are
// listed by name, never by rank.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/clocks.h"
#include "domain/compensation.h"
#include "domain/order.h"
#include "domain/pickups.h"
#include "domain/platform_policy.h"
#include "domain/reconcile.h"
#include "report/number_stock.h"
#include "store/figures.h"

namespace packbench::report {

// Who paid an order and when, so that payments of one buyer can be counted as one.
struct Payment {
  std::string buyer;
  std::optional<Instant> paid_at;
};

struct ReportInput {
  std::string bench;                             // as people call it
  std::optional<store::ShiftRow> shift;          // nothing: a day
  Instant from, to;                              // the shift's or the day's; an open shift ends now
  std::vector<store::TallyRow> tally;            // of the shift, or of the range
  std::vector<ParcelFacts> open;                 // that may stand in a list
  std::vector<ParcelFacts> confirmed;            // within the range; some may be in `open` too
  std::map<OrderKey, Payment> payments;          // where known
  std::map<std::string, std::string> operators;  // badge -> name
  std::map<std::string, std::string> carriers;   // SF -> 顺丰速运; absent: the code itself
  PlatformPolicies policies;
  NumberStock numbers;
  VisitBook visits;
  Now now;
  std::string zone;  // of the site, IANA
};

struct Totals {
  std::int64_t parcels = 0;  // staged
  std::int64_t items = 0;    // pieces packed less those taken back at once
  std::int64_t items_manual = 0;
  std::int64_t orders_packed = 0;
  std::int64_t picked_up = 0;
  std::int64_t confirmed = 0;  // (parcel, order)
  std::int64_t held_back = 0;
  std::int64_t orders_stopped = 0, orders_held = 0;
  std::int64_t short_ = 0, damaged = 0, differs = 0;
  std::int64_t checks_passed = 0, checks_failed = 0, checks_overridden = 0;
  std::int64_t labels_printed = 0, labels_voided = 0, labels_reprinted = 0, labels_unknown = 0;
  bool operator==(const Totals&) const = default;
};

struct NamedCount {
  std::string name;
  std::int64_t count = 0;
  bool operator==(const NamedCount&) const = default;
};

struct HourRow {
  Instant hour;  // its start, local
  std::int64_t parcels = 0, items = 0, picked_up = 0;
};
struct PackerRow {
  std::string badge, name;  // the name is the badge where nobody is known by it
  std::int64_t parcels = 0, items = 0, picked_up = 0;
};
struct HourPackerRow {
  Instant hour;
  std::string badge;
  std::int64_t parcels = 0, items = 0, picked_up = 0;
};

struct ParcelLine {
  ParcelFacts facts;
  Standing standing;
  std::string op;             // name of who staged it
  bool missed_visit = false;  // the last visit has passed and it is still here
  std::optional<Money> paid;  // all its orders together, where every amount is known
};

struct OrderLate {  // or at risk
  OrderKey key;
  std::vector<std::string> parcels;
  std::optional<Instant> ship_by, last_visit;
  std::optional<Instant> picked_up;  // the last of its parcels, when all are gone
  ClockState state = ClockState::none;
  std::optional<Money> paid;
};

struct CarrierWaiting {
  std::string carrier;
  std::int64_t parcels = 0, missed_visit = 0, late = 0;
  Duration oldest;
};

struct Report {
  std::string bench;
  std::optional<store::ShiftRow> shift;
  Instant from, to;
  Instant made_at;
  std::string zone;
  std::map<std::string, std::string> carriers;
  PlatformPolicy policy;  // that of no special platform, for the texts

  Totals totals;
  std::int64_t wrong_items = 0;           // caught
  std::vector<NamedCount> caught;         // other mistakes caught, by alert code, those that came
  std::vector<NamedCount> other_refused;  // further refusals, by alert code
  std::vector<NamedCount> materials;      // used, by code

  // Every hour from the first to the last with something in it; only those with something where
  // they are more than two days apart.
  std::vector<HourRow> hours;
  std::vector<PackerRow> packers;  // by name
  std::vector<HourPackerRow> hour_packers;

  // Each parcel stands in exactly one of these, the oldest first.
  std::vector<ParcelLine> anomalies;  // list by list
  std::vector<ParcelLine> on_bench;   // no label yet
  std::vector<ParcelLine> waiting;    // labelled, for its pickup
  std::vector<ParcelLine> pending;    // handed over, the carrier's record is missing
  std::vector<ParcelLine> recorded;   // by the carrier, no hub yet or not confirmed
  ListSums sums;
  std::vector<CarrierWaiting> waiting_by_carrier;  // with those that are an anomaly by now

  std::vector<ExtraPickup> pickups;  // carriers to be asked to come once more

  ClockCount ship;                     // orders
  ClockCount first_trace;              // parcels
  ClockCount hub_trace;                // parcels
  std::vector<OrderLate> orders_late;  // or at risk: late ones first, then by deadline
  Compensation compensation;           // of orders_late
  NumberStock numbers;
};

Report make_report(const ReportInput& input);

}  // namespace packbench::report
