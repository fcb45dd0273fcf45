#include <algorithm>

#include "drivers/hid/report_descriptor.h"

namespace packbench::drivers {
namespace {

std::uint64_t width(const HidUsages& usages) {
  return std::uint64_t{usages.last} - usages.first + 1;
}

// The usage at `index` of the list, counted through the ranges.
std::optional<std::uint32_t> listed_usage(const HidField& field, std::uint64_t index) {
  for (const HidUsages& usages : field.usages) {
    if (index < width(usages)) return usages.first + static_cast<std::uint32_t>(index);
    index -= width(usages);
  }
  return std::nullopt;
}

// The bits from `offset` on, the first one lowest. The caller has checked that they are there.
std::uint32_t read_bits(std::span<const std::uint8_t> report, std::size_t offset,
                        std::uint32_t size) {
  std::uint64_t value = 0;
  const std::size_t first = offset / 8;
  const std::size_t last = (offset + size - 1) / 8;
  for (std::size_t at = first; at <= last; ++at) {
    value |= std::uint64_t{report[at]} << (8 * (at - first));
  }
  const std::uint64_t mask = (std::uint64_t{1} << size) - 1;
  return static_cast<std::uint32_t>(value >> (offset % 8) & mask);
}

void append_runs(const HidField& field, std::uint32_t usage, std::vector<HidElements>& out) {
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < field.usages.size() && at < field.count; ++i) {
    const HidUsages& usages = field.usages[i];
    if (usage >= usages.first && usage <= usages.last) {
      const std::uint64_t index = at + (usage - usages.first);
      if (index >= field.count) return;
      const bool last_of_all = i + 1 == field.usages.size() && usage == usages.last;
      HidElements run = elements_of(field);
      run.bit_offset += static_cast<std::uint32_t>(index) * field.bit_size;
      run.count = last_of_all ? field.count - static_cast<std::uint32_t>(index) : 1;
      out.push_back(run);
    }
    at += width(usages);
  }
}

bool offers_only(const HidField& field, std::uint32_t usage) {
  return !field.usages.empty() &&
         std::all_of(field.usages.begin(), field.usages.end(), [usage](const HidUsages& each) {
           return each == HidUsages{usage, usage};
         });
}

}  // namespace

HidElements elements_of(const HidField& field) {
  return {field.report_id, field.bit_offset, field.bit_size, field.count, field.logical_min < 0};
}

std::vector<HidElements> find_usage(const HidDescriptor& descriptor, HidFieldKind kind,
                                    std::uint32_t usage) {
  std::vector<HidElements> found;
  for (const HidField& field : descriptor.fields) {
    if (field.kind != kind || field.constant) continue;
    if (field.variable) {
      append_runs(field, usage, found);
    } else if (offers_only(field, usage)) {
      found.push_back(elements_of(field));
    }
  }
  return found;
}

std::optional<std::uint32_t> control_usage(const HidField& field, std::uint32_t index) {
  if (field.usages.empty()) return std::nullopt;
  if (const auto usage = listed_usage(field, index)) return usage;
  return field.usages.back().last;
}

bool report_has(std::span<const std::uint8_t> report, const HidElements& elements) {
  if (elements.report_id != 0 && (report.empty() || report[0] != elements.report_id)) return false;
  const std::uint64_t end = elements.bit_offset + std::uint64_t{elements.bit_size} * elements.count;
  return end <= std::uint64_t{report.size()} * 8;
}

std::optional<std::int64_t> read_value(std::span<const std::uint8_t> report,
                                       const HidElements& elements, std::uint32_t index) {
  if (index >= elements.count || elements.bit_size == 0 || elements.bit_size > 32) {
    return std::nullopt;
  }
  HidElements one = elements;
  one.bit_offset += index * elements.bit_size;
  one.count = 1;
  if (!report_has(report, one)) return std::nullopt;
  const std::int64_t value = read_bits(report, one.bit_offset, one.bit_size);
  const std::int64_t half = std::int64_t{1} << (one.bit_size - 1);
  return elements.is_signed && value >= half ? value - 2 * half : value;
}

std::optional<std::uint32_t> read_selection(std::span<const std::uint8_t> report,
                                            const HidField& field, std::uint32_t index) {
  const auto value = read_value(report, elements_of(field), index);
  if (!value || *value < field.logical_min || *value > field.logical_max) return std::nullopt;
  return listed_usage(field, static_cast<std::uint64_t>(*value - field.logical_min));
}

std::optional<std::string> read_bytes(std::span<const std::uint8_t> report,
                                      const HidElements& elements) {
  if (elements.bit_size % 8 != 0 || !report_has(report, elements)) return std::nullopt;
  const std::size_t size = std::size_t{elements.bit_size} / 8 * elements.count;
  std::string bytes;
  bytes.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes.push_back(static_cast<char>(read_bits(report, elements.bit_offset + 8 * i, 8)));
  }
  return bytes;
}

}  // namespace packbench::drivers
