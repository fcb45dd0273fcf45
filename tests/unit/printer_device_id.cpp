// IEEE 1284 ids as printers send them, which is not always as the standard has it.
#include <gtest/gtest.h>

#include <string>

#include "drivers/printer/device_id.h"

namespace packbench::drivers {
namespace {

using Commands = std::vector<std::string>;

constexpr std::string_view kText = "MFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC ZD421;SN:D2J1;";

std::string with_length(std::size_t first, std::size_t second, std::string_view text = kText) {
  return std::string({static_cast<char>(first), static_cast<char>(second)}) + std::string(text);
}

TEST(DeviceIdPairs, ShortAndLongKeysAreTheSame) {
  const DeviceId wanted{"Maker", "M 1", {"ZPL", "EPL2"}, "007", "a printer"};
  EXPECT_EQ(parse_device_id("MFG:Maker;MDL:M 1;CMD:ZPL,EPL2;SN:007;DES:a printer;"), wanted);
  EXPECT_EQ(parse_device_id("MANUFACTURER:Maker;COMMAND SET:ZPL,EPL2;MODEL:M 1;CLASS:PRINTER;"
                            "DESCRIPTION:a printer;SERIALNUMBER:007;"),
            wanted);
  EXPECT_EQ(parse_device_id("mfg:Maker;Mdl:M 1;cmd:ZPL,EPL2;Sern:007;des:a printer"), wanted);
}

TEST(DeviceIdPairs, BlanksAndControlBytesAreNotPartOfAName) {
  const DeviceId id = parse_device_id(
      " MFG : \tMarklife\r\n ;\nMDL:  X\x01"
      "4  ; CMD : XPP , ,XL ,;");
  EXPECT_EQ(id.manufacturer, "Marklife");
  EXPECT_EQ(id.model, "X4");
  EXPECT_EQ(id.command_set, (Commands{"XPP", "XL"}));
  EXPECT_EQ(parse_device_id(std::string_view("MFG:A\0B;", 8)).manufacturer, "AB");
}

TEST(DeviceIdPairs, WhatIsNoAsciiCannotSpoilAFile) {
  EXPECT_EQ(parse_device_id("MFG:\xB4\xF2\xD3\xA1;").manufacturer, "????");
}

TEST(DeviceIdPairs, AnEmptyValueLeavesRoomForALaterOne) {
  const DeviceId id = parse_device_id("MFG: ;CMD: ;MODEL:Y428BT;MFG:VEVOR;MFG:other;CMD:TSPL;");
  EXPECT_EQ(id.manufacturer, "VEVOR");
  EXPECT_EQ(id.command_set, Commands{"TSPL"});
  EXPECT_EQ(id.model, "Y428BT");
}

TEST(DeviceIdPairs, AColonInAValueBelongsToIt) {
  EXPECT_EQ(parse_device_id("DES:a:b;").description, "a:b");
}

TEST(DeviceIdPairs, TextsThatAreNoneGiveNothing) {
  for (const std::string_view text : {"", ";", ":", ";;;:::", "MFG", "no pairs here", "MFGX:a;"}) {
    EXPECT_EQ(parse_device_id(text), DeviceId{}) << text;
  }
}

TEST(DeviceIdPairs, AHugeOneIsReadToItsLimit) {
  EXPECT_EQ(parse_device_id("MFG:" + std::string(5'000, 'x')).manufacturer.size(),
            kDeviceIdMax - 4);
  EXPECT_EQ(parse_device_id("CMD:" + std::string(5'000, ',') + "A;"), DeviceId{});
  std::string many = "CMD:";
  for (int i = 0; i < 500; ++i) many += "A,";
  EXPECT_EQ(parse_device_id(many).command_set.size(), kCommandSetMax);
  EXPECT_EQ(parse_device_id(std::string(kDeviceIdMax, ' ') + "MFG:late;"), DeviceId{});
}

TEST(DeviceIdAnswer, ARightLengthEndsTheText) {
  const std::size_t whole = kText.size() + 2;
  EXPECT_EQ(device_id_text(with_length(0, whole)), kText);
  EXPECT_EQ(device_id_text(with_length(0, whole) + std::string(200, '\xAA')), kText)
      << "what stands behind it is the rest of a buffer";
}

TEST(DeviceIdAnswer, AWrongLengthLosesNothing) {
  const std::size_t whole = kText.size() + 2;
  EXPECT_EQ(device_id_text(with_length(whole, 0)), kText) << "swapped";
  EXPECT_EQ(device_id_text(with_length(0, kText.size())), kText) << "the text alone";
  EXPECT_EQ(device_id_text(with_length(kText.size(), 0)), kText) << "both";
  EXPECT_EQ(device_id_text(with_length(3, 0xFF)), kText) << "more than came";
  EXPECT_EQ(device_id_text(with_length(0xFF, 0xFF)), kText);
  EXPECT_EQ(device_id_text(with_length(0, 0)), kText);
  EXPECT_EQ(device_id_text(with_length(0, 1)), kText);
  EXPECT_EQ(device_id_text(kText), kText) << "no length at all";
}

TEST(DeviceIdAnswer, ASwappedLengthOfARoundNumberIsTold) {
  // 0x0200 swapped is 2, which by itself would be a right length of an empty text.
  const std::string text = "MFG:" + std::string(506, 'x');
  EXPECT_EQ(device_id_text(with_length(0x00, 0x02, text)), text);
}

TEST(DeviceIdAnswer, NextToNothingIsNothing) {
  EXPECT_EQ(device_id_text(""), "");
  EXPECT_EQ(device_id_text("x"), "");
  EXPECT_EQ(device_id_text(std::string_view("\0\2", 2)), "");
  EXPECT_EQ(device_id_text(std::string_view("\xFF\xFF", 2)), "");
}

TEST(DeviceIdAnswer, IsBounded) {
  EXPECT_EQ(device_id_text(with_length(0xFF, 0xFF, std::string(60'000, 'x'))).size(), kDeviceIdMax);
}

}  // namespace
}  // namespace packbench::drivers
