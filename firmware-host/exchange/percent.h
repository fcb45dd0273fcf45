// Percent: bytes that may not stand in a header or an address, as %XX. Pure.
#pragma once

#include <string>
#include <string_view>

namespace packbench::exchange {

// `keeps` says of an unsigned char whether it stays as it is.
template <class Keeps>
std::string percent_encoded(std::string_view text, Keeps keeps) {
  constexpr const char* hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (keeps(byte))
      out += c;
    else
      out += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  return out;
}

}  // namespace packbench::exchange
