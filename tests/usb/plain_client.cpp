// An unmodified program that uses USB: it knows nothing of any emulation. It takes the first device
// that is no hub, prints what it reads from it and when another arrives, line by line, and ends
// when one has left. Run by child_test.
#include <libusb-1.0/libusb.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace {

libusb_device_handle* open_first(libusb_context* context) {
  libusb_device** list = nullptr;
  const ssize_t count = libusb_get_device_list(context, &list);
  std::printf("devices %zd\n", count);
  libusb_device_handle* handle = nullptr;
  for (ssize_t i = 0; i < count && handle == nullptr; ++i) {
    libusb_device_descriptor descriptor{};
    libusb_get_device_descriptor(list[i], &descriptor);
    if (descriptor.bDeviceClass != LIBUSB_CLASS_HUB) libusb_open(list[i], &handle);
  }
  libusb_free_device_list(list, 1);
  return handle;
}

int LIBUSB_CALL on_news(libusb_context*, libusb_device*, libusb_hotplug_event event, void* left) {
  if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
    std::puts("arrived");
  else
    *static_cast<bool*>(left) = true;
  return 0;
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  libusb_context* context = nullptr;
  if (libusb_init(&context) != 0) return 1;
  bool left = false;
  libusb_hotplug_register_callback(
      context, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT, 0,
      LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, on_news, &left,
      nullptr);
  libusb_device_handle* handle = open_first(context);
  if (handle == nullptr) return 2;
  libusb_set_auto_detach_kernel_driver(handle, 1);
  if (libusb_claim_interface(handle, 0) != 0) return 3;
  int code = 0;
  while (code == 0) {
    std::array<unsigned char, 64> report{};
    int got = 0;
    code = libusb_interrupt_transfer(handle, 0x81, report.data(), 64, &got, 0);
    std::printf("%s %.*s\n", code == 0 ? "read" : libusb_error_name(code), got > 5 ? got - 5 : 0,
                reinterpret_cast<const char*>(report.data()) + 5);
  }
  libusb_close(handle);
  while (!left) libusb_handle_events(context);
  std::puts("left");
  libusb_exit(context);
  return 0;
}
