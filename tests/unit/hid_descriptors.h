// HID descriptors for tests, written from the standards, as pairs of hex digits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace packbench::test {

using Bytes = std::vector<std::uint8_t>;

// Pairs of hex digits; anything else between them is skipped.
inline Bytes hex(std::string_view text) {
  Bytes bytes;
  std::string digits;
  for (const char c : text) {
    if (std::string_view("0123456789abcdefABCDEF").find(c) == std::string_view::npos) continue;
    digits.push_back(c);
    if (digits.size() < 2) continue;
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(digits, nullptr, 16)));
    digits.clear();
  }
  return bytes;
}

// Report 2: byte count, three characters of the symbology identifier, 56 bytes of data, two bytes
// of the maker's own, "continued" in one bit.
constexpr std::string_view kCountedPos =
    "05 8c 09 02 a1 01 09 12 a1 02 85 02 15 00 26 ff 00 75 08 95 01 05 01 09 3b 81 02 95 03 05 8c "
    "09 fb 09 fc 09 fd 81 02 95 38 09 fe 82 02 01 95 01 06 66 ff 09 04 81 02 09 00 81 02 05 8c "
    "25 01 75 01 09 ff 81 02 75 07 81 03 c0 c0";

// Report 1: four bytes of data, "continued"; no count, no identifier.
constexpr std::string_view kShortPos =
    "05 8c 09 02 a1 01 85 01 15 00 26 ff 00 75 08 95 04 09 fe 82 02 01 25 01 75 01 95 01 09 ff "
    "81 02 75 07 81 03 c0";

// As in HID 1.11, appendix B.1, with the lamps.
constexpr std::string_view kKeyboard =
    "05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01 95 05 "
    "75 01 05 08 19 01 29 05 91 02 95 01 75 03 91 01 95 06 75 08 15 00 25 65 05 07 19 00 29 65 "
    "81 00 c0";

// HID point of sale 1.02: status, unit, scaling and weight in report 3, the status alone in 4.
constexpr std::string_view kScale =
    "05 8d 09 20 a1 01 09 32 a1 02 85 03 75 08 95 01 15 01 09 70 a1 02 25 08 19 71 29 78 81 00 c0 "
    "09 50 a1 02 25 0c 19 51 29 5c 81 00 c0 15 81 25 7f 09 41 81 02 75 10 15 00 27 ff ff 00 00 "
    "09 40 81 02 c0 09 33 a1 02 85 04 75 08 15 01 25 08 19 71 29 78 81 00 c0 c0";

}  // namespace packbench::test
