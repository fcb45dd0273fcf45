#include "tests/usb/fake_scanner.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace packbench::test {
namespace {

DeviceSpec hid_spec(const Identity& identity, const std::string& port, bool boot_keyboard,
                    const Bytes& report_descriptor, std::uint16_t max_packet) {
  DeviceSpec spec;
  spec.identity = identity;
  spec.port = port;
  const std::uint8_t boot = boot_keyboard ? 1 : 0;
  spec.configuration = configuration_descriptor(
      1, interface_descriptor({0, 3, boot, boot, 1, 0}) + hid_descriptor(report_descriptor.size()) +
             endpoint_descriptor(FakePosScanner::kIn, EndpointType::interrupt, max_packet, 4));
  spec.kernel_drivers = {{0, "usbhid"}};
  spec.report_descriptors = {{0, report_descriptor}};
  return spec;
}

DeviceSpec serial_spec(const SerialScannerOptions& options) {
  DeviceSpec spec;
  spec.identity = options.identity;
  spec.port = options.port;
  spec.configuration = configuration_descriptor(
      2, interface_descriptor({0, 0x02, 0x02, 0x01, 1, 0}) + acm_descriptors(0, 1) +
             endpoint_descriptor(FakeSerialScanner::kNotify, EndpointType::interrupt, 10, 16) +
             interface_descriptor({1, 0x0A, 0, 0, 2, 0}) +
             endpoint_descriptor(FakeSerialScanner::kIn, EndpointType::bulk, options.packet) +
             endpoint_descriptor(FakeSerialScanner::kOut, EndpointType::bulk, 64));
  spec.kernel_drivers = {{0, "cdc_acm"}, {1, "cdc_acm"}};
  return spec;
}

Bytes key_report(const KeyStroke& stroke) {
  return {stroke.modifiers, 0, stroke.key, 0, 0, 0, 0, 0};
}

}  // namespace

// ---- HID POS ----------------------------------------------------------------------------------

Bytes pos_scanner_descriptor(const PosScannerOptions& options) {
  HidItems items;
  items.usage_page(0x8C).usage(0x02).application().report_id(options.report_id);
  items.usage(0x12).logical_collection().logical_range(0, 255);
  if (options.counts) items.usage_page(0x01).usage(0x3B).fields(1, 8).input_variable();
  items.usage_page(0x8C).usage(0xFB).usage(0xFC).usage(0xFD).fields(3, 8).input_variable();
  items.usage(0xFE).fields(options.data_bytes, 8).input_buffered();
  items.usage(0xFF).logical_range(0, 1).fields(1, 1).input_variable();
  items.fields(1, 7).input_constant();
  return items.end().end().bytes();
}

FakePosScanner::FakePosScanner(FakeBus& bus, PosScannerOptions options)
    : options_(std::move(options)),
      usb_(bus,
           hid_spec(options_.identity, options_.port, false, pos_scanner_descriptor(options_), 64),
           *this) {}

std::vector<Bytes> FakePosScanner::reports(std::string_view code, std::string_view aim) const {
  CHECK(aim.size() == 3);
  std::vector<Bytes> all;
  do {
    const std::string_view part = code.substr(0, options_.data_bytes);
    code.remove_prefix(part.size());
    Bytes report = {options_.report_id};
    if (options_.counts) report.push_back(static_cast<std::uint8_t>(part.size()));
    report = report + bytes_of(aim) + bytes_of(part);
    report.resize(report.size() + options_.data_bytes - part.size());
    report.push_back(code.empty() ? 0 : 1);
    all.push_back(std::move(report));
  } while (!code.empty());
  return all;
}

void FakePosScanner::scan(std::string_view code, std::string_view aim) {
  const auto guard = usb_.bus().lock();
  for (const Bytes& report : reports(code, aim)) send_report(report);
}

// ---- keyboard ---------------------------------------------------------------------------------

