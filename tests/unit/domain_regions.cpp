// Stretches of time as people write them, regions as carriers name them, and which order a carrier
// does not take to where it goes.
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "domain/stop_region.h"

namespace packbench {
namespace {

struct SpanCase {
  const char* from;
  const char* to;
  const char* zone;
  const char* begin;  // UTC; empty: it is none
  const char* end;
};

TEST(TimeSpans, AreReadInTheSitesZoneAndDaysToTheirEnd) {
  for (const SpanCase& each : {
           SpanCase{"2026-11-22", "2026-11-22", "Asia/Shanghai", "2026-11-21T16:00:00Z",
                    "2026-11-22T16:00:00Z"},
           {"2026-11-22", "2026-11-24", "Asia/Shanghai", "2026-11-21T16:00:00Z",
            "2026-11-24T16:00:00Z"},
           {"2026-11-22 08:00", "2026-11-22T20:30", "Asia/Shanghai", "2026-11-22T00:00:00Z",
            "2026-11-22T12:30:00Z"},
           {"2026-11-22T08:00:00+00:00", "2026-11-22T20:00:00Z", "Asia/Shanghai",
            "2026-11-22T08:00:00Z", "2026-11-22T20:00:00Z"},
           // Days of 25 and of 23 hours.
           {"2026-10-25", "2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00Z",
            "2026-10-25T23:00:00Z"},
           {"2026-03-29", "2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z",
            "2026-03-29T22:00:00Z"},
           // 2:30 comes twice, and then not at all.
           {"2026-10-25 02:30", "2026-10-25 03:00", "Europe/Berlin", "2026-10-25T00:30:00Z",
            "2026-10-25T02:00:00Z"},
           {"2026-03-29 02:30", "2026-03-29 04:00", "Europe/Berlin", "2026-03-29T01:00:00Z",
            "2026-03-29T02:00:00Z"},
           {"2026-11-22 08:00", "2026-11-22", "Asia/Shanghai", "2026-11-22T00:00:00Z",
            "2026-11-22T16:00:00Z"},
           {"2026-11-22 08:00", "2026-11-22 08:00", "Asia/Shanghai", "2026-11-22T00:00:00Z",
            "2026-11-22T00:00:00Z"},
           {"2026-11-22", "2026-11-21", "Asia/Shanghai", "", ""},
           {"2026-11-22 20:00", "2026-11-22 08:00", "Asia/Shanghai", "", ""},
           {"", "2026-11-22", "Asia/Shanghai", "", ""},
           {"2026-11-22", "", "Asia/Shanghai", "", ""},
           {"22.11.2026", "2026-11-23", "Asia/Shanghai", "", ""},
           {"2026-02-30", "2026-03-01", "Asia/Shanghai", "", ""},
       }) {
    const auto span = parse_span(each.from, each.to, each.zone);
    const std::string name = std::string(each.from) + " to " + each.to + ", " + each.zone;
    ASSERT_EQ(span.has_value(), *each.begin != '\0') << name;
    if (!span) continue;
    EXPECT_EQ(format_utc(span->from), each.begin) << name;
    EXPECT_EQ(format_utc(span->to), each.end) << name;
  }
}

TEST(TimeSpans, HoldTheirBeginningAndNotTheirEnd) {
  const TimeSpan span{Instant{10}, Instant{20}};
  EXPECT_FALSE(span.contains(Instant{9}));
  EXPECT_TRUE(span.contains(Instant{10}));
  EXPECT_TRUE(span.contains(Instant{19}));
  EXPECT_FALSE(span.contains(Instant{20}));
}

Order order_to(const std::string& country, const std::string& province) {
  Order order;
  order.country = country;
  order.province = province;
  return order;
}

struct RegionCase {
  const char* region;
  const char* country;
  const char* province;
  InRegion in;
};

TEST(Regions, AreHeldAgainstCountryAndProvince) {
  for (const RegionCase& each : {
           RegionCase{"浙江省", "CN", "浙江省", InRegion::yes},
           {"浙江", "CN", "浙江省", InRegion::yes},
           {" 浙江省 ", "", "浙江", InRegion::yes},
           {"新疆", "CN", "新疆维吾尔自治区", InRegion::yes},
           {"内蒙古自治区", "CN", "内蒙古", InRegion::yes},
           {"上海市", "CN", "上海", InRegion::yes},
           {"浙江", "CN", "江苏省", InRegion::no},
           {"江", "CN", "江苏省", InRegion::no},
           {"浙江省/杭州市", "CN", "浙江省", InRegion::perhaps},
           {"浙江/3100", "CN", "浙江省", InRegion::perhaps},
           {"江苏/2100", "CN", "浙江省", InRegion::no},
           {"*", "CN", "浙江省", InRegion::yes},
           {"*", "", "", InRegion::yes},
           {"gb", "GB", "", InRegion::yes},
           {"GB", "CN", "浙江省", InRegion::no},
           {"Bavaria", "DE", "bavaria", InRegion::yes},
           {"浙江", "", "", InRegion::no},
       }) {
    const auto region = parse_region(each.region);
    ASSERT_TRUE(region) << each.region;
    EXPECT_EQ(in_region(order_to(each.country, each.province), *region), each.in)
        << each.region << " holds " << each.province << " " << each.country;
  }
  for (const char* none : {"", " ", "3100", "浙江/", "/杭州"})
    EXPECT_FALSE(parse_region(none)) << none;
}

TEST(StopRegions, KeepTheirCarrierFromGoingThereInTheirTime) {
  const auto stop = [](const char* carrier, const char* region, std::int64_t from,
                       std::int64_t to) {
    return StopRegion{carrier, region, {Instant{from}, Instant{to}}, "storm"};
  };
  const std::vector<StopRegion> stops = {stop("SF", "浙江", 10, 20), stop("SF", "浙江", 15, 30),
                                         stop("SF", "浙江/杭州市", 10, 50),
                                         stop("YTO", "*", 10, 20)};
  const Order here = order_to("CN", "浙江省");
  const auto until = [&](const char* carrier, std::int64_t at) -> std::int64_t {
    const auto found = stopped_region(stops, carrier, here, Instant{at});
    return !found ? 0 : found->perhaps ? -found->stop.span.to.us : found->stop.span.to.us;
  };
  EXPECT_EQ(until("SF", 9), 0);
  EXPECT_EQ(until("SF", 10), 20);
  EXPECT_EQ(until("SF", 15), 30) << "the longer one";
  EXPECT_EQ(until("SF", 30), -50) << "only a part of it is left";
  EXPECT_EQ(until("SF", 50), 0);
  EXPECT_EQ(until("YTO", 19), 20);
  EXPECT_EQ(until("YTO", 20), 0);
  EXPECT_EQ(until("ZTO", 15), 0);
  EXPECT_FALSE(stopped_region(stops, "SF", order_to("CN", "江苏省"), Instant{15}));
  EXPECT_EQ(region_text(stops.front()), "浙江 (storm)");
}

}  // namespace
}  // namespace packbench
