// When an address is asked again, and how the question is written.
#include "exchange/poll_schedule.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "exchange/http_poll.h"

namespace packbench::exchange {
namespace {

constexpr Duration kInterval = Duration::seconds(300);
// The largest of all chances.
constexpr std::uint64_t kLatest = 10'000'000'000;
constexpr Duration at(std::int64_t seconds) {
  return Duration::seconds(seconds);
}

TEST(PollSchedule, AsksAtOnceAndThenInItsInterval) {
  PollSchedule schedule(kInterval);
  EXPECT_EQ(schedule.due(), Duration{});
  schedule.succeeded(at(7), false);
  EXPECT_EQ(schedule.due(), at(307));
  schedule.succeeded(at(310), true);
  EXPECT_EQ(schedule.due(), at(310)) << "there is more";
  EXPECT_FALSE(schedule.in_trouble());
}

TEST(PollSchedule, AfterABadAnswerSoonAndThenEverMoreSeldom) {
  const Backoff backoff{at(1), at(600)};
  PollSchedule schedule(kInterval, backoff);
  for (int i = 0; i < 20; ++i) {
    const Duration ceiling{std::min(at(1).us << i, at(600).us)};
    schedule.failed(std::nullopt, at(0), static_cast<std::uint64_t>(ceiling.us));
    EXPECT_EQ(schedule.due(), ceiling) << i;
  }
  schedule.failed(std::nullopt, at(0), 0);
  EXPECT_EQ(schedule.due(), at(0)) << "as chance has it";
  schedule.succeeded(at(0), false);
  schedule.failed(std::nullopt, at(0), kLatest);
  EXPECT_LE(schedule.due(), at(1)) << "a good answer begins anew";
}

TEST(PollSchedule, TroubleIsSeveralBadAnswersInARowOrOneThatPutsOff) {
  PollSchedule schedule(kInterval);
  for (int i = 1; i <= PollSchedule::kTrouble; ++i) {
    EXPECT_FALSE(schedule.in_trouble());
    schedule.failed(std::nullopt, at(i), 0);
  }
  EXPECT_TRUE(schedule.in_trouble());
  schedule.succeeded(at(9), false);
  EXPECT_FALSE(schedule.in_trouble());
  schedule.failed(at(300), at(10), 0);
  EXPECT_FALSE(schedule.in_trouble()) << "no longer than it would have been anyway";
  schedule.failed(at(301), at(310), 0);
  EXPECT_EQ(schedule.due(), at(611));
  EXPECT_TRUE(schedule.in_trouble());
  schedule.failed(std::nullopt, at(611), 0);
  EXPECT_TRUE(schedule.in_trouble()) << "only a good answer ends it";
}

TEST(PollQuestion, HoldsWhereToGoOn) {
  EXPECT_EQ(with_since("https://a/b", ""), "https://a/b");
  EXPECT_EQ(with_since("https://a/b#c", "7"), "https://a/b?since=7");
  EXPECT_EQ(with_since("https://a/b?c=d", "7"), "https://a/b?c=d&since=7");
  EXPECT_EQ(with_since("https://a/b", "a-Z_0.~ &#%\r\n号"),
            "https://a/b?since=a-Z_0.~%20%26%23%25%0D%0A%E5%8F%B7");
}

TEST(PollQuestion, OnlyAWholeAnswerIsGood) {
  const auto word = [](const PollAnswer& answer) {
    const auto problem = poll_problem(answer);
    return problem ? problem->code : "";
  };
  EXPECT_EQ(word({200, "", "[]", {}}), "");
  EXPECT_EQ(word({204, "", "", {}}), "");
  EXPECT_EQ(word({0, "timeout", "", {}}), "timeout");
  for (const int status : {201, 206, 301, 304, 400, 429, 500})
    EXPECT_EQ(word({status, "", "[]", {}}), "HTTP " + std::to_string(status));
  EXPECT_EQ(poll_problem({403, "who are you?", "", {}})->text, "who are you?");
}

}  // namespace
}  // namespace packbench::exchange
