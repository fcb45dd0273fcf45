// Where carriers do not go, as a file of our own.
#include "base/time_text.h"
#include "tests/unit/exchange_help.h"

namespace packbench::exchange {
namespace {

TEST(StopRegions, AreReadWithDaysTimesAndReasons) {
  const auto outcome = import_ok(
      "carrier,region,from,to,reason\n"
      "SF,浙江省,2026-11-22,2026-11-23,storm\n"
      "SF,*,2027-02-15 12:00,2027-02-20T08:00:00+08:00,春节\n"
      "YTO,浙江/3100,2026-11-22,2026-11-22,\n");
  EXPECT_EQ(outcome.kind, "stop_regions");
  EXPECT_TRUE(outcome.rejects.empty());
  ASSERT_EQ(outcome.batch.stop_regions.size(), 3u);
  const StopRegion& storm = outcome.batch.stop_regions[0];
  EXPECT_EQ(storm.carrier, "SF");
  EXPECT_EQ(storm.region, "浙江省");
  EXPECT_EQ(storm.reason, "storm");
  EXPECT_EQ(format_utc(storm.span.from), "2026-11-21T16:00:00Z") << "in the zone that was given";
  EXPECT_EQ(format_utc(storm.span.to), "2026-11-23T16:00:00Z") << "to the end of that day";
  EXPECT_EQ(format_utc(outcome.batch.stop_regions[1].span.to), "2027-02-20T00:00:00Z");
  EXPECT_EQ(outcome.batch.stop_regions[2].region, "浙江/3100");
  ImportTotals totals;
  totals.add(outcome);
  EXPECT_EQ(totals.other_text(), "taken: 0 aliases, 0 stops, 0 carrier visits, 3 stop regions");
}

TEST(StopRegions, WithoutAReasonAreTaken) {
  const auto outcome = import_ok("carrier,region,from,to\nSF,GB,2026-11-22,2026-11-23\n");
  ASSERT_EQ(outcome.batch.stop_regions.size(), 1u);
  EXPECT_EQ(outcome.batch.stop_regions[0].reason, "");
}

TEST(StopRegions, ThatCannotBeReadAreGivenBackWithTheReason) {
  const auto outcome = import_ok(
      "carrier,region,from,to\n,浙江省,2026-11-22,2026-11-23\nSF,3100,2026-11-22,2026-11-23\n"
      "SF,浙江省,tomorrow,2026-11-23\nSF,浙江省,2026-11-24,2026-11-23\nSF,浙江省,2026-11-24\n");
  EXPECT_TRUE(outcome.batch.stop_regions.empty());
  ASSERT_EQ(outcome.rejects.size(), 5u);
  EXPECT_TRUE(has(outcome.rejects[0].reason, "carrier"));
  EXPECT_TRUE(has(outcome.rejects[1].reason, "province"));
  EXPECT_TRUE(has(outcome.rejects[2].reason, "days or times"));
  EXPECT_TRUE(has(outcome.rejects[3].reason, "wrong way round"));
}

}  // namespace
}  // namespace packbench::exchange
