// Code 128 (ISO/IEC 15417): text to bars with the fewest possible symbols. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace packbench::label {

// Blank modules that a reader needs on either side.
constexpr int kCode128QuietModules = 10;

// Widths of bar, space, bar ... in modules, without quiet zones. Nothing for an empty text, one of
// more than 80 characters or one with other than printable ASCII characters.
std::optional<std::vector<std::uint8_t>> code128_widths(std::string_view text);

// Modules from the first to the last bar.
int total_modules(const std::vector<std::uint8_t>& widths);

}  // namespace packbench::label
