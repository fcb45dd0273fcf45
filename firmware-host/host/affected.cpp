#include "host/affected.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "host/deadline_text.h"
#include "host/text_table.h"

namespace packbench::host {
namespace {

using OrderedJson = nlohmann::ordered_json;

// What is needed to tell whether an order is affected.
struct Sources {
  std::vector<StopRegion> stops;  // that are on now
  std::vector<CarrierVisit> visits;
  const station::Policy& policy;
  Instant now;
};

Order destination_of(const store::OrderToPack& found) {
  Order order;
  order.country = found.country;
  order.province = found.province;
  return order;
}

AffectedOrder look_at(const OrderKey& key, const Order& destination, const std::string& carrier,
                      const Promise& promise, const Sources& sources) {
  AffectedOrder order;
  order.key = key;
  order.carrier = carrier.empty() ? sources.policy.default_carrier : carrier;
  order.province = destination.province.empty() ? destination.country : destination.province;
  order.promise = promise;
  if (promise.ship_by)
    order.last_visit =
        last_visit(sources.visits, order.carrier, *promise.ship_by, sources.policy.zone);
  order.stop = stopped_region(sources.stops, order.carrier, destination, sources.now);
  return order;
}

bool is_affected(const AffectedOrder& order) {
  return order.stop || order.promise.before;
}

Status add_to_pack(const ListingSources& from, const Sources& sources,
                   std::vector<AffectedOrder>& affected) {
  auto handled = from.journal.handled_orders();
  if (!handled) return handled.error();
  const auto found = from.catalog.orders_to_pack(handled.value(), from.policy.platforms,
                                                 std::numeric_limits<std::size_t>::max());
  if (!found) return found.error();
  for (const store::OrderToPack& each : found.value().first) {
    AffectedOrder order = look_at(each.facts.key, destination_of(each), each.requested_carrier,
                                  each.promise, sources);
    if (is_affected(order)) affected.push_back(std::move(order));
  }
  return Ok{};
}

// Of the thousands of boxes on the shelves few go where no carrier does: only they are looked up.
bool may_be_affected(const ParcelFacts& parcel, const Sources& sources) {
  return any_notice(sources.policy.platforms) || parcel.carrier.empty() ||
         std::any_of(sources.stops.begin(), sources.stops.end(),
                     [&](const StopRegion& stop) { return stop.carrier == parcel.carrier; });
}

Status add_parcel(const ListingSources& from, const Sources& sources, const ParcelFacts& parcel,
                  std::vector<AffectedOrder>& affected) {
  for (const OrderFacts& facts : parcel.orders) {
    if (facts.stopped) continue;
    const auto stored = from.catalog.order(facts.key);
    if (!stored) return stored.error();
    if (!stored.value()) continue;
    const Order& order = *stored.value();
    const PlatformPolicy policy = policy_of(sources.policy.platforms, facts.key.platform);
    const std::string& carrier = parcel.carrier.empty() ? order.requested_carrier : parcel.carrier;
    AffectedOrder found =
        look_at(facts.key, order, carrier, promise_begun(facts.ship_by, order, policy), sources);
    if (!is_affected(found)) continue;
    found.parcel = parcel.id;
    found.number = parcel.number;
    affected.push_back(std::move(found));
  }
  return Ok{};
}

Status add_parcels_here(const ListingSources& from, const Sources& sources,
                        std::vector<AffectedOrder>& affected) {
  Status added = Ok{};
  const Status read = from.journal.each_parcel_here([&](const ParcelFacts& parcel) {
    if (added.ok() && may_be_affected(parcel, sources))
      added = add_parcel(from, sources, parcel, affected);
  });
  return read ? added : read;
}

// By the true deadline; what has none is last.
bool is_sooner(const AffectedOrder& a, const AffectedOrder& b) {
  const auto due = [](const AffectedOrder& order) {
    return true_deadline(order.promise.ship_by, order.last_visit);
  };
  if (!due(a) || !due(b)) return due(a).has_value() && !due(b);
  return *due(a) < *due(b);
}

OrderedJson utc_time(const std::optional<Instant>& time) {
  return time ? OrderedJson(format_utc(*time)) : OrderedJson();
}

OrderedJson stop_json(const std::optional<StoppedRegion>& found) {
  if (!found) return {};
  return {{"region", found->stop.region},
          {"from", format_utc(found->stop.span.from)},
          {"to", format_utc(found->stop.span.to)},
          {"reason", found->stop.reason},
          {"sure", !found->perhaps}};
}

OrderedJson season_json(const Promise& promise) {
  if (!promise.before) return {};
  return {{"name", promise.season}, {"ship_by_before", format_utc(*promise.before)}};
}

OrderedJson affected_row(const AffectedOrder& order) {
  return {
      {"list", "affected"},
      {"order",
       {{"platform", order.key.platform}, {"shop", order.key.shop}, {"number", order.key.number}}},
      {"parcel", order.parcel.empty() ? OrderedJson() : OrderedJson(order.parcel)},
      {"number", order.number.empty() ? OrderedJson() : OrderedJson(order.number)},
      {"carrier", order.carrier},
      {"province", order.province},
      {"ship_by", utc_time(order.promise.ship_by)},
      {"last_visit", utc_time(order.last_visit)},
      {"stop_region", stop_json(order.stop)},
      {"season", season_json(order.promise)}};
}

std::string affected_dump(const OrderedJson& json) {
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::string stop_words(const std::optional<StoppedRegion>& found, const ListingStyle& style) {
  if (!found) return "";
  const bool zh = style.language == station::Language::zh;
  const std::string until = format_local(found->stop.span.to, style.zone, "%m-%d %H:%M");
  const char* perhaps = found->perhaps ? (zh ? "可能：" : "perhaps: ") : "";
  return perhaps + region_text(found->stop) + (zh ? " 到 " : " until ") + until;
}

// "Double 11: 11-24 08:00 -> 11-27 08:00".
std::string season_words(const Promise& promise, const ListingStyle& style) {
  if (!promise.before) return "";
  const auto local = [&](Instant time) { return format_local(time, style.zone, "%m-%d %H:%M"); };
  return promise.season + ": " + local(*promise.before) + " -> " + local(*promise.ship_by);
}

}  // namespace

Result<AffectedOrders> find_affected(const ListingSources& from, const Now& now,
                                     std::size_t limit) {
  auto stops = from.catalog.stop_regions(now.wall);
  if (!stops) return stops.error();
  if (stops.value().empty() && !any_notice(from.policy.platforms)) return AffectedOrders{};
  auto visits = from.catalog.visits();
  if (!visits) return visits.error();
  const Sources sources{std::move(stops).value(), std::move(visits).value(), from.policy, now.wall};
  AffectedOrders affected;
  if (const Status added = add_to_pack(from, sources, affected.rows); !added) return added.error();
  if (const Status added = add_parcels_here(from, sources, affected.rows); !added)
    return added.error();
  std::stable_sort(affected.rows.begin(), affected.rows.end(), is_sooner);
  affected.count = static_cast<std::int64_t>(affected.rows.size());
  if (affected.rows.size() > limit) affected.rows.resize(limit);
  return affected;
}

std::string affected_text(const AffectedOrders& orders, const ListingStyle& style) {
  const bool zh = style.language == station::Language::zh;
  if (orders.rows.empty()) return zh ? "没有\n" : "none\n";
  std::vector<TableLine> lines;
  if (zh)
    lines.push_back({"订单", "运单号", "快递", "地区", "期限", "停送", "改期"});
  else
    lines.push_back({"Order", "Waybill", "Carrier", "Region", "Due", "Does not go to", "Moved by"});
  for (const AffectedOrder& order : orders.rows) {
    lines.push_back({order.key.platform + "/" + order.key.shop + "/" + order.key.number,
                     order.number.empty() ? order.parcel : order.number, order.carrier,
                     order.province, deadline_text(order.promise.ship_by, order.last_visit, style),
                     stop_words(order.stop, style), season_words(order.promise, style)});
  }
  return text_table(lines) + rest_text(orders.rows.size(), orders.count, style);
}

std::string affected_lines(const AffectedOrders& orders) {
  std::string text;
  for (const AffectedOrder& order : orders.rows) text += affected_dump(affected_row(order)) + "\n";
  return text;
}

std::string affected_json(const AffectedOrders& orders) {
  OrderedJson out{{"list", "affected"}, {"count", orders.count}, {"rows", OrderedJson::array()}};
  for (const AffectedOrder& order : orders.rows) out["rows"].push_back(affected_row(order));
  return affected_dump(out);
}

}  // namespace packbench::host
