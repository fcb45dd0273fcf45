// UsbBus: the machine's USB: one libusb context, one thread that handles its events, and the news
// of devices that come and go. Thread rule: members may be called from any thread but the bus's
// own, on which callbacks come. Devices that were opened must be gone before the bus is.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "base/result.h"
#include "drivers/usb/usb_device.h"
#include "drivers/usb/usb_facts.h"

struct libusb_context;

namespace packbench::drivers {

class UsbBus {
 public:
  // `changed`: a device came or left; on the bus's thread, must not wait for a transfer.
  // Error usb-error.
  static Result<std::unique_ptr<UsbBus>> open(std::function<void()> changed);
  ~UsbBus();
  UsbBus(const UsbBus&) = delete;
  UsbBus& operator=(const UsbBus&) = delete;

  // Whether the machine has USB at all: each bus has at least its root hub.
  bool has_bus() const;
  // What is plugged in now, hubs left out.
  std::vector<UsbFacts> devices();
  // Errors: not-permitted (which udev rule helps), offline, usb-error.
  Result<std::shared_ptr<UsbDevice>> open_device(const UsbFacts& facts);

 private:
  explicit UsbBus(std::function<void()> changed);
  void handle_events();

  libusb_context* context_ = nullptr;
  const std::function<void()> changed_;
  int hotplug_ = 0;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace packbench::drivers
