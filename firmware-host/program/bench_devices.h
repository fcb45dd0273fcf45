// The devices of a running bench: what its configuration says, as drivers; what drivers tell, as
// inputs of the station.
// Thread rule: made and destroyed by the bench's thread; the callbacks come on the drivers'
// threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "drivers/devices/devices.h"
#include "host/config.h"
#include "ports/label_printer.h"
#include "station/messages.h"

namespace packbench::program {

struct DeviceSinks {
  std::function<void(ports::Lane, Barcode)> scanned;
  std::function<void(station::Input)> told;  // DevicesChanged and Weighed
};

class BenchDevices {
 public:
  // `with_usb` false: USB is left alone whatever the configuration says. Errors: bad_config.
  static Result<std::unique_ptr<BenchDevices>> open(const host::Config& config,
                                                    const std::string& data, bool with_usb,
                                                    DeviceSinks sinks);
  ~BenchDevices();

  ports::LabelPrinter& printer() { return *printer_; }
  std::optional<std::int64_t> stable_weight() const;
  // How the devices are now, as an input; nothing where USB is not used.
  std::optional<station::Input> report() const;
  bool has_dock_scanner() const { return has_dock_scanner_; }

 private:
  explicit BenchDevices(DeviceSinks sinks) : sinks_(std::move(sinks)) {}
  Result<ports::LabelPrinter*> printer_of(const std::string& spec, const std::string& data);

  const DeviceSinks sinks_;
  bool has_dock_scanner_ = false;
  std::unique_ptr<drivers::Devices> usb_;
  std::vector<std::unique_ptr<ports::LabelPrinter>> printers_;  // files, raw paths, the fallback
  ports::LabelPrinter* printer_ = nullptr;
};

// What the drivers are to hold for this configuration.
drivers::DevicesOptions device_options(const host::Config& config);

}  // namespace packbench::program
