#include "domain/reconcile.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>

namespace packbench {
namespace {

using enum ListName;

constexpr Instant kMidday{1'000'000'000'000'000};
const PlatformPolicies kPolicies = {{"", PlatformPolicy{}}};

Instant hours(int from_noon) {
  return kMidday + Duration::hours(from_noon);
}
Now now_is(int from_noon) {
  return {hours(from_noon), {}, ""};
}

// Paid 100 yuan; its promise ends 10 h after noon, and its last visit before it comes after 5 h.
OrderFacts order(std::string number) {
  return {.key = {"taobao", "shop", std::move(number)},
          .paid = Money{10'000, "CNY"},
          .ship_by = hours(10),
          .last_visit = hours(5)};
}

// Labelled an hour before noon.
ParcelFacts parcel(ParcelStage state) {
  ParcelFacts facts{.id = "B1-P1", .state = state, .carrier = "SF", .number = "SF1"};
  facts.started = hours(-2);
  if (state != ParcelStage::open) facts.labelled = hours(-1);
  if (state >= ParcelStage::staged) facts.staged = hours(-1);
  facts.orders = {order("1")};
  return facts;
}

// Taken by the courier at noon, and confirmed two hours later.
ParcelFacts handed_over(bool confirmed = true) {
  ParcelFacts facts = parcel(confirmed ? ParcelStage::confirmed : ParcelStage::picked_up);
  facts.picked_up = hours(0);
  if (confirmed) facts.confirmed = hours(2);
  return facts;
}

struct Case {
  const char* name;
  ParcelFacts facts;
  int at;  // hours from noon
  ListName list;
  NextStep next;
  int age;  // in hours
};

ParcelFacts with(ParcelFacts facts, const std::function<void(ParcelFacts&)>& change) {
  change(facts);
  return facts;
}
ParcelFacts stopped(ParcelFacts facts) {
  return with(std::move(facts), [](auto& f) { f.orders[0].stopped = true; });
}
ParcelFacts held(ParcelFacts facts) {
  return with(std::move(facts), [](auto& f) { f.orders[0].held = true; });
}
ParcelFacts traced(ParcelFacts facts, TraceTimes traces) {
  facts.traces = traces;
  return facts;
}

void expect(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    const Standing standing = standing_of(each.facts, kPolicies, now_is(each.at));
    EXPECT_EQ(row_of(standing.list).word, row_of(each.list).word) << each.name;
    EXPECT_EQ(row_of(standing.next).word, row_of(each.next).word) << each.name;
    EXPECT_EQ(standing.age.length, Duration::hours(each.age)) << each.name;
  }
}

TEST(Standing, BeforeTheHandover) {
  using enum ParcelStage;
  const auto with_the_carrier = traced(parcel(staged), {hours(1), hours(1)});
  expect({
      {"being filled", parcel(open), 0, packing, NextStep::finish, 2},
      {"held while open", held(parcel(open)), 0, packing, NextStep::lift_hold, 2},
      {"labelled", parcel(labelled), 5, waiting, NextStep::stick_label, 6},
      {"verified", parcel(verified), 5, waiting, NextStep::stick_label, 6},
      {"staged", parcel(staged), 5, waiting, NextStep::hand_over, 6},
      {"on hold", held(parcel(staged)), 50, waiting, NextStep::lift_hold, 51},
      {"the visit has passed", parcel(staged), 6, not_collected, NextStep::call_pickup, 7},
      {"the promise has passed", with(parcel(staged), [](auto& f) { f.orders[0].last_visit = {}; }),
       11, not_collected, NextStep::call_pickup, 12},
      {"no deadline is known",
       with(parcel(staged), [](auto& f) { f.orders[0].ship_by = f.orders[0].last_visit = {}; }),
       500, waiting, NextStep::hand_over, 501},
      {"taken without a scan", with_the_carrier, 50, waiting, NextStep::accept_trace, 51},
      {"cancelled", stopped(parcel(staged)), 50, stopped_after_label, NextStep::pull_out, 51},
      {"one of two cancelled",
       with(parcel(staged),
            [](auto& f) {
              f.orders.push_back(order("2"));
              f.orders[1].stopped = true;
            }),
       0, stopped_after_label, NextStep::take_out, 1},
      {"cancelled and taken without a scan", stopped(with_the_carrier), 2, stopped_after_pickup,
       NextStep::intercept, 3},
  });
}

TEST(Standing, OnTheCarriersWay) {
  const auto recorded_at_1 = TraceTimes{.picked_up = hours(1), .first = hours(1)};
  const auto at_hub = TraceTimes{.first = hours(1), .hub = hours(3)};
  expect({
      {"the manifest is open", handed_over(false), 1, pending, NextStep::close_manifest, 1},
      {"nothing heard yet", handed_over(), 26, pending, NextStep::wait_record, 26},
      // 24 h from the confirmation, and counted from it.
      {"nothing heard in time", handed_over(), 27, number_wrong, NextStep::check_number, 25},
      {"recorded", traced(handed_over(), recorded_at_1), 25, recorded, NextStep::wait_hub, 25},
      {"recorded, not confirmed", traced(handed_over(false), recorded_at_1), 2, recorded,
       NextStep::close_manifest, 2},
      // 24 h from the carrier's own record.
      {"no hub in time", traced(handed_over(), recorded_at_1), 26, lost, NextStep::ask_carrier, 26},
      {"no hub in time from our scan", traced(handed_over(), {.first = hours(1)}), 25, lost,
       NextStep::ask_carrier, 25},
      {"through a hub", traced(handed_over(), at_hub), 90, done, NextStep::none, 90},
      {"a hub's trace that came late",
       traced(handed_over(), {.first = hours(90), .hub = hours(90)}), 99, done, NextStep::none, 99},
      {"through a hub, not confirmed", traced(handed_over(false), at_hub), 90, recorded,
       NextStep::close_manifest, 90},
      {"delivered", traced(handed_over(), {.first = hours(9), .delivered = hours(9)}), 90, done,
       NextStep::none, 90},
  });
}

TEST(Standing, StoppedOrComingBack) {
  const auto voided = with(parcel(ParcelStage::voided), [](auto& f) { f.voided = hours(1); });
  expect({
      {"refunded after the pickup", stopped(handed_over()), 1, stopped_after_pickup,
       NextStep::intercept, 1},
      {"the confirmation is held", held(handed_over(false)), 1, stopped_after_pickup,
       NextStep::intercept, 1},
      {"refunded and through a hub",
       stopped(traced(handed_over(), {.first = hours(1), .hub = hours(2)})), 90,
       stopped_after_pickup, NextStep::intercept, 90},
      {"refunded and with the buyer",
       stopped(traced(handed_over(), {.first = hours(1), .delivered = hours(2)})), 90,
       stopped_after_pickup, NextStep::ask_buyer, 90},
      {"on its way back", stopped(traced(handed_over(), {.first = hours(1), .returned = hours(9)})),
       19, returning, NextStep::await_return, 10},
      {"received back", with(stopped(handed_over()), [](auto& f) { f.settled = true; }), 19, done,
       NextStep::none, 19},
      {"void on the shelf", voided, 3, stopped_after_label, NextStep::pull_out, 2},
      {"void and pulled out", with(voided, [](auto& f) { f.settled = true; }), 3, done,
       NextStep::none, 2},
      {"void before it was staged", with(voided, [](auto& f) { f.staged = {}; }), 3, done,
       NextStep::none, 2},
      {"void and with the carrier", traced(voided, {.first = hours(2)}), 3, stopped_after_pickup,
       NextStep::intercept, 2},
  });
}

TEST(Standing, AnOrderWithoutAParcelIsToBePacked) {
  auto facts = order("1");
  facts.paid_at = hours(-3);
  Standing standing = standing_of(facts, kPolicies, now_is(0));
  EXPECT_EQ(standing.list, to_pack);
  EXPECT_EQ(standing.next, NextStep::pack);
  EXPECT_EQ(standing.age.length, Duration::hours(3));
  EXPECT_EQ(standing.at_risk, (Money{3'000, "CNY"}));
  facts.held = true;
  EXPECT_EQ(standing_of(facts, kPolicies, now_is(0)).next, NextStep::lift_hold);
  facts.stopped = true;
  standing = standing_of(facts, kPolicies, now_is(0));
  EXPECT_EQ(standing.list, done);
  EXPECT_EQ(standing.at_risk, std::nullopt);
}

TEST(Standing, OfSeveralOrdersTheEarliestDeadlineAndTheWorstClockCount) {
  auto facts = parcel(ParcelStage::staged);
  facts.orders.push_back(order("2"));
  facts.orders[1].ship_by = hours(4);
  facts.orders[1].last_visit = hours(3);
  const Standing standing = standing_of(facts, kPolicies, now_is(1));
  EXPECT_EQ(standing.ship_by, hours(4));
  EXPECT_EQ(standing.last_visit, hours(3));
  EXPECT_EQ(standing.ship, ClockState::at_risk);
  EXPECT_EQ(standing.at_risk, (Money{6'000, "CNY"}));
}

TEST(Standing, AStoppedOrderHasNoPromiseAndCostsNothing) {
  const Standing standing =
      standing_of(stopped(parcel(ParcelStage::staged)), kPolicies, now_is(50));
  EXPECT_EQ(standing.ship, ClockState::none);
  EXPECT_EQ(standing.ship_by, std::nullopt);
  EXPECT_EQ(standing.at_risk, std::nullopt);
}

TEST(Standing, NothingIsAtRiskOnceTheCarriersRecordProvesThePromiseKept) {
  EXPECT_EQ(standing_of(handed_over(), kPolicies, now_is(1)).at_risk, (Money{3'000, "CNY"}));
  const auto kept = traced(handed_over(), {hours(10), hours(10)});
  EXPECT_EQ(standing_of(kept, kPolicies, now_is(11)).at_risk, std::nullopt);
  const auto broken = traced(handed_over(), {hours(11), hours(11)});
  EXPECT_EQ(standing_of(broken, kPolicies, now_is(11)).at_risk, (Money{3'000, "CNY"}));
}

TEST(Standing, NoAmountIsToldThatIsOnlyHalfKnown) {
  auto facts = parcel(ParcelStage::staged);
  facts.orders.push_back(order("2"));
  facts.orders[1].paid.reset();
  EXPECT_EQ(standing_of(facts, kPolicies, now_is(0)).at_risk, std::nullopt);
  facts.orders[1].paid = Money{10'000, "EUR"};
  EXPECT_EQ(standing_of(facts, kPolicies, now_is(0)).at_risk, std::nullopt);
}

TEST(Standing, AMissedServiceCostsMore) {
  auto facts = order("1");
  facts.service = Service::same_day;
  EXPECT_EQ(standing_of(facts, kPolicies, now_is(0)).at_risk, (Money{4'000, "CNY"}));
}

TEST(Standing, OfSeveralPlatformsTheStrictestLimitsHold) {
  PlatformPolicies policies = kPolicies;
  policies["pinduoduo"].first_trace = Duration::hours(12);
  policies["pinduoduo"].hub_trace = Duration::hours(6);
  auto facts = handed_over();
  EXPECT_EQ(standing_of(facts, policies, now_is(15)).list, pending);
  facts.orders.push_back(order("2"));
  facts.orders[1].key.platform = "pinduoduo";
  EXPECT_EQ(standing_of(facts, policies, now_is(15)).list, number_wrong);
  facts.traces = {hours(1), hours(1)};
  EXPECT_EQ(standing_of(facts, policies, now_is(8)).list, lost);
}

TEST(Standing, AClockThatWasSetBackIsFlagged) {
  auto facts = parcel(ParcelStage::staged);
  EXPECT_FALSE(standing_of(facts, kPolicies, now_is(0)).age.clock_set_back);
  // Without the machine's own clock all that can be said is that it is not younger than new.
  EXPECT_EQ(standing_of(facts, kPolicies, now_is(-5)).age, (Age{Duration{0}, true}));
  facts.moments = {{hours(-1), Duration::hours(7), "boot"}};
  const Now later{hours(-5), Duration::hours(9), "boot"};
  EXPECT_EQ(standing_of(facts, kPolicies, later).age, (Age{Duration::hours(2), true}));
}

TEST(Standing, TheWorstClockIsNamed) {
  EXPECT_EQ(worst_clock({}).name, "");
  const auto late_hub = traced(handed_over(), {hours(1), hours(1)});
  const WorstClock worst = worst_clock(standing_of(late_hub, kPolicies, now_is(27)));
  EXPECT_EQ(worst.name, "hub_trace");
  EXPECT_EQ(worst.state, ClockState::late);
  EXPECT_EQ(worst_clock(standing_of(parcel(ParcelStage::staged), kPolicies, now_is(11))).name,
            "ship");
  const auto all_done = traced(handed_over(), {hours(1), hours(1), hours(2)});
  EXPECT_EQ(worst_clock(standing_of(all_done, kPolicies, now_is(99))).name, "");
}

std::vector<std::string> numbers(const std::vector<Standing>& standings) {
  std::vector<std::string> found;
  for (const Standing& each : standings) found.push_back(each.orders.at(0).number);
  return found;
}

TEST(SortList, ToPackGoesByTrueDeadlineThenByMoney) {
  const auto due = [](const char* number, std::optional<int> ship_by, std::optional<int> visit,
                      int paid) {
    OrderFacts facts{.key = {"taobao", "shop", number}, .paid = Money{paid, "CNY"}};
    if (ship_by) facts.ship_by = hours(*ship_by);
    if (visit) facts.last_visit = hours(*visit);
    return standing_of(facts, kPolicies, now_is(0));
  };
  // The promise of `soon` ends last, but its carrier comes only once more before it, and first.
  std::vector<Standing> list = {due("never", {}, {}, 90'000), due("cheap", 9, {}, 2'000),
                                due("dear", 9, {}, 20'000), due("soon", 30, 2, 2'000),
                                due("visit", 40, 9, 10'000)};
  sort_list(to_pack, list);
  EXPECT_EQ(numbers(list), (std::vector<std::string>{"soon", "dear", "visit", "cheap", "never"}));
}

TEST(SortList, OthersGoByAge) {
  std::vector<Standing> list;
  for (const int picked_up : {3, 1, 2}) {
    auto facts = handed_over();
    facts.picked_up = hours(picked_up);
    facts.orders[0].key.number = std::to_string(picked_up);
    list.push_back(standing_of(facts, kPolicies, now_is(5)));
  }
  sort_list(pending, list);
  EXPECT_EQ(numbers(list), (std::vector<std::string>{"1", "2", "3"}));
}

TEST(ListSums, CountAgesAndMoneyByCurrency) {
  ListSums sums;
  auto euro = parcel(ParcelStage::staged);
  PlatformPolicies policies = kPolicies;
  policies["elsewhere"].currency = "EUR";
  euro.orders[0].key.platform = "elsewhere";
  euro.orders[0].paid->currency = "EUR";
  euro.labelled = hours(-6);
  for (const ParcelFacts& each : {parcel(ParcelStage::staged), parcel(ParcelStage::staged), euro})
    add(sums, standing_of(each, policies, now_is(0)));
  const ListSum& sum = sums[static_cast<std::size_t>(waiting)];
  EXPECT_EQ(sum.parcels, 3);
  EXPECT_EQ(sum.oldest, Duration::hours(6));
  EXPECT_EQ(sum.at_risk, (std::vector<Money>{{6'000, "CNY"}, {3'000, "EUR"}}));
}

TEST(LateOrders, AnOrderIsAsLateAsItsLastParcel) {
  auto gone = handed_over();
  gone.traces = {hours(1), hours(1)};
  auto here = parcel(ParcelStage::staged);
  EXPECT_TRUE(late_orders(std::vector{gone}, kPolicies, hours(11)).empty());
  const auto late = late_orders(std::vector{gone, here}, kPolicies, hours(11));
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].state, ClockState::late);
  const auto risk = late_orders(std::vector{here, gone}, kPolicies, hours(9));
  ASSERT_EQ(risk.size(), 1U);
  EXPECT_EQ(risk[0].state, ClockState::at_risk);
  EXPECT_TRUE(late_orders(std::vector{stopped(here)}, kPolicies, hours(11)).empty());
}

TEST(ListNames, EveryListButDoneIsAskedForByAName) {
  std::set<ListName> reached;
  for (const std::string_view name : list_names()) {
    const auto lists = lists_asked_for(name);
    EXPECT_FALSE(lists.empty()) << name;
    reached.insert(lists.begin(), lists.end());
  }
  EXPECT_EQ(reached.size(), static_cast<std::size_t>(count_) - 1);
  EXPECT_EQ(reached.count(done), 0U);
  EXPECT_TRUE(lists_asked_for("to_pack").empty());
}

// Any parcel at all: what its list says of it must be so, and must hold of no other list.
TEST(StandingProperty, EveryParcelStandsInExactlyOneListAndItsReasonHolds) {
  std::mt19937_64 random(20261123);
  const auto chance = [&](int percent) { return static_cast<int>(random() % 100) < percent; };
  const auto some_time = [&](int percent) -> std::optional<Instant> {
    if (!chance(percent)) return std::nullopt;
    return hours(static_cast<int>(random() % 120) - 60);
  };
  std::set<ListName> seen;
  for (int round = 0; round < 20'000; ++round) {
    ParcelFacts facts{.id = "P", .state = static_cast<ParcelStage>(random() % 7)};
    facts.started = some_time(100);
    facts.labelled = some_time(100);
    if (facts.state >= ParcelStage::staged) facts.staged = some_time(90);
    const bool gone =
        facts.state == ParcelStage::picked_up || facts.state == ParcelStage::confirmed;
    if (gone) facts.picked_up = some_time(100);
    if (facts.state == ParcelStage::confirmed) facts.confirmed = some_time(100);
    if (facts.state == ParcelStage::voided) facts.voided = some_time(100);
    facts.traces = {some_time(30), {},           some_time(20), some_time(10),
                    some_time(10), some_time(5), some_time(5)};
    for (const auto& each : {facts.traces.picked_up, hub_or_later(facts.traces), some_time(20)}) {
      if (each && (!facts.traces.first || *each < *facts.traces.first)) facts.traces.first = each;
    }
    facts.settled = chance(10);
    for (int i = 0; i <= static_cast<int>(random() % 3); ++i) {
      facts.orders.push_back(order(std::to_string(i)));
      facts.orders.back().ship_by = some_time(90);
      facts.orders.back().last_visit = some_time(70);
      facts.orders.back().stopped = chance(15);
      facts.orders.back().held = chance(10);
    }
    const Standing standing = standing_of(facts, kPolicies, now_is(0));
    seen.insert(standing.list);
    const bool unwanted = std::any_of(facts.orders.begin(), facts.orders.end(),
                                      [](const OrderFacts& o) { return o.stopped || o.held; });
    const bool on_shelf =
        facts.state >= ParcelStage::labelled && facts.state <= ParcelStage::staged;
    const bool voided = facts.state == ParcelStage::voided;
    switch (standing.list) {
      case to_pack:
      case count_:
        FAIL() << "a parcel has been begun";
      case packing:
        EXPECT_TRUE(facts.state == ParcelStage::open);
        break;
      case waiting:
        EXPECT_TRUE(on_shelf);
        break;
      case not_collected:
        EXPECT_TRUE(on_shelf && !facts.traces.first && standing.ship != ClockState::none);
        EXPECT_NE(standing.ship, ClockState::running);
        break;
      case stopped_after_label:
        EXPECT_TRUE((on_shelf && unwanted) || voided);
        EXPECT_FALSE(facts.traces.first);
        break;
      case pending:
        EXPECT_TRUE(gone && !unwanted && !facts.traces.first);
        EXPECT_NE(standing.first_trace, ClockState::late);
        break;
      case number_wrong:
        EXPECT_TRUE(gone && !unwanted && !facts.traces.first);
        EXPECT_EQ(standing.first_trace, ClockState::late);
        break;
      case recorded:
        EXPECT_TRUE(gone && !unwanted && facts.traces.first);
        break;
      case lost:
        EXPECT_TRUE(gone && !unwanted && facts.traces.first && !hub_or_later(facts.traces));
        EXPECT_EQ(standing.hub_trace, ClockState::late);
        break;
      case stopped_after_pickup:
        EXPECT_TRUE(unwanted || voided);
        EXPECT_TRUE(gone || facts.traces.first);
        break;
      case returning:
        EXPECT_TRUE(facts.traces.returned && (gone || voided));
        break;
      case done:
        EXPECT_TRUE(facts.settled || (voided && !facts.staged) ||
                    (facts.confirmed && !unwanted && hub_or_later(facts.traces)));
        break;
    }
    // A step is wanted wherever something is left to do.
    EXPECT_EQ(standing.next == NextStep::none, standing.list == done);
    EXPECT_GE(standing.age.length, Duration{0});
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(count_) - 1);
}

}  // namespace
}  // namespace packbench
