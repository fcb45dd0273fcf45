#include "report/csv.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "base/money_text.h"
#include "base/time_text.h"
#include "report/format.h"
#include "report/tallies.h"

namespace packbench::report {
namespace {

// One row; what does not apply stays empty.
struct CsvRow {
  std::string section = {}, key = {};
  std::string time = {};
  std::string badge = {}, name = {};
  std::string carrier = {}, waybill = {}, orders = {}, state = {};
  std::string since = {}, age = {}, ship_by = {}, last_visit = {};
  std::string clock_ship = {}, clock_first_trace = {}, clock_hub_trace = {};
  std::string count = {}, amount = {}, currency = {};
  std::string list = {}, next = {};
};

struct Column {
  std::string_view name;
  std::string CsvRow::*value;
  bool is_number = false;
};
constexpr std::array<Column, 21> kColumns = {{
    {"section", &CsvRow::section},
    {"key", &CsvRow::key},
    {"time", &CsvRow::time},
    {"badge", &CsvRow::badge},
    {"name", &CsvRow::name},
    {"carrier", &CsvRow::carrier},
    {"waybill", &CsvRow::waybill},
    {"orders", &CsvRow::orders},
    {"state", &CsvRow::state},
    {"since", &CsvRow::since},
    {"age", &CsvRow::age},
    {"ship_by", &CsvRow::ship_by},
    {"last_visit", &CsvRow::last_visit},
    {"clock_ship", &CsvRow::clock_ship},
    {"clock_first_trace", &CsvRow::clock_first_trace},
    {"clock_hub_trace", &CsvRow::clock_hub_trace},
    {"count", &CsvRow::count, true},
    {"amount", &CsvRow::amount, true},
    {"currency", &CsvRow::currency},
    {"list", &CsvRow::list},
    {"next", &CsvRow::next},
}};

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report) {
    for (const Column& column : kColumns) field(column.name);
    end();
  }

  void row(const CsvRow& row) {
    for (const Column& column : kColumns) {
      const std::string& value = row.*column.value;
      field(column.is_number ? value : csv_text(value));
    }
    end();
  }
  void count(const char* section, std::string key, std::int64_t count) {
    row({.section = section, .key = std::move(key), .count = std::to_string(count)});
  }
  void counts(const char* section, const std::vector<NamedCount>& counts) {
    for (const NamedCount& each : counts) count(section, each.name, each.count);
  }
  std::string time(std::optional<Instant> time) const {
    return time ? iso_local(*time, report_.zone) : std::string();
  }
  std::string take() { return std::move(out_); }

 private:
  void field(std::string_view text) {
    if (!out_.empty() && out_.back() != '\n') out_ += ',';
    // A line never begins with an empty field: the section is always there.
    out_ += text;
  }
  void end() { out_ += "\r\n"; }

  const Report& report_;
  std::string out_;
};

void write_about(Writer& out, const Report& report) {
  const auto about = [&out](const char* key, std::string time, std::string name) {
    out.row({.section = "report", .key = key, .time = std::move(time), .name = std::move(name)});
  };
  about("bench", "", report.bench);
  if (report.shift) {
    about("shift", "", std::to_string(report.shift->id));
    about("shift_opened", out.time(report.shift->opened), "");
    about("shift_closed", out.time(report.shift->closed), "");
  }
  about("from", out.time(report.from), "");
  about("to", out.time(report.to), "");
  about("made_at", out.time(report.made_at), "");
  about("zone", "", report.zone);
}

void write_totals(Writer& out, const Report& report) {
  for (const NamedCount& each : named_totals(report.totals)) {
    out.count("total", each.name, each.count);
  }
  out.count("caught", "wrong_item", report.wrong_items);
  out.counts("caught", report.caught);
  out.counts("refused", report.other_refused);
  out.counts("material", report.materials);
}

void write_work(Writer& out, const Report& report) {
  const auto work = [&out](const CsvRow& row, std::int64_t parcels, std::int64_t items,
                           std::int64_t picked_up) {
    CsvRow each = row;
    for (const auto& [key, count] :
         {std::pair("parcels", parcels), {"items", items}, {"picked_up", picked_up}}) {
      each.key = key;
      each.count = std::to_string(count);
      out.row(each);
    }
  };
  for (const HourRow& row : report.hours) {
    work({.section = "hour", .time = out.time(row.hour)}, row.parcels, row.items, row.picked_up);
  }
  for (const PackerRow& row : report.packers) {
    work({.section = "packer", .badge = row.badge, .name = row.name}, row.parcels, row.items,
         row.picked_up);
  }
  for (const HourPackerRow& row : report.hour_packers) {
    work({.section = "hour_packer", .time = out.time(row.hour), .badge = row.badge}, row.parcels,
         row.items, row.picked_up);
  }
}

std::string key_text(const OrderKey& key) {
  return key.platform + "/" + key.shop + "/" + key.number;
}

std::string joined(const std::vector<OrderFacts>& orders) {
  std::string out;
  for (const OrderFacts& order : orders) {
    if (!out.empty()) out += "; ";
    out += key_text(order.key);
  }
  return out;
}

