// Which device does what, and who may use it. Pure rules; the wire is in the other tests here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "drivers/devices/assign.h"
#include "drivers/scale/scale_models.h"
#include "tests/devices/held_devices.h"

namespace packbench::test {
namespace {

using namespace drivers;
using ports::DeviceBinding;
using ports::DeviceRole;
using ports::Lane;

UsbFacts printer_at(const std::string& place, const std::string& serial = "") {
  UsbFacts facts;
  facts.place = place;
  facts.serial = serial;
  facts.vendor = 0x0A5F;
  facts.product = 0x0120;
  UsbInterface interface;
  interface.usb_class = usb_class_printer;
  interface.subclass = 1;
  interface.protocol = 2;
  interface.endpoints = {{0x01, false, 64}, {0x82, false, 64}};
  facts.interfaces = {interface};
  return facts;
}

UsbFacts keyboard_of(std::uint16_t vendor) {
  UsbFacts facts;
  facts.place = "1-4";
  facts.vendor = vendor;
  facts.product = 1;
  UsbInterface interface;
  interface.usb_class = usb_class_hid;
  interface.subclass = 1;
  interface.protocol = 1;
  interface.kernel_driver = "usbhid";
  interface.endpoints = {{0x81, true, 8}};
  interface.report_descriptor_bytes = 63;
  // Generic desktop, keyboard, application collection with one input field.
  interface.report_descriptor = {0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07,
                                 0x19, 0x00, 0x29, 0x65, 0x15, 0x00, 0x25, 0x65,
                                 0x75, 0x08, 0x95, 0x06, 0x81, 0x00, 0xC0};
  facts.interfaces = {interface};
  return facts;
}

Found found(UsbFacts facts, const std::vector<DeviceBinding>& bindings) {
  const DeviceBinding* binding = binding_of(facts, bindings);
  const auto candidate = candidate_of(facts, binding);
  return {std::move(facts), candidate.value_or(Candidate{}), binding, false};
}

TEST(Candidates, APersonsKeyboardIsNeverTaken) {
  const UsbFacts keyboard = keyboard_of(0x046D);
  EXPECT_FALSE(candidate_of(keyboard, nullptr));
  EXPECT_FALSE(worth_asking(keyboard, keyboard.interfaces[0], nullptr));
  UsbFacts unread = keyboard;
  unread.interfaces[0].report_descriptor.clear();
  EXPECT_FALSE(candidate_of(unread, nullptr));
  EXPECT_FALSE(worth_asking(unread, unread.interfaces[0], nullptr));
}

TEST(Candidates, AKeyboardOfAScannersMakerIsAScanner) {
  const auto candidate = candidate_of(keyboard_of(0x05E0), nullptr);
  ASSERT_TRUE(candidate);
  EXPECT_EQ(candidate->role, DeviceRole::scanner);
  EXPECT_EQ(candidate->kind, DeviceKind::hid_keyboard);
}

TEST(Candidates, AKeyboardThatTheConfigurationNamesIsAScanner) {
  DeviceBinding binding;
  binding.role = DeviceRole::scanner;
  binding.port = "1-4";
  const UsbFacts keyboard = keyboard_of(0x046D);
  const std::vector<DeviceBinding> bindings{binding};
  ASSERT_NE(binding_of(keyboard, bindings), nullptr);
  EXPECT_TRUE(candidate_of(keyboard, &bindings[0]));
}

TEST(Candidates, APrinterThatAlsoSpeaksIppOverUsbIsUsedAsAPrinter) {
  UsbFacts facts = printer_at("1-1");
  UsbInterface ipp = facts.interfaces[0];
  ipp.alternate = 1;
  ipp.protocol = 4;
  UsbInterface silent = facts.interfaces[0];
  silent.alternate = 2;
  silent.protocol = 1;
  silent.endpoints.pop_back();
  facts.interfaces = {ipp, silent, facts.interfaces[0]};
  const auto candidate = candidate_of(facts, nullptr);
  ASSERT_TRUE(candidate);
  EXPECT_EQ(candidate->alternate, 0) << "the setting that can answer is the better one";
}

TEST(Assignment, TheOnlyOneNeedsNoName) {
  const auto assigned = assign({found(printer_at("1-1"), {})}, {});
  ASSERT_TRUE(assigned[0].slot);
  EXPECT_EQ(assigned[0].slot->name, "");
}

TEST(Assignment, OfTwoNoneIsGuessed) {
  const auto assigned = assign({found(printer_at("1-1"), {}), found(printer_at("1-2"), {})}, {});
  EXPECT_EQ(assigned[0].reason, "ambiguous");
  EXPECT_EQ(assigned[1].reason, "ambiguous");
}

TEST(Assignment, NamesGoBySerialNumberAndTheRestIsFree) {
  const std::vector<DeviceBinding> bindings{printer_binding("A", "front")};
  const auto assigned = assign(
      {found(printer_at("1-1", "B"), bindings), found(printer_at("1-2", "A"), bindings)}, bindings);
  EXPECT_EQ(assigned[0].slot->name, "");
  EXPECT_EQ(assigned[1].slot->name, "front");
}

TEST(Assignment, AStrangerDoesNotTakeThePlaceOfOneThatIsBoundAndAway) {
  const std::vector<DeviceBinding> bindings{printer_binding("A", "")};
  const auto assigned = assign({found(printer_at("1-1", "B"), bindings)}, bindings);
  EXPECT_FALSE(assigned[0].slot);
  EXPECT_EQ(assigned[0].reason, "unbound");
}

TEST(UdevRules, NameWhatTheDriversKnow) {
  std::ifstream file(PACKBENCH_ASSETS "/udev/70-packbench.rules");
  const std::string rules{std::istreambuf_iterator<char>(file), {}};
  ASSERT_FALSE(rules.empty());
  for (const std::uint16_t vendor : scanner_vendors()) {
    const std::string line = fmt::format("ATTR{{idVendor}}==\"{:04x}\", GROUP", vendor);
    EXPECT_NE(rules.find(line), std::string::npos) << line;
  }
  for (const ScaleModel& model : scale_models()) {
    const std::string line = fmt::format(
        "ATTR{{idVendor}}==\"{:04x}\", ATTR{{idProduct}}==\"{:04x}\"", model.vendor, model.product);
    EXPECT_EQ(rules.find(line) != std::string::npos, model.protocol != ScaleProtocol::unreadable)
        << line;
  }
}

}  // namespace
}  // namespace packbench::test
