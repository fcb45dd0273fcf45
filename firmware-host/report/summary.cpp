// The first page's upper half, after the shift screen: one cue, the figures, the hours, the clocks.
#include <algorithm>

#include "base/time_text.h"
#include "report/format.h"
#include "report/scene.h"

namespace packbench::report {
namespace {

constexpr double kRail = 28;
constexpr double kBand = 80;
constexpr double kGap = 10;
constexpr std::size_t kBarsMax = 24;  // in one row of the chart
constexpr double kBarHeight = 84;
constexpr double kBarWidthMax = 46;
constexpr double kColumnWidth = (kContent - 24) / 2;

std::string hours_of(Duration duration) {
  return std::to_string(duration.us / Duration::hours(1).us);
}

bool needs_somebody(const Report& report) {
  return !report.orders_late.empty() || !report.anomalies.empty() ||
         std::any_of(report.waiting_by_carrier.begin(), report.waiting_by_carrier.end(),
                     [](const CarrierWaiting& row) { return row.missed_visit > 0; });
}

std::string headline(const Scene& scene) {
  std::int64_t waiting = 0;
  for (const CarrierWaiting& row : scene.report.waiting_by_carrier) waiting += row.parcels;
  if (waiting == 0) return std::string(scene.say(Text::waiting_none));
  if (waiting == 1) return std::string(scene.say(Text::waiting_one));
  return scene.say(Text::waiting_many, {{"n", std::to_string(waiting)}});
}

// What to do about it: the missed visit first, because it is mended with a call.
std::string deed(const Scene& scene) {
  const Report& report = scene.report;
  const auto& rows = report.waiting_by_carrier;
  const auto worst = std::max_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.missed_visit < b.missed_visit;
  });
  if (worst != rows.end() && worst->missed_visit > 0) {
    return scene.say(Text::missed_visits, {{"carrier", scene.carrier(worst->carrier)},
                                           {"n", std::to_string(worst->missed_visit)}});
  }
  if (report.ship.late > 0) {
    return scene.say(Text::orders_past_promise, {{"n", std::to_string(report.ship.late)}});
  }
  if (!report.anomalies.empty()) {
    return scene.say(Text::anomalies_to_chase, {{"n", std::to_string(report.anomalies.size())}});
  }
  if (!report.waiting.empty()) {
    const Duration age = report.waiting.front().standing.age.length;
    return scene.say(Text::oldest_waits, {{"age", age_text(age)}});
  }
  return std::string(scene.say(Text::nothing_to_do));
}

std::string money_in_danger(const Report& report) {
  std::string out;
  for (const CompensationSum& sum : report.compensation.sums) {
    if (!out.empty()) out += " + ";
    out += money_text({add_up(sum.late, sum.at_risk), sum.currency});
  }
  return out;
}

void draw_band(const Scene& scene) {
  Sheet& sheet = scene.sheet();
  const Report& report = scene.report;
  sheet.fill({0, 0, Sheet::kWidth, kRail}, kInk);
  sheet.text(title_text(report, scene.language), kMargin, kRail / 2, kContent * 0.4,
             {.size = 11, .bold = true, .colour = kPanel});
  sheet.text(range_text(scene), kMargin + kContent * 0.4, kRail / 2, kContent * 0.6,
             {.size = 10, .colour = kRailText, .align = Align::right});

  const bool attention = needs_somebody(report);
  const Colour front = attention ? kInk : kPanel;
  sheet.fill({0, kRail, Sheet::kWidth, kBand}, attention ? kAttention : kInk);
  const std::string money = money_in_danger(report);
  double x = kMargin;
  if (attention) {
    sheet.triangle(x + 24, kRail + kBand / 2, 48);
    x += 62;
  }
  const double right = money.empty() ? 0 : 170;
  const double width = kMargin + kContent - right - x;
  sheet.text(headline(scene), x, kRail + 31, width, {.size = 25, .bold = true, .colour = front});
  sheet.text(deed(scene), x, kRail + 60, width,
             {.size = 12, .colour = attention ? kInk : kRailText});
  if (!money.empty()) {
    const double left = kMargin + kContent - right;
    sheet.fill({left + 8, kRail + 14, 1, kBand - 28}, front);
    sheet.text(money, left + 20, kRail + 31, right - 20,
               {.size = 22, .bold = true, .colour = front, .align = Align::centre});
    sheet.text(scene.say(Text::compensation_at_risk), left + 20, kRail + 60, right - 20,
               {.size = 9.5, .colour = front, .align = Align::centre});
  }
  scene.pages.set_y(kRail + kBand + 12);
}

