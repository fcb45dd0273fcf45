// Requests that every HID device answers (HID 1.11, 7.1 and 7.2). The interface must be claimed.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "drivers/usb/usb_device.h"

namespace packbench::drivers {

// As the kernel has read it, else asked for. Errors: those of UsbDevice::control_in.
Result<std::vector<std::uint8_t>> read_report_descriptor(UsbDevice& device,
                                                         const UsbInterface& interface);

// Reports as the descriptor says and only when something changes. Devices that know neither request
// are as they should be already.
void use_report_protocol(UsbDevice& device, const UsbInterface& interface);

}  // namespace packbench::drivers
