#include "drivers/usb/usb_facts.h"

#include <libusb-1.0/libusb.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

#include "base/utf8.h"

namespace packbench::drivers {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameBytesMax = 126;  // of a string descriptor
constexpr std::size_t kReportDescriptorBytesMax = 4096;
constexpr std::uint8_t kHidDescriptor = 0x21;

fs::path sysfs_folder(const std::string& place) {
  return fs::path("/sys/bus/usb/devices") / place;
}

// One line of sysfs, as printable text: it comes from the device.
std::string sysfs_text(const fs::path& folder, const char* name) {
  std::ifstream file(folder / name);
  std::string line;
  std::getline(file, line);
  line.resize(std::min(line.size(), kNameBytesMax));
  return is_utf8(line) ? printable(line) : std::string();
}

int sysfs_number(const fs::path& folder, const char* name) {
  std::ifstream file(folder / name);
  int number = -1;
  file >> number;
  return number;
}

// The kernel's name for where it is plugged in. libusb knows the ports only where it sees every hub
// above; sysfs always does.
std::string place_of(libusb_device* device) {
  const int bus = libusb_get_bus_number(device);
  const int address = libusb_get_device_address(device);
  std::error_code error;
  for (fs::directory_iterator entry(sysfs_folder(""), error), end; !error && entry != end;
       entry.increment(error)) {
    if (sysfs_number(entry->path(), "busnum") == bus &&
        sysfs_number(entry->path(), "devnum") == address)
      return entry->path().filename().string();
  }
  return std::to_string(bus) + "-" + std::to_string(libusb_get_port_number(device));
}

std::string bound_driver(const fs::path& interface) {
  std::error_code error;
  const fs::path link = fs::read_symlink(interface / "driver", error);
  return error ? std::string() : link.filename().string();
}

// The kernel's HID core leaves what it read in a folder such as 0003:05E0:1200.0001.
std::vector<std::uint8_t> kernel_report_descriptor(const fs::path& interface) {
  std::error_code error;
  for (fs::directory_iterator entry(interface, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->path().filename().string().starts_with("0003:")) continue;
    std::ifstream file(entry->path() / "report_descriptor", std::ios::binary);
    std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.size() <= kReportDescriptorBytesMax) return bytes;
  }
  return {};
}

// The HID class descriptor (HID 1.11, 6.2.1) stands among the extra bytes of its interface.
std::uint16_t report_descriptor_bytes(const libusb_interface_descriptor& descriptor) {
  const unsigned char* at = descriptor.extra;
  int left = descriptor.extra_length;
  while (left >= 2 && at[0] >= 2 && at[0] <= left) {
    if (at[1] == kHidDescriptor && at[0] >= 9)
      return static_cast<std::uint16_t>(at[7] | at[8] << 8);
    left -= at[0];
    at += at[0];
  }
  return 0;
}

UsbInterface interface_facts(const libusb_interface_descriptor& descriptor) {
  UsbInterface facts;
  facts.number = descriptor.bInterfaceNumber;
  facts.alternate = descriptor.bAlternateSetting;
  facts.usb_class = descriptor.bInterfaceClass;
  facts.subclass = descriptor.bInterfaceSubClass;
  facts.protocol = descriptor.bInterfaceProtocol;
  for (int i = 0; i < descriptor.bNumEndpoints; ++i) {
    const libusb_endpoint_descriptor& endpoint = descriptor.endpoint[i];
    const int type = endpoint.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
    if (type != LIBUSB_TRANSFER_TYPE_BULK && type != LIBUSB_TRANSFER_TYPE_INTERRUPT) continue;
    facts.endpoints.push_back({endpoint.bEndpointAddress, type == LIBUSB_TRANSFER_TYPE_INTERRUPT,
                               static_cast<std::uint16_t>(endpoint.wMaxPacketSize & 0x7FF)});
  }
  if (facts.usb_class == usb_class_hid)
    facts.report_descriptor_bytes = report_descriptor_bytes(descriptor);
  return facts;
}

void add_interfaces(const libusb_config_descriptor& config, UsbFacts& facts) {
  const fs::path folder = sysfs_folder(facts.place);
  for (int i = 0; i < config.bNumInterfaces; ++i) {
    for (int a = 0; a < config.interface[i].num_altsetting; ++a) {
      UsbInterface interface = interface_facts(config.interface[i].altsetting[a]);
      const fs::path own =
          folder / (facts.place + ":" + std::to_string(config.bConfigurationValue) + "." +
                    std::to_string(interface.number));
      interface.kernel_driver = bound_driver(own);
      if (interface.usb_class == usb_class_hid)
        interface.report_descriptor = kernel_report_descriptor(own);
      facts.interfaces.push_back(std::move(interface));
    }
  }
}

}  // namespace

const UsbEndpoint* find_endpoint(const UsbInterface& interface, bool in, bool interrupt) {
  for (const UsbEndpoint& endpoint : interface.endpoints) {
    if (endpoint.in() == in && endpoint.interrupt == interrupt) return &endpoint;
  }
  return nullptr;
}

std::optional<UsbFacts> read_facts(libusb_device* device) {
  libusb_device_descriptor descriptor{};
  if (libusb_get_device_descriptor(device, &descriptor) != 0) return std::nullopt;
  if (descriptor.bDeviceClass == usb_class_hub) return std::nullopt;
  libusb_config_descriptor* raw = nullptr;
  if (libusb_get_active_config_descriptor(device, &raw) != 0) return std::nullopt;
  const std::unique_ptr<libusb_config_descriptor, void (*)(libusb_config_descriptor*)> config(
      raw, libusb_free_config_descriptor);
  UsbFacts facts;
  facts.place = place_of(device);
  facts.bus = libusb_get_bus_number(device);
  facts.address = libusb_get_device_address(device);
  facts.vendor = descriptor.idVendor;
  facts.product = descriptor.idProduct;
  const fs::path folder = sysfs_folder(facts.place);
  facts.vendor_name = sysfs_text(folder, "manufacturer");
  facts.product_name = sysfs_text(folder, "product");
  facts.serial = sysfs_text(folder, "serial");
  add_interfaces(*config, facts);
  return facts;
}

}  // namespace packbench::drivers
