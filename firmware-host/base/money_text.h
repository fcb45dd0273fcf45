// Money as text: decimal strings in and out, by the minor units of ISO 4217.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"

namespace packbench {

// Digits behind the point: 2 for most, 0 for JPY, KRW, VND ..., 3 for KWD, BHD, JOD ...
int minor_digits(std::string_view currency);

// "12.50", "-3", "1284.5"; more digits than the currency has are rounded half away from zero.
// Thousands separators are refused: "1,284" means different things in different places.
std::optional<Money> parse_money(std::string_view text, std::string_view currency);

// "1284.50", no symbol and no separators.
std::string format_money(const Money& money);

}  // namespace packbench
