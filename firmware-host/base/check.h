// CHECK: a bug in this program. It says where and aborts, in every build. Not for bad input
// (an alert) and not for devices or disks (a Result).
#pragma once

namespace packbench {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::packbench::check_failed(#condition, __FILE__, __LINE__))
