// What the configuration says of the carriers' visits and of seasons.
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "host/config.h"

namespace packbench::host {
namespace {

const std::string kNoRules = R"({"checks": [], "pack_card": []})";

std::string refusal(const std::string& text) {
  const auto config = parse_config(text, kNoRules);
  return config ? "" : config.error().text;
}

TEST(VisitConfig, SaysHowLateACourierMayBeAndWhatIsKeptBack) {
  const auto plain = parse_config("", kNoRules);
  ASSERT_TRUE(plain) << plain.error().text;
  EXPECT_EQ(plain.value().policy.visits.grace, Duration::minutes(30));
  EXPECT_FALSE(plain.value().policy.visits.keeps_back);
  const auto own = parse_config("[visits]\ngrace_minutes = 0\nstop_regions = \"hold\"\n", kNoRules);
  ASSERT_TRUE(own) << own.error().text;
  EXPECT_EQ(own.value().policy.visits.grace, Duration::minutes(0));
  EXPECT_TRUE(own.value().policy.visits.keeps_back);
}

TEST(SeasonConfig, AddsItsNoticesToEveryPlatform) {
  const auto config = parse_config(
      "time_zone = \"Europe/Berlin\"\ndefault_carrier = \"DHL\"\n"
      "[platform.shopify]\nship_promise_hours = 24\n"
      "[[season]]\nname = \"storm\"\nfrom = \"2026-10-25\"\nto = \"2026-10-25\"\n"
      "extra_hours = 24\nregions = [\"DE\", \"Bayern\"]\ncarriers = [\"DHL\"]\n"
      "[[season]]\nname = \"Christmas\"\nfrom = \"2026-12-20 12:00\"\nto = \"2026-12-27\"\n"
      "extra_hours = 72\ncarriers = [\"UPS\"]\n",
      kNoRules);
  ASSERT_TRUE(config) << config.error().text;
  for (const char* platform : {"", "shopify"}) {
    const auto notices = policy_of(config.value().policy.platforms, platform).notices;
    ASSERT_EQ(notices.size(), 2U) << platform;
    EXPECT_EQ(notices[0].name, "storm");
    EXPECT_EQ(format_utc(notices[0].span.from), "2026-10-24T22:00:00Z");
    EXPECT_EQ(format_utc(notices[0].span.to), "2026-10-25T23:00:00Z");
    EXPECT_EQ(notices[0].extra, Duration::hours(24));
    EXPECT_EQ(notices[0].regions, (std::vector<std::string>{"DE", "Bayern"}));
    EXPECT_TRUE(notices[0].unbound) << "DHL is the default carrier";
    EXPECT_FALSE(notices[1].unbound);
  }
}

TEST(SeasonConfig, NamesWhatIsWrong) {
  const std::string season =
      "[[season]]\nname = \"storm\"\nfrom = \"2026-11-22\"\nto = \"2026-11-23\"\n";
  for (const auto& [text, name] : std::vector<std::pair<std::string, std::string>>{
           {"[visits]\ngrace_minutes = -1", "visits.grace_minutes"},
           {"[visits]\nstop_regions = \"maybe\"", "visits.stop_regions"},
           {"[visits]\ngrace = 5", "did you mean grace_minutes?"},
           {"visits = 5", "written as [visits]"},
           {"[season]\nname = \"storm\"", "[[season]]"},
           {"season = \"storm\"", "[[season]]"},
           {season, "season 1.extra_hours"},
           {season + "extra_hours = 0", "season 1.extra_hours"},
           {season + "extra_hours = 24\nregion = \"浙江\"", "did you mean regions?"},
           {season + "extra_hours = 24\nregions = [\"浙江/3100\"]", "season 1.regions"},
           {season + "extra_hours = 24\n[[season]]\nextra_hours = 5", "season 2.name"},
           {"[[season]]\nname = \"storm\"\nfrom = \"2026-11-24\"\nto = \"2026-11-23\"\n"
            "extra_hours = 24",
            "season 1.to"}}) {
    EXPECT_NE(refusal(text).find(name), std::string::npos) << text << "\n" << refusal(text);
  }
}

}  // namespace
}  // namespace packbench::host
