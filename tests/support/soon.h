// soon: waits for what the program does in its own time, such as a request to a server.
#pragma once

#include <chrono>
#include <thread>

namespace packbench::test {

// Whether it comes true within two minutes; what is tried again may be some seconds away.
template <class Reached>
bool soon(Reached reached) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (std::chrono::steady_clock::now() < deadline) {
    if (reached()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

}  // namespace packbench::test
