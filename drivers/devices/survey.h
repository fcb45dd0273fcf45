// What the supervisor says of devices, and the one question it asks before it takes them.
#pragma once

#include <cstdint>
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

// Adds what the configuration names, or the bench wants, and nobody has plugged in.
void add_missing(const DevicesOptions& options, std::vector<ports::DeviceState>& states);

}  // namespace packbench::drivers
