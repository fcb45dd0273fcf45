// What a season notice does to the promise of an order.
#include <gtest/gtest.h>

#include "domain/deadlines.h"
#include "tests/unit/local_time.h"

namespace packbench {
namespace {

SeasonNotice notice(const std::string& name, const std::string& from, const std::string& to,
                    int extra_hours, const std::string& zone = kShanghai) {
  SeasonNotice notice;
  notice.name = name;
  notice.span = *parse_span(from, to, zone);
  notice.extra = Duration::hours(extra_hours);
  return notice;
}

Order paid(const std::string& local, const std::string& zone = kShanghai) {
  Order order;
  order.paid_at = at(local, zone);
  order.country = "CN";
  order.province = "浙江省";
  return order;
}

PlatformPolicy with(std::vector<SeasonNotice> notices) {
  PlatformPolicy policy;  // 48 hours from payment
  policy.notices = std::move(notices);
  return policy;
}

struct EdgeCase {
  const char* paid;
  const char* ship_by;
  bool moved;
};

TEST(SeasonNotices, MoveThePromisesThatRunWhileTheyAreInForce) {
  // From the first moment of the 11th until the last of the 13th.
  const PlatformPolicy policy = with({notice("Double 11", "2026-11-11", "2026-11-13", 72)});
  for (const EdgeCase& each : {
           EdgeCase{"2026-11-08 12:00:00", "2026-11-10 12:00:00", false},
           {"2026-11-09 00:00:00", "2026-11-11 00:00:00", false},
           {"2026-11-09 00:00:01", "2026-11-14 00:00:01", true},
           {"2026-11-11 00:00:00", "2026-11-16 00:00:00", true},
           {"2026-11-13 23:59:59", "2026-11-18 23:59:59", true},
           {"2026-11-14 00:00:00", "2026-11-16 00:00:00", false},
       }) {
    const Promise promise = promise_of(paid(each.paid), policy);
    EXPECT_EQ(promise.ship_by, at(each.ship_by)) << each.paid;
    EXPECT_EQ(promise.before.has_value(), each.moved) << each.paid;
    EXPECT_EQ(promise.season, each.moved ? "Double 11" : "") << each.paid;
    const Instant plain = at(each.paid) + Duration::hours(48);
    EXPECT_EQ(promise.before.value_or(plain), plain) << each.paid;
    EXPECT_EQ(ship_by(paid(each.paid), policy), promise.ship_by) << each.paid;
  }
}

TEST(SeasonNotices, NeverMoveAnOrdersOwnPromise) {
  const PlatformPolicy policy = with({notice("Double 11", "2026-11-11", "2026-11-13", 72)});
  Order order = paid("2026-11-11 08:00");
  order.promised_ship_by = at("2026-11-12 08:00");
  EXPECT_EQ(promise_of(order, policy).ship_by, order.promised_ship_by);
  EXPECT_FALSE(promise_of(order, policy).before);
  order.promised_ship_by.reset();
  order.paid_at.reset();
  EXPECT_FALSE(promise_of(order, policy).ship_by) << "nothing is known, nothing is moved";
}

TEST(SeasonNotices, AreOfTheSitesDaysAlsoWhenClocksAreSet) {
  const std::string berlin = "Europe/Berlin";
  // A day of 25 hours, then one of 23.
  const PlatformPolicy autumn = with({notice("storm", "2026-10-25", "2026-10-25", 24, berlin)});
  const PlatformPolicy spring = with({notice("storm", "2026-03-29", "2026-03-29", 24, berlin)});
  const auto moved = [&](const PlatformPolicy& policy, const char* time) {
    return promise_of(paid(time, berlin), policy).before.has_value();
  };
  EXPECT_TRUE(moved(autumn, "2026-10-25 23:59"));
  EXPECT_FALSE(moved(autumn, "2026-10-26 00:00"));
  EXPECT_TRUE(moved(spring, "2026-03-29 23:59"));
  EXPECT_FALSE(moved(spring, "2026-03-30 00:00"));
  // Hours are hours: 48 and 24 of them are three days less one by the clock on the wall.
  EXPECT_EQ(promise_of(paid("2026-10-24 12:00", berlin), autumn).ship_by,
            at("2026-10-27 11:00", berlin));
}

TEST(SeasonNotices, OfSeveralTheOneThatGrantsMostCounts) {
  const SeasonNotice storm = notice("storm", "2026-11-11", "2026-11-12", 24);
  const SeasonNotice sale = notice("Double 11", "2026-11-10", "2026-11-20", 72);
  for (const auto& notices : {std::vector{storm, sale}, std::vector{sale, storm}}) {
    const Promise promise = promise_of(paid("2026-11-11 08:00"), with(notices));
    EXPECT_EQ(promise.season, "Double 11");
    EXPECT_EQ(promise.ship_by, at("2026-11-16 08:00")) << "and they are not added up";
  }
}

TEST(SeasonNotices, HoldInTheirRegionsAndForTheirCarriersOnly) {
  const auto moved = [](auto change_notice, auto change_order) {
    SeasonNotice storm = notice("storm", "2026-11-11", "2026-11-12", 24);
    Order order = paid("2026-11-11 08:00");
    change_notice(storm);
    change_order(order);
    return promise_of(order, with({storm})).before.has_value();
  };
  const auto nothing = [](auto&) {};
  const auto to = [](const char* province) {
    return [province](Order& order) { order.province = province; };
  };
  const auto by = [](const char* carrier) {
    return [carrier](Order& order) { order.requested_carrier = carrier; };
  };
  const auto zhejiang = [](SeasonNotice& n) { n.regions = {"浙江", "HK"}; };
  const auto of_sf = [](SeasonNotice& n) { n.carriers = {"SF"}; };
  const auto of_yto = [](SeasonNotice& n) {
    n.carriers = {"YTO"};
    n.unbound = false;
  };
  EXPECT_TRUE(moved(nothing, by("YTO")));
  EXPECT_TRUE(moved(zhejiang, nothing));
  EXPECT_FALSE(moved(zhejiang, to("江苏省")));
  EXPECT_FALSE(moved(zhejiang, to("")));
  EXPECT_TRUE(moved(zhejiang, [](Order& order) { order.country = "HK"; }));
  EXPECT_TRUE(moved(of_sf, by("SF")));
  EXPECT_TRUE(moved(of_sf, nothing)) << "it goes with the default carrier";
  EXPECT_FALSE(moved(of_sf, by("YTO")));
  EXPECT_FALSE(moved(of_yto, nothing));
  EXPECT_TRUE(moved(of_yto, by("YTO")));
}

}  // namespace
}  // namespace packbench
