#include "exchange/traces.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "domain/tracking_number.h"
#include "exchange/fields.h"

namespace packbench::exchange {
namespace {

using nlohmann::json;
using Names = std::initializer_list<const char*>;

constexpr Names kLists = {"events", "Traces", "traces", "data"};
constexpr Names kNumbers = {"number", "nu", "LogisticCode", "mailNo", "mail_no", "tracking_no"};
constexpr Names kCarriers = {"carrier", "com", "ShipperCode", "cpCode"};
constexpr Names kTimes = {"time", "ftime", "AcceptTime", "acceptTime"};
constexpr Names kTexts = {"text", "context", "AcceptStation", "desc", "remark"};
constexpr Names kStatuses = {"status", "Action", "action"};
constexpr std::size_t kEventsMax = 1'000;  // of one parcel

// What a carrier writes of people is of no use here: digits of telephones are left out.
std::string without_telephones(const std::string& text) {
  constexpr std::size_t kLongest = 6;
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || c == '*'; };
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == i) {
      out += text[i++];
      continue;
    }
    out += end - i > kLongest ? "***" : text.substr(i, end - i);
    i = end;
  }
  return out;
}

const json* member(const json& object, Names names) {
  for (const char* name : names) {
    const auto found = object.find(name);
    if (found != object.end() && !found->is_null()) return &*found;
  }
  return nullptr;
}

std::string text_of(const json* value) {
  if (value == nullptr) return "";
  if (value->is_string()) return clean_text(value->get_ref<const std::string&>());
  return value->is_number_integer() ? value->dump() : "";
}

// kuaidi100's push puts the shipment into an envelope.
const json& shipment_in(const json& value) {
  const auto inner = value.find("lastResult");
  return inner != value.end() && inner->is_object() ? *inner : value;
}

// Orders and products may have lists of such names too; theirs are not ours to read.
const json* events_of(const json& value) {
  if (!value.is_object() || value.contains("lines") || value.contains("sku")) return nullptr;
  const json* list = member(shipment_in(value), kLists);
  if (list == nullptr || !list->is_array()) return nullptr;
  const bool objects =
      std::all_of(list->begin(), list->end(), [](const json& each) { return each.is_object(); });
  return objects ? list : nullptr;
}

// Seconds or milliseconds since 1970, or a time as people write it.
std::optional<Instant> time_of(const std::string& text, const std::string& zone) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), digit)) return parse_time(text, zone);
  if (text.size() == 10) return Instant{std::stoll(text) * 1'000'000};
  if (text.size() == 13) return Instant{std::stoll(text) * 1'000};
  return std::nullopt;
}

// One event; `time`, `text` and `status` as they stood in the file.
Problem take_event(const ImportContext& context, Trace trace, const std::string& time,
                   const std::string& text, const std::string& status) {
  const auto at = time_of(time, context.zone);
  if (!at) return "the time \"" + time + "\" is none";
  if (text.empty() && status.empty()) return "it says nothing";
  trace.at = *at;
  trace.state = context.options.traces.classify(text, status);
  trace.text = without_telephones(text);
  trace.status = status;
  context.outcome.batch.traces.push_back(std::move(trace));
  return std::nullopt;
}

Problem read_parcel(const std::string& carrier, const std::string& number, Trace& trace) {
  trace.carrier = carrier;
  trace.number = normalise_waybill(number);
  if (auto problem = name_problem("The waybill number", trace.number)) return problem;
  return carrier.empty() ? std::nullopt : name_problem("The carrier", carrier);
}

