#include "exchange/import.h"

#include <algorithm>
#include <utility>

#include "base/money_text.h"
#include "base/time_text.h"
#include "exchange/detect.h"
#include "exchange/fields.h"
#include "exchange/importers.h"
#include "exchange/order_fields.h"
#include "exchange/traces.h"

namespace packbench::exchange {
namespace {

template <class List>
bool contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_field(std::string_view name) {
  return contains(kOrderFields, name) || contains(kLineFields, name);
}

std::string known_fields() {
  std::string text;
  for (const std::string_view field : kOrderFields) text += std::string(field) + " ";
  for (const std::string_view field : kLineFields) text += std::string(field) + " ";
  text.pop_back();
  return text;
}

Error bad_option(const std::string& text) {
  return {"bad_option", text};
}

Status check_options(const ImportOptions& options) {
  for (const auto& [field, column] : options.map) {
    if (!is_field(field)) {
      return bad_option("--map knows no field " + field + ". It knows: " + known_fields() + ".");
    }
  }
  for (const auto& [field, value] : options.set) {
    if (field != "time_zone" && field != "accept_pending" && !is_field(field)) {
      return bad_option("--set knows no field " + field + ". It knows: time_zone accept_pending " +
                        known_fields() + ".");
    }
  }
  if (options.map.empty()) return Ok{};
  const bool item = options.map.contains("sku") || options.map.contains("name");
  if (!options.map.contains("number") || !options.map.contains("quantity") || !item) {
    return bad_option("--map has to name at least number, quantity, and sku or name.");
  }
  return Ok{};
}

// The columns of --map that a header does not have, for a message.
std::string missing_columns(const Header& header, const ImportOptions& options) {
  std::string text;
  for (const auto& [field, column] : options.map) {
    if (!header.find(column)) text += (text.empty() ? "" : ", ") + column;
  }
  return text;
}

Status set_up(const ImportOptions& options, ImportContext& context) {
  const auto set = [&](const char* name) {
    const auto found = options.set.find(name);
    return found == options.set.end() ? std::string() : found->second;
  };
  const std::string zone = set("time_zone");
  context.zone = zone.empty() ? options.time_zone : zone;
  if (!zone_exists(context.zone)) {
    return bad_option("There is no time zone " + context.zone + ". Name one like Asia/Shanghai.");
  }
  if (const std::string currency = set("currency");
      !currency.empty() && !parse_money("0", currency)) {
    return bad_option("The currency " + currency + " is not a code of ISO 4217 like CNY.");
  }
  if (const std::string text = set("accept_pending"); !text.empty()) {
    const auto accept = parse_bool(text);
    if (!accept) return bad_option("accept_pending is true or false.");
    context.accept_pending = *accept;
  }
  return Ok{};
}

void import_kind(FileKind kind, std::string_view text, Table& table, const ImportContext& context) {
  switch (kind) {
    case FileKind::json_lines:
      return import_json_lines(text, context);
    case FileKind::waybills:
      return import_waybills(table, context);
    case FileKind::operators:
      return import_operators(table, context);
    case FileKind::aliases:
      return import_aliases(table, context);
    case FileKind::stops:
      return import_stops(table, context);
    case FileKind::visits:
      return import_visits(table, context);
    case FileKind::stop_regions:
      return import_stop_regions(table, context);
    case FileKind::shopify:
      return import_shopify(table, context);
    case FileKind::mapped:
      return import_mapped(table, context);
    case FileKind::traces:
      return import_traces(table, context);
    case FileKind::traces_json:
      return import_traces_json(text, context);
  }
}

std::string count(std::size_t number, const char* what) {
  return std::to_string(number) + " " + what;
}

}  // namespace

Result<ImportOutcome> import_text(std::string_view text, const ImportOptions& options) {
  if (auto status = check_options(options); !status) return status.error();
  ImportOutcome outcome;
  ImportContext context{options, outcome, {}, false};
  if (auto status = set_up(options, context); !status) return status.error();

  Table table(text);
  const auto kind = detect(text, table.header(), options);
  if (!kind) {
    const std::string missing = missing_columns(table.header(), options);
    if (kind.error().code != "unknown_layout" || missing.empty()) return kind.error();
    return Error{"unknown_layout", "The header has no column " + missing +
                                       ", which --map names. Compare it with the file's first "
                                       "line."};
  }
  outcome.kind = kind_name(kind.value());
  import_kind(kind.value(), text, table, context);
  return outcome;
}

void reject_entry(ImportOutcome& outcome, const std::string& list, std::size_t index,
                  const std::string& reason) {
  Reject reject{0, reason, ""};
  const auto sources = outcome.sources.find(list);
  if (sources != outcome.sources.end() && index < sources->second.size()) {
    reject.line = sources->second[index].line;
    reject.row = sources->second[index].row;
  }
  outcome.rejects.push_back(std::move(reject));
  ++outcome.not_taken[list];
}

std::string rejects_csv(std::vector<Reject> rejects) {
  std::stable_sort(rejects.begin(), rejects.end(),
                   [](const Reject& a, const Reject& b) { return a.line < b.line; });
  std::string text = "line,reason,row\r\n";
  for (const Reject& reject : rejects) {
    text += std::to_string(reject.line) + "," + csv_field(reject.reason) + "," +
            csv_field(reject.row) + "\r\n";
  }
  return text;
}

std::vector<std::string> advice_lines(const ImportOutcome& outcome) {
  std::vector<std::string> lines;
  for (const auto& [carrier, unusual] : outcome.unusual) {
    const std::string number = std::to_string(unusual.count);
    const bool one = unusual.count == 1;
    lines.push_back(number + (one ? " number does" : " numbers do") + " not look like " + carrier +
                    "'s" + (one ? ": " : ", the first is ") + unusual.first.row + " in line " +
                    std::to_string(unusual.first.line) +
                    "; taken all the same, compare with what the carrier gave (" + number +
                    " 个单号不像 " + carrier + " 的，第一个是 " + unusual.first.row +
                    "；已导入，请与快递公司给的核对)");
  }
  return lines;
}

void ImportTotals::add(const ImportOutcome& outcome) {
  const auto taken = [&](const char* list, std::size_t read) {
    const auto found = outcome.not_taken.find(list);
    return found == outcome.not_taken.end() ? read : read - std::min(read, found->second);
  };
  orders += taken("orders", outcome.batch.orders.size());
  lines += outcome.batch.lines;
  products += taken("products", outcome.batch.products.size());
  waybills += taken("waybills", outcome.batch.waybills.size());
  operators += taken("operators", outcome.batch.operators.size());
  aliases += taken("aliases", outcome.batch.aliases.size());
  stops += taken("stops", outcome.batch.stops.size());
  visits += taken("visits", outcome.batch.visits.size());
  stop_regions += outcome.batch.stop_regions.size();
  traces += outcome.batch.traces.size();
  unknown_traces += static_cast<std::size_t>(
      std::count_if(outcome.batch.traces.begin(), outcome.batch.traces.end(),
                    [](const Trace& trace) { return trace.state == TraceState::unknown; }));
  rejected += outcome.rejects.size();
}

std::string ImportTotals::other_text() const {
  if (aliases + stops + visits + stop_regions + traces == 0) return "";
  std::string text = "taken: " + count(aliases, "aliases") + ", " + count(stops, "stops") + ", " +
                     count(visits, "carrier visits");
  if (stop_regions > 0) text += ", " + count(stop_regions, "stop regions");
  if (traces > 0) text += ", " + count(traces, "traces");
  if (unknown_traces > 0) text += " (" + count(unknown_traces, "of unknown meaning)");
  return text;
}

std::string ImportTotals::text() const {
  return "imported " + count(orders, "orders") + ", " + count(lines, "lines") + ", " +
         count(products, "products") + ", " + count(waybills, "waybills") + ", " +
         count(operators, "operators") + "; rejected " + count(rejected, "rows");
}

}  // namespace packbench::exchange
