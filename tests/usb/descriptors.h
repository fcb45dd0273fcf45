// Builders of USB descriptors, byte for byte as a device sends them. Pure functions.
// Source: USB 2.0, chapter 9.6; USB HID 1.11, 6.2; CDC 1.2, 5.2.3 and PSTN 1.2, 5.3.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace packbench::test {

using Bytes = std::vector<std::uint8_t>;

Bytes operator+(Bytes left, const Bytes& right);
Bytes bytes_of(std::string_view text);
std::string text_of(const Bytes& bytes);

enum class EndpointType : std::uint8_t { bulk = 2, interrupt = 3 };

struct InterfaceClass {
  std::uint8_t number = 0;
  std::uint8_t usb_class = 0, subclass = 0, protocol = 0;
  std::uint8_t endpoints = 0;
  std::uint8_t alternate = 0;
};

// The strings have the indexes 1 (maker), 2 (product) and 3 (serial number); an empty one has none.
struct Identity {
  std::uint16_t vendor = 0, product = 0;
  std::string maker, name, serial;
};

Bytes device_descriptor(const Identity& identity, std::uint8_t usb_class = 0);
// `parts`: the interface, class and endpoint descriptors in their order.
Bytes configuration_descriptor(std::uint8_t interfaces, const Bytes& parts);
Bytes interface_descriptor(const InterfaceClass& interface);
Bytes endpoint_descriptor(std::uint8_t address, EndpointType type, std::uint16_t max_packet,
                          std::uint8_t interval = 0);
Bytes hid_descriptor(std::size_t report_descriptor_bytes);
// The functional descriptors of an abstract control model: header, call management, ACM, union.
Bytes acm_descriptors(std::uint8_t control_interface, std::uint8_t data_interface);
// UTF-8 in; index 0, the list of languages, is string_languages().
Bytes string_descriptor(std::string_view text);
Bytes string_languages();

// The items of a HID report descriptor, one after the other.
class HidItems {
 public:
  HidItems& usage_page(std::uint16_t page) { return item(0x04, page); }
  HidItems& usage(std::uint16_t usage) { return item(0x08, usage); }
  HidItems& usage_range(std::uint16_t first, std::uint16_t last);
  HidItems& application() { return item(0xA0, 0x01); }
  HidItems& logical_collection() { return item(0xA0, 0x02); }
  HidItems& end() { return bare(0xC0); }
  HidItems& report_id(std::uint8_t id) { return item(0x84, id); }
  HidItems& logical_range(int low, int high);
  // `count` fields of `bits` each.
  HidItems& fields(int count, int bits);
  HidItems& input_variable() { return item(0x80, 0x02); }
  HidItems& input_buffered();  // Data, Variable, Absolute, Buffered Bytes
  HidItems& input_array() { return item(0x80, 0x00); }
  HidItems& input_constant() { return item(0x80, 0x03); }
  HidItems& output_variable() { return item(0x90, 0x02); }
  HidItems& output_constant() { return item(0x90, 0x03); }
  HidItems& feature_variable() { return item(0xB0, 0x02); }
  const Bytes& bytes() const { return bytes_; }

 private:
  HidItems& bare(std::uint8_t prefix);
  HidItems& item(std::uint8_t prefix, int value);

  Bytes bytes_;
};

}  // namespace packbench::test
