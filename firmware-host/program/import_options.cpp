#include "program/import_options.h"

namespace packbench::program {
namespace {

Result<TraceRules> load_trace_rules(const Places& places, const host::Config& config) {
  const std::string& own = config.trace_rules;
  const auto text =
      read_file(own.empty() ? places.assets + "/traces/rules.json" : in_data(places.data, own));
  if (!text) return text.error();
  return parse_trace_rules(text.value());
}

}  // namespace

Result<exchange::ImportOptions> import_options(const Places& places, const host::Config& config) {
  auto rules = load_trace_rules(places, config);
  if (!rules) return rules.error();
  exchange::ImportOptions options;
  options.time_zone = config.policy.zone;
  options.services = config.services_not_packed;
  options.random = random_bytes;
  options.traces = std::move(rules).value();
  return options;
}

}  // namespace packbench::program
