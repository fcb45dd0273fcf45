#include "host/number_config.h"

namespace packbench::host {
namespace {

constexpr std::int64_t kMost = 10'000;  // counting up to it costs a packer nothing
constexpr const char* kWanted = "0 to 10000 numbers; 0 warns never";

bool is_wanted(std::int64_t numbers) {
  return numbers >= 0 && numbers <= kMost;
}

std::optional<Error> read_carriers(const toml::node& node, station::NumberPolicy& policy) {
  const toml::table* table = node.as_table();
  if (table == nullptr)
    return bad_config("waybills.low", "written as [waybills.low]", line_of(&node));
  for (const auto& [key, value] : *table) {
    const auto numbers = value.value<std::int64_t>();
    if (!numbers || !is_wanted(*numbers))
      return bad_config("waybills.low." + std::string(key.str()), kWanted, line_of(&value));
    policy.low[std::string(key.str())] = static_cast<int>(*numbers);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> read_numbers(const toml::node* node, const KeyPlaces& places,
                                  station::NumberPolicy& policy) {
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) return bad_config("waybills", "written as [waybills]", line_of(node));
  Section s(node->as_table(), "waybills");
  std::int64_t low_water = policy.low_water;
  s.read("low_water", low_water, "a whole number");
  if (!is_wanted(low_water)) s.fail("low_water", kWanted);
  std::int64_t hours = policy.expiry_warning.us / Duration::hours(1).us;
  s.read("expiry_warning_hours", hours, "a number of hours");
  if (hours < 1 || hours > 24 * 365) s.fail("expiry_warning_hours", "1 to 8760 hours");
  s.know("low");
  if (auto error = s.finish(places)) return error;
  policy.low_water = static_cast<int>(low_water);
  policy.expiry_warning = Duration::hours(hours);
  const toml::node* low = node->as_table()->get("low");
  return low == nullptr ? std::nullopt : read_carriers(*low, policy);
}

}  // namespace packbench::host
