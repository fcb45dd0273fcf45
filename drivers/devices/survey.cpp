#include "drivers/devices/survey.h"

#include <fmt/format.h>

#include <algorithm>

#include "drivers/usb/usb_hid.h"

namespace packbench::drivers {

using ports::DeviceBinding;
using ports::DeviceRole;
using ports::DeviceState;

Result<std::vector<std::uint8_t>> ask_report_descriptor(UsbBus& bus, const UsbFacts& facts,
                                                        const UsbInterface& interface) {
  auto device = bus.open_device(facts);
  if (!device) return device.error();
  if (const Status claimed = device.value()->claim(interface.number); !claimed)
    return claimed.error();
  return read_report_descriptor(*device.value(), interface);
}

DeviceState plain_state(const Found& found, const Assignment& assignment) {
  const UsbFacts& facts = found.facts;
  DeviceState state;
  state.role = found.candidate.role;
  state.place = facts.place;
  state.vendor =
      facts.vendor_name.empty() ? fmt::format("{:04x}", facts.vendor) : facts.vendor_name;
  state.model =
      facts.product_name.empty() ? fmt::format("{:04x}", facts.product) : facts.product_name;
  state.serial = facts.serial;
  state.vendor_id = facts.vendor;
  state.product_id = facts.product;
  state.reason = assignment.reason;
  if (assignment.slot) {
    state.lane = assignment.slot->lane;
    state.name = assignment.slot->name;
  } else if (found.binding != nullptr) {
    state.name = found.binding->name;
  }
  return state;
}

std::string holder_of(const Found& found) {
  for (const UsbInterface& interface : found.facts.interfaces) {
    if (interface.number == found.candidate.interface && !interface.kernel_driver.empty())
      return interface.kernel_driver;
  }
  return "usbfs";
}

void add_missing(const DevicesOptions& options, std::string_view reason,
                 std::vector<DeviceState>& states) {
  const auto has = [&](const Slot& slot) {
    return std::any_of(states.begin(), states.end(), [&](const DeviceState& s) {
      return s.role == slot.role && s.lane == slot.lane && s.name == slot.name &&
             s.reason != "ambiguous" && s.reason != "unbound";
    });
  };
  std::vector<Slot> wanted;
  for (const DeviceBinding& b : options.bindings) {
    // A printer that is bound and not used is nobody's loss.
    if (b.role != DeviceRole::printer) wanted.push_back({b.role, b.lane, b.name});
  }
  for (const std::string& name : options.printers)
    wanted.push_back({DeviceRole::printer, ports::Lane::bench, name});
  const bool bound = std::any_of(options.bindings.begin(), options.bindings.end(),
                                 [](const auto& b) { return b.role == DeviceRole::scale; });
  if (options.wants_scale && !bound) wanted.push_back({DeviceRole::scale, ports::Lane::bench, ""});
  for (const Slot& slot : wanted) {
    if (has(slot)) continue;
    DeviceState state;
    state.role = slot.role;
    state.lane = slot.lane;
    state.name = slot.name;
    state.reason = reason;
    for (const DeviceBinding& b : options.bindings) {
      if (Slot{b.role, b.lane, b.name} == slot) state.wanted = b;
    }
    states.push_back(std::move(state));
  }
}

}  // namespace packbench::drivers
