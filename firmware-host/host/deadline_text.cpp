#include "host/deadline_text.h"

#include "base/time_text.h"

namespace packbench::host {

std::string deadline_text(const std::optional<Instant>& ship_by,
                          const std::optional<Instant>& last_visit, const ListingStyle& style) {
  const auto due = true_deadline(ship_by, last_visit);
  if (!due) return "";
  const std::string time = format_local(*due, style.zone, "%m-%d %H:%M");
  if (style.language == station::Language::zh)
    return (last_visit ? "揽收 " : "发货 ") + time + " 前";
  return (last_visit ? "pickup by " : "ship by ") + time;
}

}  // namespace packbench::host
