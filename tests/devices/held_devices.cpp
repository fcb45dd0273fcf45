#include "tests/devices/held_devices.h"

#include <gtest/gtest.h>

#include <chrono>

namespace packbench::test {

using ports::DeviceRole;
using ports::DeviceState;

Duration monotonic_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

ports::DeviceBinding scanner_binding(const std::string& serial, ports::Lane lane) {
  ports::DeviceBinding binding;
  binding.role = DeviceRole::scanner;
  binding.serial = serial;
  binding.lane = lane;
  return binding;
}

ports::DeviceBinding printer_binding(const std::string& serial, const std::string& name) {
  ports::DeviceBinding binding;
  binding.role = DeviceRole::printer;
  binding.serial = serial;
  binding.name = name;
  return binding;
}

HeldDevices::HeldDevices(FakeBus& bus, drivers::DevicesOptions options) : bus_(bus) {
  if (!options.clock) options.clock = monotonic_now;
  options.poll = Duration::milliseconds(50);
  options.poll_fault = Duration::milliseconds(20);
  drivers::DevicesListener listener;
  listener.scanned = [this](ports::Lane lane, Barcode code) {
    {
      const std::lock_guard lock(mutex_);
      scans_.push_back({lane, std::move(code)});
    }
    bus_.wake();
  };
  listener.weighed = [this](std::int64_t grams) {
    {
      const std::lock_guard lock(mutex_);
      weights_.push_back(grams);
    }
    bus_.wake();
  };
  listener.changed = [this](const std::vector<DeviceState>&) {
    ++tellings_;
    bus_.wake();
  };
  devices_ = drivers::Devices::start(std::move(options), std::move(listener));
}

std::vector<ScanHeard> HeldDevices::scans(std::size_t count) {
  std::vector<ScanHeard> heard;
  EXPECT_TRUE(bus_.wait_until([&] {
    const std::lock_guard lock(mutex_);
    heard = scans_;
    return heard.size() >= count;
  })) << "heard "
      << heard.size() << " scans of " << count;
  return heard;
}

std::vector<std::int64_t> HeldDevices::weights(std::size_t count) {
  std::vector<std::int64_t> heard;
  EXPECT_TRUE(bus_.wait_until([&] {
    const std::lock_guard lock(mutex_);
    heard = weights_;
    return heard.size() >= count;
  }));
  return heard;
}

std::optional<DeviceState> HeldDevices::find(DeviceRole role) {
  for (const DeviceState& state : devices_->states()) {
    if (state.role == role) return state;
  }
  return std::nullopt;
}

DeviceState HeldDevices::until(DeviceRole role, const std::string& reason) {
  DeviceState found;
  EXPECT_TRUE(bus_.wait_until([&] {
    for (const DeviceState& state : devices_->states()) {
      if (state.role != role) continue;
      found = state;
      if (state.reason == reason && state.usable == reason.empty()) return true;
    }
    return false;
  })) << ports::role_name(role)
      << " is " << found.reason << " and not " << reason;
  return found;
}

}  // namespace packbench::test
