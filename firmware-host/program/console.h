// The console: the bench without its screen. One scan or action a line in, one answer a line out.
// What a USB scanner reads is answered like a line.
#pragma once

#include <iosfwd>

#include "program/bench.h"

namespace packbench::program {

struct ConsoleOptions {
  BenchOptions bench;
  bool json = false;
};

// Exit code: 0, or 1 where the bench could not be opened.
int run_console(const ConsoleOptions& options, int in_fd, std::ostream& out, std::ostream& err);

// "\x1d" -> GS, "\\" -> a backslash; any other backslash stands for itself.
std::string unescape(const std::string& line);

}  // namespace packbench::program