std::vector<KeyStroke> us_strokes(std::string_view text) {
  // The keys from 0x1E on with their two characters each; a space stands for a key without.
  constexpr std::string_view kPlain = "1234567890    -=[]\\ ;'`,./";
  constexpr std::string_view kShifted = "!@#$%^&*()    _+{}| :\"~<>?";
  std::vector<KeyStroke> strokes;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') {
      strokes.push_back({static_cast<std::uint8_t>(0x04 + c - 'a'), 0});
    } else if (c >= 'A' && c <= 'Z') {
      strokes.push_back({static_cast<std::uint8_t>(0x04 + c - 'A'), kShift});
    } else if (c == ' ') {
      strokes.push_back({0x2C, 0});
    } else {
      const std::size_t plain = kPlain.find(c), shifted = kShifted.find(c);
      CHECK(plain != std::string_view::npos || shifted != std::string_view::npos);
      const bool shift = plain == std::string_view::npos;
      const std::size_t at = shift ? shifted : plain;
      // The space bar, 0x2C, is not in the lists.
      const std::size_t key = 0x1E + at + (at >= 14 ? 1 : 0);
      strokes.push_back({static_cast<std::uint8_t>(key), shift ? kShift : std::uint8_t{0}});
    }
  }
  return strokes;
}

Bytes keyboard_descriptor() {
  HidItems items;
  items.usage_page(0x01).usage(0x06).application();
  items.usage_page(0x07).usage_range(0xE0, 0xE7).logical_range(0, 1).fields(8, 1).input_variable();
  items.fields(1, 8).input_constant();
  items.usage_page(0x08).usage_range(1, 5).fields(5, 1).output_variable();
  items.fields(1, 3).output_constant();
  items.usage_page(0x07).usage_range(0, 0xFF).logical_range(0, 255).fields(6, 8).input_array();
  return items.end().bytes();
}

FakeKeyboardScanner::FakeKeyboardScanner(FakeBus& bus, KeyboardScannerOptions options)
    : usb_(bus, hid_spec(options.identity, options.port, true, keyboard_descriptor(), 8), *this) {}

void FakeKeyboardScanner::scan(std::string_view code) {
  std::vector<KeyStroke> strokes = us_strokes(code);
  strokes.push_back(kEnterKey);
  type(strokes);
}

void FakeKeyboardScanner::type(const std::vector<KeyStroke>& strokes) {
  const auto guard = usb_.bus().lock();
  for (const KeyStroke& stroke : strokes) {
    send_report(key_report(stroke));
    send_report(key_report({}));
  }
}

void FakeKeyboardScanner::type_alt_code(std::string_view digits) {
  const auto guard = usb_.bus().lock();
  send_report(key_report({0, kLeftAlt}));
  for (const char digit : digits) {
    CHECK(digit >= '0' && digit <= '9');
    const auto key = static_cast<std::uint8_t>(digit == '0' ? 0x62 : 0x59 + digit - '1');
    send_report(key_report({key, kLeftAlt}));
    send_report(key_report({0, kLeftAlt}));
  }
  send_report(key_report({}));
}

// ---- serial -----------------------------------------------------------------------------------

FakeSerialScanner::FakeSerialScanner(FakeBus& bus, SerialScannerOptions options)
    : usb_(bus, serial_spec(options), *this) {}

void FakeSerialScanner::scan(std::string_view code, std::string_view terminator) {
  send(bytes_of(code) + bytes_of(terminator));
}

Bytes FakeSerialScanner::line_coding() const {
  const auto guard = usb_.bus().lock();
  return line_coding_;
}

int FakeSerialScanner::control_lines() const {
  const auto guard = usb_.bus().lock();
  return control_lines_;
}

// GET_LINE_CODING
std::optional<Bytes> FakeSerialScanner::answer(const Setup& setup) {
  if (setup.request_type == 0xA1 && setup.request == 0x21 && !line_coding_.empty())
    return line_coding_;
  return std::nullopt;
}

// SET_LINE_CODING and SET_CONTROL_LINE_STATE
bool FakeSerialScanner::accept(const Setup& setup, std::span<const std::uint8_t> data) {
  if (setup.request_type != 0x21) return false;
  if (setup.request == 0x20 && data.size() == 7) {
    line_coding_.assign(data.begin(), data.end());
    return true;
  }
  if (setup.request != 0x22) return false;
  control_lines_ = setup.value;
  return true;
}

void FakeSerialScanner::power_up() {
  line_coding_.clear();
  control_lines_ = -1;
}

}  // namespace packbench::test
