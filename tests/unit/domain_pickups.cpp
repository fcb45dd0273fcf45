// When a carrier must be asked to come once more. It is November 2026 in Shanghai; SF comes daily
// at 16:30 unless a case says otherwise.
#include "domain/pickups.h"

#include <gtest/gtest.h>

#include "tests/unit/local_time.h"

namespace packbench {
namespace {

const PlatformPolicies kPlain = {{"", PlatformPolicy{}}};

Now now_at(const std::string& local) {
  return {at(local), {}, ""};
}

std::vector<CarrierVisit> daily(const std::string& carrier, std::initializer_list<int> minutes) {
  std::vector<CarrierVisit> visits;
  for (int day = 1; day <= 7; ++day) {
    for (const int minute : minutes) visits.push_back({carrier, day, minute});
  }
  return visits;
}

ParcelFacts waiting(const std::string& labelled, const std::string& ship_by) {
  ParcelFacts parcel;
  parcel.id = "B1-P1";
  parcel.state = ParcelStage::staged;
  parcel.carrier = "SF";
  parcel.number = "SF1";
  parcel.started = parcel.labelled = parcel.staged = at(labelled);
  OrderFacts order;
  order.key = {"taobao", "demo", "SO-1"};
  order.paid = Money{10'000, "CNY"};
  if (!ship_by.empty()) order.ship_by = at(ship_by);
  parcel.orders = {order};
  return parcel;
}

std::string need_at(const ParcelFacts& parcel, const VisitBook& book, const std::string& now) {
  const auto need = pickup_need(parcel, carriers_now(book, at(now)), kPlain, now_at(now));
  if (!need) return "none";
  return *need == PickupNeed::late ? "late" : *need == PickupNeed::at_risk ? "at_risk" : "missed";
}

struct NeedCase {
  const char* name;
  const char* labelled;
  const char* ship_by;
  const char* handover;  // opened; empty: there was none
  const char* now;
  const char* need;
};

TEST(PickupNeeds, FollowTheTimetableThePromiseAndTheHandovers) {
  const char* morning = "2026-11-23 10:00";
  const char* next_morning = "2026-11-24 08:00";  // no visit is left after today's
  const char* next_evening = "2026-11-24 20:00";  // tomorrow's visit is in time
  for (const NeedCase& each : {
           NeedCase{"a visit is to come", morning, next_morning, "", "2026-11-23 15:00", "none"},
           {"the courier may be late", morning, next_morning, "", "2026-11-23 17:00", "none"},
           {"nobody came", morning, next_morning, "", "2026-11-23 17:01", "at_risk"},
           {"left behind", morning, next_morning, "2026-11-23 16:20", "2026-11-23 16:40",
            "at_risk"},
           {"packed after the visit", "2026-11-23 16:35", next_morning, "2026-11-23 16:20",
            "2026-11-23 16:40", "at_risk"},
           {"the promise ends at the visit", morning, "2026-11-24 16:30", "2026-11-23 16:20",
            "2026-11-23 17:01", "none"},
           {"it ends just before", morning, "2026-11-24 16:29", "2026-11-23 16:20",
            "2026-11-23 17:01", "at_risk"},
           {"nobody came, the next is in time", morning, next_evening, "", "2026-11-23 17:01",
            "missed"},
           {"packed after the one that was missed", "2026-11-23 16:35", next_evening, "",
            "2026-11-23 17:01", "none"},
           {"somebody came", morning, next_evening, "2026-11-23 16:40", "2026-11-23 17:01", "none"},
           {"somebody came early", morning, next_evening, "2026-11-23 14:30", "2026-11-23 17:01",
            "none"},
           {"too early for this visit", morning, next_evening, "2026-11-23 14:29",
            "2026-11-23 17:01", "missed"},
           {"yesterday's handover", morning, next_evening, "2026-11-22 16:30", "2026-11-23 17:01",
            "missed"},
           {"the promise has passed", morning, "2026-11-23 12:00", "", "2026-11-23 12:01", "late"},
           {"no promise, and nobody came", morning, "", "", "2026-11-23 17:01", "missed"},
           {"no promise, and somebody came", morning, "", "2026-11-23 16:40", "2026-11-23 17:01",
            "none"},
       }) {
    VisitBook book{daily("SF", {16 * 60 + 30}), {}, Duration::minutes(30), kShanghai};
    if (*each.handover != '\0') book.handovers = {{"SF", at(each.handover), false}};
    EXPECT_EQ(need_at(waiting(each.labelled, each.ship_by), book, each.now), each.need)
        << each.name;
  }
}

TEST(PickupNeeds, AHandoverBelongsToTheNearerOfTwoVisits) {
  VisitBook book{daily("SF", {16 * 60, 17 * 60}), {}, Duration::minutes(30), kShanghai};
  const ParcelFacts parcel = waiting("2026-11-23 10:00", "2026-11-24 20:00");
  book.handovers = {{"SF", at("2026-11-23 16:29"), false}};
  EXPECT_EQ(need_at(parcel, book, "2026-11-23 17:31"), "missed");
  book.handovers = {{"SF", at("2026-11-23 16:30"), false}};
  EXPECT_EQ(need_at(parcel, book, "2026-11-23 17:31"), "none");
}

TEST(PickupNeeds, AreNoneForWhatOnlyACourierDoesNotHelp) {
  const VisitBook book{daily("SF", {16 * 60 + 30}), {}, Duration::minutes(30), kShanghai};
  const char* evening = "2026-11-23 18:00";
  const ParcelFacts plain = waiting("2026-11-23 10:00", "2026-11-24 08:00");
  ASSERT_EQ(need_at(plain, book, evening), "at_risk");
  const auto changed = [&](auto change) {
    ParcelFacts parcel = plain;
    change(parcel);
    return need_at(parcel, book, evening);
  };
  EXPECT_EQ(changed([](auto& p) { p.orders[0].stopped = true; }), "none");
  EXPECT_EQ(changed([](auto& p) { p.orders[0].held = true; }), "none");
  EXPECT_EQ(changed([](auto& p) { p.traces.first = p.staged; }), "none") << "the carrier has it";
  EXPECT_EQ(changed([](auto& p) { p.state = ParcelStage::open; }), "none");
  EXPECT_EQ(changed([](auto& p) { p.carrier = "YTO"; }), "none") << "it has no timetable";
  EXPECT_EQ(changed([](auto& p) { p.state = ParcelStage::labelled; }), "at_risk");
  VisitBook here = book;
  here.handovers = {{"SF", at("2026-11-23 17:50"), true}};
  EXPECT_EQ(need_at(plain, here, evening), "none") << "the courier is here";
}

TEST(NextVisits, AreOnesOfTheLocalDay) {
  const std::string berlin = "Europe/Berlin";
  const std::vector<CarrierVisit> sundays = {{"DHL", 7, 150}, {"DHL", 7, 990}};  // 2:30 and 16:30
  const auto next = [&](const char* after) {
    return format_utc(*next_visit(sundays, "DHL", at(after, berlin), berlin));
  };
  EXPECT_EQ(next("2026-10-24 17:00"), "2026-10-25T00:30:00Z") << "2:30 comes twice: the first";
  EXPECT_EQ(next("2026-10-25 12:00"), "2026-10-25T15:30:00Z") << "in winter time";
  EXPECT_EQ(next("2026-03-28 17:00"), "2026-03-29T01:00:00Z") << "there is no 2:30: the gap's end";
  EXPECT_EQ(next("2026-03-29 16:30"), "2026-04-05T00:30:00Z") << "a week on, in summer time";
  EXPECT_FALSE(next_visit(sundays, "SF", at("2026-10-24 17:00", berlin), berlin));
}

TEST(ExtraPickups, CountWhatComingAtOnceWouldSave) {
  PlatformPolicies policies = kPlain;
  policies["etsy"] = {};
  policies["etsy"].currency = "USD";
  policies["etsy"].compensation_min = 100;
  policies["etsy"].service_breach = 0;
  const auto parcel = [](const char* id, const char* order, Money paid, const char* ship_by) {
    ParcelFacts facts = waiting("2026-11-23 10:00", ship_by);
    facts.id = id;
    facts.orders[0].key.number = order;
    facts.orders[0].paid = paid;
    return facts;
  };
  const char* soon = "2026-11-24 08:00";
  std::vector<ParcelFacts> parcels = {
      parcel("P1", "1", {10'000, "CNY"}, "2026-11-24 09:00"),  // 30.00
      parcel("P2", "2", {1'000, "CNY"}, soon),                 // 5.00, the least
      parcel("P3", "2", {1'000, "CNY"}, soon),                 // the same order's other box
      parcel("P4", "3", {5'000, "USD"}, soon),                 // 15.00
      parcel("P5", "4", {2'000, "CNY"}, "2026-11-23 12:00"),   // late: nothing is saved
      parcel("P6", "5", {90'000, "CNY"}, "2026-11-24 20:00"),  // tomorrow is in time
  };
  parcels[3].orders[0].key.platform = "etsy";
  parcels[1].orders[0].service = parcels[2].orders[0].service = Service::same_day;  // 10.00 more
  const VisitBook book{daily("SF", {16 * 60 + 30}), {}, Duration::minutes(30), kShanghai};
  const Now now = now_at("2026-11-23 18:00");
  const auto pickups = extra_pickups(parcels, carriers_now(book, now.wall), policies, now);
  ASSERT_EQ(pickups.size(), 1U);
  const ExtraPickup& sf = pickups[0];
  EXPECT_EQ(sf.carrier, "SF");
  EXPECT_EQ(sf.missed_visit, at("2026-11-23 16:30"));
  EXPECT_EQ(sf.next_visit, at("2026-11-24 16:30"));
  EXPECT_EQ(sf.ship_by, at(soon));
  EXPECT_EQ(sf.at_risk, 4);
  EXPECT_EQ(sf.late, 1);
  std::string order;
  for (const PickupParcel& each : sf.parcels) order += each.id + " ";
  EXPECT_EQ(order, "P5 P2 P3 P4 P1 P6 ") << "by their promise";
  EXPECT_EQ(saved_by(sf), (std::vector<Money>{{4'500, "CNY"}, {1'500, "USD"}}));
  EXPECT_EQ(sf.money.sums.front().late, 600);
}

TEST(ExtraPickups, SaveNothingWhereTheNextVisitIsInTime) {
  const VisitBook book{daily("SF", {16 * 60 + 30}), {}, Duration::minutes(30), kShanghai};
  const Now now = now_at("2026-11-23 18:00");
  const std::vector<ParcelFacts> parcels = {waiting("2026-11-23 10:00", "2026-11-24 20:00")};
  const auto pickups = extra_pickups(parcels, carriers_now(book, now.wall), kPlain, now);
  ASSERT_EQ(pickups.size(), 1U);
  EXPECT_EQ(pickups[0].at_risk + pickups[0].late, 0);
  EXPECT_TRUE(saved_by(pickups[0]).empty());
}

TEST(ExtraPickups, StandByTheEarliestPromiseThatCanBeKept) {
  VisitBook book{daily("SF", {16 * 60 + 30}), {}, Duration::minutes(30), kShanghai};
  for (const CarrierVisit& visit : daily("YTO", {16 * 60})) book.timetable.push_back(visit);
  std::vector<ParcelFacts> parcels = {waiting("2026-11-23 10:00", "2026-11-24 09:00"),
                                      waiting("2026-11-23 10:00", "2026-11-24 08:00")};
  parcels[1].carrier = "YTO";
  const Now now = now_at("2026-11-23 18:00");
  const auto pickups = extra_pickups(parcels, carriers_now(book, now.wall), kPlain, now);
  ASSERT_EQ(pickups.size(), 2U);
  EXPECT_EQ(pickups[0].carrier, "YTO");
}

}  // namespace
}  // namespace packbench
