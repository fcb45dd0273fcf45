// Unmodified programs inside an emulated bus that this process plays.
#include <gtest/gtest.h>

#include "tests/usb/fake_bus.h"
#include "tests/usb/fake_scanner.h"

namespace packbench::test {
namespace {

TEST(ChildProcess, IsAnyProgramWithItsPipes) {
  ChildProcess cat({"cat"}, {});
  cat.send("one\ntwo\nthree");
  cat.close_input();
  EXPECT_EQ(cat.read_line(), "one");
  EXPECT_EQ(cat.read_rest(), "two\nthree");
  EXPECT_EQ(cat.wait(), 0);
  ChildProcess shell({"sh", "-c", "echo $NAME; exit 7"}, {{"NAME=value"}, 3});
  EXPECT_EQ(shell.read_rest(), "value\n");
  EXPECT_EQ(shell.wait(), 7);
  ChildProcess endless({"cat"}, {});
  endless.kill();
  EXPECT_EQ(endless.read_line(), std::nullopt);
}

void expect_line(ChildProcess& child, const std::string& start) {
  const auto line = child.read_line();
  ASSERT_TRUE(line) << "instead of " << start;
  EXPECT_EQ(line->substr(0, start.size()), start);
}

TEST(ChildProcess, SeesTheBusTheScansAndTheUnplugging) {
  FakeBus bus;
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  const auto child = bus.start({PACKBENCH_PLAIN_CLIENT});
  expect_line(*child, "devices 2");
  ASSERT_TRUE(bus.wait_until([&] { return scanner.is_read(); }));
  scanner.scan("FIRST SCAN");
  scanner.scan("SECOND SCAN");
  expect_line(*child, "read FIRST SCAN");
  expect_line(*child, "read SECOND SCAN");
  ASSERT_TRUE(bus.wait_until([&] { return scanner.is_read(); }));
  scanner.usb().unplug();
  expect_line(*child, "LIBUSB_ERROR_NO_DEVICE");
  expect_line(*child, "left");
  EXPECT_EQ(child->wait(), 0);
  EXPECT_TRUE(bus.wait_until([&] { return scanner.usb().open_files() == 0; }));
}

TEST(ChildProcess, TwoAtOnceBothHearTheNews) {
  FakeBus bus;
  FakePosScanner first(bus, {.port = "1-1"});
  first.usb().plug();
  const auto one = bus.start({PACKBENCH_PLAIN_CLIENT});
  ASSERT_TRUE(bus.wait_until([&] { return first.is_read(); }));
  first.usb().set_permitted(false);  // so that the other takes the next one
  FakePosScanner second(bus, {.port = "1-2"});
  second.usb().plug();
  const auto two = bus.start({PACKBENCH_PLAIN_CLIENT});
  ASSERT_TRUE(bus.wait_until([&] { return second.is_read(); }));
  FakePosScanner third(bus, {.port = "1-3"});
  third.usb().plug();
  expect_line(*one, "devices");
  expect_line(*one, "arrived");  // the second
  expect_line(*one, "arrived");
  expect_line(*two, "devices");
  expect_line(*two, "arrived");
  third.usb().unplug();
  first.usb().unplug();
  second.usb().unplug();
  for (const auto& child : {one.get(), two.get()}) {
    const std::string rest = child->read_rest();
    EXPECT_NE(rest.find("LIBUSB_ERROR_NO_DEVICE"), std::string::npos) << rest;
    EXPECT_NE(rest.find("left"), std::string::npos) << rest;
    EXPECT_EQ(child->wait(), 0);
  }
}

TEST(ChildProcess, AKilledOneLeavesTheDeviceToTheNext) {
  FakeBus bus;
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  const auto first = bus.start({PACKBENCH_PLAIN_CLIENT});
  ASSERT_TRUE(bus.wait_until([&] { return scanner.is_read(); }));
  first->kill();
  ASSERT_TRUE(bus.wait_until([&] { return scanner.usb().open_files() == 0; }));
  // The kernel's driver does not come back by itself, as in life.
  EXPECT_EQ(scanner.usb().driver(0), "");
  const auto second = bus.start({PACKBENCH_PLAIN_CLIENT});
  ASSERT_TRUE(bus.wait_until([&] { return scanner.is_read(); }));
}

}  // namespace
}  // namespace packbench::test
