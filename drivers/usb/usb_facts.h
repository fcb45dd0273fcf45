// What can be said of a USB device without opening it: descriptors from the kernel's cache, names
// from sysfs. Plain values; read_facts() may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct libusb_device;

namespace packbench::drivers {

struct UsbEndpoint {
  std::uint8_t address = 0;  // 0x80: towards us
  bool interrupt = false;    // else bulk; others are left out
  std::uint16_t max_packet = 0;
  bool in() const { return (address & 0x80U) != 0; }
};

struct UsbInterface {
  int number = 0;
  int alternate = 0;
  std::uint8_t usb_class = 0, subclass = 0, protocol = 0;
  std::vector<UsbEndpoint> endpoints;
  std::uint16_t report_descriptor_bytes = 0;    // of a HID interface
  std::vector<std::uint8_t> report_descriptor;  // where the kernel has read it already
  std::string kernel_driver;                    // that holds it now; empty: none
};

struct UsbFacts {
  std::string place;  // "1-2.3"; also the name of its folder in sysfs
  int bus = 0, address = 0;
  std::uint16_t vendor = 0, product = 0;
  std::string vendor_name, product_name, serial;  // as sysfs has them, else empty
  std::vector<UsbInterface> interfaces;           // all alternate settings of them
};

// USB interface classes (usb.org, Defined Class Codes).
inline constexpr std::uint8_t usb_class_cdc = 0x02;
inline constexpr std::uint8_t usb_class_hid = 0x03;
inline constexpr std::uint8_t usb_class_printer = 0x07;
inline constexpr std::uint8_t usb_class_hub = 0x09;
inline constexpr std::uint8_t usb_class_cdc_data = 0x0A;

const UsbEndpoint* find_endpoint(const UsbInterface& interface, bool in, bool interrupt);

// Nothing for a hub, or where its descriptors cannot be read (it has just left).
std::optional<UsbFacts> read_facts(libusb_device* device);

}  // namespace packbench::drivers
