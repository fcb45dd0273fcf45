// What a scanner that plays a keyboard may send. The first byte chooses layout and terminator, the
// second the reports: those of boot protocol, or of a descriptor that the input brings.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "drivers/scanner/keyboard.h"
#include "tests/fuzz/report_feed.h"
#include "tests/fuzz/scan_checks.h"

namespace {

using namespace packbench;
using namespace packbench::drivers;

std::optional<HidKeyboardReader> reader_of(fuzz::ReportFeed& feed) {
  const unsigned choice = feed.byte();
  const KeyboardOptions options{static_cast<KeyboardLayout>(choice % 3),
                                static_cast<ScanTerminator>(choice / 3 % 4)};
  if (feed.byte() % 4 != 0) return HidKeyboardReader::boot(options);
  const auto descriptor = parse_report_descriptor(feed.piece());
  if (!descriptor) return std::nullopt;
  auto reader = HidKeyboardReader::from(descriptor.value(), options);
  if (!reader) return std::nullopt;
  return std::move(reader.value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::ReportFeed feed({data, size});
  auto reader = reader_of(feed);
  if (!reader) return 0;
  for (const Barcode& scan : fuzz::feed_scanner(*reader, feed)) {
    // Only the cut of a scan that is too long may go through a character.
    CHECK(scan.bytes.size() > kScanBytesMax || is_utf8(scan.bytes));
  }
  return 0;
}
