// UsbScanner: a scanner that is held by us and listened to. However it speaks (HID POS, HID
// keyboard, serial), what comes out is a Barcode.
// Thread rule: made and destroyed on any thread but the bus's; its callbacks come on that one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/barcode.h"
#include "drivers/scanner/scan_reader.h"
#include "drivers/usb/usb_device.h"
#include "ports/device.h"

namespace packbench::drivers {

struct ScannerParts {
  std::shared_ptr<UsbDevice> device;
  int interface = 0;  // the one that scans come from
  ports::DeviceBinding binding;
  bool after_stall = false;         // its endpoint has to be freed first
  std::function<Duration()> clock;  // monotonic
  std::function<void(Barcode)> scanned;
  // It gives nothing any more: unplugged, or a fault that only opening it again can mend.
  std::function<void(TransferEnd)> ended;
};

class UsbScanner {
 public:
  // Claims every interface that could type, so that no scan ever reaches the system as keys.
  // Errors: those of UsbDevice; not-a-scanner where the report descriptor says something else.
  static Result<std::unique_ptr<UsbScanner>> start(ScannerParts parts);

  const std::string& driver() const { return driver_; }  // hid-pos | hid-keyboard | serial

 private:
  UsbScanner() = default;
  Status start_hid(const UsbInterface& interface);
  Status start_serial(const UsbInterface& interface);
  Status listen(const UsbEndpoint& endpoint, std::size_t length);
  Duration take(std::span<const std::uint8_t> bytes);

  ScannerParts parts_;
  std::string driver_;
  std::unique_ptr<ScanReader> reader_;
  std::unique_ptr<UsbReader> pipe_;  // last: it stops before what it feeds goes
};

}  // namespace packbench::drivers
