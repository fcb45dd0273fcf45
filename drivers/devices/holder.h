// Holder: one device that is held by us, whatever its kind. Made by the supervisor, which alone
// destroys it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "drivers/devices/assign.h"
#include "drivers/printer/usb_printer.h"
#include "drivers/scale/usb_scale.h"
#include "drivers/scanner/usb_scanner.h"
#include "drivers/usb/usb_bus.h"

namespace packbench::drivers {

struct HolderParts {
  UsbBus& bus;
  const Found& found;
  Slot slot;
  UsbPrinter* printer = nullptr;  // of a printer's slot
  bool after_stall = false;
  std::function<Duration()> clock;
  std::function<void(Barcode)> scanned;
  std::function<void()> changed;
  std::function<void(std::int64_t)> weighed;
  std::function<void(TransferEnd)> ended;
};

class Holder {
 public:
  // Opens, claims and listens. Errors: those of the device's kind.
  static Result<std::unique_ptr<Holder>> take(const HolderParts& parts);
  ~Holder();

  const Slot& slot() const { return slot_; }
  const std::string& driver() const { return driver_; }
  // Empty: all is well.
  std::string condition() const;
  std::shared_ptr<UsbScale> scale() const { return scale_; }
  UsbPrinter* printer() const { return printer_; }

 private:
  explicit Holder(Slot slot) : slot_(std::move(slot)) {}

  const Slot slot_;
  std::string driver_;
  std::unique_ptr<UsbScanner> scanner_;
  std::shared_ptr<UsbScale> scale_;
  UsbPrinter* printer_ = nullptr;
};

}  // namespace packbench::drivers