void write_parcels(Writer& out, const char* section, const std::vector<ParcelLine>& lines) {
  const auto state = [](ClockState clock) {
    return clock == ClockState::none ? std::string() : std::string(word(clock));
  };
  for (const ParcelLine& line : lines) {
    const Standing& standing = line.standing;
    CsvRow row{.section = section, .key = line.facts.id};
    row.name = line.op;
    row.carrier = line.facts.carrier;
    row.waybill = line.facts.number;
    row.orders = joined(line.facts.orders);
    row.state = word(line.facts.state);
    row.since = out.time(standing.since);
    row.age = age_text(standing.age.length);
    row.ship_by = out.time(standing.ship_by);
    row.last_visit = out.time(standing.last_visit);
    row.clock_ship = state(standing.ship);
    row.clock_first_trace = state(standing.first_trace);
    row.clock_hub_trace = state(standing.hub_trace);
    row.list = row_of(standing.list).word;
    row.next = row_of(standing.next).word;
    if (line.paid) {
      row.amount = format_money(*line.paid);
      row.currency = line.paid->currency;
    }
    out.row(row);
  }
}

// One row for each currency in which something would be saved; time: the visit that was missed.
void write_pickups(Writer& out, const Report& report) {
  for (const ExtraPickup& pickup : report.pickups) {
    CsvRow row{.section = "extra_pickup"};
    row.time = out.time(pickup.missed_visit);
    row.carrier = pickup.carrier;
    row.ship_by = out.time(pickup.ship_by);
    row.count = std::to_string(pickup.parcels.size());
    row.next = row_of(NextStep::call_pickup).word;
    const std::vector<Money> saves = saved_by(pickup);
    if (saves.empty()) out.row(row);
    for (const Money& money : saves) {
      row.amount = format_money(money);
      row.currency = money.currency;
      out.row(row);
    }
  }
}

void write_clock(Writer& out, const char* clock, const ClockCount& counts) {
  for (const auto& [state, count] : {std::pair(ClockState::done, counts.done),
                                     {ClockState::running, counts.running},
                                     {ClockState::pending, counts.pending},
                                     {ClockState::at_risk, counts.at_risk},
                                     {ClockState::late, counts.late},
                                     {ClockState::unknown, counts.unknown}}) {
    out.row(
        {.section = "clock", .key = clock, .state = word(state), .count = std::to_string(count)});
  }
}

void write_lateness(Writer& out, const Report& report) {
  write_clock(out, "ship", report.ship);
  write_clock(out, "first_trace", report.first_trace);
  write_clock(out, "hub_trace", report.hub_trace);
  for (const OrderLate& order : report.orders_late) {
    CsvRow row{.section = "order_late", .key = order.key.number};
    row.time = out.time(order.picked_up);
    row.orders = key_text(order.key);
    row.state = word(order.state);
    row.ship_by = out.time(order.ship_by);
    row.last_visit = out.time(order.last_visit);
    if (order.paid) {
      row.amount = format_money(*order.paid);
      row.currency = order.paid->currency;
    }
    out.row(row);
  }
  for (const CompensationSum& sum : report.compensation.sums) {
    for (const auto& [state, minor] : {std::pair("late", sum.late),
                                       {"at_risk", sum.at_risk},
                                       {"service_late", sum.service_late},
                                       {"service_at_risk", sum.service_at_risk}}) {
      out.row({.section = "compensation",
               .key = state,
               .amount = format_money({minor, sum.currency}),
               .currency = sum.currency});
    }
  }
  out.count("compensation", "not_counted", report.compensation.not_counted);
  out.count("compensation", "points_min", report.compensation.points_min);
  out.count("compensation", "points_max", report.compensation.points_max);
}

// The key is the service; time: when the number expires.
void write_numbers(Writer& out, const Report& report) {
  for (const RangeStock& range : report.numbers.ranges) {
    out.row({.section = "range",
             .key = range.service,
             .carrier = range.carrier,
             .state = is_low(range) ? "low" : "",
             .count = std::to_string(range.left)});
  }
  out.count("expiring", "count", report.numbers.expiring);
  for (const ExpiringNumber& number : report.numbers.soonest) {
    out.row({.section = "expiring_number",
             .key = number.service,
             .time = out.time(number.expires_at),
             .carrier = number.carrier,
             .waybill = number.number,
             .orders = key_text(number.order)});
  }
}

}  // namespace

std::string csv_text(std::string_view text) {
  // Not UTF-8 or with control characters: no file of ours has a use for it.
  std::string clean = line_text(text);
  const std::size_t first = clean.find_first_not_of(' ');
  // Also behind blanks, and the wide forms, which some spreadsheets take for the narrow ones.
  const std::string_view visible =
      first == std::string::npos ? std::string_view() : std::string_view(clean).substr(first);
  for (const std::string_view sign : {"=", "+", "-", "@", "|", "＝", "＋", "－", "＠"}) {
    if (!visible.starts_with(sign)) continue;
    clean.insert(0, 1, '\'');
    break;
  }
  if (clean.find_first_of(",\"\r\n") == std::string::npos) return clean;
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string report_csv(const Report& report) {
  Writer out(report);
  write_about(out, report);
  write_totals(out, report);
  write_work(out, report);
  write_parcels(out, "waiting", report.waiting);
  write_parcels(out, "on_bench", report.on_bench);
  write_parcels(out, "pending", report.pending);
  write_parcels(out, "recorded", report.recorded);
  write_parcels(out, "anomaly", report.anomalies);
  write_pickups(out, report);
  write_lateness(out, report);
  write_numbers(out, report);
  return out.take();
}

}  // namespace packbench::report
