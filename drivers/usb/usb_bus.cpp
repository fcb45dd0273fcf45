#include "drivers/usb/usb_bus.h"

#include <libusb-1.0/libusb.h>

#include <utility>

#include "base/check.h"

namespace packbench::drivers {
namespace {

// The list of libusb, released with everything it references.
class DeviceList {
 public:
  explicit DeviceList(libusb_context* context)
      : count_(libusb_get_device_list(context, &devices_)) {}
  ~DeviceList() {
    if (devices_ != nullptr) libusb_free_device_list(devices_, 1);
  }
  DeviceList(const DeviceList&) = delete;
  DeviceList& operator=(const DeviceList&) = delete;
  libusb_device** begin() const { return devices_; }
  libusb_device** end() const { return devices_ + (count_ > 0 ? count_ : 0); }

 private:
  libusb_device** devices_ = nullptr;
  ssize_t count_;
};

Error open_error(int code, const UsbFacts& facts) {
  if (code == LIBUSB_ERROR_ACCESS)
    return {"not-permitted",
            "This user may not open the device at " + facts.place +
                "; install the udev rules (README, Devices) and join the group packbench"};
  if (code == LIBUSB_ERROR_NO_DEVICE)
    return {"offline", "The device at " + facts.place + " has left; plug it in again"};
  return {"usb-error", "The device at " + facts.place + " cannot be opened (" +
                           std::string(libusb_error_name(code)) +
                           "); unplug it and plug it in again"};
}

}  // namespace

UsbBus::UsbBus(std::function<void()> changed) : changed_(std::move(changed)) {}

Result<std::unique_ptr<UsbBus>> UsbBus::open(std::function<void()> changed) {
  std::unique_ptr<UsbBus> bus(new UsbBus(std::move(changed)));
  if (const int code = libusb_init(&bus->context_); code != 0) {
    bus->context_ = nullptr;
    return Error{"usb-error", "USB cannot be used (" + std::string(libusb_error_name(code)) +
                                  "); start the machine again / USB 用不了，请重启机器"};
  }
  const auto news = [](libusb_context*, libusb_device*, libusb_hotplug_event, void* self) {
    static_cast<UsbBus*>(self)->changed_();
    return 0;
  };
  const int code = libusb_hotplug_register_callback(
      bus->context_, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT, 0,
      LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, news, bus.get(),
      &bus->hotplug_);
  if (code != 0)
    return Error{"usb-error", "Devices that come and go cannot be watched (" +
                                  std::string(libusb_error_name(code)) +
                                  "); start the machine again / USB 用不了，请重启机器"};
  bus->thread_ = std::thread([raw = bus.get()] { raw->handle_events(); });
  return bus;
}

UsbBus::~UsbBus() {
  if (context_ == nullptr) return;
  if (thread_.joinable()) {
    stop_ = true;
    libusb_hotplug_deregister_callback(context_, hotplug_);
    libusb_interrupt_event_handler(context_);
    thread_.join();
  }
  libusb_exit(context_);
}

void UsbBus::handle_events() {
  while (!stop_) {
    // Sleeps until something happens; the bound is only there so that no lost wake-up hangs it.
    timeval patience{60, 0};
    libusb_handle_events_timeout_completed(context_, &patience, nullptr);
  }
}

bool UsbBus::has_bus() const {
  const DeviceList list(context_);
  return list.begin() != list.end();
}

std::vector<UsbFacts> UsbBus::devices() {
  std::vector<UsbFacts> found;
  for (libusb_device* device : DeviceList(context_)) {
    if (auto facts = read_facts(device)) found.push_back(std::move(*facts));
  }
  return found;
}

Result<std::shared_ptr<UsbDevice>> UsbBus::open_device(const UsbFacts& facts) {
  for (libusb_device* device : DeviceList(context_)) {
    if (libusb_get_bus_number(device) != facts.bus ||
        libusb_get_device_address(device) != facts.address)
      continue;
    libusb_device_handle* handle = nullptr;
    if (const int code = libusb_open(device, &handle); code != 0) return open_error(code, facts);
    return std::make_shared<UsbDevice>(handle, facts);
  }
  return open_error(LIBUSB_ERROR_NO_DEVICE, facts);
}

}  // namespace packbench::drivers
