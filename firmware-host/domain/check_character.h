// Check character of the printed command codes.
// Pure functions.
//
// The alphabet holds the ten digits and the capitals whose key is in the same place on the US,
// French and German keyboard (so not A, Q, W, Z, M, Y), without O, which looks like a zero: 29
// characters. 29 is prime and 2 is a primitive root of it, so with weights 1, 2, 4 ... any one
// wrong character and any two exchanged ones are found in up to 28 characters.
#pragma once

#include <optional>
#include <string_view>

namespace packbench {

constexpr std::string_view kSafeAlphabet = "0123456789BCDEFGHIJKLNPRSTUVX";

// Whether a text is not empty and every character stands in the alphabet.
bool is_layout_safe(std::string_view text);

// The character to append; nothing where the text is not layout-safe.
std::optional<char> check_character(std::string_view text);

// Whether the last character is the check character of those before it.
bool check_character_holds(std::string_view text);

}  // namespace packbench
