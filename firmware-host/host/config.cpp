#include "host/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/money_text.h"
#include "base/time_text.h"
#include "exchange/import.h"
#include "host/config_section.h"
#include "host/delivery_config.h"
#include "host/device_config.h"
#include "host/label_config.h"
#include "host/number_config.h"
#include "host/printer_config.h"
#include "host/season_config.h"
#include "host/visit_config.h"

namespace packbench::host {
namespace {

using station::WeightPolicy;

void read_bench(Section& s, Config& config) {
  choose<station::Language>(s, "language", config.language,
                            {{"zh", station::Language::zh}, {"en", station::Language::en}});
  s.read("bench", config.bench_name, "a text");
  s.read("time_zone", config.policy.zone, "an IANA time zone");
  if (!zone_exists(config.policy.zone)) s.fail("time_zone", "an IANA time zone");
  s.read("printer", config.printer, "a text");
  s.read("fallback_printer", config.fallback_printer, "a text");
  s.read("usb", config.usb, "true or false");
  choose<bool>(s, "typed_codes", config.policy.typed_by_supervisor,
               {{"all", false}, {"supervisor", true}});
  s.know("device");
  s.know("season");
  s.read("outbox", config.outbox, "a folder");
  s.read("carrier_outbox", config.carrier_outbox, "a folder");
  s.read("trace_rules", config.trace_rules, "a file");
  s.read("default_carrier", config.policy.default_carrier, "a carrier's code");
  s.read("default_service", config.policy.default_service, "a service's code");
  choose<LabelSource>(s, "label_source", config.policy.label_source,
                      {{"own", LabelSource::own},
                       {"preprinted", LabelSource::preprinted},
                       {"supplied", LabelSource::supplied}});
  std::string checklist;
  s.read("checklist", checklist, "a file");
  s.read_list("seasons", config.policy.seasons);
  s.read_list("services_not_packed", config.services_not_packed);
  std::int64_t seconds = config.print_deadline.us / 1'000'000;
  s.read("print_deadline_s", seconds, "a number of seconds");
  if (seconds < 1 || seconds > 600) s.fail("print_deadline_s", "1 to 600");
  config.print_deadline = Duration::seconds(seconds);
}

void read_weight(Section& s, station::Policy& policy) {
  choose<WeightPolicy>(s, "policy", policy.weight,
                       {{"none", WeightPolicy::none},
                        {"before_print", WeightPolicy::before_print},
                        {"at_label_scan", WeightPolicy::at_label_scan}});
  std::int64_t percent = policy.weight_tolerance_percent;
  s.read("scale", policy.has_scale, "true or false");
  choose<bool>(s, "without_scale", policy.stages_without_scale, {{"stop", false}, {"skip", true}});
  s.read("tolerance_g", policy.weight_tolerance_g, "a number of grams");
  s.read("tolerance_percent", percent, "a whole number");
  s.read("packaging_g", policy.packaging_weight_g, "a number of grams");
  if (percent < 0 || percent > 100) s.fail("tolerance_percent", "0 to 100");
  policy.weight_tolerance_percent = static_cast<int>(percent);
}

void read_sender(Section& s, Receiver& sender) {
  s.read("name", sender.name, "a text");
  s.read("phone", sender.phone, "a text");
  s.read("province", sender.province, "a text");
  s.read("city", sender.city, "a text");
  s.read("district", sender.district, "a text");
  s.read("address", sender.address, "a text");
  s.read("postcode", sender.postcode, "a text");
  s.read("country", sender.country, "a text");
}

void read_hours(Section& s, const char* key, Duration& out) {
  std::int64_t hours = out.us / Duration::hours(1).us;
  s.read(key, hours, "a number of hours");
  if (hours < 1 || hours > 24 * 365) s.fail(key, "1 to 8760 hours");
  out = Duration::hours(hours);
}

void read_money(Section& s, const char* key, const std::string& currency, std::int64_t& out) {
  std::string amount;
  s.read(key, amount, "an amount such as \"5.00\"");
  if (amount.empty()) return;
  const auto money = parse_money(amount, currency);
  if (money && money->minor >= 0)
    out = money->minor;
  else
    s.fail(key, "an amount such as \"5.00\"");
}

std::optional<Error> read_platform(const toml::node& node, const std::string& name,
                                   const KeyPlaces& places, PlatformPolicy& policy) {
  if (!node.is_table()) return bad_config("platform." + name, "a table", line_of(&node));
  Section s(node.as_table(), "platform." + name);
  read_hours(s, "ship_promise_hours", policy.ship_promise);
  read_hours(s, "first_trace_hours", policy.first_trace);
  read_hours(s, "hub_trace_hours", policy.hub_trace);
  read_hours(s, "at_risk_hours", policy.at_risk);
  read_hours(s, "same_buyer_hours", policy.same_buyer);
  s.read("compensation_percent", policy.compensation_percent, "a whole number");
  if (policy.compensation_percent < 0 || policy.compensation_percent > 100)
    s.fail("compensation_percent", "0 to 100");
  const std::string inherited = policy.currency;
  s.read("currency", policy.currency, "a currency such as CNY");
  if (!parse_money("0", policy.currency)) s.fail("currency", "a currency such as CNY");
  // Amounts of another currency mean nothing in this one.
  if (policy.currency != inherited)
    policy.compensation_min = policy.compensation_max = policy.service_breach = -1;
  read_money(s, "compensation_min", policy.currency, policy.compensation_min);
  read_money(s, "compensation_max", policy.currency, policy.compensation_max);
  read_money(s, "service_breach", policy.currency, policy.service_breach);
  if (policy.compensation_min < 0 || policy.compensation_max < 0 || policy.service_breach < 0)
    s.fail("currency", "followed by compensation_min, compensation_max and service_breach in it");
  if (policy.compensation_min > policy.compensation_max)
    s.fail("compensation_max", "at least compensation_min");
  s.read("points_min", policy.points_min, "a whole number");
  s.read("points_max", policy.points_max, "a whole number");
  if (policy.points_min < 0) s.fail("points_min", "0 or more");
  if (policy.points_max < policy.points_min) s.fail("points_max", "at least points_min");
  return s.finish(places);
}

// What a platform does not say holds as for the default one.
std::optional<Error> read_platforms(const toml::table* table, const KeyPlaces& places,
                                    PlatformPolicies& policies) {
  PlatformPolicy& plain = policies[""];
  if (table == nullptr) return std::nullopt;
  if (const toml::node* node = table->get("default")) {
    if (auto error = read_platform(*node, "default", places, plain)) return error;
  }
  for (const auto& [key, node] : *table) {
    const std::string name(key.str());
    if (name == "default") continue;
    PlatformPolicy policy = plain;
    if (auto error = read_platform(node, name, places, policy)) return error;
    policies[name] = policy;
  }
  return std::nullopt;
}

std::optional<Error> read_carriers(const toml::table* table, Config& config) {
  if (table == nullptr) return std::nullopt;
  for (const auto& [key, node] : *table) {
    const auto name = node.value<std::string>();
    if (!name) return bad_config("carriers." + std::string(key.str()), "a text", line_of(&node));
    config.carrier_names[std::string(key.str())] = *name;
  }
  return std::nullopt;
}

bool is_bound(const Config& config, ports::DeviceRole role) {
  return std::any_of(config.devices.begin(), config.devices.end(),
                     [&](const ports::DeviceBinding& device) { return device.role == role; });
}

const std::set<std::string>& table_names() {
  static const std::set<std::string> names{"weight",   "label",    "sender",   "platform",
                                           "carriers", "waybills", "delivery", "message",
                                           "traces",   "visits"};
  return names;
}

std::optional<Error> check_tables(const toml::table& root) {
  for (const auto& [key, node] : root) {
    const std::string name(key.str());
    const std::size_t line = key.source().begin.line;
    // One pair of brackets too few, or too many, is the likely slip.
    if (node.is_table() && (name == "device" || name == "season"))
      return bad_config(name, "written as [[" + name + "]]", line);
    if (table_names().count(name) != 0) {
      if (!node.is_table()) return bad_config(name, "written as [" + name + "]", line);
      continue;
    }
    if (!node.is_table()) continue;
    const auto meant = nearest(name, table_names());
    return bad_file("[" + name + "]: there is no such table" +
                        (meant ? "; did you mean [" + *meant + "]?" : ""),
                    line);
  }
  return std::nullopt;
}

// In a table whose keys are free, a line that was meant for the top would be taken for one of them.
std::optional<Error> check_free_table(const toml::table* table, const std::string& name,
                                      const std::set<std::string>& top) {
  if (table == nullptr) return std::nullopt;
  for (const auto& [key, node] : *table) {
    const std::string word(key.str());
    if (top.count(word) != 0 || table_names().count(word) != 0)
      return bad_file(word + " stands in [" + name + "]; move it above the first [table]",
                      key.source().begin.line);
  }
  return std::nullopt;
}

Result<toml::table> parse(const std::string& text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& e) {
    std::ostringstream where;
    where << e.source().begin;
    return Error{"bad_config", "packbench.toml, " + where.str() + ": " +
                                   std::string(e.description()) + "; mend it and start again"};
  }
}

Config defaults() {
  Config config;
  config.policy.default_carrier = "SF";
  config.services_not_packed = exchange::ImportOptions::default_services();
  return config;
}

}  // namespace

