// BoundedQueue<T>: the inbox between threads. Full means the caller is told, never that it grows.
// Thread rule: every member may be called from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace packbench {

template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  // `spare`: places that are left to others.
  bool push(T value, std::size_t spare = 0) {
    {
      std::lock_guard lock(mutex_);
      if (items_.size() + spare >= capacity_) return false;
      items_.push_back(std::move(value));
    }
    changed_.notify_one();
    return true;
  }

  std::optional<T> pop() {
    std::lock_guard lock(mutex_);
    return take();
  }

  // Waits for an item at most `timeout`; wall clocks play no part in it.
  std::optional<T> pop_within(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, timeout, [this] { return !items_.empty(); });
    return take();
  }

  bool empty() const {
    std::lock_guard lock(mutex_);
    return items_.empty();
  }

 private:
  std::optional<T> take() {
    if (items_.empty()) return std::nullopt;
    T value = std::move(items_.front());
    items_.pop_front();
    return value;
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> items_;
};

}  // namespace packbench
