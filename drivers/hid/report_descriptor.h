// HidDescriptor: what a HID device says of its reports, as plain values. Source: Device Class
// Definition for HID 1.11, section 6.2.2; HID Usage Tables; HID Point of Sale Usage Tables 1.02.
// Pure functions and values, no thread rule. A report is meant as it is transferred: with the
// report id as its first byte where the device uses ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace packbench::drivers {

// Beyond these a descriptor is refused: no scanner, scale or keyboard comes near them.
constexpr std::size_t kHidDescriptorBytesMax = 4096;
constexpr std::size_t kHidFieldsMax = 512;
constexpr std::size_t kHidUsagesMax = 256;  // usage items before one main item
constexpr std::size_t kHidDepthMax = 16;    // of collections, and of push
constexpr std::uint32_t kHidReportBitsMax = 8 * 8192;

// A usage is (page << 16) | id.
constexpr std::uint32_t hid_usage(std::uint32_t page, std::uint32_t id) {
  return page << 16 | id;
}

// From first to last, both included; a single usage has them equal.
struct HidUsages {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool operator==(const HidUsages&) const = default;
};

enum class HidFieldKind { input, output, feature };

// `count` elements of `bit_size` bits each, one after the other.
struct HidField {
  HidFieldKind kind = HidFieldKind::input;
  std::uint8_t report_id = 0;    // 0: the device uses no ids
  std::uint32_t bit_offset = 0;  // from the first bit of the report, the id byte included
  std::uint32_t bit_size = 0;
  std::uint32_t count = 0;
  std::int64_t logical_min = 0;  // below zero: the elements are two's complement
  std::int64_t logical_max = 0;
  bool constant = false;
  bool variable = false;  // each element is a control; else each element names one of the usages
  std::vector<HidUsages> usages;
  std::vector<std::uint32_t> collections;  // the usages around it, outermost first
};

struct HidReportSize {
  std::uint8_t id = 0;
  std::size_t bytes = 0;  // the id byte included
  bool operator==(const HidReportSize&) const = default;
};

struct HidDescriptor {
  std::vector<HidField> fields;
  std::vector<std::uint32_t> applications;  // usages of the top-level collections
  bool has_report_ids = false;
  std::vector<HidReportSize> input_reports;
};

// Error bad_format. Long items and reserved ones are skipped; of alternative usages (delimiters)
// the first, the preferred one, stands.
Result<HidDescriptor> parse_report_descriptor(std::span<const std::uint8_t> bytes);

bool is_pos_scanner(const HidDescriptor& descriptor);  // an application of page 0x8C
bool is_keyboard(const HidDescriptor& descriptor);     // application keyboard, 0x01/0x06
bool is_scale(const HidDescriptor& descriptor);        // an application of page 0x8D

// A piece of a field: the neighbouring elements that carry one usage.
struct HidElements {
  std::uint8_t report_id = 0;
  std::uint32_t bit_offset = 0;
  std::uint32_t bit_size = 0;
  std::uint32_t count = 0;
  bool is_signed = false;
};

// Where a usage stands, in the order of the descriptor: in fields of controls, and in arrays that
// offer no other usage (buffered bytes are declared either way).
std::vector<HidElements> find_usage(const HidDescriptor& descriptor, HidFieldKind kind,
                                    std::uint32_t usage);

// The usage of the control at `index` of a field; the last one holds for all that follow.
std::optional<std::uint32_t> control_usage(const HidField& field, std::uint32_t index);

HidElements elements_of(const HidField& field);

// Whether the report has this id and is long enough for all elements.
bool report_has(std::span<const std::uint8_t> report, const HidElements& elements);

// The element's number, as the descriptor signs it. Nothing: another report, missing bytes, no
// such element, or wider than 32 bits.
std::optional<std::int64_t> read_value(std::span<const std::uint8_t> report,
                                       const HidElements& elements, std::uint32_t index = 0);

// The usage that an element of an array names; nothing where it names none.
std::optional<std::uint32_t> read_selection(std::span<const std::uint8_t> report,
                                            const HidField& field, std::uint32_t index = 0);

// The elements as bytes, where they are whole bytes; nothing where report_has does not hold.
std::optional<std::string> read_bytes(std::span<const std::uint8_t> report,
                                      const HidElements& elements);

}  // namespace packbench::drivers
