// What `packbench devices` says, without a bus.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "program/device_list.h"

namespace packbench::program {
namespace {

using ports::DeviceRole;
using ports::DeviceState;
using station::Language;

DeviceState printer(const std::string& name, const std::string& place, const std::string& reason) {
  DeviceState state;
  state.role = DeviceRole::printer;
  state.name = name;
  state.place = place;
  state.vendor = "Zebra";
  state.model = "ZD420";
  state.vendor_id = 0x0A5F;
  state.product_id = 0x0120;
  state.usable = reason.empty();
  state.reason = reason;
  return state;
}

DeviceList list_with(std::vector<DeviceState> states, const std::string& spec = "usb") {
  DeviceList list;
  list.states = std::move(states);
  list.printer = spec;
  list.file = "packbench.toml";
  return list;
}

std::string english(const DeviceList& list) {
  return device_lines(list, Language::en);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool has_chinese(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

TEST(DeviceList, TellsWhichPrinterASettingMeans) {
  EXPECT_TRUE(contains(english(list_with({printer("front", "1-2", "")}, "usb:front")),
                       "printer: usb:front → Zebra ZD420 (0a5f:0120) at 1-2\n"));
  EXPECT_TRUE(contains(english(list_with({})), "printer: usb → no printer found\n"));
  EXPECT_TRUE(contains(english(list_with({}, "")), "printer: none (labels go nowhere"));
  const auto two =
      english(list_with({printer("", "1-2", "ambiguous"), printer("", "1-3", "ambiguous")}));
  EXPECT_TRUE(contains(two, "printer: usb → which of several?\n")) << two;
  auto both =
      list_with({printer("front", "1-2", ""), printer("spare", "", "offline")}, "usb:front");
  both.fallback_printer = "usb:spare";
  EXPECT_TRUE(contains(english(both), "fallback_printer: usb:spare → not connected\n"));
}

TEST(DeviceList, TheOnlyPrinterThatIsAwayIsMissedWhereItIsAskedFor) {
  const auto away = printer("", "", "offline");
  EXPECT_TRUE(contains(english(list_with({away})), "printer         -        not connected"));
  EXPECT_FALSE(contains(english(list_with({away}, "file:labels")), "not connected"));
}

TEST(DeviceList, OneThatIsMissingIsDescribedAsItWasBound) {
  auto missing = printer("front", "", "offline");
  missing.wanted = ports::DeviceBinding{};
  missing.wanted->serial = "50J1";
  missing.wanted->vendor = 0x0A5F;
  missing.wanted->product = 0x0120;
  const auto list = list_with({missing}, "usb:front");
  EXPECT_TRUE(contains(english(list), "serial 50J1, id 0a5f:0120 \"front\"  not connected"))
      << english(list);
  const auto json = nlohmann::json::parse(device_json(list, Language::en))["devices"][0];
  EXPECT_EQ(json["wanted"]["serial"], "50J1");
  EXPECT_EQ(json["wanted"]["id"], "0a5f:0120");
  EXPECT_EQ(json["name"], "front");
}

TEST(DeviceList, WithoutPermissionItPrintsTheLineForUdev) {
  const auto list = list_with({printer("", "1-2", "not-permitted")});
  const std::string rule =
      R"(SUBSYSTEM=="usb", ATTR{idVendor}=="0a5f", ATTR{idProduct}=="0120", GROUP="packbench", )"
      R"(MODE="0660")";
  for (const Language language : {Language::en, Language::zh}) {
    const std::string text = device_lines(list, language);
    for (const auto& part :
         {rule, std::string("/etc/udev/rules.d/71-packbench-own.rules"),
          std::string("sudo assets/udev/install"), std::string("sudo udevadm control --reload")})
      EXPECT_TRUE(contains(text, part)) << part << "\n" << text;
  }
  EXPECT_EQ(nlohmann::json::parse(device_json(list, Language::en))["devices"][0]["udev_rule"],
            rule);
}

TEST(DeviceList, SaysEverythingInOneLanguage) {
  auto busy = printer("", "1-2", "busy");
  busy.holder = "usblp";
  busy.detail = "The device at 1-2 is held by usblp; close the program that uses it";
  auto list = list_with({busy, printer("", "1-3", "not-permitted"), printer("x", "", "no-bus")});
  list.bus_problem = Error{"no_bus", "This machine has no USB bus; take another / 没有 USB 总线"};
  list.file = "";
  EXPECT_FALSE(has_chinese(english(list))) << english(list);
  EXPECT_FALSE(contains(english(list), "plug it in again")) << "there is nothing to plug it into";
  const std::string zh = device_lines(list, Language::zh);
  EXPECT_TRUE(contains(zh, "usblp")) << "the holder is named in both";
  for (const char* word : {"This", "held", "Close", "ready", "there is"})
    EXPECT_FALSE(contains(zh, word)) << zh;
}

TEST(DeviceList, AFolderThatIsNotThereIsTold) {
  auto list = list_with({}, "");
  list.file = "";
  list.data = "nowhere";
  list.has_data = false;
  EXPECT_TRUE(contains(english(list), "there is no folder nowhere: every default holds"));
  list.has_data = true;
  EXPECT_TRUE(contains(english(list), "nowhere has no packbench.toml"));
  list.file = "nowhere/packbench.toml";
  EXPECT_FALSE(contains(english(list), "every default holds"));
}

}  // namespace
}  // namespace packbench::program
