#include "domain/compensation.h"

#include <gtest/gtest.h>

#include <limits>

namespace packbench {
namespace {

constexpr Instant kPaid{1'000'000'000'000'000};

Instant hours_after(int hours) {
  return kPaid + Duration::hours(hours);
}

struct Due {
  std::int64_t paid, due;
};

// In fen, by the default policy: 30 %, at least 5 yuan, at most 500.
TEST(CompensationRule, IsAShareWithinBounds) {
  const PlatformPolicy policy;
  for (const Due& each : {Due{0, 500}, Due{1, 500}, Due{1'664, 500},  // 499.2
                          Due{1'665, 500},                            // 499.5, rounded up
                          Due{1'666, 500}, Due{1'667, 500},           // 499.8 and 500.1
                          Due{1'668, 500},                            // 500.4
                          Due{1'669, 501},                            // 500.7, above the least
                          Due{10'000, 3'000}, Due{166'664, 49'999},   // 49999.2
                          Due{166'665, 50'000},                       // 49999.5
                          Due{166'666, 50'000}, Due{166'667, 50'000}, Due{166'668, 50'000},
                          Due{std::numeric_limits<std::int64_t>::max(), 50'000}}) {
    EXPECT_EQ(compensation(each.paid, policy), each.due) << each.paid;
  }
}

TEST(CompensationRule, TheShareItselfMayBeNothingOrAll) {
  PlatformPolicy policy;
  policy.compensation_min = 0;
  policy.compensation_max = std::numeric_limits<std::int64_t>::max();
  policy.compensation_percent = 0;
  EXPECT_EQ(compensation(123'456, policy), 0);
  policy.compensation_percent = 100;
  EXPECT_EQ(compensation(123'456, policy), 123'456);
  EXPECT_EQ(compensation(policy.compensation_max, policy), policy.compensation_max);
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
      {late_order("1", "b1", kPaid, 1'000), late_order("2", "b1", hours_after(24), 1'000)}, {});
  ASSERT_EQ(sum.sums.size(), 1U);
  EXPECT_EQ(sum.sums[0].late, 600);  // 30 % of 20 yuan, not twice the least amount
}

TEST(CompensationOfOrders, OneTickAfterADayTheyAreTwo) {
  const auto sum = compensation_of({late_order("1", "b1", kPaid, 1'000),
                                    late_order("2", "b1", hours_after(24) + Duration{1}, 1'000)},
                                   {});
  EXPECT_EQ(sum.sums.at(0).late, 500 + 500);
}

TEST(CompensationOfOrders, TheBoundsHoldForTheMergedSum) {
  const auto sum = compensation_of(
      {late_order("1", "b1", kPaid, 100'000), late_order("2", "b1", hours_after(1), 100'000)}, {});
  EXPECT_EQ(sum.sums.at(0).late, 50'000);  // 30 % of 2000 yuan is 600
}

TEST(CompensationOfOrders, TheSameBuyerOfAnotherShopOrPlatformCountsAlone) {
  auto other_shop = late_order("2", "b1", kPaid, 1'000);
  other_shop.key.shop = "another";
  auto other_platform = late_order("3", "b1", kPaid, 1'000);
  other_platform.key.platform = "tmall";
  const auto sum =
      compensation_of({late_order("1", "b1", kPaid, 1'000), other_shop, other_platform}, {});
  EXPECT_EQ(sum.sums.at(0).late, 3 * 500);
}

TEST(CompensationOfOrders, AGroupIsLateWhenOneOfItsOrdersIs) {
  auto risk = late_order("1", "b1", kPaid, 1'000);
  risk.state = ClockState::at_risk;
  const auto sum = compensation_of({risk, late_order("2", "b1", hours_after(1), 1'000)}, {});
  EXPECT_EQ(sum.sums, (std::vector<CompensationSum>{{"CNY", 600, 0}}));
}

TEST(CompensationOfOrders, ARefundedOrderCostsNothingMore) {
  auto refunded = late_order("1", "b1", kPaid, 100'000);
  refunded.refunded = true;
  refunded.service = Service::same_day;
  const auto sum = compensation_of({refunded, late_order("2", "b1", hours_after(1), 1'000)}, {});
  EXPECT_EQ(sum.sums, (std::vector<CompensationSum>{{"CNY", 500, 0}}));
  EXPECT_EQ(sum.not_counted, 0);
  EXPECT_EQ(sum.points_max, 6);
}

TEST(CompensationOfOrders, WhatIsInTimeCostsNothing) {
  for (const ClockState state : {ClockState::none, ClockState::done, ClockState::running,
                                 ClockState::pending, ClockState::unknown}) {
    auto order = late_order("1", "b1", kPaid, 1'000);
    order.state = state;
    order.service = Service::door;
    EXPECT_TRUE(compensation_of({order}, {}).sums.empty()) << word(state);
  }
}

TEST(CompensationOfOrders, AMissedServiceCostsEachOrderTenYuanMore) {
  auto next_day = late_order("1", "b1", kPaid, 1'000);
  next_day.service = Service::next_day;
  auto door = late_order("2", "b1", kPaid, 1'000);
  door.service = Service::door;
  auto same_day = late_order("3", "b2", kPaid, 10'000);
  same_day.service = Service::same_day;
  same_day.state = ClockState::at_risk;
  const auto sum = compensation_of({next_day, door, same_day}, {});
  // Their payments count as one (30 % of 20 yuan), their services do not.
  EXPECT_EQ(sum.sums,
            (std::vector<CompensationSum>{{"CNY", 600 + 2'000, 3'000 + 1'000, 2'000, 1'000}}));
}

TEST(CompensationOfOrders, PointsAreForLateOrders) {
  auto risk = late_order("3", "b2", kPaid, 1'000);
  risk.state = ClockState::at_risk;
  const auto sum = compensation_of(
      {late_order("1", "b1", kPaid, 1'000), late_order("2", "b1", kPaid, 1'000), risk}, {});
  EXPECT_EQ(sum.points_min, 2);
  EXPECT_EQ(sum.points_max, 12);
}

TEST(CompensationOfOrders, ADayCountsFromTheFirstPayment) {
  const auto sum = compensation_of(
      {late_order("1", "b1", kPaid, 1'000), late_order("2", "b1", hours_after(20), 1'000),
       late_order("3", "b1", hours_after(40), 1'000)},
      {});
  EXPECT_EQ(sum.sums.at(0).late, 600 + 500);
}

TEST(CompensationOfOrders, OtherBuyersAndUnknownOnesCountAlone) {
  const auto sum =
      compensation_of({late_order("1", "b1", kPaid, 1'000), late_order("2", "b2", kPaid, 1'000),
                       late_order("3", "", kPaid, 1'000), late_order("4", "", kPaid, 1'000)},
                      {});
  EXPECT_EQ(sum.sums.at(0).late, 4 * 500);
}

TEST(CompensationOfOrders, LateAndAtRiskStandApart) {
  auto risk = late_order("2", "b2", kPaid, 10'000);
  risk.state = ClockState::at_risk;
  const auto sum = compensation_of({late_order("1", "b1", kPaid, 20'000), risk}, {});
  EXPECT_EQ(sum.sums, (std::vector<CompensationSum>{{"CNY", 6'000, 3'000}}));
}

TEST(CompensationOfOrders, SaysWhatItCannotCount) {
  auto unknown = late_order("1", "b1", kPaid, 0);
  unknown.paid.reset();
  auto euro = late_order("2", "b2", kPaid, 10'000);
  euro.paid = Money{10'000, "EUR"};
  const auto sum = compensation_of({unknown, euro}, {});
  EXPECT_TRUE(sum.sums.empty());
  EXPECT_EQ(sum.not_counted, 2);
  EXPECT_EQ(sum.gaps, (std::vector<CompensationGap>{{"other_currency", "EUR", 1},
                                                    {"payment_unknown", "", 1}}));
}

TEST(CompensationOfOrders, CurrenciesOfOneBuyerAreNeverMixed) {
  auto euro = late_order("1", "b1", kPaid, 900'000);
  euro.paid->currency = "EUR";
  const auto sum = compensation_of({euro, late_order("2", "b1", kPaid, 10'000), euro}, {});
  EXPECT_EQ(sum.sums, (std::vector<CompensationSum>{{"CNY", 3'000, 0}}));
  EXPECT_EQ(sum.gaps, (std::vector<CompensationGap>{{"other_currency", "EUR", 2}}));
}

TEST(CompensationOfOrders, EachPlatformHasItsRule) {
  PlatformPolicy euro;
  euro.currency = "EUR";
  euro.compensation_percent = 10;
  euro.compensation_min = 0;
  auto abroad = late_order("2", "b2", kPaid, 10'000);
  abroad.key.platform = "elsewhere";
  abroad.paid = Money{10'000, "EUR"};
  const auto sum =
      compensation_of({late_order("1", "b1", kPaid, 10'000), abroad}, {{"elsewhere", euro}});
  EXPECT_EQ(sum.sums, (std::vector<CompensationSum>{{"CNY", 3'000, 0}, {"EUR", 1'000, 0}}));
}

TEST(AddUp, StopsAtTheEndOfTheRange) {
  using Limits = std::numeric_limits<std::int64_t>;
  EXPECT_EQ(add_up(Limits::max(), 1), Limits::max());
  EXPECT_EQ(add_up(Limits::min(), -1), Limits::min());
  EXPECT_EQ(add_up(2, -3), -1);
}

}  // namespace
}  // namespace packbench
