// Scanners that type, and scanners on a serial line.
#include <gtest/gtest.h>

#include "tests/devices/held_devices.h"
#include "tests/usb/fake_scanner.h"

namespace packbench::test {
namespace {

using drivers::DevicesOptions;
using ports::DeviceRole;
using ports::Lane;

template <class Scanner>
class Typing : public testing::Test {
 protected:
  void hold(DevicesOptions options = {}) {
    scanner_.usb().plug();
    devices_ = std::make_unique<HeldDevices>(bus_, std::move(options));
    devices_->until(DeviceRole::scanner, "");
  }
  Barcode heard(std::size_t count) { return devices_->scans(count).back().code; }

  FakeBus bus_;
  Scanner scanner_{bus_};
  std::unique_ptr<HeldDevices> devices_;
};

using KeyboardScannerTest = Typing<FakeKeyboardScanner>;
using SerialScannerTest = Typing<FakeSerialScanner>;

TEST_F(KeyboardScannerTest, IsTakenFromTheSystemAndNothingIsTyped) {
  hold();
  EXPECT_EQ(devices_->until(DeviceRole::scanner, "").driver, "hid-keyboard");
  scanner_.scan("SF1000000000001");
  EXPECT_EQ(heard(1).bytes, "SF1000000000001");
  EXPECT_EQ(scanner_.usb().kernel_got(FakeKeyboardScanner::kIn), Bytes{});
  EXPECT_EQ(scanner_.usb().misuse(), std::vector<std::string>{});
}

TEST_F(KeyboardScannerTest, KeepsTheSymbologyThatItIsSetToSend) {
  hold();
  scanner_.scan("]E04006381333931");
  EXPECT_EQ(heard(1), (Barcode{"4006381333931", "]E0"}));
}

TEST_F(KeyboardScannerTest, CapitalsSignsAndCodesByNumberComeThrough) {
  hold();
  scanner_.scan("Ab-1/2 (x)_%#@!");
  EXPECT_EQ(heard(1).bytes, "Ab-1/2 (x)_%#@!");
  scanner_.type(us_strokes("A"));
  scanner_.type_alt_code("0252");
  scanner_.type({kEnterKey});
  EXPECT_EQ(heard(2).bytes, "Aü");
}

TEST_F(KeyboardScannerTest, EndsWithTabOrWithSilenceAsTheConfigurationSays) {
  DevicesOptions options;
  options.bindings = {scanner_binding("KBD-1", Lane::bench)};
  options.bindings[0].terminator = "none";
  options.bindings[0].idle = Duration::milliseconds(20);
  hold(std::move(options));
  scanner_.type(us_strokes("NO-END"));
  EXPECT_EQ(heard(1).bytes, "NO-END");
  scanner_.type(us_strokes("AGAIN"));
  EXPECT_EQ(heard(2).bytes, "AGAIN");
}

TEST_F(KeyboardScannerTest, GermanKeysNeedTheLayoutThatIsSet) {
  DevicesOptions options;
  options.bindings = {scanner_binding("KBD-1", Lane::bench)};
  options.bindings[0].layout = "de";
  hold(std::move(options));
  // Where a us keyboard has y and z, a German one has z and y.
  scanner_.scan("yz");
  EXPECT_EQ(heard(1).bytes, "zy");
}

TEST_F(KeyboardScannerTest, UnpluggedInTheMiddleOfACodeLeavesNothingBehind) {
  hold();
  scanner_.type(us_strokes("HALF"));
  ASSERT_TRUE(bus_.wait_until(
      [&] { return scanner_.usb().queued(FakeKeyboardScanner::kIn) == 0 && scanner_.is_read(); }));
  scanner_.usb().replug();
  ASSERT_TRUE(bus_.wait_until([&] { return scanner_.is_read(); }));
  scanner_.scan("WHOLE");
  EXPECT_EQ(heard(1).bytes, "WHOLE");
}

TEST_F(KeyboardScannerTest, GivesTheKeysBackToTheSystem) {
  hold();
  devices_.reset();
  EXPECT_EQ(scanner_.usb().driver(0), "usbhid");
}

TEST_F(SerialScannerTest, SetsTheLineUpAndReadsCodes) {
  DevicesOptions options;
  options.bindings = {scanner_binding("SER-1", Lane::dock)};
  options.bindings[0].baud = 115'200;
  hold(std::move(options));
  EXPECT_EQ(devices_->until(DeviceRole::scanner, "").driver, "serial");
  EXPECT_EQ(scanner_.line_coding(), (Bytes{0x00, 0xC2, 0x01, 0x00, 0, 0, 8}));
  EXPECT_EQ(scanner_.control_lines(), 3);
  std::size_t count = 0;
  for (const char* terminator : {"\r", "\n", "\r\n", "\t", "\x03"}) {
    scanner_.scan("]C0CODE-" + std::to_string(++count), terminator);
    EXPECT_EQ(heard(count), (Barcode{"CODE-" + std::to_string(count), "]C0"})) << count;
  }
  EXPECT_EQ(devices_->scans(count).back().lane, Lane::dock);
  EXPECT_EQ(scanner_.usb().misuse(), std::vector<std::string>{});
}

TEST(SerialScanner, ThatNamesNoPacketSizeIsShownAsBroken) {
  FakeBus bus;
  SerialScannerOptions options;
  options.packet = 0;
  FakeSerialScanner scanner(bus, options);
  scanner.usb().plug();
  HeldDevices devices(bus, {});
  EXPECT_NE(devices.until(DeviceRole::scanner, "usb-error").detail.find("packet size"),
            std::string::npos);
}

TEST_F(SerialScannerTest, ComesBackWithItsLineSetUpAnew) {
  hold();
  scanner_.usb().unplug();
  ASSERT_TRUE(bus_.wait_until([&] { return !devices_->find(DeviceRole::scanner); }));
  scanner_.usb().plug();
  ASSERT_TRUE(bus_.wait_until([&] { return scanner_.is_read(); }));
  EXPECT_EQ(scanner_.control_lines(), 3);
  scanner_.scan("BACK");
  EXPECT_EQ(heard(1).bytes, "BACK");
}

}  // namespace
}  // namespace packbench::test
