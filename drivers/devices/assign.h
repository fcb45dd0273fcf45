// Which of the devices that are plugged in does what. Pure functions over facts and configuration.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drivers/usb/usb_facts.h"
#include "ports/device.h"

namespace packbench::drivers {

// How a device of a role is spoken to. `hid` is settled by its report descriptor when it is opened.
enum class DeviceKind { hid, hid_pos, hid_keyboard, serial, printer, scale };

struct Candidate {
  ports::DeviceRole role = ports::DeviceRole::none;
  DeviceKind kind = DeviceKind::hid;
  int interface = 0;
  int alternate = 0;
};

// USB vendors that make barcode scanners and little else that types.
std::span<const std::uint16_t> scanner_vendors();

// The first binding that means this device.
const ports::DeviceBinding* binding_of(const UsbFacts& facts,
                                       const std::vector<ports::DeviceBinding>& bindings);

// What the device can be for a bench; nothing where it is none of ours. A keyboard or a serial line
// is a scanner only where its maker is known for scanners or a binding says so: a person's keyboard
// is never taken away.
std::optional<Candidate> candidate_of(const UsbFacts& facts, const ports::DeviceBinding* binding);

// Whether only its report descriptor can tell what this HID interface is, and asking harms nobody:
// it is bound to us, its maker is known, or no driver of the kernel uses it.
bool worth_asking(const UsbFacts& facts, const UsbInterface& interface,
                  const ports::DeviceBinding* binding);

// The place that a device can take at a bench.
struct Slot {
  ports::DeviceRole role = ports::DeviceRole::none;
  ports::Lane lane = ports::Lane::bench;
  std::string name;
  auto operator<=>(const Slot&) const = default;
};

struct Found {
  UsbFacts facts;
  Candidate candidate;
  const ports::DeviceBinding* binding = nullptr;
  bool held = false;      // by us already: it keeps its slot when another one is plugged in
  bool stranger = false;  // it has turned out to be of no use: it stands in nobody's way
};

// For each of `found`: its slot, or why it has none. A device that no binding means is taken where
// it is the only one of its role and no binding claims the slot without a name.
struct Assignment {
  std::optional<Slot> slot;
  std::string reason;  // ambiguous | unbound
};
std::vector<Assignment> assign(const std::vector<Found>& found,
                               const std::vector<ports::DeviceBinding>& bindings);

}  // namespace packbench::drivers
