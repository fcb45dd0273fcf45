#include "host/affected.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "host/deadline_text.h"
#include "host/text_table.h"

namespace packbench::host {
namespace {

using OrderedJson = nlohmann::ordered_json;

Order destination_of(const store::OrderToPack& found) {
  Order order;
  order.country = found.country;
  order.province = found.province;
  return order;
}

AffectedOrder look_at(const store::OrderToPack& found, const std::vector<StopRegion>& stops,
                      const std::vector<CarrierVisit>& visits, const station::Policy& policy,
                      Instant now) {
  AffectedOrder order;
  order.key = found.facts.key;
  order.carrier =
      found.requested_carrier.empty() ? policy.default_carrier : found.requested_carrier;
  order.province = found.province.empty() ? found.country : found.province;
  order.promise = found.promise;
  if (order.promise.ship_by)
    order.last_visit = last_visit(visits, order.carrier, *order.promise.ship_by, policy.zone);
  order.stop = stopped_region(stops, order.carrier, destination_of(found), now);
  return order;
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

Result<AffectedOrders> find_affected(const ListingSources& sources, const Now& now,
                                     std::size_t limit) {
  const auto stops = sources.catalog.stop_regions(now.wall);
  if (!stops) return stops.error();
  AffectedOrders affected;
  if (stops.value().empty() && !any_notice(sources.policy.platforms)) return affected;
  const auto visits = sources.catalog.visits();
  if (!visits) return visits.error();
  auto handled = sources.journal.handled_orders();
  if (!handled) return handled.error();
  const auto found = sources.catalog.orders_to_pack(handled.value(), sources.policy.platforms,
                                                    std::numeric_limits<std::size_t>::max());
  if (!found) return found.error();
  for (const store::OrderToPack& each : found.value().first) {
    AffectedOrder order = look_at(each, stops.value(), visits.value(), sources.policy, now.wall);
    if (!order.stop && !order.promise.before) continue;
    ++affected.count;
    if (affected.rows.size() < limit) affected.rows.push_back(std::move(order));
  }
  return affected;
}

std::string affected_text(const AffectedOrders& orders, const ListingStyle& style) {
  const bool zh = style.language == station::Language::zh;
  if (orders.rows.empty()) return zh ? "没有\n" : "none\n";
  std::vector<TableLine> lines;
  if (zh)
    lines.push_back({"订单", "快递", "地区", "期限", "停送", "改期"});
  else
    lines.push_back({"Order", "Carrier", "Region", "Due", "Does not go to", "Moved by"});
  for (const AffectedOrder& order : orders.rows) {
    lines.push_back({order.key.platform + "/" + order.key.shop + "/" + order.key.number,
                     order.carrier, order.province,
                     deadline_text(order.promise.ship_by, order.last_visit, style),
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
