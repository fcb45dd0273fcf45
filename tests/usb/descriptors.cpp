#include "tests/usb/descriptors.h"

#include "base/check.h"

namespace packbench::test {
namespace {

constexpr std::uint8_t low(std::size_t value) {
  return static_cast<std::uint8_t>(value & 0xFFU);
}
constexpr std::uint8_t high(std::size_t value) {
  return static_cast<std::uint8_t>((value >> 8U) & 0xFFU);
}

// The code point that starts at `at`, which is moved behind it.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto first = static_cast<std::uint8_t>(text[at++]);
  const std::size_t more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  CHECK(at + more <= text.size());
  std::uint32_t code = more == 0 ? first : first & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i)
    code = (code << 6U) | (static_cast<std::uint8_t>(text[at++]) & 0x3FU);
  return code;
}

}  // namespace

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

std::string text_of(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

Bytes device_descriptor(const Identity& identity, std::uint8_t usb_class) {
  const auto index = [](const std::string& text, std::uint8_t number) {
    return static_cast<std::uint8_t>(text.empty() ? 0 : number);
  };
  return {18,
          1,
          0x00,
          0x02,
          usb_class,
          0,
          0,
          64,
          low(identity.vendor),
          high(identity.vendor),
          low(identity.product),
          high(identity.product),
          0x00,
          0x01,
          index(identity.maker, 1),
          index(identity.name, 2),
          index(identity.serial, 3),
          1};
}

Bytes configuration_descriptor(std::uint8_t interfaces, const Bytes& parts) {
  const std::size_t total = 9 + parts.size();
  return Bytes{9, 2, low(total), high(total), interfaces, 1, 0, 0x80, 50} + parts;
}

Bytes interface_descriptor(const InterfaceClass& interface) {
  return {9,
          4,
          interface.number,
          interface.alternate,
          interface.endpoints,
          interface.usb_class,
          interface.subclass,
          interface.protocol,
          0};
}

Bytes endpoint_descriptor(std::uint8_t address, EndpointType type, std::uint16_t max_packet,
                          std::uint8_t interval) {
  return {7,       5, address, static_cast<std::uint8_t>(type), low(max_packet), high(max_packet),
          interval};
}

Bytes hid_descriptor(std::size_t report_descriptor_bytes) {
  return {
      9, 0x21, 0x11, 0x01, 0, 1, 0x22, low(report_descriptor_bytes), high(report_descriptor_bytes)};
}

Bytes acm_descriptors(std::uint8_t control_interface, std::uint8_t data_interface) {
  const Bytes header = {5, 0x24, 0x00, 0x10, 0x01};
  const Bytes call_management = {5, 0x24, 0x01, 0x00, data_interface};
  const Bytes acm = {4, 0x24, 0x02, 0x02};
  const Bytes both = {5, 0x24, 0x06, control_interface, data_interface};
  return header + call_management + acm + both;
}

Bytes string_descriptor(std::string_view text) {
  Bytes units;
  const auto add = [&units](std::uint32_t unit) {
    units.push_back(low(unit));
    units.push_back(high(unit));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t code = next_code_point(text, at);
    if (code < 0x10000) {
      add(code);
    } else {
      add(0xD800U + ((code - 0x10000U) >> 10U));
      add(0xDC00U + ((code - 0x10000U) & 0x3FFU));
    }
  }
  CHECK(units.size() <= 253);
  return Bytes{low(units.size() + 2), 3} + units;
}

Bytes string_languages() {
  return {4, 3, 0x09, 0x04};
}

HidItems& HidItems::bare(std::uint8_t prefix) {
  bytes_.push_back(prefix);
  return *this;
}

// The lowest bits of the prefix are the number of bytes that follow. Sign matters: 255 needs two
// bytes where the item may be read as signed.
HidItems& HidItems::item(std::uint8_t prefix, int value) {
  const bool global_range = prefix == 0x14 || prefix == 0x24;
  const int largest = global_range ? 127 : 255;
  const bool one_byte = value >= -128 && value <= largest;
  bare(static_cast<std::uint8_t>(prefix | (one_byte ? 1U : 2U)));
  bytes_.push_back(low(static_cast<std::size_t>(value)));
  if (!one_byte) bytes_.push_back(high(static_cast<std::size_t>(value)));
  return *this;
}

HidItems& HidItems::usage_range(std::uint16_t first, std::uint16_t last) {
  return item(0x18, first).item(0x28, last);
}

HidItems& HidItems::logical_range(int low_value, int high_value) {
  return item(0x14, low_value).item(0x24, high_value);
}

HidItems& HidItems::fields(int count, int bits) {
  return item(0x74, bits).item(0x94, count);
}

// Bit 8 of a main item's data is Buffered Bytes, so that the data takes two bytes.
HidItems& HidItems::input_buffered() {
  return item(0x80, 0x0102);
}

}  // namespace packbench::test
