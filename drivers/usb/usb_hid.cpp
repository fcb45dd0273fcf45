#include "drivers/usb/usb_hid.h"

namespace packbench::drivers {
namespace {

constexpr Duration kPatience = Duration::seconds(1);
constexpr std::uint8_t kBootInterface = 1;

UsbSetup to_interface(std::uint8_t request, std::uint16_t value, int interface) {
  return {0x21, request, value, static_cast<std::uint16_t>(interface)};
}

}  // namespace

Result<std::vector<std::uint8_t>> read_report_descriptor(UsbDevice& device,
                                                         const UsbInterface& interface) {
  if (!interface.report_descriptor.empty()) return interface.report_descriptor;
  constexpr std::uint16_t kReportDescriptor = 0x2200;
  constexpr std::uint8_t kGetDescriptor = 6;
  const UsbSetup setup{0x81, kGetDescriptor, kReportDescriptor,
                       static_cast<std::uint16_t>(interface.number)};
  constexpr std::size_t kMost = 4096;
  const std::size_t announced = interface.report_descriptor_bytes;
  return device.control_in(setup, announced == 0 ? kMost : announced, kPatience);
}

void use_report_protocol(UsbDevice& device, const UsbInterface& interface) {
  constexpr std::uint8_t kSetIdle = 0x0A;
  constexpr std::uint8_t kSetProtocol = 0x0B;
  device.control(to_interface(kSetIdle, 0, interface.number), {}, kPatience);
  if (interface.subclass == kBootInterface)
    device.control(to_interface(kSetProtocol, 1, interface.number), {}, kPatience);
}

}  // namespace packbench::drivers
