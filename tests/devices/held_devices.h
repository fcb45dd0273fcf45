// HeldDevices: the product's own drivers at work on an emulated bus, and what they told.
// Thread rule: members from the test's thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "drivers/devices/devices.h"
#include "tests/usb/fake_bus.h"

namespace packbench::test {

struct ScanHeard {
  ports::Lane lane;
  Barcode code;
};

class HeldDevices {
 public:
  explicit HeldDevices(FakeBus& bus, drivers::DevicesOptions options = {});

  drivers::Devices& operator*() { return *devices_; }
  drivers::Devices* operator->() { return devices_.get(); }

  // The scans so far, once there are as many as that.
  std::vector<ScanHeard> scans(std::size_t count);
  std::vector<std::int64_t> weights(std::size_t count);
  // The state of the first device of this role once `reason` is what ails it; empty: usable.
  ports::DeviceState until(ports::DeviceRole role, const std::string& reason);
  std::optional<ports::DeviceState> find(ports::DeviceRole role);
  // How often the drivers have told how the devices are.
  int tellings() const { return tellings_; }

 private:
  FakeBus& bus_;
  std::mutex mutex_;
  std::vector<ScanHeard> scans_;
  std::vector<std::int64_t> weights_;
  std::atomic<int> tellings_ = 0;
  std::unique_ptr<drivers::Devices> devices_;  // last: it stops before what it tells goes
};

Duration monotonic_now();
ports::DeviceBinding scanner_binding(const std::string& serial, ports::Lane lane);
ports::DeviceBinding printer_binding(const std::string& serial, const std::string& name);

}  // namespace packbench::test
