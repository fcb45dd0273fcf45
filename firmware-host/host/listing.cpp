#include "host/listing.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/money_text.h"
#include "base/time_text.h"
#include "domain/deadlines.h"
#include "host/deadline_text.h"
#include "host/redate.h"
#include "host/text_table.h"

namespace packbench::host {
namespace {

using nlohmann::ordered_json;
using station::Language;

std::string dumped(const ordered_json& json) {
  // A number that is no UTF-8 must not cost the whole list.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json time_or_null(const std::optional<Instant>& time) {
  return time ? ordered_json(format_utc(*time)) : ordered_json();
}

ordered_json row_json(const Standing& row) {
  ordered_json orders = ordered_json::array();
  for (const OrderKey& key : row.orders)
    orders.push_back({{"platform", key.platform}, {"shop", key.shop}, {"number", key.number}});
  ordered_json out;
  out["list"] = row_of(row.list).word;
  out["orders"] = std::move(orders);
  out["parcel"] = row.parcel.empty() ? ordered_json() : ordered_json(row.parcel);
  out["number"] = row.number.empty() ? ordered_json() : ordered_json(row.number);
  out["carrier"] = row.carrier;
  out["since"] = format_utc(row.since);
  out["age_s"] = row.age.length.us / 1'000'000;
  out["clock_set_back"] = row.age.clock_set_back;
  out["ship_by"] = time_or_null(row.ship_by);
  out["last_visit"] = time_or_null(row.last_visit);
  out["clocks"] = {{"ship", word(row.ship)},
                   {"first_trace", word(row.first_trace)},
                   {"hub_trace", word(row.hub_trace)}};
  const WorstClock worst = worst_clock(row);
  out["worst_clock"] = worst.name.empty() ? ordered_json() : ordered_json(worst.name);
  out["money"] =
      row.at_risk ? ordered_json{{"minor", row.at_risk->minor}, {"currency", row.at_risk->currency}}
                  : ordered_json();
  out["next"] = row_of(row.next).word;
  return out;
}

std::string age_words(const Age& age) {
  const std::int64_t minutes = age.length.us / Duration::minutes(1).us;
  const std::string rest = std::to_string(minutes % 60);
  return (age.clock_set_back ? "~" : "") + std::to_string(minutes / 60) + ":" +
         (rest.size() < 2 ? "0" : "") + rest;
}

struct ClockWords {
  ClockState state;
  std::string_view zh, en;
};
constexpr std::array<ClockWords, 7> kClockWords{{{ClockState::none, "", ""},
                                                 {ClockState::done, "按时", "in time"},
                                                 {ClockState::running, "在走", "running"},
                                                 {ClockState::pending, "待记录", "pending"},
                                                 {ClockState::unknown, "无期限", "no deadline"},
                                                 {ClockState::at_risk, "快到时", "at risk"},
                                                 {ClockState::late, "已迟", "late"}}};
constexpr bool clock_words_complete() {
  for (std::size_t i = 0; i < kClockWords.size(); ++i) {
    if (kClockWords[i].state != static_cast<ClockState>(i)) return false;
  }
  return kClockWords.back().state == ClockState::late;
}
static_assert(clock_words_complete(), "a clock's state has no words");

std::string clock_words(const Standing& row, Language language) {
  const WorstClock worst = worst_clock(row);
  if (worst.name.empty()) return "";
  const bool zh = language == Language::zh;
  std::string_view name = zh ? "发货" : "ship";
  if (worst.name == "first_trace") name = zh ? "首条轨迹" : "first trace";
  if (worst.name == "hub_trace") name = zh ? "枢纽轨迹" : "hub trace";
  const ClockWords& words = kClockWords[static_cast<std::size_t>(worst.state)];
  return std::string(name) + " " + std::string(zh ? words.zh : words.en);
}

TableLine table_line(const Standing& row, const ListingStyle& style) {
  const bool zh = style.language == Language::zh;
  std::string orders;
  for (const OrderKey& key : row.orders) orders += (orders.empty() ? "" : " ") + key.number;
  std::string due = deadline_text(row.ship_by, row.last_visit, style);
  const std::string clock = clock_words(row, style.language);
  if (!due.empty() && !clock.empty()) due += zh ? "，" : ", ";
  return {std::string(zh ? row_of(row.list).zh : row_of(row.list).en),
          age_words(row.age),
          row.carrier,
          row.number.empty() ? row.parcel : row.number,
          orders,
          due + clock,
          row.at_risk ? format_money(*row.at_risk) + " " + row.at_risk->currency : std::string(),
          std::string(zh ? row_of(row.next).zh : row_of(row.next).en)};
}

Result<Listing> list_to_pack(const ListingSources& sources, const Now& now, std::size_t limit) {
  auto handled = sources.journal.handled_orders();
  if (!handled) return handled.error();
  const auto found =
      sources.catalog.orders_to_pack(handled.value(), sources.policy.platforms, limit);
  if (!found) return found.error();
  const auto visits = sources.catalog.visits();
  if (!visits) return visits.error();
  Listing listing{"to-pack", found.value().count, {}};
  for (const store::OrderToPack& each : found.value().first) {
    OrderFacts facts = each.facts;
    const std::string& carrier =
        each.requested_carrier.empty() ? sources.policy.default_carrier : each.requested_carrier;
    if (facts.ship_by)
      facts.last_visit = last_visit(visits.value(), carrier, *facts.ship_by, sources.policy.zone);
    listing.rows.push_back(standing_of(facts, sources.policy.platforms, now));
    listing.rows.back().carrier = carrier;
  }
  sort_list(ListName::to_pack, listing.rows);
  return listing;
}

}  // namespace

Result<Listing> make_listing(const ListingSources& sources, const std::string& name, const Now& now,
                             std::size_t limit) {
  const std::vector<ListName> lists = lists_asked_for(name);
  CHECK(!lists.empty());
  if (lists.front() == ListName::to_pack) return list_to_pack(sources, now, limit);
  const auto redater = Redater::make(sources);
  if (!redater) return redater.error();
  std::array<std::vector<Standing>, static_cast<std::size_t>(ListName::count_)> standings;
  Status redated = Ok{};
  const Status read = sources.journal.each_open_parcel(now.wall, [&](ParcelFacts& parcel) {
    if (redated.ok()) redated = redater.value().redate(parcel);
    Standing standing = standing_of(parcel, sources.policy.platforms, now);
    standings[static_cast<std::size_t>(standing.list)].push_back(std::move(standing));
  });
  if (!read) return read.error();
  if (!redated) return redated.error();
  Listing listing{name, 0, {}};
  for (const ListName list : lists) {
    std::vector<Standing>& rows = standings[static_cast<std::size_t>(list)];
    sort_list(list, rows);
    listing.count += static_cast<std::int64_t>(rows.size());
    for (Standing& row : rows) {
      if (listing.rows.size() < limit) listing.rows.push_back(std::move(row));
    }
  }
  return listing;
}

std::string listing_text(const Listing& listing, const ListingStyle& style) {
  const bool zh = style.language == Language::zh;
  if (listing.rows.empty()) return zh ? "没有\n" : "none\n";
  std::vector<TableLine> lines;
  if (zh)
    lines.push_back({"清单", "时长", "快递", "运单号", "订单", "期限", "风险金额", "下一步"});
  else
    lines.push_back({"List", "Age", "Carrier", "Waybill", "Orders", "Due", "At risk", "Next step"});
  for (const Standing& row : listing.rows) lines.push_back(table_line(row, style));
  return text_table(lines) + rest_text(listing.rows.size(), listing.count, style);
}

std::string rest_text(std::size_t rows, std::int64_t count, const ListingStyle& style) {
  const std::string shown = std::to_string(rows), all = std::to_string(count);
  if (static_cast<std::int64_t>(rows) >= count) return "";
  return style.language == Language::zh ? "共 " + all + "，列出 " + shown + "\n"
                                        : shown + " of " + all + "\n";
}

std::string listing_lines(const Listing& listing) {
  std::string text;
  for (const Standing& row : listing.rows) text += dumped(row_json(row)) + "\n";
  return text;
}

std::string listing_json(const Listing& listing) {
  ordered_json out{{"list", listing.name}, {"count", listing.count}};
  out["rows"] = ordered_json::array();
  for (const Standing& row : listing.rows) out["rows"].push_back(row_json(row));
  return dumped(out);
}

std::string listing_error_json(const Error& error) {
  return dumped({{"list", nullptr}, {"error", {{"code", error.code}, {"text", error.text}}}});
}

}  // namespace packbench::host
