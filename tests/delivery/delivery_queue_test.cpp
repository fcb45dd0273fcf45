// Which delivery goes out next.
#include "exchange/delivery_queue.h"

#include <gtest/gtest.h>

#include <vector>

namespace packbench::exchange {
namespace {

Delivery delivery(std::int64_t release, const std::string& group) {
  return {{release, 1}, group, "key" + std::to_string(release), "{}"};
}
constexpr Duration s(std::int64_t seconds) {
  return Duration::seconds(seconds);
}
const DeliveryAnswer kTaken{200, "", std::nullopt};
const DeliveryAnswer kBroken{500, "", std::nullopt};
// The longest wait that chance may choose after the first failure.
constexpr std::uint64_t kASecond = 1'000'000;

// Fails so many deliveries in a row, one after the other, each of a group of its own.
void fail(DeliveryQueue& queue, int count, Duration now, std::uint64_t random = 0) {
  for (int i = 0; i < count; ++i) {
    const Delivery* sent = queue.next(now);
    ASSERT_NE(sent, nullptr) << i;
    queue.ended(*sent, kBroken, now, random);
  }
}

TEST(DeliveryQueue, SendsWhatIsOfOneGroupOneAfterTheOther) {
  DeliveryQueue queue;
  for (std::int64_t i = 1; i <= 3; ++i) queue.add(delivery(i, "P1"));
  queue.add(delivery(4, "P2"));
  const Delivery* first = queue.next({});
  const Delivery* other = queue.next({});
  ASSERT_TRUE(first != nullptr && other != nullptr);
  EXPECT_EQ(first->id.release, 1);
  EXPECT_EQ(other->id.release, 4);
  EXPECT_EQ(queue.next({}), nullptr);
  EXPECT_EQ(queue.ended(*first, kTaken, {}, 0).outcome, DeliveryOutcome::delivered);
  const Delivery* second = queue.next({});
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->id.release, 2);
  // Tried again before the third one goes.
  const DeliveryResult later = queue.ended(*second, kBroken, s(10), kASecond);
  EXPECT_EQ(later.outcome, DeliveryOutcome::later);
  EXPECT_EQ(later.retry_at, s(11));
  EXPECT_EQ(queue.next(s(10)), nullptr);
  EXPECT_EQ(queue.wait(s(10)), s(1));
  second = queue.next(s(11));
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->id.release, 2);
  // Refused for good: the next one of the group goes.
  EXPECT_EQ(queue.ended(*second, {422, "no", std::nullopt}, s(11), 0).outcome,
            DeliveryOutcome::refused);
  const Delivery* third = queue.next(s(11));
  ASSERT_NE(third, nullptr);
  EXPECT_EQ(third->id.release, 3);
  queue.ended(*third, kTaken, s(11), 0);
  queue.ended(*other, kTaken, s(11), 0);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.wait(s(11)), std::nullopt);
}

TEST(DeliveryQueue, KeepsSoManyInFlightAndNoMore) {
  DeliveryQueue queue;
  for (std::int64_t i = 1; i <= 40; ++i) queue.add(delivery(i, std::to_string(i)));
  std::vector<const Delivery*> out;
  while (const Delivery* next = queue.next({})) out.push_back(next);
  EXPECT_EQ(out.size(), DeliveryQueue::kInFlightMost);
  EXPECT_EQ(queue.wait({}), std::nullopt);
  queue.ended(*out.back(), kTaken, {}, 0);
  EXPECT_NE(queue.next({}), nullptr);
}

TEST(DeliveryQueue, OutcomesAreTold) {
  for (const int status : {200, 201, 204, 299})
    EXPECT_EQ(outcome_of(status), DeliveryOutcome::delivered) << status;
  for (const int status : {0, 408, 425, 429, 500, 502, 503, 504, 599})
    EXPECT_EQ(outcome_of(status), DeliveryOutcome::later) << status;
  for (const int status : {301, 302, 307, 400, 401, 403, 404, 409, 410, 413, 422, 451})
    EXPECT_EQ(outcome_of(status), DeliveryOutcome::refused) << status;
}

TEST(DeliveryQueue, TriesOneAtATimeWhenNothingGetsThrough) {
  DeliveryQueue queue;
  for (std::int64_t i = 1; i <= 100; ++i) queue.add(delivery(i, std::to_string(i)));
  fail(queue, DeliveryQueue::kTrouble, {}, kASecond);
  EXPECT_EQ(queue.next({}), nullptr);
  EXPECT_EQ(queue.wait({}), s(1));
  const Delivery* probe = queue.next(s(1));
  ASSERT_NE(probe, nullptr);
  EXPECT_EQ(queue.next(s(1)), nullptr);
  // Each probe that fails doubles the time, up to the cap: a day costs few tries.
  Duration now = s(1);
  int probes = 0;
  while (now < Duration::hours(24)) {
    queue.ended(*probe, kBroken, now, 0x7FFF'FFFF'FFFF);
    ++probes;
    ASSERT_TRUE(queue.wait(now));
    now = now + *queue.wait(now);
    probe = queue.next(now);
    ASSERT_NE(probe, nullptr);
  }
  EXPECT_LT(probes, 2'000);
  // One that gets through lets all go again.
  queue.ended(*probe, kTaken, now, 0);
  std::size_t out = 0;
  while (queue.next(now) != nullptr) ++out;
  EXPECT_EQ(out, DeliveryQueue::kInFlightMost);
}

TEST(DeliveryQueue, FailuresOfOneMomentCountOnce) {
  DeliveryQueue queue;
  for (std::int64_t i = 1; i <= 100; ++i) queue.add(delivery(i, std::to_string(i)));
  std::vector<const Delivery*> out;
  while (const Delivery* next = queue.next({})) out.push_back(next);
  for (const Delivery* each : out) queue.ended(*each, {0, "timeout", {}}, {}, 2 * kASecond);
  // Were each of the sixteen a probe, the wait would be minutes.
  ASSERT_TRUE(queue.wait({}));
  EXPECT_LE(*queue.wait({}), s(2));
}

TEST(DeliveryQueue, LeavesTheServerAloneForAsLongAsItAsks) {
  DeliveryQueue queue;
  for (std::int64_t i = 1; i <= 3; ++i) queue.add(delivery(i, std::to_string(i)));
  const Delivery* first = queue.next({});
  ASSERT_NE(first, nullptr);
  queue.ended(*first, {429, "", s(30)}, {}, 0);
  EXPECT_EQ(queue.next(s(29)), nullptr);
  EXPECT_EQ(queue.wait({}), s(30));
  const Delivery* second = queue.next(s(30));
  ASSERT_NE(second, nullptr);
  // What a 500 asks for is asked for this one alone.
  queue.ended(*second, {500, "", s(3'600)}, s(30), 0);
  const Delivery* third = queue.next(s(30));
  ASSERT_NE(third, nullptr);
  EXPECT_NE(third->id, second->id);
}

}  // namespace
}  // namespace packbench::exchange
