#include "base/time_text.h"

#include <gtest/gtest.h>

namespace packbench {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
const std::string kShanghai = "Asia/Shanghai";
const std::string kBerlin = "Europe/Berlin";

std::optional<std::int64_t> us(std::optional<Instant> time) {
  if (!time) return std::nullopt;
  return time->us;
}

TEST(Iso8601, TheSameInstantInEveryOffset) {
  const Instant expected{1'795'329'125 * kSecond + 123'456};  // date -u -d 2026-11-22T06:32:05Z +%s
  for (const char* text : {"2026-11-22T14:32:05.123456+08:00", "2026-11-22T06:32:05.123456Z",
                           "2026-11-22 06:32:05.123456Z", "2026-11-22T14:32:05.123456+0800",
                           "2026-11-22 14:32:05.123456 +0800", "2026-11-21T18:32:05.1234569-12:00",
                           "2026-11-22T12:02:05.123456+05:30", "2026-11-22T14:32:05.123456+08"}) {
    EXPECT_EQ(us(parse_iso8601(text)), expected.us) << text;
  }
}

TEST(Iso8601, SecondsMayBeLeftOut) {
  EXPECT_EQ(us(parse_iso8601("1970-01-01T00:01Z")), 60 * kSecond);
  EXPECT_EQ(us(parse_iso8601("1969-12-31T23:59:59Z")), -kSecond);
}

TEST(Iso8601, RefusesWhatIsNotATimeWithAnOffset) {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T14:32:05", "2026-11-22T14:32:05.", "2026-11-22T14:32:05.Z",
        "2026-13-22T14:32:05Z", "2026-02-29T14:32:05Z", "2026-11-22T24:00:00Z",
        "2026-11-22T14:60:05Z", "2026-11-22T14:32:60Z", "26-11-22T14:32:05Z",
        "2026-11-22T14:32:05Zx", "2026-11-22T14:32:05+8", "2026-11-22T14:32:05+24:00",
        "2026-11-22T14:32:05+08:60", "2026-11-22t14:32:05Z", "2026/11/22T14:32:05Z",
        "+026-11-22T14:32:05Z", "2026-11-22T1 :32:05Z"}) {
    EXPECT_EQ(us(parse_iso8601(text)), std::nullopt) << text;
  }
}

