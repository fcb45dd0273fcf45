#include "base/bounded.h"

#include <gtest/gtest.h>

#include <thread>

namespace packbench {
namespace {

TEST(BoundedQueue, KeepsOrderAndRefusesWhenFull) {
  BoundedQueue<int> queue(2);
  EXPECT_TRUE(queue.empty());
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  EXPECT_FALSE(queue.push(3));
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_TRUE(queue.push(4));
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), 4);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, GivesUpWaitingOnAnEmptyQueue) {
  BoundedQueue<int> queue(1);
  EXPECT_EQ(queue.pop_within(std::chrono::milliseconds(1)), std::nullopt);
}

TEST(BoundedQueue, HandsEveryItemFromOneThreadToAnother) {
  constexpr int kItems = 10'000;
  BoundedQueue<int> queue(16);
  std::thread sender([&queue] {
    for (int i = 1; i <= kItems; ++i) {
      while (!queue.push(i)) std::this_thread::yield();
    }
  });
  int expected = 1;
  while (expected <= kItems) {
    const auto item = queue.pop_within(std::chrono::minutes(1));
    if (!item || *item != expected) break;
    ++expected;
  }
  // Whatever went wrong, the sender must find room to finish.
  while (expected <= kItems && queue.pop_within(std::chrono::milliseconds(100))) {
  }
  sender.join();
  EXPECT_EQ(expected, kItems + 1);
}

}  // namespace
}  // namespace packbench
