// Moment: when something happened on another thread, for the one that waits for it.
// Thread rule: `clear` and `us_since` on the waiting thread, `now` on any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "base/check.h"

namespace packbench::benchmark {

class Moment {
 public:
  using Clock = std::chrono::steady_clock;

  void clear() {
    const std::lock_guard lock(mutex_);
    at_.reset();
  }

  // The time is taken before the lock, so that nobody's waiting is counted.
  void now() {
    const Clock::time_point at = Clock::now();
    const std::lock_guard lock(mutex_);
    at_ = at;
    changed_.notify_all();
  }

  double us_since(Clock::time_point start) {
    std::unique_lock lock(mutex_);
    CHECK(changed_.wait_for(lock, std::chrono::seconds(30), [this] { return at_.has_value(); }));
    return std::chrono::duration<double, std::micro>(*at_ - start).count();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Clock::time_point> at_;
};

}  // namespace packbench::benchmark
