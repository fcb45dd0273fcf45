#include "domain/clocks.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/time_text.h"

namespace packbench {
namespace {

constexpr Instant kNoon{1'000'000'000'000'000};
constexpr Duration kSoon = Duration::hours(4);
constexpr Duration kDay = Duration::hours(24);
constexpr Duration kTick{1};

Instant hours_from_noon(int hours) {
  return kNoon + Duration::hours(hours);
}
Instant utc(const char* text) {
  return *parse_iso8601(text);
}

// The promise is noon, and it is nine hours later.
ClockState ship(std::optional<Instant> recorded, std::optional<Instant> scanned) {
  return ship_state(kNoon, {}, {recorded, scanned}, hours_from_noon(9), kSoon);
}

TEST(ShipClock, IsStoppedByTheCarriersRecordAlone) {
  EXPECT_EQ(ship(kNoon, {}), ClockState::done);
  EXPECT_EQ(ship(kNoon, kNoon + kTick), ClockState::done);
  EXPECT_EQ(ship(kNoon + kTick, kNoon), ClockState::late);
  EXPECT_EQ(ship({}, {}), ClockState::late);
}

TEST(ShipClock, OurScanInTimeLeavesTheRecordPending) {
  EXPECT_EQ(ship({}, kNoon), ClockState::pending);
  EXPECT_EQ(ship({}, kNoon + kTick), ClockState::late);
}

TEST(ShipClock, RunsThenIsAtRiskThenLate) {
  EXPECT_EQ(ship_state(kNoon, {}, {}, hours_from_noon(-4) - kTick, kSoon), ClockState::running);
  EXPECT_EQ(ship_state(kNoon, {}, {}, hours_from_noon(-4), kSoon), ClockState::at_risk);
  EXPECT_EQ(ship_state(kNoon, {}, {}, kNoon, kSoon), ClockState::at_risk);
  EXPECT_EQ(ship_state(kNoon, {}, {}, kNoon + kTick, kSoon), ClockState::late);
}

TEST(ShipClock, TheLastVisitIsTheTrueDeadline) {
  const Instant visit = hours_from_noon(-20);
  EXPECT_EQ(ship_state(kNoon, visit, {}, visit, kSoon), ClockState::running);
  EXPECT_EQ(ship_state(kNoon, visit, {}, visit + kTick, kSoon), ClockState::at_risk);
}

TEST(ShipClock, SaysWhenItKnowsNoDeadline) {
  EXPECT_EQ(ship_state({}, {}, {}, kNoon, kSoon), ClockState::unknown);
}

TEST(TraceClock, CountsFromItsEvent) {
  EXPECT_EQ(trace_state({}, {}, kDay, kNoon, kSoon), ClockState::none);
  EXPECT_EQ(trace_state(hours_from_noon(-20) + kTick, {}, kDay, kNoon, kSoon), ClockState::running);
  EXPECT_EQ(trace_state(hours_from_noon(-20), {}, kDay, kNoon, kSoon), ClockState::at_risk);
  EXPECT_EQ(trace_state(hours_from_noon(-24), {}, kDay, kNoon, kSoon), ClockState::at_risk);
  EXPECT_EQ(trace_state(hours_from_noon(-24) - kTick, {}, kDay, kNoon, kSoon), ClockState::late);
}

TEST(TraceClock, IsStoppedByItsTrace) {
  const Instant now = hours_from_noon(100);
  EXPECT_EQ(trace_state(kNoon, kNoon + kDay, kDay, now, kSoon), ClockState::done);
  EXPECT_EQ(trace_state(kNoon, kNoon + kDay + kTick, kDay, now, kSoon), ClockState::late);
  EXPECT_EQ(trace_state({}, kNoon, kDay, now, kSoon), ClockState::none);
}

TEST(TraceClock, ATraceOlderThanWhatItAnswersStopsItToo) {
  EXPECT_EQ(trace_state(kNoon, hours_from_noon(-3), kDay, hours_from_noon(100), kSoon),
            ClockState::done);
}

// 2026-03-08 02:00 is 03:00 in New York, and 2026-11-01 02:00 is 01:00 there: 24 hours are 24
// hours.
TEST(TraceClock, MidnightAndDaylightSavingAreNoMatter) {
  for (const char* start : {"2026-03-07T23:59:59-05:00", "2026-10-31T23:59:59-04:00",
                            "2026-12-31T23:59:59+08:00", "2028-02-28T23:59:59Z"}) {
    const Instant since = utc(start);
    EXPECT_EQ(trace_state(since, {}, kDay, since + kDay, kSoon), ClockState::at_risk) << start;
    EXPECT_EQ(trace_state(since, {}, kDay, since + kDay + kTick, kSoon), ClockState::late) << start;
  }
}

TEST(HubOrLater, IsTheEarliestOfWhatProvesAHub) {
  EXPECT_EQ(hub_or_later({}), std::nullopt);
  EXPECT_EQ(hub_or_later({.picked_up = kNoon, .first = kNoon}), std::nullopt);
  EXPECT_EQ(hub_or_later({.hub = kNoon}), kNoon);
  EXPECT_EQ(hub_or_later({.out = kNoon}), kNoon);
  EXPECT_EQ(hub_or_later({.delivered = kNoon}), kNoon);
  EXPECT_EQ(hub_or_later({.failed = kNoon}), kNoon);
  EXPECT_EQ(hub_or_later({.returned = kNoon}), kNoon);
  // Out of order: the hub's own trace came with a later time than the delivery's.
  EXPECT_EQ(hub_or_later({.hub = hours_from_noon(2), .delivered = hours_from_noon(1)}),
            hours_from_noon(1));
}

TEST(ClockCounts, CountEachStateOnce) {
  ClockCount counts;
  for (const ClockState state :
       {ClockState::none, ClockState::done, ClockState::running, ClockState::pending,
        ClockState::unknown, ClockState::at_risk, ClockState::late}) {
    count(counts, state);
  }
  EXPECT_EQ(counts, (ClockCount{1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(sum(counts), 6);  // what has not begun is not counted
}

Now moment(int wall_minutes, int boot_minutes, const char* boot = "a") {
  return {kNoon + Duration::minutes(wall_minutes), Duration::minutes(boot_minutes), boot};
}
Age age(std::vector<Now> events, const Now& now) {
  return age_since(events, now);
}

TEST(Age, IsTheTimeThatHasPassed) {
  EXPECT_EQ(age({moment(0, 5)}, moment(90, 95)), (Age{Duration::minutes(90), false}));
  EXPECT_EQ(age({}, moment(0, 0)), (Age{Duration{0}, false}));
}

TEST(Age, AClockThatWasSetBackIsGotRoundByTheMachinesOwn) {
  // An hour passed, and the clock was set back by two.
  EXPECT_EQ(age({moment(0, 5)}, moment(-60, 65)), (Age{Duration::minutes(60), true}));
  // Set back between two events of the parcel, and since then an hour later again.
  EXPECT_EQ(age({moment(0, 5), moment(-30, 10)}, moment(30, 70)),
            (Age{Duration::minutes(65), true}));
}

TEST(Age, OverAStartOfTheMachineTheWallClockIsAllThereIs) {
  EXPECT_EQ(age({moment(0, 500, "a")}, moment(60, 1, "b")), (Age{Duration::minutes(60), false}));
  // Earlier by the wall and of another start: nobody can tell, and nothing is younger than new.
  EXPECT_EQ(age({moment(0, 500, "a")}, moment(-60, 1, "b")), (Age{Duration{0}, false}));
  // What lies within each start still counts.
  EXPECT_EQ(age({moment(0, 5, "a"), moment(-30, 10, "a"), moment(0, 1, "b")}, moment(20, 21, "b")),
            (Age{Duration::minutes(5 + 30 + 20), true}));
}

}  // namespace
}  // namespace packbench
