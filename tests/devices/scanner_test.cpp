// Scanners, from the report on the wire to the scan, through unmodified libusb.
#include <gtest/gtest.h>

#include "tests/devices/held_devices.h"
#include "tests/usb/fake_scanner.h"

namespace packbench::test {
namespace {

using drivers::DevicesOptions;
using ports::DeviceRole;
using ports::Lane;

DevicesOptions bound(std::vector<ports::DeviceBinding> bindings) {
  DevicesOptions options;
  options.bindings = std::move(bindings);
  return options;
}

struct ScannerTest : testing::Test {
  FakeBus bus;
};

TEST_F(ScannerTest, APosScannerIsTakenAndItsScansKeepTheirSymbology) {
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  HeldDevices devices(bus);
  const auto state = devices.until(DeviceRole::scanner, "");
  EXPECT_EQ(state.driver, "hid-pos");
  EXPECT_EQ(state.place, "1-1");
  EXPECT_EQ(state.serial, "POS-1");
  scanner.scan("4006381333931", "]E0");
  scanner.scan(std::string("0104006381333931\x1D") + "21A", "]C1");
  const auto scans = devices.scans(2);
  EXPECT_EQ(scans[0].code, (Barcode{"4006381333931", "]E0"}));
  EXPECT_EQ(scans[0].lane, Lane::bench);
  EXPECT_EQ(scans[1].code, (Barcode{std::string("0104006381333931\x1D") + "21A", "]C1"}));
  EXPECT_EQ(scanner.usb().misuse(), std::vector<std::string>{});
}

TEST_F(ScannerTest, ALongCodeComesInSeveralReports) {
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  HeldDevices devices(bus);
  const std::string code(200, 'Q');
  scanner.scan(code, "]Q1");
  EXPECT_EQ(devices.scans(1)[0].code, (Barcode{code, "]Q1"}));
}

TEST_F(ScannerTest, UnpluggedItIsTakenUpAgainWhenItReturns) {
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  HeldDevices devices(bus, bound({scanner_binding("POS-1", Lane::bench)}));
  devices.until(DeviceRole::scanner, "");
  for (int round = 1; round <= 3; ++round) {
    scanner.usb().unplug();
    devices.until(DeviceRole::scanner, "offline");
    scanner.usb().plug();
    devices.until(DeviceRole::scanner, "");
    scanner.scan("ROUND" + std::to_string(round));
    EXPECT_EQ(devices.scans(static_cast<std::size_t>(round)).back().code.bytes,
              "ROUND" + std::to_string(round));
  }
  EXPECT_EQ(scanner.usb().misuse(), std::vector<std::string>{});
}

TEST_F(ScannerTest, PluggedInLaterItIsTaken) {
  FakePosScanner scanner(bus);
  HeldDevices devices(bus);
  EXPECT_FALSE(devices.find(DeviceRole::scanner));
  scanner.usb().plug();
  devices.until(DeviceRole::scanner, "");
  scanner.scan("LATE");
  EXPECT_EQ(devices.scans(1)[0].code.bytes, "LATE");
}

TEST_F(ScannerTest, TwoScannersServeTheirLanes) {
  PosScannerOptions second;
  second.identity.serial = "POS-2";
  second.port = "1-2";
  FakePosScanner bench(bus), dock(bus, second);
  bench.usb().plug();
  dock.usb().plug();
  HeldDevices devices(
      bus, bound({scanner_binding("POS-1", Lane::bench), scanner_binding("POS-2", Lane::dock)}));
  bench.scan("AT-BENCH");
  EXPECT_EQ(devices.scans(1)[0].lane, Lane::bench);
  dock.scan("AT-DOCK");
  EXPECT_EQ(devices.scans(2)[1].lane, Lane::dock);
}

TEST_F(ScannerTest, TwoThatNobodyNamedAreNotGuessed) {
  PosScannerOptions second;
  second.identity.serial = "POS-2";
  second.port = "1-2";
  FakePosScanner one(bus), two(bus, second);
  one.usb().plug();
  two.usb().plug();
  HeldDevices devices(bus);
  devices.until(DeviceRole::scanner, "ambiguous");
  EXPECT_FALSE(one.usb().claimed(0));
  EXPECT_FALSE(two.usb().claimed(0));
}

TEST_F(ScannerTest, TheOneInUseStaysWhenAnotherIsPluggedIn) {
  PosScannerOptions second;
  second.identity.serial = "POS-2";
  second.port = "1-2";
  FakePosScanner one(bus), two(bus, second);
  one.usb().plug();
  HeldDevices devices(bus);
  devices.until(DeviceRole::scanner, "");
  two.usb().plug();
  devices.until(DeviceRole::scanner, "ambiguous");
  one.scan("STILL");
  EXPECT_EQ(devices.scans(1)[0].code.bytes, "STILL");
}

TEST_F(ScannerTest, TheKernelsDriverGetsItBack) {
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  EXPECT_EQ(scanner.usb().driver(0), "usbhid");
  {
    HeldDevices devices(bus);
    devices.until(DeviceRole::scanner, "");
    EXPECT_EQ(scanner.usb().driver(0), "usbfs");
  }
  EXPECT_TRUE(bus.wait_until([&] { return scanner.usb().driver(0) == "usbhid"; }));
  // Nobody answers a close: the bus hears of it a little later than the one who closed.
  EXPECT_TRUE(bus.wait_until([&] { return scanner.usb().open_files() == 0; }));
}

TEST_F(ScannerTest, AStallIsEndedAndScanningGoesOn) {
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  HeldDevices devices(bus);
  devices.until(DeviceRole::scanner, "");
  for (int round = 1; round <= 3; ++round) {
    scanner.usb().halt(FakePosScanner::kIn);
    ASSERT_TRUE(bus.wait_until(
        [&] { return !scanner.usb().halted(FakePosScanner::kIn) && scanner.is_read(); }));
    scanner.scan("AFTER");
    devices.scans(static_cast<std::size_t>(round));
  }
}

TEST_F(ScannerTest, GarbageEmptyAndOverlongReportsAreNoScans) {
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  HeldDevices devices(bus);
  devices.until(DeviceRole::scanner, "");
  scanner.usb().send_packet(FakePosScanner::kIn, {});
  scanner.send_report({9, 1, 2, 3});
  scanner.send_report({2});
  scanner.usb().send_packet(FakePosScanner::kIn, Bytes(200, 0x55));  // more than fits: an overflow
  ASSERT_TRUE(bus.wait_until(
      [&] { return scanner.usb().queued(FakePosScanner::kIn) == 0 && scanner.is_read(); }));
  scanner.scan("GOOD");
  const auto scans = devices.scans(1);
  ASSERT_EQ(scans.size(), 1U);
  EXPECT_EQ(scans[0].code.bytes, "GOOD");
}

TEST_F(ScannerTest, WithoutPermissionItSaysSoAndComesUpOnceItIsGiven) {
  FakePosScanner scanner(bus);
  scanner.usb().set_permitted(false);
  scanner.usb().plug();
  HeldDevices devices(bus);
  const auto state = devices.until(DeviceRole::scanner, "not-permitted");
  EXPECT_NE(state.detail.find("udev"), std::string::npos) << state.detail;
  scanner.usb().set_permitted(true);
  devices.until(DeviceRole::scanner, "");
}

TEST_F(ScannerTest, HeldByAnotherProgramItSaysSoAndComesUpOnceItIsFree) {
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  scanner.usb().hold_interface(0, true);
  HeldDevices devices(bus);
  const auto state = devices.until(DeviceRole::scanner, "busy");
  EXPECT_NE(state.detail.find("usbfs"), std::string::npos) << state.detail;
  scanner.usb().hold_interface(0, false);
  devices.until(DeviceRole::scanner, "");
}

TEST_F(ScannerTest, LeavingAtAnyStepOfBeingTakenItIsTakenWhenItReturns) {
  FakePosScanner scanner(bus);
  std::size_t steps = 0;
  {
    scanner.usb().plug();
    HeldDevices devices(bus);
    devices.until(DeviceRole::scanner, "");
    steps = scanner.usb().steps().size();
  }
  ASSERT_GT(steps, 4U);
  for (const Moment moment : {Moment::before, Moment::after}) {
    for (std::size_t step = 1; step <= steps; ++step) {
      scanner.usb().replug();
      scanner.usb().clear_steps();
      scanner.usb().on_step({}, step, moment, [&] { scanner.usb().unplug(); });
      HeldDevices devices(bus);
      ASSERT_TRUE(bus.wait_until([&] { return !scanner.usb().plugged() || scanner.is_read(); }));
      scanner.usb().forget_triggers();
      if (!scanner.usb().plugged()) scanner.usb().plug();
      ASSERT_TRUE(bus.wait_until([&] { return scanner.is_read(); })) << "step " << step;
      scanner.scan("BACK");
      EXPECT_EQ(devices.scans(1)[0].code.bytes, "BACK") << "step " << step;
    }
  }
}

}  // namespace
}  // namespace packbench::test
