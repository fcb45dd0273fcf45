#include "report/tallies.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/time_text.h"

namespace packbench::report {
namespace {

using Counts = std::map<std::string, std::int64_t>;

constexpr std::string_view kRefused = "refused:";
constexpr std::string_view kMaterial = "material:";
constexpr std::string_view kWrongItem = "wrong_item";

// Refusals that kept a mistake from leaving the house; the others are a matter of handling.
constexpr std::array<std::string_view, 6> kCaught = {
    "over_scan", "expired_item", "duplicate_scan", "wrong_label", "stale_label", "wrong_carrier"};

struct Field {
  std::string_view metric;
  std::int64_t Totals::*total;
  std::string_view name;  // in JSON and CSV; empty: it is taken off the field above it
};
constexpr std::array<Field, 21> kFields = {{
    {"parcels_staged", &Totals::parcels, "parcels"},
    {"items_packed", &Totals::items, "items"},
    {"items_undone", &Totals::items, ""},
    {"items_manual", &Totals::items_manual, "items_manual"},
    {"orders_packed", &Totals::orders_packed, "orders_packed"},
    {"pickups", &Totals::picked_up, "picked_up"},
    {"pickups_undone", &Totals::picked_up, ""},
    {"confirmed", &Totals::confirmed, "confirmed"},
    {"held_back", &Totals::held_back, "confirmations_held"},
    {"orders_stopped", &Totals::orders_stopped, "orders_stopped"},
    {"orders_held", &Totals::orders_held, "orders_held"},
    {"short", &Totals::short_, "items_short"},
    {"damaged", &Totals::damaged, "items_damaged"},
    {"differs", &Totals::differs, "items_differing"},
    {"checks_passed", &Totals::checks_passed, "checks_passed"},
    {"checks_failed", &Totals::checks_failed, "checks_failed"},
    {"checks_overridden", &Totals::checks_overridden, "checks_overridden"},
    {"labels_printed", &Totals::labels_printed, "labels_printed"},
    {"labels_voided", &Totals::labels_voided, "labels_voided"},
    {"labels_reprinted", &Totals::labels_reprinted, "labels_reprinted"},
    {"labels_unknown", &Totals::labels_unknown, "labels_unknown"},
}};

bool is_work(std::string_view metric) {
  return metric == "parcels_staged" || metric == "items_packed" || metric == "items_undone" ||
         metric == "pickups" || metric == "pickups_undone";
}

// Adds what a row says of parcels, items and pickups to a row of an hour or of a packer.
template <class Row>
void add_work(const store::TallyRow& row, Row& to) {
  if (row.metric == "parcels_staged") {
    to.parcels = add_up(to.parcels, row.count);
  } else if (row.metric == "items_packed") {
    to.items = add_up(to.items, row.count);
  } else if (row.metric == "items_undone") {
    to.items = add_up(to.items, -row.count);
  } else if (row.metric == "pickups") {
    to.picked_up = add_up(to.picked_up, row.count);
  } else if (row.metric == "pickups_undone") {
    to.picked_up = add_up(to.picked_up, -row.count);
  }
}

Totals totals_of(const Counts& counts) {
  Totals totals;
  for (const Field& field : kFields) {
    const auto found = counts.find(std::string(field.metric));
    if (found == counts.end()) continue;
    const std::int64_t sign = field.name.empty() ? -1 : 1;
    totals.*field.total = add_up(totals.*field.total, sign * found->second);
  }
  return totals;
}

bool is_caught(std::string_view code) {
  return std::find(kCaught.begin(), kCaught.end(), code) != kCaught.end();
}

// The counts whose metric begins with `prefix`, without it, in the alphabet's order.
std::vector<NamedCount> counts_of(const Counts& counts, std::string_view prefix) {
  std::vector<NamedCount> found;
  for (const auto& [metric, count] : counts) {
    if (metric.starts_with(prefix) && count != 0)
      found.push_back({metric.substr(prefix.size()), count});
  }
  return found;
}

void sort_refusals(const Counts& counts, Report& report) {
  for (NamedCount& each : counts_of(counts, kRefused)) {
    if (each.name == kWrongItem) {
      report.wrong_items = each.count;
    } else {
      (is_caught(each.name) ? report.caught : report.other_refused).push_back(std::move(each));
    }
  }
}

// A quiet hour in the middle of a shift is shown as one.
std::vector<HourRow> without_gaps(const std::map<Instant, HourRow>& rows) {
  std::vector<HourRow> hours;
  if (rows.empty()) return hours;
  const Instant first = rows.begin()->first;
  const Instant last = rows.rbegin()->first;
  const bool fill = last - first <= Duration::hours(48);
  Instant next = first;
  for (const auto& [hour, row] : rows) {
    for (; fill && next < hour; next = next + Duration::hours(1)) hours.push_back({next});
    hours.push_back(row);
    next = hour + Duration::hours(1);
  }
  return hours;
}

}  // namespace

Instant hour_of(Instant time, const std::string& zone) {
  constexpr std::int64_t kMinute = Duration::minutes(1).us;
  // Down to a whole minute first, towards the past also before 1970.
  const std::int64_t into_minute = ((time.us % kMinute) + kMinute) % kMinute;
  const Instant minute{time.us - into_minute};
  return minute - Duration::minutes(local_clock(minute, zone).minute % 60);
}

std::vector<NamedCount> named_totals(const Totals& totals) {
  std::vector<NamedCount> named;
  for (const Field& field : kFields) {
    if (!field.name.empty()) named.push_back({std::string(field.name), totals.*field.total});
  }
  return named;
}

void count_tallies(const ReportInput& input, Report& report) {
  Counts counts;
  std::map<Instant, HourRow> hours;
  std::map<std::string, PackerRow> packers;
  std::map<std::pair<Instant, std::string>, HourPackerRow> both;
  for (const store::TallyRow& row : input.tally) {
    std::int64_t& sum = counts[row.metric];
    sum = add_up(sum, row.count);
    if (!is_work(row.metric)) continue;
    const Instant hour = hour_of(row.quarter, input.zone);
    hours[hour].hour = hour;
    add_work(row, hours[hour]);
    if (row.op.empty()) continue;
    const auto known = input.operators.find(row.op);
    PackerRow& packer = packers[row.op];
    packer.badge = row.op;
    packer.name = known == input.operators.end() ? row.op : known->second;
    add_work(row, packer);
    HourPackerRow& cell = both[{hour, row.op}];
    cell.hour = hour;
    cell.badge = row.op;
    add_work(row, cell);
  }
  report.totals = totals_of(counts);
  sort_refusals(counts, report);
  report.materials = counts_of(counts, kMaterial);
  report.hours = without_gaps(hours);
  for (auto& [badge, packer] : packers) report.packers.push_back(std::move(packer));
  std::stable_sort(report.packers.begin(), report.packers.end(),
                   [](const PackerRow& a, const PackerRow& b) { return a.name < b.name; });
  for (auto& [place, cell] : both) report.hour_packers.push_back(std::move(cell));
}

}  // namespace packbench::report
