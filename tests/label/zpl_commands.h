// A ZPL job as a printer's interpreter takes it apart, and nothing more: every ^ and ~ begins a
// command (Zebra's Programming Guide), wherever it stands. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace packbench::label {

struct ZplCommands {
  // "^PW800"; of ^GF only what stands before the dots.
  std::vector<std::string> all;
  int labels = 0;         // ^XA ... ^XZ pairs, each closed before the next one opens
  bool only_dots = true;  // what ^GF carries is ASCII dots, or Z64 ones with their checksum
  std::string outside;    // bytes before the first command, or other than line ends after ^XZ
};
ZplCommands zpl_commands(std::string_view job);

// CRC-16 with the polynomial x^16 + x^12 + x^5 + 1 from 0 on, which ends :Z64: data.
unsigned zpl_checksum(std::string_view text);

}  // namespace packbench::label
