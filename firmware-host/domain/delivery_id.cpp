#include "domain/delivery_id.h"

#include <charconv>

namespace packbench {
namespace {

template <class Number>
std::optional<Number> positive(std::string_view digits) {
  Number number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, number);
  if (problem != std::errc() || stop != end || number < 1) return std::nullopt;
  return number;
}

}  // namespace

std::string delivery_id_text(const DeliveryId& id) {
  return std::to_string(id.release) + "-" + std::to_string(id.place);
}

std::optional<DeliveryId> parse_delivery_id(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto release = positive<std::int64_t>(text.substr(0, dash));
  const auto place = positive<int>(text.substr(dash + 1));
  if (!release || !place) return std::nullopt;
  return DeliveryId{*release, *place};
}

}  // namespace packbench
