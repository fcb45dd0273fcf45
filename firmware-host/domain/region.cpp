#include "domain/region.h"

#include <algorithm>
#include <array>

#include "base/digit.h"

namespace packbench {
namespace {

// The longer ones first: each ends like one behind it.
constexpr std::array<std::string_view, 7> kKindsOfProvince{
    "特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"};

std::string_view without_spaces(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string place_key(std::string_view name) {
  std::string_view text = without_spaces(name);
  for (const std::string_view kind : kKindsOfProvince) {
    if (text.size() <= kind.size() || !text.ends_with(kind)) continue;
    text.remove_suffix(kind.size());
    break;
  }
  return lower_case(text);
}

}  // namespace

std::optional<Region> parse_region(std::string_view text) {
  const std::size_t stroke = text.find('/');
  Region region;
  region.place = without_spaces(text.substr(0, stroke));
  if (stroke != std::string_view::npos) region.part = without_spaces(text.substr(stroke + 1));
  const bool only_digits = std::all_of(region.place.begin(), region.place.end(), is_digit);
  const bool cut_off = stroke != std::string_view::npos && region.part.empty();
  if (only_digits || cut_off) return std::nullopt;
  return region;
}

InRegion in_region(const Order& order, const Region& region) {
  const std::string place = place_key(region.place);
  const bool there = place == "*" || place == place_key(order.province) ||
                     place == lower_case(without_spaces(order.country));
  if (!there) return InRegion::no;
  return region.part.empty() ? InRegion::yes : InRegion::perhaps;
}

}  // namespace packbench
