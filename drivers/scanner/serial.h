// SerialReader: scans from a serial scanner (CDC-ACM). A scan ends with CR, LF, CRLF, TAB, ETX or
// with silence; STX before it is dropped. Control characters (GS) stay as they are.
#pragma once

#include "drivers/scanner/scan_reader.h"
#include "drivers/scanner/scan_text.h"

namespace packbench::drivers {

class SerialReader : public ScanReader {
 public:
  explicit SerialReader(Duration idle = Duration::milliseconds(60)) : text_(idle) {}

  std::vector<Barcode> take(std::span<const std::uint8_t> bytes, Duration now) override;
  std::optional<Duration> deadline() const override { return text_.deadline(); }
  std::vector<Barcode> tick(Duration now) override;
  void reset() override { text_.reset(); }

 private:
  ScanText text_;
};

}  // namespace packbench::drivers
