// UTF-8: decoding with every malformed sequence refused (RFC 3629). Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace packbench {

bool is_utf8(std::string_view bytes);

// The code points of a text; nothing where the bytes are not UTF-8.
std::optional<std::vector<char32_t>> code_points(std::string_view text);

std::string to_utf8(char32_t code_point);

// The text without control characters (C0, C1, bidirectional marks), which no screen, label or
// file of ours has a use for.
std::string printable(std::string_view text);

}  // namespace packbench
