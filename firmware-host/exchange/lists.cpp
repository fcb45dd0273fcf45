// Aliases, stop lists, carrier visits and where carriers do not go: small CSV files of our own, one
// entry a row.
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "exchange/fields.h"
#include "exchange/importers.h"

namespace packbench::exchange {
namespace {

void reject(const ImportContext& context, const CsvRow& row, const std::string& reason) {
  context.outcome.rejects.push_back({row.line, reason, std::string(row.source)});
}

// Calls `take` for each row that can be read; what it answers is the reason of a reject.
template <class Take>
void for_each_row(Table& table, const ImportContext& context, Take take) {
  while (const auto row = table.next()) {
    if (!row->problem.empty()) {
      reject(context, *row, "The row " + row->problem + ".");
    } else if (const Problem problem = take(*row)) {
      reject(context, *row, *problem + ".");
    }
  }
}

void remember(const ImportContext& context, const char* list, const CsvRow& row) {
  context.outcome.sources[list].push_back({row.line, std::string(row.source)});
}

// What cannot be understood on a stop list still stops: it becomes a hold, which a person looks at.
struct StopReading {
  Stop stop;
  Problem problem;  // the row cannot even name an order
  Problem doubt;    // taken as a hold of the whole order
};

bool is_reason_code(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

StopReading read_stop(const Table& table, const CsvRow& row) {
  StopReading reading;
  Stop& stop = reading.stop;
  stop.order = table.get(row, "order");
  stop.platform = clean_text(table.get(row, "platform"));
  stop.shop = clean_text(table.get(row, "shop"));
  reading.problem = name_problem("The order number", stop.order);
  stop.reason = lower(table.get(row, "reason"));
  if (!is_reason_code(stop.reason)) {
    stop.reason = "hold";
    reading.doubt = "The reason is no code; the order is held instead";
  }
  const std::string_view line = table.get(row, "line");
  const auto number = line.empty() ? std::optional<int>(0) : parse_count(line);
  if (number && *number >= 0) {
    stop.line = *number;
  } else {
    stop.reason = "hold";
    reading.doubt = "The line is no number; the whole order is held instead";
  }
  return reading;
}

}  // namespace

void import_aliases(Table& table, const ImportContext& context) {
  std::set<std::tuple<std::string, std::string, std::string, std::string>> seen;
  for_each_row(table, context, [&](const CsvRow& row) -> Problem {
    const auto get = [&](std::string_view name) { return clean_text(table.get(row, name)); };
    const Alias alias{get("code"), get("order"), get("platform"), get("shop")};
    if (auto problem = name_problem("The alias", alias.code)) return problem;
    if (auto problem = name_problem("The order number", alias.order)) return problem;
    // A wave has many orders under one code; the same row twice says nothing new.
    if (!seen.insert({alias.code, alias.order, alias.platform, alias.shop}).second) {
      return std::nullopt;
    }
    context.outcome.batch.aliases.push_back(alias);
    remember(context, "aliases", row);
    return std::nullopt;
  });
}

void import_stops(Table& table, const ImportContext& context) {
  for_each_row(table, context, [&](const CsvRow& row) -> Problem {
    StopReading reading = read_stop(table, row);
    if (reading.problem) return reading.problem;
    context.outcome.batch.stops.push_back(std::move(reading.stop));
    remember(context, "stops", row);
    return reading.doubt;
  });
}

void import_visits(Table& table, const ImportContext& context) {
  auto& visits = context.outcome.batch.visits;
  for_each_row(table, context, [&](const CsvRow& row) -> Problem {
    const std::string carrier = clean_text(table.get(row, "carrier"));
    if (auto problem = name_problem("The carrier", carrier)) return problem;
    const auto weekday = parse_weekday(table.get(row, "weekday"));
    if (!weekday) return "The weekday is none of 1 (Monday) to 7, Mon to Sun";
    const auto minute = parse_minute(table.get(row, "time"));
    if (!minute) return "The time is not HH:MM";
    const CarrierVisit visit{carrier, *weekday, *minute};
    if (std::find(visits.begin(), visits.end(), visit) == visits.end()) visits.push_back(visit);
    return std::nullopt;
  });
}

void import_stop_regions(Table& table, const ImportContext& context) {
  for_each_row(table, context, [&](const CsvRow& row) -> Problem {
    const auto get = [&](std::string_view name) { return clean_text(table.get(row, name)); };
    StopRegion stop{get("carrier"), get("region"), {}, get("reason")};
    if (auto problem = name_problem("The carrier", stop.carrier)) return problem;
    if (!parse_region(stop.region)) {
      return "The region is none of a province, a country's two letters, * and a province with a "
             "city or postcode behind it (浙江省/3100)";
    }
    const auto span = parse_span(get("from"), get("to"), context.zone);
    if (!span) return "From and to are no days or times such as 2026-11-22, or the wrong way round";
    stop.span = *span;
    context.outcome.batch.stop_regions.push_back(std::move(stop));
    return std::nullopt;
  });
}

}  // namespace packbench::exchange
