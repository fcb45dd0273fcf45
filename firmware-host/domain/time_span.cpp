#include "domain/time_span.h"

#include "base/time_text.h"

namespace packbench {
namespace {

std::optional<Instant> moment(std::string_view text, const std::string& zone) {
  if (const auto exact = parse_iso8601(text)) return exact;
  return parse_local(text, zone);
}

}  // namespace

std::optional<TimeSpan> parse_span(std::string_view from, std::string_view to,
                                   const std::string& zone) {
  const auto begin = moment(from, zone);
  if (!begin) return std::nullopt;
  if (const auto day = local_midnight(to, zone)) {
    const Instant end = local_minute(*day, 1, 0, zone);
    return *begin < end ? std::optional(TimeSpan{*begin, end}) : std::nullopt;
  }
  const auto end = moment(to, zone);
  if (!end || *end < *begin) return std::nullopt;
  return TimeSpan{*begin, *end};
}

}  // namespace packbench
