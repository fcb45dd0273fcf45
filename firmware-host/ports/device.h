// Devices as the bench speaks of them: which one has which role (DeviceBinding, from the
// configuration) and how each one is doing (DeviceState, for the screen and `packbench devices`).
// Plain values, no thread rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"

namespace packbench::ports {

enum class DeviceRole { none, scanner, printer, scale };
enum class Lane { bench, dock };

constexpr std::string_view role_name(DeviceRole role) {
  switch (role) {
    case DeviceRole::scanner:
      return "scanner";
    case DeviceRole::printer:
      return "printer";
    case DeviceRole::scale:
      return "scale";
    case DeviceRole::none:
      break;
  }
  return "";
}

// One [[device]] table of the configuration. A device is meant by its serial number, or the port it
// is plugged into, or its vendor and product, or several of these; what is empty or 0 fits any.
struct DeviceBinding {
  std::string name;  // what `printer = "usb:NAME"` refers to
  DeviceRole role = DeviceRole::none;
  Lane lane = Lane::bench;  // of a scanner
  std::string serial;
  std::string port;  // bus and ports as the kernel writes them: "1-2.3"
  std::uint16_t vendor = 0, product = 0;
  std::string layout;                          // of a keyboard scanner: us | de | fr; empty: us
  std::string terminator;                      // enter | tab | either | none; empty: either
  Duration idle = Duration::milliseconds(60);  // ends a scan that has no terminator
  int baud = 9600;                             // of a serial scanner
  std::string language;                        // of a printer that names none we know: zpl | tspl
  bool operator==(const DeviceBinding&) const = default;
};

// Words of DeviceState::reason and of a PrintOutcome are those of IPP's printer-state-reasons
// (media-empty, cover-open ...) where there is one, else ours: offline, not-permitted, busy ...
struct DeviceState {
  DeviceRole role = DeviceRole::none;
  Lane lane = Lane::bench;
  std::string name;    // of its binding
  std::string place;   // "1-2.3"; empty: wanted, but not plugged in
  std::string vendor;  // as the device calls itself, else hexadecimal
  std::string model;
  std::string serial;
  std::uint16_t vendor_id = 0, product_id = 0;
  std::string driver;   // hid-pos, hid-keyboard, serial, zpl, tspl, hid-scale; empty: none of ours
  bool usable = false;  // held by us and working
  std::string reason;   // why not, or what it waits for; empty: all is well
  std::string detail;   // a sentence for whoever looks after the machine
  std::string holder;   // of a busy one: the kernel's driver, or usbfs for another program
  std::optional<DeviceBinding> wanted = {};  // of one that is bound and not plugged in
  bool operator==(const DeviceState&) const = default;
};

}  // namespace packbench::ports
