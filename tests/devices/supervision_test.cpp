// What the supervisor makes of devices that stay, wait and lose their place.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "tests/devices/held_devices.h"
#include "tests/usb/fake_printer.h"
#include "tests/usb/fake_scale.h"
#include "tests/usb/fake_scanner.h"

namespace packbench::test {
namespace {

using ports::DeviceRole;

// Nobody's numbers: only the report descriptor tells what it is.
constexpr std::uint16_t kUnheardOf = 0xF055;

struct SupervisionTest : testing::Test {
  FakeBus bus;

  // Something comes, which makes the supervisor look at everything anew.
  void look_anew(HeldDevices& devices, const std::string& port) {
    PosScannerOptions options;
    options.identity.serial = "NEWS";
    options.port = port;
    FakePosScanner other(bus, options);
    other.usb().plug();
    EXPECT_TRUE(bus.wait_until([&] {
      const auto states = devices->states();
      return std::any_of(states.begin(), states.end(),
                         [&](const auto& state) { return state.place == port; });
    }));
  }
};

// The kernel forgets the report descriptor of what we have taken from its driver.
TEST_F(SupervisionTest, AHeldScannerThatOnlyItsDescriptorNamesIsStillThere) {
  PosScannerOptions options;
  options.identity.vendor = kUnheardOf;
  FakePosScanner scanner(bus, options);
  scanner.usb().plug();
  HeldDevices devices(bus);
  EXPECT_EQ(devices.until(DeviceRole::scanner, "").driver, "hid-pos");
  look_anew(devices, "1-5");
  EXPECT_EQ(devices.until(DeviceRole::scanner, "").place, "1-1");
}

TEST_F(SupervisionTest, AHeldScaleThatOnlyItsDescriptorNamesKeepsWeighing) {
  ScaleOptions options;
  options.identity.vendor = kUnheardOf;
  FakeScale scale(bus, options);
  scale.usb().plug();
  HeldDevices devices(bus);
  devices.until(DeviceRole::scale, "");
  look_anew(devices, "1-5");
  devices.until(DeviceRole::scale, "");
  scale.set(ScaleStatus::stable, 750);
  EXPECT_EQ(devices.weights(1)[0], 750);
  EXPECT_EQ(devices->stable_weight(), 750);
}

TEST_F(SupervisionTest, AStalledScaleIsNotInItsOwnWay) {
  FakeScale scale(bus);
  scale.usb().plug();
  HeldDevices devices(bus);
  devices.until(DeviceRole::scale, "");
  scale.usb().clear_steps();
  scale.usb().halt(FakeScale::kIn);
  ASSERT_TRUE(
      bus.wait_until([&] { return !scale.usb().halted(FakeScale::kIn) && scale.is_read(); }));
  EXPECT_EQ(scale.usb().count({StepKind::opened, {}}), 1U);
}

// What could not be taken and may not be taken any more is nothing to wake up for.
TEST_F(SupervisionTest, TroubleOfADeviceWithoutAPlaceCostsNothing) {
  PosScannerOptions second;
  second.identity.serial = "POS-2";
  second.port = "1-2";
  FakePosScanner one(bus), two(bus, second);
  one.usb().set_permitted(false);
  two.usb().set_permitted(false);
  one.usb().plug();
  std::atomic<int> looks = 0;
  drivers::DevicesOptions options;
  options.clock = [&] {
    ++looks;
    return monotonic_now();
  };
  HeldDevices devices(bus, options);
  devices.until(DeviceRole::scanner, "not-permitted");
  two.usb().plug();
  devices.until(DeviceRole::scanner, "ambiguous");
  looks = 0;
  EXPECT_FALSE(bus.wait_until(
      [&] {
        bus.wake();
        return looks > 20;
      },
      std::chrono::milliseconds(300)));
}

TEST_F(SupervisionTest, APrinterThatTheBenchDoesNotUseHasNoFault) {
  FakePrinter printer(bus, zpl_printer());
  printer.usb().plug();
  HeldDevices devices(bus);
  EXPECT_EQ(devices.until(DeviceRole::printer, "unbound").driver, "");
  EXPECT_EQ(printer.usb().driver(0), "usblp");
  // Nor have two of them.
  PrinterOptions options = zpl_printer();
  options.port = "1-4";
  FakePrinter second(bus, options);
  second.usb().plug();
  ASSERT_TRUE(bus.wait_until([&] { return devices->states().size() == 2; }));
  for (const auto& state : devices->states()) EXPECT_EQ(state.reason, "unbound") << state.place;
}

// The words of a parser are none for a packer.
TEST_F(SupervisionTest, AScannerWithoutDataIsNoScanner) {
  PosScannerOptions options;
  options.data_bytes = 0;
  FakePosScanner scanner(bus, options);
  scanner.usb().plug();
  HeldDevices devices(bus);
  devices.until(DeviceRole::scanner, "not-a-scanner");
}

// The data interface is the comm interface's: the kernel's driver takes both or none.
TEST_F(SupervisionTest, ASerialScannerGoesBackDataInterfaceFirst) {
  FakeSerialScanner scanner(bus);
  scanner.usb().plug();
  {
    HeldDevices devices(bus);
    devices.until(DeviceRole::scanner, "");
    scanner.usb().clear_steps();
  }
  std::vector<int> released;
  for (const Step& step : scanner.usb().steps()) {
    if (step.kind == StepKind::released) released.push_back(step.target);
  }
  EXPECT_EQ(released, (std::vector<int>{1, 0}));
}

}  // namespace
}  // namespace packbench::test
