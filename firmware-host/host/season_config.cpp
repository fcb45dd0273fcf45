#include "host/season_config.h"

#include <algorithm>

#include "domain/region.h"

namespace packbench::host {
namespace {

constexpr const char* kDay = "a day such as \"2026-11-22\" or a time such as \"2026-11-22 08:00\"";

// What is sealed with the receiver moves no promise.
bool is_whole(const std::string& text) {
  const auto region = parse_region(text);
  return region && region->part.empty();
}

std::optional<Error> read_season(const toml::node& node, std::size_t number,
                                 const KeyPlaces& places, const station::Policy& policy,
                                 SeasonNotice& notice) {
  Section s(node.as_table(), "season " + std::to_string(number));
  std::string from, to;
  std::int64_t hours = 0;
  s.read("name", notice.name, "a text");
  s.read("from", from, kDay);
  s.read("to", to, kDay);
  s.read("extra_hours", hours, "a number of hours");
  s.read_list("regions", notice.regions);
  s.read_list("carriers", notice.carriers);
  if (notice.name.empty()) s.fail("name", "a text");
  if (hours < 1 || hours > 24 * 90) s.fail("extra_hours", "1 to 2160 hours");
  const auto span = parse_span(from, to, policy.zone);
  if (!span) s.fail("to", std::string("not before from, and both ") + kDay);
  if (!std::all_of(notice.regions.begin(), notice.regions.end(), is_whole))
    s.fail("regions", "a list of provinces and of countries' two letters");
  if (auto error = s.finish(places)) return error;
  notice.span = *span;
  notice.extra = Duration::hours(hours);
  notice.unbound =
      notice.carriers.empty() || std::find(notice.carriers.begin(), notice.carriers.end(),
                                           policy.default_carrier) != notice.carriers.end();
  return std::nullopt;
}

}  // namespace

std::optional<Error> read_seasons(toml::node_view<const toml::node> node, const KeyPlaces& places,
                                  station::Policy& policy) {
  if (!node) return std::nullopt;
  const toml::array* tables = node.as_array();
  if (tables == nullptr || !tables->is_homogeneous(toml::node_type::table))
    return bad_config("season", "written as [[season]]", line_of(node.node()));
  std::size_t number = 0;
  for (const toml::node& each : *tables) {
    SeasonNotice notice;
    if (auto error = read_season(each, ++number, places, policy, notice)) return error;
    for (auto& [platform, rules] : policy.platforms) rules.notices.push_back(notice);
  }
  return std::nullopt;
}

}  // namespace packbench::host
