// What stands below the summary: counts, people, the lists of parcels, and how it was counted.
#include <algorithm>

#include "report/format.h"
#include "report/scene.h"

namespace packbench::report {
namespace {

Fact fact(const Scene& scene, Text name, std::int64_t count) {
  return {std::string(scene.say(name)), std::to_string(count)};
}

Text caught_text(std::string_view code) {
  const std::pair<std::string_view, Text> names[] = {
      {"over_scan", Text::over_scan},           {"expired_item", Text::expired_item},
      {"duplicate_scan", Text::duplicate_scan}, {"wrong_label", Text::wrong_label},
      {"stale_label", Text::stale_label},
  };
  for (const auto& [name, which] : names) {
    if (name == code) return which;
  }
  return Text::wrong_carrier;
}

void draw_counts(const Scene& scene) {
  constexpr double kGap = 20;
  constexpr double kWidth = (kContent - 2 * kGap) / 3;
  constexpr double kBlockGap = 8;
  const Totals& totals = scene.report.totals;
  std::vector<Fact> caught = {fact(scene, Text::wrong_item, scene.report.wrong_items)};
  for (const NamedCount& each : scene.report.caught) {
    caught.push_back(fact(scene, caught_text(each.name), each.count));
  }
  scene.pages.need(170);
  scene.pages.down(16);
  Sheet& sheet = scene.sheet();
  const double top = scene.pages.y();
  const auto column = [](int i, double y) {
    return Area{kMargin + i * (kWidth + kGap), y, kWidth, 0};
  };
  const double first =
      facts(sheet, scene.say(Text::caught), scene.say(Text::caught_hint), caught, column(0, top));
  double second = facts(sheet, scene.say(Text::checks), "",
                        {fact(scene, Text::checks_passed, totals.checks_passed),
                         fact(scene, Text::checks_failed, totals.checks_failed),
                         fact(scene, Text::checks_overridden, totals.checks_overridden)},
                        column(1, top));
  second = facts(
      sheet, scene.say(Text::goods), "",
      {fact(scene, Text::short_, totals.short_), fact(scene, Text::damaged, totals.damaged),
       fact(scene, Text::differs, totals.differs), fact(scene, Text::by_hand, totals.items_manual)},
      column(1, second + kBlockGap));
  double third = facts(sheet, scene.say(Text::labels), "",
                       {fact(scene, Text::labels_printed, totals.labels_printed),
                        fact(scene, Text::labels_voided, totals.labels_voided),
                        fact(scene, Text::labels_reprinted, totals.labels_reprinted),
                        fact(scene, Text::labels_unknown, totals.labels_unknown)},
                       column(2, top));
  third = facts(sheet, scene.say(Text::orders_), "",
                {fact(scene, Text::orders_packed, totals.orders_packed),
                 fact(scene, Text::orders_stopped, totals.orders_stopped),
                 fact(scene, Text::orders_held, totals.orders_held),
                 fact(scene, Text::held_back, totals.held_back)},
                column(2, third + kBlockGap));
  scene.pages.set_y(std::max({first, second, third}));
}

void draw_packers(const Scene& scene) {
  title(scene.pages, scene.say(Text::packers));
  if (scene.report.packers.empty()) return remark(scene.pages, scene.say(Text::nobody_packed));
  std::vector<TableRow> rows;
  for (const PackerRow& row : scene.report.packers) {
    rows.push_back({{row.name, std::to_string(row.parcels), std::to_string(row.items),
                     std::to_string(row.picked_up)}});
  }
  table(scene.pages,
        {{std::string(scene.say(Text::column_name)), 253, Align::left, true},
         {std::string(scene.say(Text::column_parcels)), 90, Align::right},
         {std::string(scene.say(Text::column_pieces)), 90, Align::right},
         {std::string(scene.say(Text::column_handed_over)), 90, Align::right}},
        rows);
}

void draw_carriers(const Scene& scene) {
  if (scene.report.waiting_by_carrier.empty()) return;
  title(scene.pages, scene.say(Text::by_carrier));
  std::vector<TableRow> rows;
  for (const CarrierWaiting& row : scene.report.waiting_by_carrier) {
    const Mark mark = row.late > 0 ? Mark::late : row.missed_visit > 0 ? Mark::at_risk : Mark::none;
    rows.push_back(
        {{scene.carrier(row.carrier), std::to_string(row.parcels), std::to_string(row.missed_visit),
          std::to_string(row.late), age_text(row.oldest)},
         mark});
  }
  table(scene.pages,
        {{std::string(scene.say(Text::column_carrier)), 203, Align::left, true},
         {std::string(scene.say(Text::column_parcels)), 80, Align::right},
         {std::string(scene.say(Text::column_missed)), 80, Align::right},
         {std::string(scene.say(Text::late)), 80, Align::right},
         {std::string(scene.say(Text::column_oldest)), 80, Align::right}},
        rows);
}

std::string saves_of(const ExtraPickup& pickup) {
  std::string out;
  for (const Money& money : saved_by(pickup)) out += (out.empty() ? "" : " + ") + money_text(money);
  return out;
}

void draw_pickups(const Scene& scene) {
  if (scene.report.pickups.empty()) return;
  title(scene.pages, scene.say(Text::list_pickups));
  const auto clock = [&](const std::optional<Instant>& time) {
    return time ? scene.clock(*time) : std::string();
  };
  std::vector<TableRow> rows;
  for (const ExtraPickup& pickup : scene.report.pickups) {
    rows.push_back({{scene.carrier(pickup.carrier), std::to_string(pickup.parcels.size()),
                     std::to_string(pickup.at_risk), std::to_string(pickup.late),
                     clock(pickup.ship_by), clock(pickup.next_visit), saves_of(pickup)},
                    pickup.late > 0 ? Mark::late : Mark::at_risk});
  }
  table(scene.pages,
        {{std::string(scene.say(Text::column_carrier)), 103, Align::left, true},
         {std::string(scene.say(Text::column_parcels)), 60, Align::right},
         {std::string(scene.say(Text::column_too_late)), 70, Align::right},
         {std::string(scene.say(Text::late)), 50, Align::right},
         {std::string(scene.say(Text::column_ship_by)), 80, Align::right},
         {std::string(scene.say(Text::column_next_visit)), 80, Align::right},
         {std::string(scene.say(Text::column_saves)), 80, Align::right}},
        rows);
}

Mark mark_of(ClockState state) {
  if (state == ClockState::late) return Mark::late;
  return state == ClockState::at_risk ? Mark::at_risk : Mark::none;
}

std::string orders_of(const ParcelLine& line) {
  const auto& orders = line.facts.orders;
  if (orders.empty()) return "";
  std::string out = order_text(orders.front().key);
  if (orders.size() > 1) out += " +" + std::to_string(orders.size() - 1);
  return out;
}

std::string waybill_of(const ParcelLine& line) {
  return line.facts.number.empty() ? line.facts.id : waybill_text(line.facts.number);
}

// "~26:10" where the clock was set back meanwhile.
std::string age_of(const ParcelLine& line) {
  const Age& age = line.standing.age;
  return (age.clock_set_back ? "~" : "") + age_text(age.length);
}

std::string state_of(const Scene& scene, const ParcelLine& line) {
  switch (line.facts.state) {
    case ParcelStage::labelled:
      return std::string(scene.say(Text::state_labelled));
    case ParcelStage::verified:
      return std::string(scene.say(Text::state_verified));
    case ParcelStage::staged:
      return std::string(scene.say(Text::state_staged));
    case ParcelStage::picked_up:
      return std::string(scene.say(Text::state_picked_up));
    case ParcelStage::confirmed:
      return std::string(scene.say(Text::confirmed));
    case ParcelStage::open:
    case ParcelStage::voided:
      break;
  }
  return std::string(scene.say(Text::state_open));
}

// "揽收 16:30 剩 1:58", "11-21 16:30 迟 3:10", "16:30 末班已过". What the carrier has goes by the
// promise, what is still here by the last visit before it.
std::string promise_of(const Scene& scene, const ParcelLine& line) {
  if (line.standing.ship == ClockState::none) return "";
  const auto& ship_by = line.standing.ship_by;
  if (!ship_by) return std::string(scene.say(Text::no_deadline));
  const Instant now = scene.report.made_at;
  const auto left = [&](Instant due) {
    return "  " + scene.say(Text::time_left, {{"age", age_text(due - now)}});
  };
  const std::string promised = scene.clock(*ship_by);
  if (now > *ship_by)
    return promised + "  " + scene.say(Text::time_over, {{"age", age_text(now - *ship_by)}});
  const auto& visit = line.standing.last_visit;
  if (!visit || line.facts.picked_up) return promised + left(*ship_by);
  if (line.missed_visit)
    return scene.clock(*visit) + "  " + std::string(scene.say(Text::visit_missed));
  // Far off its day says enough, and there is no room for both.
  const bool near = *visit - now < Duration::hours(12);
  return scene.say(Text::pickup_by, {{"time", scene.clock(*visit)}}) +
         (near ? left(*visit) : std::string());
}

std::string paid_of(const std::optional<Money>& paid) {
  return paid ? money_text(*paid) : std::string();
}

void draw_parcels(const Scene& scene, Text name, const std::vector<ParcelLine>& lines) {
  title(scene.pages, scene.say(name), std::to_string(lines.size()));
  std::vector<TableRow> rows;
  for (const ParcelLine& line : lines) {
    rows.push_back(
        {{age_of(line), scene.carrier(line.facts.carrier), waybill_of(line), orders_of(line),
          state_of(scene, line), promise_of(scene, line), paid_of(line.paid)},
         mark_of(line.standing.ship)});
  }
  table(scene.pages,
        {{std::string(scene.say(Text::column_age)), 52, Align::left, true},
         {std::string(scene.say(Text::column_carrier)), 46},
         {std::string(scene.say(Text::column_waybill)), 96},
         {std::string(scene.say(Text::column_orders)), 106},
         {std::string(scene.say(Text::column_state)), 62},
         {std::string(scene.say(Text::column_due)), 102},
         {std::string(scene.say(Text::column_paid)), 59, Align::right}},
        rows);
}

// What stands otherwise than it should, and what to do about it.
void draw_anomalies(const Scene& scene) {
  const auto& lines = scene.report.anomalies;
  if (lines.empty()) return;
  const bool zh = scene.language == Language::zh;
  title(scene.pages, scene.say(Text::list_anomalies), std::to_string(lines.size()));
  std::vector<TableRow> rows;
  for (const ParcelLine& line : lines) {
    const NamedRow& list = row_of(line.standing.list);
    const NamedRow& next = row_of(line.standing.next);
    rows.push_back(
        {{std::string(zh ? list.zh : list.en), age_of(line), waybill_of(line), orders_of(line),
          std::string(zh ? next.zh : next.en), paid_of(line.standing.at_risk)},
         Mark::late});
  }
  table(scene.pages,
        {{std::string(scene.say(Text::column_state)), 116, Align::left, true},
         {std::string(scene.say(Text::column_age)), 44},
         {std::string(scene.say(Text::column_waybill)), 96},
         {std::string(scene.say(Text::column_orders)), 100},
         {std::string(scene.say(Text::column_next)), 112},
         {std::string(scene.say(Text::column_at_risk)), 55, Align::right}},
        rows);
}

// Orders that left too late: they are in no other list any more.
void draw_late_gone(const Scene& scene) {
  std::vector<TableRow> rows;
  for (const OrderLate& order : scene.report.orders_late) {
    if (!order.picked_up || !order.ship_by) continue;
    const std::string parcel = order.parcels.empty() ? "" : order.parcels.front();
    rows.push_back(
        {{scene.say(Text::time_over, {{"age", age_text(*order.picked_up - *order.ship_by)}}),
          order_text(order.key), parcel, scene.clock(*order.ship_by), scene.clock(*order.picked_up),
          paid_of(order.paid)},
         Mark::late});
  }
  if (rows.empty()) return;
  title(scene.pages, scene.say(Text::list_late_gone), std::to_string(rows.size()));
  table(scene.pages,
        {{std::string(scene.say(Text::late)), 84, Align::left, true},
         {std::string(scene.say(Text::column_orders)), 140},
         {std::string(scene.say(Text::column_parcel)), 82},
         {std::string(scene.say(Text::column_ship_by)), 74},
         {std::string(scene.say(Text::column_picked_up)), 74},
         {std::string(scene.say(Text::column_paid)), 69, Align::right}},
        rows);
}

// Of what is on its way as it should be only what runs out of time is listed.
void draw_on_its_way(const Scene& scene, Text name, const std::vector<ParcelLine>& lines) {
  if (lines.empty()) return;
  title(scene.pages, scene.say(name), std::to_string(lines.size()));
  std::vector<TableRow> rows;
  for (const ParcelLine& line : lines) {
    const Standing& standing = line.standing;
    const Mark mark = mark_of(std::max({standing.ship, standing.first_trace, standing.hub_trace}));
    if (mark == Mark::none) continue;
    rows.push_back({{age_of(line), scene.carrier(line.facts.carrier), waybill_of(line),
                     orders_of(line), state_of(scene, line), paid_of(standing.at_risk)},
                    mark});
  }
  if (!rows.empty()) {
    table(scene.pages,
          {{std::string(scene.say(Text::column_age)), 60, Align::left, true},
           {std::string(scene.say(Text::column_carrier)), 70},
           {std::string(scene.say(Text::column_waybill)), 118},
           {std::string(scene.say(Text::column_orders)), 122},
           {std::string(scene.say(Text::column_state)), 84},
           {std::string(scene.say(Text::column_at_risk)), 69, Align::right}},
          rows);
    scene.pages.down(4);
  }
  const std::size_t young = lines.size() - rows.size();
  if (young > 0) remark(scene.pages, scene.say(Text::less_old, {{"n", std::to_string(young)}}));
}

std::string service_of(const Scene& scene, const std::string& service) {
  return service.empty() ? std::string(scene.say(Text::any_service)) : service;
}

void draw_ranges(const Scene& scene) {
  const auto& ranges = scene.report.numbers.ranges;
  if (ranges.empty()) return;
  const auto low = std::count_if(ranges.begin(), ranges.end(), is_low);
  title(scene.pages, scene.say(Text::numbers_left),
        low > 0 ? scene.say(Text::numbers_low, {{"n", std::to_string(low)}}) : std::string());
  std::vector<TableRow> rows;
  for (const RangeStock& range : ranges) {
    const Mark mark = range.left == 0 ? Mark::late : is_low(range) ? Mark::at_risk : Mark::none;
    rows.push_back({{scene.carrier(range.carrier), service_of(scene, range.service),
                     std::to_string(range.left), std::to_string(range.low_water)},
                    mark});
  }
  table(scene.pages,
        {{std::string(scene.say(Text::column_carrier)), 203, Align::left, true},
         {std::string(scene.say(Text::column_service)), 160},
         {std::string(scene.say(Text::column_left)), 80, Align::right},
         {std::string(scene.say(Text::column_wanted)), 80, Align::right}},
        rows);
}

void draw_expiring(const Scene& scene) {
  const NumberStock& numbers = scene.report.numbers;
  if (numbers.expiring == 0) return;
  const std::int64_t hours = numbers.within.us / Duration::hours(1).us;
  title(scene.pages, scene.say(Text::numbers_expiring, {{"h", std::to_string(hours)}}),
        std::to_string(numbers.expiring));
  std::vector<TableRow> rows;
  for (const ExpiringNumber& number : numbers.soonest) {
    rows.push_back({{scene.day_time(number.expires_at), scene.carrier(number.carrier),
                     waybill_text(number.number), order_text(number.order)},
                    Mark::at_risk});
  }
  table(scene.pages,
        {{std::string(scene.say(Text::column_expires)), 123, Align::left, true},
         {std::string(scene.say(Text::column_carrier)), 90},
         {std::string(scene.say(Text::column_waybill)), 150},
         {std::string(scene.say(Text::column_orders)), 160}},
        rows);
}

void draw_materials(const Scene& scene) {
  title(scene.pages, scene.say(Text::materials));
  if (scene.report.materials.empty()) return remark(scene.pages, scene.say(Text::no_materials));
  std::string line;
  for (const NamedCount& each : scene.report.materials) {
    if (!line.empty()) line += "    ";
    line += each.name + " × " + std::to_string(each.count);
  }
  remark(scene.pages, line);
}

void draw_notes(const Scene& scene) {
  const Report& report = scene.report;
  const PlatformPolicy& policy = report.policy;
  const auto hours = [](Duration duration) {
    return std::to_string(duration.us / Duration::hours(1).us);
  };
  const std::string notes[] = {
      scene.say(Text::note_now, {{"time", scene.day_time(report.made_at)}}),
      std::string(scene.say(Text::note_scope)),
      scene.say(Text::note_promise, {{"h", hours(policy.ship_promise)}}),
      std::string(scene.say(Text::note_traces)),
      scene.say(Text::note_compensation,
                {{"percent", std::to_string(policy.compensation_percent)},
                 {"min", money_text({policy.compensation_min, policy.currency})},
                 {"max", money_text({policy.compensation_max, policy.currency})},
                 {"h", hours(policy.same_buyer)},
                 {"service", money_text({policy.service_breach, policy.currency})}}),
      std::string(scene.say(Text::note_caught)),
  };
  title(scene.pages, scene.say(Text::how_counted));
  for (const std::string& note : notes) {
    scene.pages.need(26);
    scene.pages.down(2 + scene.sheet().paragraph(note, kMargin, scene.pages.y(), kContent,
                                                 {.size = 8, .colour = kInk2}));
  }
}

}  // namespace

void draw_details(const Scene& scene) {
  const Report& report = scene.report;
  draw_counts(scene);
  draw_packers(scene);
  draw_pickups(scene);
  draw_carriers(scene);
  draw_anomalies(scene);
  if (report.waiting.empty()) {
    title(scene.pages, scene.say(Text::list_waiting), "0");
    remark(scene.pages, scene.say(Text::list_waiting_none));
  } else {
    draw_parcels(scene, Text::list_waiting, report.waiting);
  }
  draw_on_its_way(scene, Text::list_pending, report.pending);
  draw_on_its_way(scene, Text::list_recorded, report.recorded);
  draw_late_gone(scene);
  if (!report.on_bench.empty()) draw_parcels(scene, Text::list_on_bench, report.on_bench);
  draw_ranges(scene);
  draw_expiring(scene);
  draw_materials(scene);
  draw_notes(scene);
}

}  // namespace packbench::report
