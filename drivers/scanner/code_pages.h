// The characters that Windows types for Alt and a number: code page 437 for 128 to 255 without a
// leading zero, Windows-1252 with one. Pure functions.
#pragma once

#include <cstdint>

namespace packbench::drivers {

// Windows shows pictures below 32; a scanner that sends these means the control characters.
char32_t code_page_437(std::uint8_t code);

// Codes that Windows-1252 leaves open give the C1 control character of the same number.
char32_t windows_1252(std::uint8_t code);

}  // namespace packbench::drivers