void take_shipment(const ImportContext& context, std::size_t line, const json& value) {
  const auto reject = [&](const std::string& reason) {
    context.outcome.rejects.push_back({line, reason + ".", ""});
  };
  const json* events = events_of(value);
  if (events == nullptr) return reject("It is no shipment with a list of events");
  if (events->size() > kEventsMax)
    return reject("It has more than " + std::to_string(kEventsMax) + " events");
  const json& shipment = shipment_in(value);
  Trace trace;
  if (const auto problem = read_parcel(text_of(member(shipment, kCarriers)),
                                       text_of(member(shipment, kNumbers)), trace))
    return reject(*problem);
  for (std::size_t i = 0; i < events->size(); ++i) {
    const json& event = (*events)[i];
    if (const auto problem =
            take_event(context, trace, text_of(member(event, kTimes)),
                       text_of(member(event, kTexts)), text_of(member(event, kStatuses))))
      reject("Event " + std::to_string(i + 1) + " of " + trace.number + " not taken: " + *problem);
  }
}

// Deeper than anything that a carrier sends; a text of brackets alone would take a hundred times
// its size in memory.
bool is_shallow(std::string_view text) {
  constexpr int kDepthMost = 32;
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size() && depth <= kDepthMost; ++i) {
    const char c = text[i];
    if (c == '"') in_text = !in_text;
    if (in_text && c == '\\') ++i;
    if (!in_text && (c == '[' || c == '{')) ++depth;
    if (!in_text && (c == ']' || c == '}')) --depth;
  }
  return depth <= kDepthMost;
}

json parsed(std::string_view text) {
  const bool fit = is_shallow(text) && is_utf8(text);
  return fit ? json::parse(text, nullptr, false) : json(json::value_t::discarded);
}

// Where shipments come one after the other, the list that holds them; nothing for a single one.
const json* shipments_of(const json& value) {
  if (value.is_array()) return &value;
  if (!value.is_object() || value.contains("lines") || value.contains("sku")) return nullptr;
  const auto list = value.find("shipments");
  return list != value.end() && list->is_array() ? &*list : nullptr;
}

// As it is to be handed back.
std::string next_of(const json& answer) {
  const auto next = answer.find("next");
  if (next == answer.end()) return "";
  if (next->is_string()) return next->get<std::string>();
  return next->is_number_integer() ? next->dump() : "";
}

bool has_more(const json& answer) {
  const auto more = answer.find("more");
  return more != answer.end() && more->is_boolean() && more->get<bool>();
}

std::string_view first_line(std::string_view text) {
  return trim(text.substr(0, text.find('\n')));
}

}  // namespace

bool is_traces_json(std::string_view text) {
  text = trim(without_bom(text));
  json value = parsed(first_line(text));
  if (value.is_discarded()) value = parsed(text);
  if (value.is_array()) return !value.empty() && events_of(value.front()) != nullptr;
  return shipments_of(value) != nullptr || events_of(value) != nullptr;
}

void import_traces_json(std::string_view text, const ImportContext& context) {
  text = without_bom(text);
  if (const json whole = parsed(text); !whole.is_discarded()) {
    if (whole.is_object()) {
      context.outcome.next = next_of(whole);
      context.outcome.more = has_more(whole);
    }
    const json* const list = shipments_of(whole);
    if (list == nullptr) return take_shipment(context, 1, whole);
    for (std::size_t i = 0; i < list->size(); ++i) take_shipment(context, i + 1, (*list)[i]);
    return;
  }
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = first_line(text);
    if (!line.empty()) take_shipment(context, number, parsed(line));
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
}

bool is_traces(const Header& header) {
  return header.has({"number", "time", "text"}) || header.has({"number", "time", "status"});
}

void import_traces(Table& table, const ImportContext& context) {
  while (const auto row = table.next()) {
    const auto get = [&](std::string_view name) { return clean_text(table.get(*row, name)); };
    Problem problem;
    Trace trace;
    if (!row->problem.empty()) problem = "The row " + row->problem;
    if (!problem) problem = read_parcel(get("carrier"), get("number"), trace);
    if (!problem) problem = take_event(context, trace, get("time"), get("text"), get("status"));
    if (problem)
      context.outcome.rejects.push_back({row->line, *problem + ".", std::string(row->source)});
  }
}

}  // namespace packbench::exchange
