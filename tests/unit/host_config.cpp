// The bench's configuration: what holds without a file, and what is said of a wrong one.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "host/config.h"

namespace packbench::host {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

Result<Config> parsed(const std::string& text) {
  return parse_config(text, text_of(PACKBENCH_ASSETS "/checklists/default.json"));
}

std::string complaint(const std::string& text) {
  const auto config = parsed(text);
  return config.ok() ? "" : config.error().text;
}

TEST(Config, WithoutAFileEveryKeyHasItsDefault) {
  const auto config = parsed("");
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config.value().policy.default_carrier, "SF");
  EXPECT_EQ(policy_of(config.value().policy.platforms, "taobao").ship_promise, Duration::hours(48));
}

TEST(Config, TheExampleIsTaken) {
  EXPECT_EQ(complaint(text_of(PACKBENCH_ASSETS "/packbench.example.toml")), "");
}

TEST(Config, DevicesAreBoundToSerialNumberPortOrId) {
  const auto config = parsed(
      "printer = \"usb:front\"\nfallback_printer = \"file:labels\"\nusb = true\n"
      "[[device]]\nrole = \"printer\"\nname = \"front\"\nserial = \"50J1\"\n"
      "language = \"tspl\"\n"
      "[[device]]\nrole = \"scanner\"\nlane = \"dock\"\nport = \"1-2.3\"\nlayout = \"de\"\n"
      "terminator = \"none\"\nidle_ms = 40\nbaud = 115200\n"
      "[[device]]\nrole = \"scale\"\nid = \"0922:8003\"\n"
      "[weight]\nscale = true\nwithout_scale = \"skip\"\n");
  ASSERT_TRUE(config.ok()) << config.error().text;
  const auto& devices = config.value().devices;
  ASSERT_EQ(devices.size(), 3U);
  EXPECT_EQ(devices[0].language, "tspl");
  EXPECT_EQ(devices[1].lane, ports::Lane::dock);
  EXPECT_EQ(devices[1].idle, Duration::milliseconds(40));
  EXPECT_EQ(devices[2].vendor, 0x0922);
  EXPECT_EQ(devices[2].product, 0x8003);
  EXPECT_TRUE(config.value().policy.stages_without_scale);
}

TEST(Config, APlatformHasTheDefaultsNumbersWhereItSaysNothing) {
  const auto config = parsed(
      "[platform.taobao]\nship_promise_hours = 24\n"
      "[platform.default]\nfirst_trace_hours = 12\ncompensation_min = \"3.50\"\n");
  ASSERT_TRUE(config.ok()) << config.error().text;
  const auto& platforms = config.value().policy.platforms;
  const PlatformPolicy taobao = policy_of(platforms, "taobao");
  EXPECT_EQ(taobao.ship_promise, Duration::hours(24));
  EXPECT_EQ(taobao.first_trace, Duration::hours(12));
  EXPECT_EQ(taobao.compensation_min, 350);
  EXPECT_EQ(policy_of(platforms, "tmall").ship_promise, Duration::hours(48));
}

TEST(Config, AWrongKeyOrValueIsNamed) {
  for (const auto& [text, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"langauge = \"en\"", "langauge"},
           {"language = \"fr\"", "language"},
           {"time_zone = \"Asia/Nowhere\"", "time_zone"},
           {"print_deadline_s = 0", "print_deadline_s"},
           {"printer = \"usb:front\"", "printer"},
           {"printer = \"usb\"\nfallback_printer = \"usb\"", "fallback_printer"},
           {"[device]\nrole = \"scale\"", "[[device]]"},
           {"[[device]]\nserial = \"A\"", "device 1.role"},
           {"[[device]]\nrole = \"scale\"", "device 1.serial"},
           {"[[device]]\nrole = \"scale\"\nid = \"0922\"", "device 1.id"},
           {"[[device]]\nrole = \"scale\"\nport = \"usb2\"", "device 1.port"},
           {"[[device]]\nrole = \"scale\"\nserial = \"A\"\nlayout = \"de\"", "device 1.layout"},
           {"[[device]]\nrole = \"scanner\"\nserial = \"A\"\nlayout = \"uk\"", "device 1.layout"},
           {"[[device]]\nrole = \"scale\"\nserial = \"A\"\n"
            "[[device]]\nrole = \"scale\"\nserial = \"B\"",
            "device 2.name"},
           {"[weight]\nwithout_scale = \"maybe\"", "weight.without_scale"},
           {"[weigth]\n", "weigth"},
           {"[weight]\ntolerance_percent = 101", "weight.tolerance_percent"},
           {"[platform.default]\nship_promise_hours = 0", "platform.default.ship_promise_hours"},
           {"[platform.jd]\ncompensation_min = \"five\"", "platform.jd.compensation_min"},
           {"[platform.jd]\ncompensation_min = \"9\"\ncompensation_max = \"8\"",
            "platform.jd.compensation_max"},
           {"[platform.us]\ncurrency = \"USD\"", "platform.us.currency"},
           {"[platform.us]\ncurrency = \"usd\"", "platform.us.currency"},
           {"[platform]\njd = 48", "platform.jd"},
           {"[platform.jd]\nship_promise = 48", "platform.jd.ship_promise"}}) {
    EXPECT_NE(complaint(text).find(name), std::string::npos) << text << "\n" << complaint(text);
  }
}

}  // namespace
}  // namespace packbench::host
