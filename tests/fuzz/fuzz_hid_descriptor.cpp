// What a device may say of its reports: any bytes at all, and any report after it.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "drivers/hid/report_descriptor.h"
#include "tests/fuzz/report_feed.h"

namespace {

using namespace packbench;
using namespace packbench::drivers;

void check_field(const HidField& field, fuzz::Bytes report) {
  CHECK(field.bit_size > 0 && field.count > 0);
  CHECK(field.bit_offset + std::uint64_t{field.bit_size} * field.count <= kHidReportBitsMax);
  CHECK(field.usages.size() <= kHidUsagesMax && field.collections.size() <= kHidDepthMax);
  const HidElements elements = elements_of(field);
  const bool whole = report_has(report, elements);
  for (std::uint32_t i = 0; i < field.count && i < 64; ++i) {
    const auto value = read_value(report, elements, i);
    CHECK(value || !whole || field.bit_size > 32);
    const auto usage = read_selection(report, field, i);
    CHECK(!usage || value);
    CHECK(control_usage(field, i).has_value() == !field.usages.empty());
  }
  CHECK(!read_value(report, elements, field.count));
  const auto bytes = read_bytes(report, elements);
  CHECK(bytes.has_value() == (whole && field.bit_size % 8 == 0));
}

void check_usages(const HidDescriptor& descriptor, const HidField& field) {
  for (const HidUsages& usages : field.usages) {
    CHECK(usages.first <= usages.last);
    for (const HidElements& found : find_usage(descriptor, field.kind, usages.first)) {
      CHECK(found.count > 0 && found.bit_size > 0);
      CHECK(found.bit_offset + std::uint64_t{found.bit_size} * found.count <= kHidReportBitsMax);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::ReportFeed feed({data, size});
  const fuzz::Bytes report = feed.piece();
  const fuzz::Bytes bytes = fuzz::Bytes(data, size).subspan(size == 0 ? 0 : report.size() + 1);
  const auto parsed = parse_report_descriptor(bytes);
  if (!parsed) {
    CHECK(parsed.error().code == "bad_format" && !parsed.error().text.empty());
    return 0;
  }
  const HidDescriptor& descriptor = parsed.value();
  CHECK(descriptor.fields.size() <= kHidFieldsMax);
  for (const HidField& field : descriptor.fields) {
    check_field(field, report);
    check_usages(descriptor, field);
  }
  for (const HidReportSize& input : descriptor.input_reports) {
    CHECK(input.bytes > 0 && input.bytes <= kHidReportBitsMax / 8);
  }
  return 0;
}
