#include "usb_bench_devices.h"

#include <chrono>

namespace packbench::benchmark {

ports::DeviceBinding bound_device(ports::DeviceRole role, const std::string& serial) {
  ports::DeviceBinding binding;
  binding.role = role;
  binding.serial = serial;
  return binding;
}

std::unique_ptr<drivers::Devices> start_devices(drivers::DevicesOptions options,
                                                drivers::DevicesListener listener) {
  options.clock = [] {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return Duration{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  };
  return drivers::Devices::start(std::move(options), std::move(listener));
}

}  // namespace packbench::benchmark
