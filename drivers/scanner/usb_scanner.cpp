#include "drivers/scanner/usb_scanner.h"

#include <algorithm>
#include <array>
#include <set>

#include "drivers/hid/report_descriptor.h"
#include "drivers/scanner/hid_pos.h"
#include "drivers/scanner/keyboard.h"
#include "drivers/scanner/serial.h"
#include "drivers/usb/usb_hid.h"

namespace packbench::drivers {
namespace {

constexpr Duration kPatience = Duration::seconds(1);

const UsbInterface* interface_of(const UsbFacts& facts, int number) {
  for (const UsbInterface& interface : facts.interfaces) {
    if (interface.number == number) return &interface;
  }
  return nullptr;
}

// The data interface of an abstract control model: the one after it that carries bulk data.
const UsbInterface* data_interface(const UsbFacts& facts) {
  for (const UsbInterface& interface : facts.interfaces) {
    if (interface.usb_class == usb_class_cdc_data && find_endpoint(interface, true, false))
      return &interface;
  }
  return nullptr;
}

std::size_t longest_report(const HidDescriptor& descriptor) {
  std::size_t longest = 1;
  for (const HidReportSize& report : descriptor.input_reports)
    longest = std::max(longest, report.bytes);
  return longest;
}

bool types(const UsbInterface& interface) {
  constexpr std::uint8_t kBootKeyboard = 1;
  if (interface.usb_class != usb_class_hid) return false;
  if (interface.protocol == kBootKeyboard) return true;
  const auto descriptor = parse_report_descriptor(interface.report_descriptor);
  return descriptor && is_keyboard(descriptor.value());
}

// The other interfaces over which it may type, so that the system's keyboard driver has none.
Status claim_other_keyboards(UsbDevice& device, int except) {
  std::set<int> claimed{except};
  for (const UsbInterface& interface : device.facts().interfaces) {
    if (!types(interface) || !claimed.insert(interface.number).second) continue;
    if (const Status status = device.claim(interface.number); !status) return status;
  }
  return Ok{};
}

// What the configuration does not say is as most scanners are shipped.
KeyboardOptions keyboard_options(const ports::DeviceBinding& binding) {
  KeyboardOptions options;
  options.layout = parse_keyboard_layout(binding.layout).value_or(options.layout);
  options.terminator = parse_scan_terminator(binding.terminator).value_or(options.terminator);
  options.idle = binding.idle;
  return options;
}

Error not_a_scanner(const UsbFacts& facts) {
  return {"not-a-scanner", "The device at " + facts.place +
                               " is no scanner that can be read; set it to HID POS, keyboard or "
                               "serial mode with the codes of its manual"};
}

// CDC PSTN 1.2, 6.3.11: bits a second, one stop bit, no parity, eight data bits.
std::array<std::uint8_t, 7> line_coding(int baud) {
  const auto rate = static_cast<std::uint32_t>(baud);
  return {static_cast<std::uint8_t>(rate),
          static_cast<std::uint8_t>(rate >> 8),
          static_cast<std::uint8_t>(rate >> 16),
          static_cast<std::uint8_t>(rate >> 24),
          0,
          0,
          8};
}

}  // namespace

Result<std::unique_ptr<UsbScanner>> UsbScanner::start(ScannerParts parts) {
  const UsbInterface* interface = interface_of(parts.device->facts(), parts.interface);
  CHECK(interface != nullptr);
  std::unique_ptr<UsbScanner> scanner(new UsbScanner);
  scanner->parts_ = std::move(parts);
  const Status started = interface->usb_class == usb_class_hid ? scanner->start_hid(*interface)
                                                               : scanner->start_serial(*interface);
  if (!started) return started.error();
  return scanner;
}

Status UsbScanner::start_hid(const UsbInterface& interface) {
  UsbDevice& device = *parts_.device;
  if (const Status claimed = device.claim(interface.number); !claimed) return claimed;
  if (const Status claimed = claim_other_keyboards(device, interface.number); !claimed)
    return claimed;
  const auto bytes = read_report_descriptor(device, interface);
  if (!bytes) return bytes.error();
  const auto descriptor = parse_report_descriptor(bytes.value());
  const UsbEndpoint* endpoint = find_endpoint(interface, true, true);
  if (!descriptor || endpoint == nullptr) return not_a_scanner(device.facts());
  if (is_pos_scanner(descriptor.value())) {
    auto reader = HidPosReader::from(descriptor.value());
    if (!reader) return not_a_scanner(device.facts());
    reader_ = std::make_unique<HidPosReader>(std::move(reader).value());
    driver_ = "hid-pos";
  } else if (is_keyboard(descriptor.value())) {
    auto reader = HidKeyboardReader::from(descriptor.value(), keyboard_options(parts_.binding));
    if (!reader) return not_a_scanner(device.facts());
    reader_ = std::make_unique<HidKeyboardReader>(std::move(reader).value());
    driver_ = "hid-keyboard";
  } else {
    return not_a_scanner(device.facts());
  }
  use_report_protocol(device, interface);
  return listen(*endpoint, longest_report(descriptor.value()));
}

Status UsbScanner::start_serial(const UsbInterface& interface) {
  UsbDevice& device = *parts_.device;
  const UsbInterface* data = data_interface(device.facts());
  if (data == nullptr) return not_a_scanner(device.facts());
  if (const Status claimed = device.claim(interface.number); !claimed) return claimed;
  if (data->number != interface.number) {
    if (const Status claimed = device.claim(data->number); !claimed) return claimed;
  }
  constexpr std::uint8_t kSetLineCoding = 0x20;
  constexpr std::uint8_t kSetControlLineState = 0x22;
  constexpr std::uint16_t kReady = 0x03;  // DTR and RTS: some scanners send nothing without
  const auto index = static_cast<std::uint16_t>(interface.number);
  // A scanner that has no line to set up refuses both, and sends all the same.
  device.control({0x21, kSetLineCoding, 0, index}, line_coding(parts_.binding.baud), kPatience);
  device.control({0x21, kSetControlLineState, kReady, index}, {}, kPatience);
  reader_ = std::make_unique<SerialReader>(parts_.binding.idle);
  driver_ = "serial";
  const UsbEndpoint* endpoint = find_endpoint(*data, true, false);
  // The kernel reads nothing from such a one, and says no more than that.
  if (endpoint->max_packet == 0)
    return Error{"usb-error",
                 "The scanner names no packet size on its serial line; use another "
                 "scanner, or set this one to type"};
  return listen(*endpoint, endpoint->max_packet);
}

Status UsbScanner::listen(const UsbEndpoint& endpoint, std::size_t length) {
  // Where it fails, the reader says why.
  if (parts_.after_stall) static_cast<void>(parts_.device->clear_halt(endpoint));
  auto pipe = parts_.device->read(
      endpoint, length, [this](std::span<const std::uint8_t> bytes) { return take(bytes); },
      [this](TransferEnd end) { parts_.ended(end); });
  if (!pipe) return pipe.error();
  pipe_ = std::move(pipe).value();
  return Ok{};
}

// On the bus's thread: data, or nothing when the reader's time has come.
Duration UsbScanner::take(std::span<const std::uint8_t> bytes) {
  const Duration now = parts_.clock();
  for (Barcode& code : bytes.empty() ? reader_->tick(now) : reader_->take(bytes, now))
    parts_.scanned(std::move(code));
  const auto deadline = reader_->deadline();
  if (!deadline) return {};
  return std::max(Duration{deadline->us - now.us}, Duration::milliseconds(1));
}

}  // namespace packbench::drivers
