#include <gtest/gtest.h>

#include <limits>

#include "report/clocks.h"

namespace packbench::report {
namespace {

constexpr Instant kNoon{1'000'000'000'000'000};
constexpr Duration kSoon = Duration::hours(4);

Instant hours_from_noon(int hours) {
  return kNoon + Duration::hours(hours);
}

TEST(ShipClock, IsStoppedByThePickup) {
  EXPECT_EQ(ship_state(kNoon, {}, kNoon, hours_from_noon(9), kSoon), ClockState::done);
  EXPECT_EQ(ship_state(kNoon, {}, kNoon + Duration{1}, hours_from_noon(9), kSoon),
            ClockState::late);
}

TEST(ShipClock, RunsThenIsAtRiskThenLate) {
  EXPECT_EQ(ship_state(kNoon, {}, {}, hours_from_noon(-5), kSoon), ClockState::running);
  EXPECT_EQ(ship_state(kNoon, {}, {}, hours_from_noon(-4), kSoon), ClockState::at_risk);
  EXPECT_EQ(ship_state(kNoon, {}, {}, kNoon, kSoon), ClockState::at_risk);
  EXPECT_EQ(ship_state(kNoon, {}, {}, kNoon + Duration{1}, kSoon), ClockState::late);
}

TEST(ShipClock, TheLastVisitIsTheTrueDeadline) {
  const Instant visit = hours_from_noon(-20);
  EXPECT_EQ(ship_state(kNoon, visit, {}, visit, kSoon), ClockState::running);
  EXPECT_EQ(ship_state(kNoon, visit, {}, visit + Duration{1}, kSoon), ClockState::at_risk);
}

TEST(ShipClock, SaysWhenItKnowsNoDeadline) {
  EXPECT_EQ(ship_state({}, {}, {}, kNoon, kSoon), ClockState::unknown);
}

TEST(TraceClock, CountsFromItsEvent) {
  const Duration day = Duration::hours(24);
  EXPECT_EQ(trace_state({}, day, kNoon, kSoon), ClockState::none);
  EXPECT_EQ(trace_state(hours_from_noon(-1), day, kNoon, kSoon), ClockState::running);
  EXPECT_EQ(trace_state(hours_from_noon(-20), day, kNoon, kSoon), ClockState::at_risk);
  EXPECT_EQ(trace_state(hours_from_noon(-24), day, kNoon, kSoon), ClockState::at_risk);
  EXPECT_EQ(trace_state(hours_from_noon(-25), day, kNoon, kSoon), ClockState::late);
}

TEST(CompensationRule, IsAShareWithinBounds) {
  const PlatformPolicy policy;
  EXPECT_EQ(compensation(0, policy), 500);
  EXPECT_EQ(compensation(1'666, policy), 500);
  EXPECT_EQ(compensation(10'000, policy), 3'000);
  EXPECT_EQ(compensation(166'667, policy), 50'000);
  EXPECT_EQ(compensation(std::numeric_limits<std::int64_t>::max(), policy), 50'000);
}

TEST(CompensationRule, RoundsHalfUpToTheFen) {
  const PlatformPolicy policy;
  EXPECT_EQ(compensation(2'221, policy), 666);  // 666.3
  EXPECT_EQ(compensation(2'225, policy), 668);  // 667.5
  EXPECT_EQ(compensation(2'222, policy), 667);  // 666.6
}

CompensationCase late_order(std::string number, std::string buyer, Instant paid_at,
                            std::int64_t paid) {
  return {.key = {"taobao", "shop", std::move(number)},
          .state = ClockState::late,
          .paid = Money{paid, "CNY"},
          .buyer = std::move(buyer),
          .paid_at = paid_at};
}

TEST(CompensationOfOrders, PaymentsOfOneBuyerWithinADayCountAsOne) {
  const auto sum = compensation_of(
      {late_order("1", "b1", kNoon, 1'000), late_order("2", "b1", hours_from_noon(24), 1'000)}, {});
  ASSERT_EQ(sum.sums.size(), 1U);
  EXPECT_EQ(sum.sums[0].late, 600);  // 30 % of 20 yuan, not twice the least amount
}

TEST(CompensationOfOrders, ADayCountsFromTheFirstPayment) {
  const auto sum = compensation_of(
      {late_order("1", "b1", kNoon, 1'000), late_order("2", "b1", hours_from_noon(20), 1'000),
       late_order("3", "b1", hours_from_noon(40), 1'000)},
      {});
  EXPECT_EQ(sum.sums.at(0).late, 600 + 500);
}

TEST(CompensationOfOrders, OtherBuyersAndUnknownOnesCountAlone) {
  const auto sum =
      compensation_of({late_order("1", "b1", kNoon, 1'000), late_order("2", "b2", kNoon, 1'000),
                       late_order("3", "", kNoon, 1'000), late_order("4", "", kNoon, 1'000)},
                      {});
  EXPECT_EQ(sum.sums.at(0).late, 4 * 500);
}

TEST(CompensationOfOrders, LateAndAtRiskStandApart) {
  auto risk = late_order("2", "b2", kNoon, 10'000);
  risk.state = ClockState::at_risk;
  const auto sum = compensation_of({late_order("1", "b1", kNoon, 20'000), risk}, {});
  EXPECT_EQ(sum.sums, (std::vector<CompensationSum>{{"CNY", 6'000, 3'000}}));
}

TEST(CompensationOfOrders, SaysWhatItCannotCount) {
  auto unknown = late_order("1", "b1", kNoon, 0);
  unknown.paid.reset();
  auto euro = late_order("2", "b2", kNoon, 10'000);
  euro.paid = Money{10'000, "EUR"};
  const auto sum = compensation_of({unknown, euro}, {});
  EXPECT_TRUE(sum.sums.empty());
  EXPECT_EQ(sum.not_counted, 2);
}

TEST(CompensationOfOrders, EachPlatformHasItsRule) {
  PlatformPolicy euro;
  euro.currency = "EUR";
  euro.compensation_percent = 10;
  euro.compensation_min = 0;
  auto abroad = late_order("2", "b2", kNoon, 10'000);
  abroad.key.platform = "elsewhere";
  abroad.paid = Money{10'000, "EUR"};
  const auto sum =
      compensation_of({late_order("1", "b1", kNoon, 10'000), abroad}, {{"elsewhere", euro}});
  EXPECT_EQ(sum.sums, (std::vector<CompensationSum>{{"CNY", 3'000, 0}, {"EUR", 1'000, 0}}));
}

TEST(AddUp, StopsAtTheEndOfTheRange) {
  using Limits = std::numeric_limits<std::int64_t>;
  EXPECT_EQ(add_up(Limits::max(), 1), Limits::max());
  EXPECT_EQ(add_up(Limits::min(), -1), Limits::min());
  EXPECT_EQ(add_up(2, -3), -1);
}

}  // namespace
}  // namespace packbench::report
