// DeliveryId: names one confirmation on its way by HTTP, by the record that released it and its
// place in there, from 1. Written "57-1". Value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace packbench {

struct DeliveryId {
  std::int64_t release = 0;
  int place = 0;
  auto operator<=>(const DeliveryId&) const = default;
};

std::string delivery_id_text(const DeliveryId& id);
std::optional<DeliveryId> parse_delivery_id(std::string_view text);

}  // namespace packbench
