// UsbScale: a scale that is held by us and listened to; it knows the last weight.
// Thread rule: made and destroyed on any thread but the bus's; `last` from any.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "base/result.h"
#include "drivers/scale/hid_scale.h"
#include "drivers/usb/usb_device.h"

namespace packbench::drivers {

struct ScaleParts {
  std::shared_ptr<UsbDevice> device;
  int interface = 0;
  bool after_stall = false;  // its endpoint has to be freed first
  // The state of the reading has changed, or it gives nothing any more; on the bus's thread.
  std::function<void()> changed;
  // It has come to rest under a load; on the bus's thread.
  std::function<void(std::int64_t grams)> weighed;
  std::function<void(TransferEnd)> ended;
};

class UsbScale {
 public:
  // Errors: those of UsbDevice; not-a-scale.
  static Result<std::unique_ptr<UsbScale>> start(ScaleParts parts);

  // What the scale sent last; nothing before its first report.
  std::optional<ScaleReading> last() const;

 private:
  explicit UsbScale(ScaleParts parts, ScaleReader reader)
      : parts_(std::move(parts)), reader_(std::move(reader)) {}
  void take(std::span<const std::uint8_t> report);

  ScaleParts parts_;
  ScaleReader reader_;
  mutable std::mutex mutex_;
  std::optional<ScaleReading> last_;
  std::unique_ptr<UsbReader> pipe_;  // last: it stops before what it feeds goes
};

// Grams that lie still on the pan; nothing while it moves, is empty, or cannot tell.
std::optional<std::int64_t> stable_grams(const std::optional<ScaleReading>& reading);
// A word for the screen: what keeps the weight from being taken; empty: nothing.
std::string_view scale_word(const std::optional<ScaleReading>& reading);

}  // namespace packbench::drivers