void draw_cards(const Scene& scene) {
  const Totals& totals = scene.report.totals;
  const std::pair<std::int64_t, Text> cards[] = {
      {totals.parcels, Text::parcels_packed},
      {totals.items, Text::pieces_packed},
      {totals.picked_up, Text::handed_over},
      {totals.confirmed, Text::confirmed},
      {scene.report.wrong_items, Text::wrong_items_caught},
  };
  constexpr double kCount = 5;
  constexpr double kHeight = 50;
  constexpr double kWidth = (kContent - (kCount - 1) * kGap) / kCount;
  double x = kMargin;
  for (const auto& [count, label] : cards) {
    const double y = scene.pages.y();
    scene.sheet().fill({x, y, kWidth, kHeight}, kPaper, 4);
    scene.sheet().text(std::to_string(count), x + 10, y + 20, kWidth - 20,
                       {.size = 20, .bold = true});
    scene.sheet().text(scene.say(label), x + 10, y + 39, kWidth - 20, {.size = 9, .colour = kInk2});
    x += kWidth + kGap;
  }
  scene.pages.down(kHeight);
}

// One row of the chart, hours [first, last).
void draw_bars(const Scene& scene, std::size_t first, std::size_t last, std::int64_t peak) {
  Sheet& sheet = scene.sheet();
  const std::vector<HourRow>& hours = scene.report.hours;
  const auto in_row = static_cast<double>(std::min(hours.size(), kBarsMax));
  const double pitch = std::min(kContent / in_row, kBarWidthMax * 1.25);
  const double width = pitch * 0.8;
  const double ground = scene.pages.y() + 12 + kBarHeight;
  for (std::size_t i = first; i < last; ++i) {
    const HourRow& row = hours[i];
    const double x = kMargin + pitch * static_cast<double>(i - first);
    const bool is_peak = row.parcels == peak && peak > 0;
    const double part =
        peak > 0 ? std::max(0.0, static_cast<double>(row.parcels) / static_cast<double>(peak)) : 0;
    const double height = kBarHeight * part;
    sheet.fill({x, ground - height, width, height}, is_peak ? kInk : kBar, 2);
    sheet.text(std::to_string(row.parcels), x - 4, ground - height - 7, width + 8,
               {.size = 8.5, .bold = is_peak, .align = Align::centre});
    const std::string hour = format_local(row.hour, scene.report.zone, "%H");
    sheet.text(hour.starts_with('0') ? hour.substr(1) : hour, x - 4, ground + 9, width + 8,
               {.size = 8.5, .colour = kInk2, .align = Align::centre});
    // The day under the first bar and under every midnight, where there is more than one.
    if ((i == first && hours.size() > kBarsMax) || (hour == "00" && i > 0)) {
      sheet.text(format_local(row.hour, scene.report.zone, "%m-%d"), x - 4, ground + 19, pitch * 2,
                 {.size = 7.5, .colour = kInk2});
    }
  }
  sheet.fill({kMargin, ground, pitch * in_row - pitch * 0.2, 1}, kInk);
  scene.pages.set_y(ground + 26);
}

void draw_hours(const Scene& scene) {
  const std::vector<HourRow>& hours = scene.report.hours;
  std::int64_t peak = 0;
  for (const HourRow& row : hours) peak = std::max(peak, row.parcels);
  title(scene.pages, scene.say(Text::parcels_per_hour));
  if (hours.empty() || peak == 0) return remark(scene.pages, scene.say(Text::nothing_packed));
  for (std::size_t first = 0; first < hours.size(); first += kBarsMax) {
    scene.pages.need(kBarHeight + 38);
    draw_bars(scene, first, std::min(first + kBarsMax, hours.size()), peak);
  }
}

void draw_clock(const Scene& scene, const ClockCount& counts, const std::string& name, Text unit) {
  constexpr double kName = 96;
  constexpr double kCounts = 92;
  constexpr double kHeight = 11;
  Sheet& sheet = scene.sheet();
  const double middle = scene.pages.y() + 9;
  const double x = kMargin + kName;
  const double width = kColumnWidth - kName - kCounts;
  sheet.text(name, kMargin, middle, kName - 6, {.size = 9});
  scene.pages.down(18);
  const auto all = static_cast<double>(sum(counts));
  if (all == 0) {
    sheet.text(scene.say(Text::no_clock_runs), x, middle, width + kCounts,
               {.size = 8.5, .colour = kInk2});
    return;
  }
  const double top = middle - kHeight / 2;
  const double soon = width * static_cast<double>(counts.at_risk) / all;
  const double late = width * static_cast<double>(counts.late) / all;
  const double unknown = width * static_cast<double>(counts.unknown) / all;
  const double calm = width - soon - late - unknown;
  sheet.fill({x, top, calm, kHeight}, kBar);
  sheet.hatch({x + calm, top, soon, kHeight});
  sheet.fill({x + calm + soon, top, late, kHeight}, kRefuse);
  if (unknown > 0) sheet.frame({x + calm + soon + late, top, unknown, kHeight}, kInk2, 0.75);
  const double at = x + width + 8;
  sheet.hatch({at, middle - 4, 8, 8});
  sheet.text(std::to_string(counts.at_risk), at + 11, middle, 18, {.size = 9, .bold = true});
  sheet.octagon(at + 34, middle, 8.5);
  sheet.text(std::to_string(counts.late), at + 41, middle, 18, {.size = 9, .bold = true});
  sheet.text(scene.say(unit), at + 56, middle, 30, {.size = 7.5, .colour = kInk2});
}

