// Shifts made by hand, for the tests of the report. It is 17:02 of 22 November in Shanghai.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "report/report.h"

namespace packbench::report::test {

inline const std::string kZone = "Asia/Shanghai";

inline Instant at(const std::string& local) {
  return *parse_local(local, kZone);
}

inline store::TallyRow tally(const std::string& local, std::string op, std::string metric,
                             std::int64_t count) {
  return {.shift = 12,
          .quarter = at(local),
          .op = std::move(op),
          .metric = std::move(metric),
          .count = count};
}

inline OrderFacts order(std::string number, std::int64_t paid_minor, const std::string& ship_by) {
  OrderFacts facts;
  facts.key = {"taobao", "青柚家居", std::move(number)};
  facts.confirmation = "none";
  facts.paid = Money{paid_minor, "CNY"};
  if (!ship_by.empty()) facts.ship_by = at(ship_by);
  return facts;
}

inline ParcelFacts parcel(std::string id, ParcelStage state, const std::string& labelled,
                          std::vector<OrderFacts> orders) {
  ParcelFacts facts;
  facts.id = std::move(id);
  facts.state = state;
  facts.carrier = "SF";
  facts.number = "SF1000000000001";
  facts.packed_by = "1001";
  facts.started = at(labelled) - Duration::minutes(2);
  facts.labelled = facts.staged = at(labelled);
  facts.orders = std::move(orders);
  return facts;
}

inline ParcelFacts handed(ParcelFacts facts, const std::string& picked_up,
                          const std::string& confirmed = {}) {
  facts.picked_up = at(picked_up);
  facts.state = confirmed.empty() ? ParcelStage::picked_up : ParcelStage::confirmed;
  if (!confirmed.empty()) facts.confirmed = at(confirmed);
  facts.manifest = "B1-M1";
  return facts;
}

// A shift in which nothing has happened yet.
inline ReportInput empty_shift() {
  ReportInput input;
  input.bench = "3";
  input.shift = store::ShiftRow{12, at("2026-11-22 08:00"), std::nullopt};
  input.from = at("2026-11-22 08:00");
  input.to = at("2026-11-22 17:02");
  input.now = {input.to, {}, ""};
  input.operators = {{"1001", "李秀英"}, {"1002", "Amy Chan"}};
  input.carriers = {{"SF", "顺丰"}, {"YTO", "圆通"}};
  input.zone = kZone;
  return input;
}

// A shift with something of everything; the numbers are chosen so that no two sums are the same.
inline ReportInput ordinary_shift() {
  ReportInput input = empty_shift();
  const int parcels[] = {14, 22, 26, 24, 9, 21, 27, 25, 18};
  for (int i = 0; i < 9; ++i) {
    const std::string hour = std::string(i < 2 ? "0" : "") + std::to_string(8 + i);
    const std::string quarter = "2026-11-22 " + hour + ":15";
    input.tally.push_back(tally(quarter, "1001", "parcels_staged", parcels[i] - 5));
    input.tally.push_back(tally(quarter, "1002", "parcels_staged", 5));
    input.tally.push_back(tally(quarter, "1001", "items_packed", parcels[i] * 2));
  }
  const std::pair<const char*, int> counts[] = {{"items_undone", 3},
                                                {"items_manual", 4},
                                                {"refused:wrong_item", 7},
                                                {"refused:over_scan", 2},
                                                {"refused:wrong_label", 1},
                                                {"refused:not_signed_in", 5},
                                                {"checks_passed", 61},
                                                {"checks_failed", 6},
                                                {"checks_overridden", 8},
                                                {"labels_printed", 190},
                                                {"labels_voided", 9},
                                                {"labels_reprinted", 10},
                                                {"labels_unknown", 11},
                                                {"pickups", 172},
                                                {"pickups_undone", 1},
                                                {"confirmed", 168},
                                                {"held_back", 12},
                                                {"orders_packed", 181},
                                                {"orders_stopped", 13},
                                                {"orders_held", 15},
                                                {"short", 16},
                                                {"damaged", 17},
                                                {"differs", 19},
                                                {"material:MAT-BUBBLE-ROLL", 31},
                                                {"material:MAT-GIFT-BAG", 20}};
  for (const auto& [metric, count] : counts) {
    input.tally.push_back(tally("2026-11-22 10:00", "1001", metric, count));
  }

  auto missed = parcel("B1-P1", ParcelStage::staged, "2026-11-22 15:00",
                       {order("2026110000946318", 20'000, "2026-11-23 12:00")});
  missed.orders[0].last_visit = at("2026-11-22 16:30");
  missed.carrier = "YTO";
  missed.number = "YT8800112233445";
  input.open.push_back(missed);
  input.open.push_back(parcel("B1-P2", ParcelStage::staged, "2026-11-21 14:52",
                              {order("2026110000946319", 30'000, "2026-11-22 13:52")}));
  input.open.push_back(parcel("B1-P3", ParcelStage::verified, "2026-11-22 16:50",
                              {order("2026110000946320", 999, "2026-11-24 12:00")}));
  input.open.push_back(parcel("B1-P4", ParcelStage::open, "2026-11-22 17:00",
                              {order("SO-0004", 4'500, "2026-11-24 12:00")}));
  auto held = handed(parcel("B1-P5", ParcelStage::picked_up, "2026-11-22 11:00",
                            {order("2026110000946321", 8'800, "2026-11-23 12:00")}),
                     "2026-11-22 16:31");
  held.orders[0].confirmation = "held";
  held.orders[0].held = true;
  input.open.push_back(held);
  input.confirmed.push_back(handed(parcel("B1-P6", ParcelStage::confirmed, "2026-11-22 10:00",
                                          {order("2026110000946322", 7'700, "2026-11-23 12:00")}),
                                   "2026-11-22 16:30", "2026-11-22 16:40"));
  input.confirmed.push_back(handed(parcel("B1-P7", ParcelStage::confirmed, "2026-11-21 10:00",
                                          {order("2026110000946323", 1'000, "2026-11-21 14:00")}),
                                   "2026-11-21 16:30", "2026-11-21 16:40"));
  // Of neither the carrier has reported anything.
  input.open.insert(input.open.end(), input.confirmed.begin(), input.confirmed.end());
  return input;
}

// It has missed the visit of YTO at 16:30, so that one parcel will be late.
inline ReportInput missed_visit_shift() {
  ReportInput input = ordinary_shift();
  for (int day = 1; day <= 7; ++day) input.visits.timetable.push_back({"YTO", day, 16 * 60 + 30});
  input.visits.zone = kZone;
  return input;
}

// Sixty parcels that nobody fetched.
inline ReportInput long_shift() {
  ReportInput input = ordinary_shift();
  for (int i = 0; i < 60; ++i) {
    auto row = parcel("B1-P" + std::to_string(100 + i), ParcelStage::staged, "2026-11-22 12:00",
                      {order(std::to_string(2026110000950000 + i), 12'345 + i,
                             i % 3 == 0 ? "2026-11-22 16:00" : "2026-11-23 18:00")});
    row.labelled = *row.labelled + Duration::minutes(i);
    row.carrier = i % 2 == 0 ? "SF" : "YTO";
    row.number = "SF" + std::to_string(1'000'000'000'100 + i);
    input.open.push_back(row);
  }
  return input;
}

}  // namespace packbench::report::test