TEST(ParseLocal, ReadsTheZonesOwnTime) {
  EXPECT_EQ(us(parse_local("2010-12-01 08:26:00", "Europe/London")), 1'291'191'960 * kSecond);
  EXPECT_EQ(us(parse_local("2010-07-01T08:26", "Europe/London")), 1'277'969'160 * kSecond);
  EXPECT_EQ(us(parse_local("1970-01-02", kShanghai)), (86'400 - 8 * 3'600) * kSecond);
}

TEST(ParseLocal, RefusesOffsetsBadDatesAndUnknownZones) {
  EXPECT_FALSE(parse_local("2010-12-01T08:26:00Z", kShanghai));
  EXPECT_FALSE(parse_local("2010-12-32", kShanghai));
  EXPECT_FALSE(parse_local("12/1/2010 8:26", kShanghai));
  EXPECT_FALSE(parse_local("2010-12-01", "Mars/Olympus"));
  EXPECT_FALSE(parse_local("2010-12-01", "../../etc/passwd"));
  EXPECT_FALSE(parse_local("2010-12-01", ""));
}

TEST(ParseLocal, SummerTimeHasAnHourTwiceAndAnHourNever) {
  // 2026-10-25 02:30 comes twice in Berlin; the first is still summer time (00:30 UTC).
  EXPECT_EQ(parse_local("2026-10-25 02:30", kBerlin), parse_iso8601("2026-10-25T00:30:00Z"));
  // 2026-03-29 02:30 never comes; the clock jumps from 02:00 to 03:00 at 01:00 UTC.
  EXPECT_EQ(parse_local("2026-03-29 02:30", kBerlin), parse_iso8601("2026-03-29T01:00:00Z"));
}

TEST(FormatUtc, WritesWhatParseReads) {
  for (const char* text :
       {"2026-11-22T06:32:05Z", "2026-11-22T06:32:05.000001Z", "1969-12-31T23:59:59.500000Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"}) {
    const auto time = parse_iso8601(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(format_utc(*time), text);
  }
}

TEST(FormatUtc, ADamagedNumberStillGivesAnIsoTime) {
  EXPECT_TRUE(parse_iso8601(format_utc({INT64_MAX})));
  EXPECT_TRUE(parse_iso8601(format_utc({INT64_MIN})));
}

TEST(FormatLocal, UsesTheZoneAndTheFormat) {
  const Instant time = *parse_iso8601("2026-11-22T16:32:05.9Z");
  EXPECT_EQ(format_local(time, kShanghai, "%Y-%m-%d %H:%M:%S"), "2026-11-23 00:32:05");
  EXPECT_EQ(format_local(time, kBerlin, "%d.%m. %H:%M"), "22.11. 17:32");
  EXPECT_EQ(format_local(time, "Mars/Olympus", "%H:%M"), "16:32");
}

TEST(ZoneExists, KnowsTheSystemsZones) {
  EXPECT_TRUE(zone_exists(kShanghai));
  EXPECT_TRUE(zone_exists("UTC"));
  EXPECT_FALSE(zone_exists("Mars/Olympus"));
  EXPECT_FALSE(zone_exists(""));
}

TEST(LocalMidnight, StartsTheLocalDay) {
  EXPECT_EQ(local_midnight("2026-11-22", kShanghai), parse_iso8601("2026-11-21T16:00:00Z"));
  EXPECT_FALSE(local_midnight("2026-11-22 00:00", kShanghai));
  EXPECT_FALSE(local_midnight("22.11.2026", kShanghai));
  // Gaza's clocks jumped from midnight to one o'clock: the day began at the end of the gap.
  EXPECT_EQ(local_midnight("2012-03-30", "Asia/Gaza"), parse_iso8601("2012-03-29T22:00:00Z"));
}

TEST(LocalClock, SaysWeekdayAndMinute) {
  const LocalClock sunday = local_clock(*parse_iso8601("2026-11-22T06:32:05Z"), kShanghai);
  EXPECT_EQ(sunday.weekday, 7);
  EXPECT_EQ(sunday.minute, 14 * 60 + 32);
  const LocalClock monday = local_clock(*parse_iso8601("2026-11-22T16:00:00Z"), kShanghai);
  EXPECT_EQ(monday.weekday, 1);
  EXPECT_EQ(monday.minute, 0);
  const LocalClock before_1970 = local_clock(Instant{-1}, "UTC");
  EXPECT_EQ(before_1970.weekday, 3);
  EXPECT_EQ(before_1970.minute, 24 * 60 - 1);
}

TEST(LocalMinute, CountsLocalDaysAcrossTheEndOfSummerTime) {
  const Instant saturday = *parse_iso8601("2026-10-24T20:00:00Z");
  EXPECT_EQ(local_minute(saturday, 0, 17 * 60, kBerlin), *parse_iso8601("2026-10-24T15:00:00Z"));
  EXPECT_EQ(local_minute(saturday, 1, 17 * 60, kBerlin), *parse_iso8601("2026-10-25T16:00:00Z"));
  EXPECT_EQ(local_minute(saturday, -1, 0, kBerlin), *parse_iso8601("2026-10-22T22:00:00Z"));
}

TEST(ParseDuration, ReadsTheFourUnits) {
  EXPECT_EQ(parse_duration("90s"), Duration::seconds(90));
  EXPECT_EQ(parse_duration("90"), Duration::seconds(90));
  EXPECT_EQ(parse_duration("15m"), Duration::minutes(15));
  EXPECT_EQ(parse_duration("2h"), Duration::hours(2));
  EXPECT_EQ(parse_duration("1d"), Duration::hours(24));
  EXPECT_EQ(parse_duration("0"), Duration{});
}

TEST(ParseDuration, RefusesWhatIsNoneAndWhatWouldOverflow) {
  for (const char* text : {"", "s", "-5m", "+5m", "1.5h", "5 m", "5M", "1w", "1h30m",
                           "99999999999d", "9223372036854775807", "18446744073709551617"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

}  // namespace
}  // namespace packbench
