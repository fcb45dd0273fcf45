#include <gtest/gtest.h>

#include "report/tallies.h"
#include "report_fixture.h"

namespace packbench::report {
namespace {

using namespace test;

std::vector<std::string> ids(const std::vector<ParcelLine>& lines) {
  std::vector<std::string> found;
  for (const ParcelLine& line : lines) found.push_back(line.facts.id);
  return found;
}
using Ids = std::vector<std::string>;

TEST(ReportFigures, AnEmptyShiftIsAllNoughts) {
  const Report report = make_report(empty_shift());
  EXPECT_EQ(report.totals, Totals{});
  EXPECT_TRUE(report.hours.empty());
  EXPECT_TRUE(report.waiting.empty());
  EXPECT_EQ(report.ship, ClockCount{});
  EXPECT_TRUE(report.compensation.sums.empty());
}

TEST(ReportFigures, SumsTheTally) {
  const Report report = make_report(ordinary_shift());
  EXPECT_EQ(report.totals.parcels, 186);
  EXPECT_EQ(report.totals.items, 372 - 3);
  EXPECT_EQ(report.totals.items_manual, 4);
  EXPECT_EQ(report.totals.picked_up, 172 - 1);
  EXPECT_EQ(report.totals.confirmed, 168);
  EXPECT_EQ(report.totals.checks_failed, 6);
  EXPECT_EQ(report.totals.checks_overridden, 8);
  EXPECT_EQ(report.totals.labels_voided, 9);
  EXPECT_EQ(report.totals.labels_reprinted, 10);
  EXPECT_EQ(report.materials,
            (std::vector<NamedCount>{{"MAT-BUBBLE-ROLL", 31}, {"MAT-GIFT-BAG", 20}}));
}

TEST(ReportFigures, TellsSavesFromOtherRefusals) {
  const Report report = make_report(ordinary_shift());
  EXPECT_EQ(report.wrong_items, 7);
  EXPECT_EQ(report.caught, (std::vector<NamedCount>{{"over_scan", 2}, {"wrong_label", 1}}));
  EXPECT_EQ(report.other_refused, (std::vector<NamedCount>{{"not_signed_in", 5}}));
}

TEST(ReportFigures, EveryHourBetweenTheFirstAndTheLastIsShown) {
  ReportInput input = empty_shift();
  input.tally = {tally("2026-11-22 09:45", "1001", "parcels_staged", 3),
                 tally("2026-11-22 09:00", "1002", "parcels_staged", 4),
                 tally("2026-11-22 12:00", "1001", "parcels_staged", 5)};
  const Report report = make_report(input);
  ASSERT_EQ(report.hours.size(), 4U);
  EXPECT_EQ(report.hours[0].hour, at("2026-11-22 09:00"));
  EXPECT_EQ(report.hours[0].parcels, 7);
  EXPECT_EQ(report.hours[1].parcels, 0);
  EXPECT_EQ(report.hours[3].hour, at("2026-11-22 12:00"));
}

TEST(ReportFigures, AShiftThatWasNeverClosedShowsOnlyItsBusyHours) {
  ReportInput input = empty_shift();
  input.tally = {tally("2026-11-02 09:00", "1001", "parcels_staged", 3),
                 tally("2026-11-22 12:00", "1001", "parcels_staged", 5)};
  EXPECT_EQ(make_report(input).hours.size(), 2U);
}

TEST(ReportFigures, AnHourIsTheSitesOwn) {
  // Half an hour off, as in Kolkata.
  const Instant time = *parse_iso8601("2026-11-22T06:45:00Z");
  EXPECT_EQ(hour_of(time, "Asia/Kolkata"), *parse_iso8601("2026-11-22T06:30:00Z"));
  EXPECT_EQ(hour_of(time + Duration{59'000'001}, "Asia/Shanghai"),
            *parse_iso8601("2026-11-22T06:00:00Z"));
}

TEST(ReportFigures, PackersAreListedByNameAndNotByRank) {
  const Report report = make_report(ordinary_shift());
  ASSERT_EQ(report.packers.size(), 2U);
  EXPECT_EQ(report.packers[0].name, "Amy Chan");
  EXPECT_EQ(report.packers[0].parcels, 45);
  EXPECT_EQ(report.packers[1].name, "李秀英");
  EXPECT_EQ(report.packers[1].parcels, 141);
  EXPECT_EQ(report.packers[1].picked_up, 171);
}

TEST(ReportFigures, WhoIsNotKnownIsCalledByTheBadge) {
  ReportInput input = empty_shift();
  input.tally = {tally("2026-11-22 09:00", "7777", "parcels_staged", 3),
                 tally("2026-11-22 09:00", "", "parcels_staged", 1)};
  const Report report = make_report(input);
  ASSERT_EQ(report.packers.size(), 1U);
  EXPECT_EQ(report.packers[0].name, "7777");
  EXPECT_EQ(report.totals.parcels, 4);
}

TEST(ReportParcels, EachStandsInExactlyOneList) {
  ReportInput input = ordinary_shift();
  input.open.push_back(input.open.front());  // asked for twice
  ParcelFacts voided = input.open.front();
  voided.id = "B1-P9";
  voided.state = ParcelStage::voided;
  voided.voided = at("2026-11-22 16:00");
  input.open.push_back(voided);
  ParcelFacts done = input.confirmed.front();
  done.id = "B1-P10";
  done.traces = {at("2026-11-22 16:45"), at("2026-11-22 16:45"), at("2026-11-22 16:50")};
  input.confirmed.push_back(done);
  const Report report = make_report(input);
  EXPECT_EQ(ids(report.waiting), Ids{"B1-P3"});
  EXPECT_EQ(ids(report.on_bench), Ids{"B1-P4"});
  EXPECT_EQ(ids(report.pending), Ids{"B1-P6"});
  EXPECT_TRUE(report.recorded.empty());
  // Not collected (the oldest first), number wrong, stopped after its label, after its pickup.
  EXPECT_EQ(ids(report.anomalies), (Ids{"B1-P2", "B1-P1", "B1-P7", "B1-P9", "B1-P5"}));
  EXPECT_EQ(report.anomalies[4].standing.next, NextStep::intercept);
  const ListSum& late = report.sums[static_cast<std::size_t>(ListName::not_collected)];
  EXPECT_EQ(late.parcels, 2);
  EXPECT_EQ(late.oldest, Duration::minutes(26 * 60 + 10));
  EXPECT_EQ(late.at_risk, (std::vector<Money>{{9'000 + 6'000, "CNY"}}));
}

TEST(ReportParcels, WaitingCountsFromTheLabel) {
  const Report report = make_report(ordinary_shift());
  EXPECT_EQ(report.anomalies[0].standing.age.length, Duration::minutes(26 * 60 + 10));
  EXPECT_FALSE(report.anomalies[0].missed_visit);
  EXPECT_TRUE(report.anomalies[1].missed_visit);
  EXPECT_EQ(report.waiting[0].standing.age.length, Duration::minutes(12));
  EXPECT_FALSE(report.waiting[0].missed_visit);
}

TEST(ReportParcels, AClockThatWasSetBackMakesNoNegativeAge) {
  ReportInput input = empty_shift();
  input.open = {parcel("B1-P1", ParcelStage::staged, "2026-11-22 18:00", {})};
  EXPECT_EQ(make_report(input).waiting.at(0).standing.age, (Age{Duration{0}, true}));
}

TEST(ReportClocks, CountOrdersAndParcels) {
  const Report report = make_report(ordinary_shift());
  // The carrier's record is missing of P5 and P6; running P3 P4; at risk P1 by its visit; late P2,
  // and P7 which left late.
  EXPECT_EQ(report.ship, (ClockCount{.running = 2, .pending = 2, .at_risk = 1, .late = 2}));
  EXPECT_EQ(report.first_trace,
            (ClockCount{.done = 0, .running = 1, .at_risk = 0, .late = 1, .unknown = 0}));
  EXPECT_EQ(report.hub_trace,
            (ClockCount{.done = 0, .running = 2, .at_risk = 0, .late = 1, .unknown = 0}));
}

TEST(ReportClocks, AreStoppedByTheCarriersTraces) {
  ReportInput input = ordinary_shift();
  for (auto* parcels : {&input.open, &input.confirmed}) {
    for (ParcelFacts& each : *parcels) {
      if (each.state == ParcelStage::confirmed)
        each.traces = {*each.picked_up, *each.picked_up, *each.picked_up + Duration::hours(25)};
    }
  }
  const Report report = make_report(input);
  EXPECT_EQ(report.ship.done, 1);     // P6
  EXPECT_EQ(report.ship.pending, 1);  // P5
  EXPECT_EQ(report.first_trace.done, 2);
  EXPECT_EQ(report.hub_trace.late, 2);  // each an hour behind its limit
}

TEST(ReportClocks, LateOrdersComeFirstAndCost) {
  const Report report = make_report(ordinary_shift());
  ASSERT_EQ(report.orders_late.size(), 3U);
  EXPECT_EQ(report.orders_late[0].parcels, Ids{"B1-P7"});
  EXPECT_EQ(report.orders_late[1].parcels, Ids{"B1-P2"});
  EXPECT_EQ(report.orders_late[2].state, ClockState::at_risk);
  EXPECT_EQ(report.compensation.sums, (std::vector<CompensationSum>{{"CNY", 500 + 9'000, 6'000}}));
}

TEST(ReportClocks, AnOrderIsGoneWhenItsLastParcelIs) {
  ReportInput input = empty_shift();
  const auto one = order("SO-1", 10'000, "2026-11-22 16:00");
  input.open = {handed(parcel("B1-P1", ParcelStage::picked_up, "2026-11-22 10:00", {one}),
                       "2026-11-22 15:00"),
                parcel("B1-P2", ParcelStage::staged, "2026-11-22 10:00", {one})};
  Report report = make_report(input);
  EXPECT_EQ(report.ship, (ClockCount{.late = 1}));
  EXPECT_EQ(report.orders_late.at(0).parcels, (Ids{"B1-P1", "B1-P2"}));
  EXPECT_FALSE(report.orders_late.at(0).picked_up);

  input.open[1] = handed(input.open[1], "2026-11-22 16:00");
  EXPECT_EQ(make_report(input).ship, (ClockCount{.pending = 1}));
}

TEST(ReportClocks, AStoppedOrderHasNoPromise) {
  ReportInput input = empty_shift();
  auto stopped = order("SO-1", 10'000, "2026-11-22 16:00");
  stopped.stopped = true;
  input.open = {parcel("B1-P1", ParcelStage::staged, "2026-11-22 10:00", {stopped})};
  const Report report = make_report(input);
  EXPECT_EQ(report.ship, ClockCount{});
  EXPECT_TRUE(report.orders_late.empty());
}

TEST(ReportClocks, ThePromiseCountsFromThePaymentWhereNoneIsGiven) {
  ReportInput input = empty_shift();
  const auto unknown = order("SO-1", 10'000, "");
  input.open = {parcel("B1-P1", ParcelStage::staged, "2026-11-22 10:00", {unknown})};
  EXPECT_EQ(make_report(input).ship, (ClockCount{.unknown = 1}));
  input.payments[unknown.key] = {"buyer", at("2026-11-20 16:00")};
  EXPECT_EQ(make_report(input).ship, (ClockCount{.late = 1}));
}

TEST(ReportClocks, CarriersAreSummedUp) {
  const Report report = make_report(ordinary_shift());
  ASSERT_EQ(report.waiting_by_carrier.size(), 2U);
  EXPECT_EQ(report.waiting_by_carrier[0].carrier, "SF");
  EXPECT_EQ(report.waiting_by_carrier[0].late, 1);
  EXPECT_EQ(report.waiting_by_carrier[0].oldest, Duration::minutes(26 * 60 + 10));
  EXPECT_EQ(report.waiting_by_carrier[1].missed_visit, 1);
}

}  // namespace
}  // namespace packbench::report
