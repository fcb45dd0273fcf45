// Devices: the scanners, printers and scales of one bench over USB, taken up when they are plugged
// in, given back when they leave, and taken up again when they return.
// Thread rule: start and destroy on one thread; the rest from any. `scanned` comes on the thread of
// the bus and must not wait; `changed` on a thread of our own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "domain/barcode.h"
#include "ports/device.h"
#include "ports/label_printer.h"

namespace packbench::drivers {

struct DevicesOptions {
  std::vector<ports::DeviceBinding> bindings;
  // The names of the USB printers that the bench prints on; "" is the one that needs no name.
  std::vector<std::string> printers;
  bool wants_scale = false;              // then its absence is told
  std::function<Duration()> clock = {};  // monotonic
  // How often an idle printer is asked how it is: when all is well, and while somebody mends it.
  Duration poll = Duration::seconds(10);
  Duration poll_fault = Duration::seconds(2);
};

struct DevicesListener {
  std::function<void(ports::Lane, Barcode)> scanned;
  std::function<void(const std::vector<ports::DeviceState>&)> changed;
  // The scale has come to rest under a load; on the thread of the bus.
  std::function<void(std::int64_t grams)> weighed;
};

class Devices {
 public:
  // Comes back when everything that is plugged in has been looked at. A machine without USB has no
  // devices, and bus_problem() says so.
  static std::unique_ptr<Devices> start(DevicesOptions options, DevicesListener listener);
  virtual ~Devices() = default;

  virtual std::optional<Error> bus_problem() const = 0;
  // What is plugged in and of use to a bench, and what is missing.
  virtual std::vector<ports::DeviceState> states() const = 0;
  // One of options.printers; lives as long as this does.
  virtual ports::LabelPrinter& printer(const std::string& name) = 0;
  // Grams that lie still on the scale.
  virtual std::optional<std::int64_t> stable_weight() const = 0;
};

}  // namespace packbench::drivers
