// When a delivery is tried again, and what a server may say to it.
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "exchange/next_try.h"

namespace packbench::exchange {
namespace {

constexpr std::uint64_t kHighest = ~std::uint64_t{0};

TEST(NextTry, WaitsUpToTwiceAsLongEachTimeAndNeverMoreThanTheCap) {
  const struct {
    int attempt;
    std::int64_t ceiling_s;
  } rows[] = {{1, 1}, {2, 2}, {3, 4}, {4, 8}, {10, 512}, {11, 600}, {12, 600}, {1'000, 600}};
  const Duration now = Duration::hours(7);
  for (const auto& row : rows) {
    const Duration ceiling = Duration::seconds(row.ceiling_s);
    const auto range = static_cast<std::uint64_t>(ceiling.us) + 1;
    // The two ends of what chance may choose, and the first that begins anew.
    EXPECT_EQ(next_try(row.attempt, std::nullopt, now, 0), now) << row.attempt;
    EXPECT_EQ(next_try(row.attempt, std::nullopt, now, range - 1), now + ceiling) << row.attempt;
    EXPECT_EQ(next_try(row.attempt, std::nullopt, now, range), now) << row.attempt;
    EXPECT_LE(next_try(row.attempt, std::nullopt, now, kHighest), now + ceiling) << row.attempt;
  }
}

TEST(NextTry, IsNeverEarlierThanTheServerAsksNorLaterThanADay) {
  EXPECT_EQ(next_try(1, Duration::seconds(30), {}, 0), Duration::seconds(30));
  EXPECT_EQ(next_try(1, Duration::seconds(30), {}, 1'000'000), Duration::seconds(30));
  // The time we would have waited anyhow may be longer.
  EXPECT_EQ(next_try(10, Duration::seconds(1), {}, 400'000'000), Duration::seconds(400));
  EXPECT_EQ(next_try(1, Duration::hours(24 * 365), {}, 0), Duration::hours(24));
  EXPECT_EQ(next_try(1, Duration::seconds(-5), {}, 0), Duration{});
}

TEST(NextTry, ReadsRetryAfter) {
  const Instant now = *parse_iso8601("1994-11-06T08:49:07Z");
  const struct {
    const char* value;
    std::optional<Duration> expected;
  } rows[] = {
      {"0", Duration{}},
      {"120", Duration::seconds(120)},
      {"86400", Duration::hours(24)},
      {"86401", Duration::hours(24)},
      {"99999999999999999999", Duration::hours(24)},
      {"Sun, 06 Nov 1994 08:49:37 GMT", Duration::seconds(30)},
      {"Sun, 06 Nov 1994 08:49:07 GMT", Duration{}},
      {"Sat, 05 Nov 1994 08:49:37 GMT", Duration{}},  // it is past
      {"Thu, 06 Nov 2094 08:49:37 GMT", Duration::hours(24)},
      {"", std::nullopt},
      {"soon", std::nullopt},
      {"-1", std::nullopt},
      {"1.5", std::nullopt},
      {"12 s", std::nullopt},
      {"Sun, 06 Nov 1994 08:49:37", std::nullopt},
      {"Sun, 31 Feb 1994 08:49:37 GMT", std::nullopt},
      {"Sun, 06 Nov 1994 24:49:37 GMT", std::nullopt},
      {"Sun, 06 Nox 1994 08:49:37 GMT", std::nullopt},
  };
  for (const auto& row : rows)
    EXPECT_EQ(parse_retry_after(row.value, now), row.expected) << row.value;
}

}  // namespace
}  // namespace packbench::exchange
