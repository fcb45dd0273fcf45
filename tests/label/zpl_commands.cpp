#include "tests/label/zpl_commands.h"

#include <algorithm>
#include <cstdlib>

namespace packbench::label {
namespace {

// What follows the four numbers of ^GFA.
bool is_dots(std::string_view data) {
  const std::string_view packed = ":Z64:";
  const bool z64 = data.starts_with(packed);
  if (z64) {
    data.remove_prefix(packed.size());
    const std::size_t colon = data.find(':');
    if (colon == std::string_view::npos || data.size() != colon + 5) return false;
    const std::string sum(data.substr(colon + 1));
    if (std::strtoul(sum.c_str(), nullptr, 16) != zpl_checksum(data.substr(0, colon))) return false;
  }
  return std::all_of(data.begin(), data.end(), [&](char c) {
    const bool alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const std::string_view signs = z64 ? "+/=:" : ",:!";
    return alphanumeric || signs.find(c) != std::string_view::npos;
  });
}

}  // namespace

ZplCommands zpl_commands(std::string_view job) {
  ZplCommands out;
  bool open = false;
  std::size_t at = std::min(job.find_first_of("^~"), job.size());
  out.outside = job.substr(0, at);
  while (at < job.size()) {
    const std::size_t end = std::min(job.find_first_of("^~", at + 1), job.size());
    std::string_view command = job.substr(at, end - at);
    while (!command.empty() && (command.back() == '\n' || command.back() == '\r'))
      command.remove_suffix(1);
    at = end;
    if (command.starts_with("^GF")) {
      std::size_t comma = 0;
      for (int i = 0; i < 4 && comma != std::string_view::npos; ++i)
        comma = command.find(',', comma + 1);
      out.only_dots &= comma != std::string_view::npos && is_dots(command.substr(comma + 1));
      command = command.substr(0, comma);
    }
    if (command == "^XA") {
      out.labels += open ? 100 : 0;
      open = true;
    } else if (command.starts_with("^XZ")) {
      out.labels += open ? 1 : 100;
      open = false;
      out.outside += command.substr(3);
    }
    out.all.emplace_back(command);
  }
  if (open) out.labels += 100;
  return out;
}

unsigned zpl_checksum(std::string_view text) {
  unsigned sum = 0;
  for (const char c : text) {
    for (unsigned bit = 0x80; bit != 0; bit >>= 1U) {
      const bool carry = ((sum & 0x8000U) != 0) != ((static_cast<unsigned char>(c) & bit) != 0);
      sum = (sum << 1U) & 0xFFFFU;
      if (carry) sum ^= 0x1021U;
    }
  }
  return sum;
}

}  // namespace packbench::label
