// What the supervisor says of devices, and the one question it asks before it takes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "drivers/devices/assign.h"
#include "drivers/devices/devices.h"
#include "drivers/usb/usb_bus.h"

namespace packbench::drivers {

// Opens the device for a moment. Errors: those of UsbBus and UsbDevice.
Result<std::vector<std::uint8_t>> ask_report_descriptor(UsbBus& bus, const UsbFacts& facts,
                                                        const UsbInterface& interface);

// A device that is plugged in and not held: who it is, and why it has no slot where it has none.
ports::DeviceState plain_state(const Found& found, const Assignment& assignment);

// The kernel's driver that has the interface we need; usbfs where another program has it.
std::string holder_of(const Found& found);

// Adds what the configuration names, or the bench wants, and nobody has plugged in. `reason`: why
// it is not there.
void add_missing(const DevicesOptions& options, std::string_view reason,
                 std::vector<ports::DeviceState>& states);

}  // namespace packbench::drivers
