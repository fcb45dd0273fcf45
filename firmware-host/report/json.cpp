#include "report/json.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "base/money_text.h"
#include "report/format.h"
#include "report/tallies.h"

namespace packbench::report {
namespace {

// Keeps the order of its fields, so that a person finds his way too.
using Json = nlohmann::ordered_json;

Json time_json(std::optional<Instant> time, const Report& report) {
  return time ? Json(iso_local(*time, report.zone)) : Json();
}

Json money_json(const std::optional<Money>& money) {
  if (!money) return {};
  return {{"amount", format_money(*money)}, {"currency", money->currency}};
}

Json clock_json(ClockState state) {
  return state == ClockState::none ? Json() : Json(word(state));
}

std::int64_t seconds(Duration duration) {
  return duration.us / 1'000'000;
}

Json counts_json(const std::vector<NamedCount>& counts) {
  Json json = Json::object();
  for (const NamedCount& each : counts) json[each.name] = each.count;
  return json;
}

Json key_json(const OrderKey& key) {
  return {{"platform", key.platform}, {"shop", key.shop}, {"number", key.number}};
}

template <class Row>
void put_work(Json& json, const Row& row) {
  json["parcels"] = row.parcels;
  json["items"] = row.items;
  json["picked_up"] = row.picked_up;
}

Json shift_json(const Report& report) {
  if (!report.shift) return {};
  return {{"id", report.shift->id},
          {"opened", time_json(report.shift->opened, report)},
          {"closed", time_json(report.shift->closed, report)}};
}

Json hours_json(const Report& report) {
  Json json = Json::array();
  for (const HourRow& row : report.hours) {
    Json each = {{"hour", time_json(row.hour, report)}};
    put_work(each, row);
    json.push_back(std::move(each));
  }
  return json;
}

Json packers_json(const Report& report) {
  Json json = Json::array();
  for (const PackerRow& row : report.packers) {
    Json each = {{"badge", row.badge}, {"name", row.name}};
    put_work(each, row);
    json.push_back(std::move(each));
  }
  return json;
}

Json hour_packers_json(const Report& report) {
  Json json = Json::array();
  for (const HourPackerRow& row : report.hour_packers) {
    Json each = {{"hour", time_json(row.hour, report)}, {"badge", row.badge}};
    put_work(each, row);
    json.push_back(std::move(each));
  }
  return json;
}

Json parcel_json(const ParcelLine& line, const Report& report) {
  const ParcelFacts& facts = line.facts;
  const Standing& standing = line.standing;
  Json orders = Json::array();
  for (const OrderFacts& order : facts.orders) {
    Json each = key_json(order.key);
    each["confirmation"] = order.confirmation;
    each["paid"] = money_json(order.paid);
    each["ship_by"] = time_json(order.ship_by, report);
    orders.push_back(std::move(each));
  }
  return {{"id", facts.id},
          {"list", row_of(standing.list).word},
          {"next", row_of(standing.next).word},
          {"state", word(facts.state)},
          {"carrier", facts.carrier},
          {"waybill", facts.number},
          {"manifest", facts.manifest},
          {"operator", line.op},
          {"orders", std::move(orders)},
          {"since", time_json(standing.since, report)},
          {"age_s", seconds(standing.age.length)},
          {"age", age_text(standing.age.length)},
          {"clock_set_back", standing.age.clock_set_back},
          {"ship_by", time_json(standing.ship_by, report)},
          {"last_visit", time_json(standing.last_visit, report)},
          {"missed_visit", line.missed_visit},
          {"clocks",
           {{"ship", clock_json(standing.ship)},
            {"first_trace", clock_json(standing.first_trace)},
            {"hub_trace", clock_json(standing.hub_trace)}}},
          {"paid", money_json(line.paid)},
          {"at_risk", money_json(standing.at_risk)}};
}

Json parcels_json(const std::vector<ParcelLine>& lines, const Report& report) {
  Json json = Json::array();
  for (const ParcelLine& line : lines) json.push_back(parcel_json(line, report));
  return json;
}

Json lists_json(const Report& report) {
  Json json = Json::object();
  for (std::size_t i = 0; i < report.sums.size(); ++i) {
    const auto list = static_cast<ListName>(i);
    const ListSum& sum = report.sums[i];
    if (list == ListName::to_pack || list == ListName::done) continue;
    Json money = Json::array();
    for (const Money& each : sum.at_risk) money.push_back(money_json(each));
    json[std::string(row_of(list).word)] = {
        {"parcels", sum.parcels}, {"oldest_s", seconds(sum.oldest)}, {"at_risk", std::move(money)}};
  }
  return json;
}

Json carriers_json(const Report& report) {
  Json json = Json::array();
  for (const CarrierWaiting& row : report.waiting_by_carrier) {
    json.push_back({{"carrier", row.carrier},
                    {"parcels", row.parcels},
                    {"missed_visit", row.missed_visit},
                    {"late", row.late},
                    {"oldest_s", seconds(row.oldest)}});
  }
  return json;
}

Json pickups_json(const Report& report) {
  Json json = Json::array();
  for (const ExtraPickup& pickup : report.pickups) {
    Json numbers = Json::array();
    for (const PickupParcel& parcel : pickup.parcels) numbers.push_back(parcel.number);
    Json saves = Json::array();
    for (const Money& money : saved_by(pickup)) saves.push_back(money_json(money));
    json.push_back({{"carrier", pickup.carrier},
                    {"parcels", pickup.parcels.size()},
                    {"at_risk", pickup.at_risk},
                    {"late", pickup.late},
                    {"ship_by", time_json(pickup.ship_by, report)},
                    {"missed_visit", time_json(pickup.missed_visit, report)},
                    {"next_visit", time_json(pickup.next_visit, report)},
                    {"saves", std::move(saves)},
                    {"orders_not_counted", pickup.money.not_counted},
                    {"waybills", std::move(numbers)}});
  }
  return json;
}

Json count_json(const ClockCount& counts, const char* of, Duration limit) {
  return {{"of", of},
          {"limit_s", seconds(limit)},
          {"done", counts.done},
          {"running", counts.running},
          {"pending", counts.pending},
          {"at_risk", counts.at_risk},
          {"late", counts.late},
          {"unknown", counts.unknown}};
}

Json clocks_json(const Report& report) {
  Json ship = count_json(report.ship, "orders", report.policy.ship_promise);
  ship["stopped_by"] = "carrier_pickup_trace";
  Json first = count_json(report.first_trace, "parcels", report.policy.first_trace);
  first["stopped_by"] = "carrier_trace";
  Json hub = count_json(report.hub_trace, "parcels", report.policy.hub_trace);
  hub["stopped_by"] = "hub_trace";
  return {
      {"ship", std::move(ship)}, {"first_trace", std::move(first)}, {"hub_trace", std::move(hub)}};
}

Json orders_late_json(const Report& report) {
  Json json = Json::array();
  for (const OrderLate& order : report.orders_late) {
    Json each = key_json(order.key);
    each["state"] = word(order.state);
    each["parcels"] = order.parcels;
    each["ship_by"] = time_json(order.ship_by, report);
    each["last_visit"] = time_json(order.last_visit, report);
    each["picked_up"] = time_json(order.picked_up, report);
    each["paid"] = money_json(order.paid);
    json.push_back(std::move(each));
  }
  return json;
}

Json numbers_json(const Report& report) {
  Json ranges = Json::array();
  for (const RangeStock& range : report.numbers.ranges) {
    ranges.push_back({{"carrier", range.carrier},
                      {"service", range.service},
                      {"left", range.left},
                      {"low_water", range.low_water},
                      {"low", is_low(range)}});
  }
  Json soonest = Json::array();
  for (const ExpiringNumber& number : report.numbers.soonest) {
    soonest.push_back({{"carrier", number.carrier},
                       {"service", number.service},
                       {"number", number.number},
                       {"order", key_json(number.order)},
                       {"expires_at", time_json(number.expires_at, report)}});
  }
  return {{"ranges", std::move(ranges)},
          {"expiring",
           {{"within_s", seconds(report.numbers.within)},
            {"count", report.numbers.expiring},
            {"soonest", std::move(soonest)}}}};
}

Json compensation_json(const Report& report) {
  const PlatformPolicy& policy = report.policy;
  Json sums = Json::array();
  for (const CompensationSum& sum : report.compensation.sums) {
    sums.push_back({{"currency", sum.currency},
                    {"late", format_money({sum.late, sum.currency})},
                    {"at_risk", format_money({sum.at_risk, sum.currency})},
                    {"service_late", format_money({sum.service_late, sum.currency})},
                    {"service_at_risk", format_money({sum.service_at_risk, sum.currency})}});
  }
  Json gaps = Json::array();
  for (const CompensationGap& gap : report.compensation.gaps)
    gaps.push_back({{"reason", gap.reason}, {"currency", gap.currency}, {"orders", gap.orders}});
  return {{"percent", policy.compensation_percent},
          {"min", format_money({policy.compensation_min, policy.currency})},
          {"max", format_money({policy.compensation_max, policy.currency})},
          {"currency", policy.currency},
          {"rounding", "half up to the minor unit, once for each group of payments"},
          {"sums", std::move(sums)},
          {"orders_not_counted", report.compensation.not_counted},
          {"not_counted", std::move(gaps)},
          {"points_if_complained",
           {{"min", report.compensation.points_min}, {"max", report.compensation.points_max}}}};
}

}  // namespace

std::string report_json(const Report& report) {
  Json caught = {{"wrong_item", report.wrong_items}};
  caught.update(counts_json(report.caught));
  const Json json = {{"format", "packbench-report"},
                     {"version", 1},
                     {"bench", report.bench},
                     {"shift", shift_json(report)},
                     {"from", time_json(report.from, report)},
                     {"to", time_json(report.to, report)},
                     {"made_at", time_json(report.made_at, report)},
                     {"zone", report.zone},
                     {"totals", counts_json(named_totals(report.totals))},
                     {"caught", std::move(caught)},
                     {"refused", counts_json(report.other_refused)},
                     {"materials", counts_json(report.materials)},
                     {"hours", hours_json(report)},
                     {"packers", packers_json(report)},
                     {"hour_packers", hour_packers_json(report)},
                     {"waiting_for_pickup", parcels_json(report.waiting, report)},
                     {"waiting_by_carrier", carriers_json(report)},
                     {"extra_pickups", pickups_json(report)},
                     {"on_bench", parcels_json(report.on_bench, report)},
                     {"pending", parcels_json(report.pending, report)},
                     {"recorded", parcels_json(report.recorded, report)},
                     {"anomalies", parcels_json(report.anomalies, report)},
                     {"lists", lists_json(report)},
                     {"clocks", clocks_json(report)},
                     {"orders_late_or_at_risk", orders_late_json(report)},
                     {"compensation", compensation_json(report)},
                     {"numbers", numbers_json(report)}};
  // A name that is no UTF-8 must not cost the whole report.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace packbench::report
