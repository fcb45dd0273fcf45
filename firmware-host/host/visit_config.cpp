#include "host/visit_config.h"

namespace packbench::host {

std::optional<Error> read_visits(const toml::table* table, const KeyPlaces& places,
                                 station::VisitPolicy& policy) {
  if (table == nullptr) return std::nullopt;
  Section s(table, "visits");
  std::int64_t minutes = policy.grace.us / Duration::minutes(1).us;
  s.read("grace_minutes", minutes, "a number of minutes");
  if (minutes < 0 || minutes > 24 * 60) s.fail("grace_minutes", "0 to 1440 minutes");
  policy.grace = Duration::minutes(minutes);
  choose<bool>(s, "stop_regions", policy.keeps_back, {{"warn", false}, {"hold", true}});
  return s.finish(places);
}

}  // namespace packbench::host
