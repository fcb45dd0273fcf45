#include "drivers/devices/assign.h"

#include <algorithm>
#include <array>
#include <set>

#include "drivers/hid/report_descriptor.h"
#include "drivers/scale/scale_models.h"

namespace packbench::drivers {
namespace {

using ports::DeviceBinding;
using ports::DeviceRole;

// Makers of barcode scanners and of little else that types (linux-usb.org, usb.ids).
constexpr std::array<std::uint16_t, 9> kScannerVendors{
    0x0536,  // Hand Held Products (Honeywell)
    0x05e0,  // Symbol Technologies (Zebra)
    0x05f9,  // PSC Scanning (Datalogic)
    0x065a,  // Opticon
    0x067e,  // Intermec
    0x080c,  // Datalogic
    0x0c2e,  // Metrologic Instruments (Honeywell)
    0x1eab,  // Fujian Newland
    0x2dd6,  // sold as Mertech and IDZOR
};

constexpr std::uint8_t kAbstractControlModel = 0x02;  // CDC 1.2, PSTN subclass
constexpr std::uint8_t kIppOverUsb = 0x04;            // no byte stream for a label language

bool makes_scanners(const UsbFacts& facts) {
  return std::find(kScannerVendors.begin(), kScannerVendors.end(), facts.vendor) !=
         kScannerVendors.end();
}

bool bound_as(const DeviceBinding* binding, DeviceRole role) {
  return binding != nullptr && binding->role == role;
}

bool is_scanner_by_name(const UsbFacts& facts, const DeviceBinding* binding) {
  return bound_as(binding, DeviceRole::scanner) || (binding == nullptr && makes_scanners(facts));
}

bool is_scale_by_name(const UsbFacts& facts, const DeviceBinding* binding) {
  return bound_as(binding, DeviceRole::scale) ||
         (binding == nullptr && find_scale_model(facts.vendor, facts.product) != nullptr);
}

Candidate at(const UsbInterface& interface, DeviceRole role, DeviceKind kind) {
  return {role, kind, interface.number, interface.alternate};
}

std::optional<Candidate> hid_candidate(const UsbFacts& facts, const UsbInterface& interface,
                                       const DeviceBinding* binding) {
  if (find_endpoint(interface, true, true) == nullptr) return std::nullopt;
  const auto parsed = parse_report_descriptor(interface.report_descriptor);
  const bool readable = !interface.report_descriptor.empty() && parsed;
  if (is_scale_by_name(facts, binding)) return at(interface, DeviceRole::scale, DeviceKind::scale);
  if (readable && is_scale(parsed.value()))
    return at(interface, DeviceRole::scale, DeviceKind::scale);
  if (readable && is_pos_scanner(parsed.value()))
    return at(interface, DeviceRole::scanner, DeviceKind::hid_pos);
  if (!is_scanner_by_name(facts, binding)) return std::nullopt;
  if (readable && is_keyboard(parsed.value()))
    return at(interface, DeviceRole::scanner, DeviceKind::hid_keyboard);
  if (interface.report_descriptor.empty())
    return at(interface, DeviceRole::scanner, DeviceKind::hid);
  return std::nullopt;
}

std::optional<Candidate> interface_candidate(const UsbFacts& facts, const UsbInterface& interface,
                                             const DeviceBinding* binding) {
  switch (interface.usb_class) {
    case usb_class_printer:
      if (interface.protocol == kIppOverUsb || find_endpoint(interface, false, false) == nullptr)
        return std::nullopt;
      return at(interface, DeviceRole::printer, DeviceKind::printer);
    case usb_class_cdc:
      if (interface.subclass != kAbstractControlModel || !is_scanner_by_name(facts, binding))
        return std::nullopt;
      return at(interface, DeviceRole::scanner, DeviceKind::serial);
    case usb_class_hid:
      return hid_candidate(facts, interface, binding);
    default:
      return std::nullopt;
  }
}

// The better of two interfaces of one device: a scanner that also types is driven by its HID POS
// interface, a printer by the setting that lets it answer.
bool is_better(const UsbFacts& facts, const Candidate& a, const Candidate& b) {
  if (a.role == DeviceRole::printer && b.role == DeviceRole::printer) {
    const auto answers = [&](const Candidate& c) {
      return std::any_of(facts.interfaces.begin(), facts.interfaces.end(),
                         [&](const UsbInterface& i) {
                           return i.number == c.interface && i.alternate == c.alternate &&
                                  find_endpoint(i, true, false) != nullptr;
                         });
    };
    return answers(a) && !answers(b);
  }
  return a.kind == DeviceKind::hid_pos && b.kind != DeviceKind::hid_pos;
}

}  // namespace

std::span<const std::uint16_t> scanner_vendors() {
  return kScannerVendors;
}

const DeviceBinding* binding_of(const UsbFacts& facts, const std::vector<DeviceBinding>& bindings) {
  for (const DeviceBinding& b : bindings) {
    const bool serial = b.serial.empty() || b.serial == facts.serial;
    const bool port = b.port.empty() || b.port == facts.place;
    const bool ids = (b.vendor == 0 || b.vendor == facts.vendor) &&
                     (b.product == 0 || b.product == facts.product);
    if (serial && port && ids) return &b;
  }
  return nullptr;
}

std::optional<Candidate> candidate_of(const UsbFacts& facts, const DeviceBinding* binding) {
  std::optional<Candidate> best;
  for (const UsbInterface& interface : facts.interfaces) {
    const auto candidate = interface_candidate(facts, interface, binding);
    if (!candidate || (binding != nullptr && binding->role != candidate->role)) continue;
    if (!best || is_better(facts, *candidate, *best)) best = candidate;
  }
  return best;
}

bool worth_asking(const UsbFacts& facts, const UsbInterface& interface,
                  const DeviceBinding* binding) {
  if (interface.usb_class != usb_class_hid || !interface.report_descriptor.empty() ||
      interface.report_descriptor_bytes == 0)
    return false;
  const bool ours = is_scanner_by_name(facts, binding) || is_scale_by_name(facts, binding);
  return ours || (interface.kernel_driver.empty() && interface.subclass == 0);
}

std::vector<Assignment> assign(const std::vector<Found>& found,
                               const std::vector<DeviceBinding>& bindings) {
  std::vector<Assignment> out(found.size());
  std::set<Slot> claimed;  // by a binding, plugged in or not
  for (const DeviceBinding& b : bindings) claimed.insert({b.role, b.lane, b.name});
  std::set<Slot> taken;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const DeviceRole role = found[i].candidate.role;
    Slot slot{role, ports::Lane::bench, ""};
    if (const DeviceBinding* b = found[i].binding) {
      slot = {b->role, b->lane, b->name};
    } else {
      const auto alike = std::count_if(found.begin(), found.end(), [&](const Found& other) {
        return other.binding == nullptr && other.candidate.role == role && !other.stranger;
      });
      const bool chosen = found[i].held;
      if (claimed.count(slot) != 0) {
        out[i].reason = "unbound";
        continue;
      }
      if (alike > 1 && !chosen && !found[i].stranger) {
        out[i].reason = "ambiguous";
        continue;
      }
    }
    // A stranger keeps its slot as long as nobody else wants it, so that the reason is told.
    const bool wanted =
        found[i].stranger && std::any_of(found.begin(), found.end(), [&](const Found& o) {
          return !o.stranger && o.binding == nullptr && o.candidate.role == role;
        });
    if (!wanted && taken.insert(slot).second)
      out[i].slot = slot;
    else
      out[i].reason = wanted ? "unbound" : "ambiguous";
  }
  return out;
}

}  // namespace packbench::drivers