void draw_legend(const Scene& scene) {
  Sheet& sheet = scene.sheet();
  const double middle = scene.pages.y() + 8;
  double x = kMargin;
  const Style style = {.size = 8, .colour = kInk2};
  const auto entry = [&](Text which, const auto& shape) {
    shape(x, middle);
    const std::string_view word = scene.say(which);
    sheet.text(word, x + 12, middle, 80, style);
    x += 12 + sheet.width_of(word, style) + 14;
  };
  entry(Text::on_time, [&](double at, double y) { sheet.fill({at, y - 4, 8, 8}, kBar); });
  entry(Text::at_risk, [&](double at, double y) { sheet.hatch({at, y - 4, 8, 8}); });
  entry(Text::late, [&](double at, double y) { sheet.octagon(at + 4, y, 8.5); });
  entry(Text::no_deadline, [&](double at, double y) {
    sheet.frame({at, y - 4, 8, 8}, kInk2, 0.75);
  });
  scene.pages.down(15);
}

double draw_compensation(const Scene& scene, double x, double y) {
  const Report& report = scene.report;
  Sheet& sheet = scene.sheet();
  sheet.text(scene.say(Text::compensation_title), x, y + 6, kColumnWidth,
             {.size = 11.5, .bold = true});
  y += 18;
  for (const CompensationSum& sum : report.compensation.sums) {
    for (const auto& [which, minor] :
         {std::pair(Text::compensation_late, sum.late), {Text::compensation_risk, sum.at_risk}}) {
      sheet.text(scene.say(which), x, y + 9, kColumnWidth - 110, {.size = 9});
      sheet.text(money_text({minor, sum.currency}), x + kColumnWidth - 110, y + 9, 110,
                 {.size = 11, .bold = true, .align = Align::right});
      y += 18;
    }
  }
  if (report.compensation.sums.empty()) {
    y += 2 + sheet.paragraph(scene.say(Text::compensation_none), x, y + 2, kColumnWidth,
                             {.size = 9, .colour = kInk2});
  }
  if (report.compensation.not_counted > 0) {
    const std::string missing = scene.say(Text::compensation_not_counted,
                                          {{"n", std::to_string(report.compensation.not_counted)}});
    y += 2 + sheet.paragraph(missing, x, y + 2, kColumnWidth, {.size = 8.5, .colour = kInk2});
  }
  return y;
}

void draw_clocks(const Scene& scene) {
  const Report& report = scene.report;
  const PlatformPolicy& policy = report.policy;
  scene.pages.need(130);
  const double top = scene.pages.y() + 11;
  title(scene.pages, scene.say(Text::three_clocks));
  draw_clock(scene, report.ship,
             scene.say(Text::clock_ship, {{"h", hours_of(policy.ship_promise)}}),
             Text::unit_orders);
  draw_clock(scene, report.first_trace,
             scene.say(Text::clock_first_trace, {{"h", hours_of(policy.first_trace)}}),
             Text::unit_parcels);
  draw_clock(scene, report.hub_trace,
             scene.say(Text::clock_hub_trace, {{"h", hours_of(policy.hub_trace)}}),
             Text::unit_parcels);
  scene.pages.down(4);
  draw_legend(scene);
  if (report.ship.pending > 0) {
    const std::string pending =
        scene.say(Text::record_pending, {{"n", std::to_string(report.ship.pending)}});
    scene.pages.down(2 + scene.sheet().paragraph(pending, kMargin, scene.pages.y() + 2,
                                                 kColumnWidth, {.size = 8, .colour = kInk2}));
  }
  const double right = draw_compensation(scene, kMargin + kColumnWidth + 24, top);
  scene.pages.set_y(std::max(scene.pages.y(), right));
}

}  // namespace

std::string title_text(const Report& report, Language language) {
  const Text kind = report.shift ? Text::shift_report : Text::day_report;
  return text(Text::bench_named, language, {{"bench", line_text(report.bench)}}) + "  " +
         std::string(text(kind, language));
}

std::string range_text(const Scene& scene) {
  const Report& report = scene.report;
  const auto local = [&report](Instant time, const char* format) {
    return format_local(time, report.zone, format);
  };
  if (!report.shift) return local(report.from, "%Y-%m-%d");
  const store::ShiftRow& shift = *report.shift;
  std::string out = scene.say(Text::shift_number, {{"n", std::to_string(shift.id)}});
  out += "  " + local(shift.opened, "%Y-%m-%d %H:%M");
  const Instant end = shift.closed.value_or(report.made_at);
  const bool same_day = local(end, "%Y-%m-%d") == local(shift.opened, "%Y-%m-%d");
  out += "–" + local(end, same_day ? "%H:%M" : "%m-%d %H:%M");
  if (!shift.closed) out += "  " + std::string(scene.say(Text::shift_open));
  return out;
}

void draw_summary(const Scene& scene) {
  draw_band(scene);
  draw_cards(scene);
  draw_hours(scene);
  draw_clocks(scene);
}

}  // namespace packbench::report
