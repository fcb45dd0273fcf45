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
  bool only_dots = true;  // what ^GF carries is ASCII or Z64 dots and nothing else
  std::string outside;    // bytes before the first command, or other than line ends after ^XZ
};
ZplCommands zpl_commands(std::string_view job);

}  // namespace packbench::label