Result<std::string> checklist_path(const std::string& text) {
  const auto table = parse(text);
  if (!table) return table.error();
  return table.value()["checklist"].value_or(std::string());
}

Result<Config> parse_config(const std::string& text, const std::string& checklist) {
  const auto parsed = parse(text);
  if (!parsed) return parsed.error();
  const toml::table& root = parsed.value();
  Config config = defaults();
  Section top(&root, "");
  read_bench(top, config);
  Section weight(root["weight"].as_table(), "weight");
  read_weight(weight, config.policy);
  Section sender(root["sender"].as_table(), "sender");
  read_sender(sender, config.sender);
  if (auto error = check_tables(root)) return *error;
  KeyPlaces places;
  for (const Section* section : {&top, &weight, &sender}) section->add_to(places);
  add_device_keys(places);
  for (Section* section : {&top, &weight, &sender}) {
    if (auto error = section->finish(places)) return *error;
  }
  for (const char* name : {"platform", "carriers", "label.template"}) {
    if (auto error = check_free_table(root.at_path(name).as_table(), name, top.known()))
      return *error;
  }
  if (auto error = read_platforms(root["platform"].as_table(), places, config.policy.platforms))
    return *error;
  if (auto error = read_seasons(root["season"], places, config.policy)) return *error;
  if (auto error = read_label(root, config.label, config.policy)) return *error;
  if (auto error = read_numbers(root.get("waybills"), places, config.policy.numbers)) return *error;
  if (auto error = read_visits(root["visits"].as_table(), places, config.policy.visits))
    return *error;
  if (auto error = read_delivery(root["delivery"].as_table(), places, config.delivery))
    return *error;
  if (auto error = read_trace_poll(root["traces"].as_table(), places, config.traces)) return *error;
  if (auto error = read_message(root["message"].as_table(), places, config.message)) return *error;
  config.policy.delivers = !config.delivery.url.empty();
  if (auto error = read_carriers(root["carriers"].as_table(), config)) return *error;
  if (auto error = read_devices(root["device"], places, config.devices)) return *error;
  // A scale that is bound is one that the bench counts on.
  if (!root["weight"]["scale"])
    config.policy.has_scale = is_bound(config, ports::DeviceRole::scale);
  if (auto error = settle_printers(config)) return *error;
  auto rules = parse_checklist(checklist);
  if (!rules) return rules.error();
  config.policy.checklist = std::move(rules).value();
  return config;
}

}  // namespace packbench::host
