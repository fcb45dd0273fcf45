#include "label/crc16.h"

#include <array>
#include <cstdint>

namespace packbench::label {
namespace {

constexpr std::array<std::uint16_t, 256> make_table() {
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    unsigned sum = byte << 8U;
    for (int bit = 0; bit < 8; ++bit) sum = (sum << 1U) ^ ((sum & 0x8000U) != 0 ? 0x1021U : 0U);
    table[byte] = static_cast<std::uint16_t>(sum);
  }
  return table;
}
constexpr auto kTable = make_table();

}  // namespace

std::string crc16_text(std::string_view bytes) {
  std::uint16_t sum = 0;
  for (const char c : bytes) {
    const unsigned at = (sum >> 8U) ^ static_cast<unsigned char>(c);
    sum = static_cast<std::uint16_t>((sum << 8U) ^ kTable[at & 0xFFU]);
  }
  std::string out;
  for (int shift = 12; shift >= 0; shift -= 4)
    out += "0123456789ABCDEF"[(sum >> static_cast<unsigned>(shift)) & 0xFU];
  return out;
}

}  // namespace packbench::label
