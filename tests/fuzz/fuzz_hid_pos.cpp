// What a HID point of sale scanner may send. The first byte chooses the descriptor: one that counts
// its bytes, one that pads them, or whatever the input brings.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "drivers/scanner/hid_pos.h"
#include "tests/fuzz/report_feed.h"
#include "tests/fuzz/scan_checks.h"
#include "tests/unit/hid_descriptors.h"

namespace {

using namespace packbench;
using namespace packbench::drivers;

std::optional<HidPosReader> reader_of(fuzz::ReportFeed& feed) {
  const std::uint8_t choice = feed.byte();
  static const test::Bytes counted = test::hex(test::kCountedPos);
  static const test::Bytes padded = test::hex(test::kShortPos);
  const fuzz::Bytes ours = choice % 4 == 0 ? counted : padded;
  const auto descriptor = parse_report_descriptor(choice % 4 < 2 ? ours : feed.piece());
  if (!descriptor) return std::nullopt;
  auto reader = HidPosReader::from(descriptor.value());
  if (!reader) return std::nullopt;
  return std::move(reader.value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::ReportFeed feed({data, size});
  auto reader = reader_of(feed);
  if (!reader) return 0;
  fuzz::feed_scanner(*reader, feed);
  for (const HidPosLayout& layout : reader->layouts()) CHECK(!layout.data.empty());
  return 0;
}
