// Another program run as a child on bytes that nobody vouches for: it may crash, hang or grow, and
// nothing but its answer is lost. No shell, no file, no environment of ours; it reads the bytes
// from its standard input and answers on its standard output. Any thread; blocks for at most
// `time`.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace packbench::program {

struct ChildLimits {
  std::uint64_t memory = 0;  // bytes of address space
  int cpu_seconds = 0;
  std::chrono::milliseconds time{0};  // by the clock on the wall; then it is killed
  std::size_t output = 0;             // bytes; a longer answer is an error
};

// The program's answer. `command` is its name, looked for in PATH, and its arguments. Errors:
// no_program, too_slow, too_large, child_failed (it crashed, or says itself that it failed).
Result<std::string> run_child(const std::vector<std::string>& command, std::string_view input,
                              const ChildLimits& limits);

}  // namespace packbench::program
