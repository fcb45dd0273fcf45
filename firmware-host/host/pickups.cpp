#include "host/pickups.h"

#include <nlohmann/json.hpp>

#include "base/money_text.h"
#include "base/time_text.h"
#include "base/utf8.h"
#include "host/redate.h"
#include "host/text_table.h"

namespace packbench::host {
namespace {

using Json = nlohmann::ordered_json;

// What the journal does not know of its orders: when they were paid, by whom, for which service.
Status add_payments(store::Catalog& catalog, ParcelFacts& parcel) {
  for (OrderFacts& facts : parcel.orders) {
    const auto payment = catalog.payment(facts.key);
    if (!payment) return payment.error();
    if (!payment.value()) continue;
    facts.buyer = payment.value()->buyer;
    facts.paid_at = payment.value()->paid_at;
  }
  return Ok{};
}

const char* need_word(PickupNeed need) {
  if (need == PickupNeed::late) return "late";
  return need == PickupNeed::at_risk ? "at_risk" : "missed";
}

Json utc(const std::optional<Instant>& time) {
  return time ? Json(format_utc(*time)) : Json();
}

Json waiting_json(const PickupParcel& parcel) {
  Json orders = Json::array();
  for (const OrderKey& key : parcel.orders)
    orders.push_back({{"platform", key.platform}, {"shop", key.shop}, {"number", key.number}});
  return {{"parcel", parcel.id},
          {"number", parcel.number},
          {"orders", std::move(orders)},
          {"ship_by", utc(parcel.ship_by)},
          {"need", need_word(parcel.need)}};
}

Json pickup_json(const ExtraPickup& pickup) {
  Json saves = Json::array();
  for (const Money& money : saved_by(pickup))
    saves.push_back({{"minor", money.minor}, {"currency", money.currency}});
  Json waiting = Json::array();
  for (const PickupParcel& parcel : pickup.parcels) waiting.push_back(waiting_json(parcel));
  return {{"list", "pickups"},
          {"carrier", pickup.carrier},
          {"parcels", pickup.parcels.size()},
          {"at_risk", pickup.at_risk},
          {"late", pickup.late},
          {"ship_by", utc(pickup.ship_by)},
          {"missed_visit", utc(pickup.missed_visit)},
          {"next_visit", utc(pickup.next_visit)},
          {"saves", std::move(saves)},
          {"orders_not_counted", pickup.money.not_counted},
          {"waiting", std::move(waiting)},
          {"next", row_of(NextStep::call_pickup).word}};
}

std::string pickup_dump(const Json& json) {
  // A number that is no UTF-8 must not cost the whole list.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TableLine pickup_line(const ExtraPickup& pickup, const ListingStyle& style) {
  const auto time = [&](const std::optional<Instant>& at) {
    return at ? format_local(*at, style.zone, "%m-%d %H:%M") : std::string();
  };
  std::string saves;
  for (const Money& money : saved_by(pickup))
    saves += (saves.empty() ? "" : " + ") + format_money(money) + " " + money.currency;
  const NamedRow& next = row_of(NextStep::call_pickup);
  return {pickup.carrier,
          std::to_string(pickup.parcels.size()),
          std::to_string(pickup.at_risk),
          std::to_string(pickup.late),
          time(pickup.ship_by),
          time(pickup.missed_visit),
          time(pickup.next_visit),
          saves,
          std::string(style.language == station::Language::zh ? next.zh : next.en)};
}

}  // namespace

Result<VisitBook> visit_book(const ListingSources& sources) {
  auto timetable = sources.catalog.visits();
  if (!timetable) return timetable.error();
  auto handovers = sources.journal.last_handovers();
  if (!handovers) return handovers.error();
  return VisitBook{std::move(timetable).value(), std::move(handovers).value(),
                   sources.policy.visits.grace, sources.policy.zone};
}

Result<std::vector<ExtraPickup>> find_pickups(const ListingSources& sources, const VisitBook& book,
                                              const Now& now) {
  const CarriersNow carriers = carriers_now(book, now.wall);
  const PlatformPolicies& policies = sources.policy.platforms;
  const auto redater = Redater::make(sources);
  if (!redater) return redater.error();
  std::vector<ParcelFacts> parcels;
  Status redated = Ok{};
  const Status read = sources.journal.each_parcel_here([&](ParcelFacts& parcel) {
    if (redated.ok()) redated = redater.value().redate(parcel);
    if (pickup_need(parcel, carriers, policies, now)) parcels.push_back(parcel);
  });
  if (!read) return read.error();
  if (!redated) return redated.error();
  for (ParcelFacts& parcel : parcels) {
    if (const Status added = add_payments(sources.catalog, parcel); !added) return added.error();
  }
  return extra_pickups(parcels, carriers, policies, now);
}

std::string pickups_text(const std::vector<ExtraPickup>& pickups, const ListingStyle& style) {
  const bool zh = style.language == station::Language::zh;
  if (pickups.empty()) return zh ? "没有\n" : "none\n";
  std::vector<TableLine> lines;
  if (zh)
    lines.push_back(
        {"快递", "箱数", "赶不上", "已迟", "最早期限", "没来的一班", "下一班", "能省", "下一步"});
  else
    lines.push_back({"Carrier", "Parcels", "At risk", "Late", "First due", "Missed visit",
                     "Next visit", "Saves", "Next step"});
  for (const ExtraPickup& pickup : pickups) lines.push_back(pickup_line(pickup, style));
  std::string text = text_table(lines);
  for (const ExtraPickup& pickup : pickups) {
    std::string numbers = pickup.carrier + ":";
    for (const PickupParcel& parcel : pickup.parcels) numbers += " " + parcel.number;
    text += printable(numbers) + "\n";
  }
  return text;
}

std::string pickups_lines(const std::vector<ExtraPickup>& pickups) {
  std::string text;
  for (const ExtraPickup& pickup : pickups) text += pickup_dump(pickup_json(pickup)) + "\n";
  return text;
}

std::string pickups_json(const std::vector<ExtraPickup>& pickups) {
  Json out{{"list", "pickups"}, {"count", pickups.size()}, {"rows", Json::array()}};
  for (const ExtraPickup& pickup : pickups) out["rows"].push_back(pickup_json(pickup));
  return pickup_dump(out);
}

}  // namespace packbench::host
