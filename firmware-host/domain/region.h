// Region: a part of the world as carriers and platforms name it, held against what the bench knows
// of a receiver without opening it: the country and the province. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/order.h"

namespace packbench {

// "*": everywhere; a province with or without its 省, 市, 自治区; a country as its two letters.
// Behind a stroke stands a part of it, a city or the beginning of a postcode ("浙江省/杭州市",
// "浙江/3100"), which is sealed with the receiver.
struct Region {
  std::string place;
  std::string part;  // empty: the whole place
};
// Nothing where the text names no place; a postcode alone is none.
std::optional<Region> parse_region(std::string_view text);

enum class InRegion { no, perhaps, yes };  // perhaps: in the place, its part is not known
InRegion in_region(const Order& order, const Region& region);

}  // namespace packbench
