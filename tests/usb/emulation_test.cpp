// The emulation itself, seen through plain libusb: what the drivers' tests stand on.
#include <gtest/gtest.h>
#include <libusb-1.0/libusb.h>

#include "tests/usb/fake_bus.h"
#include "tests/usb/fake_scanner.h"

namespace packbench::test {
namespace {

TEST(Emulation, Scan) {
  FakeBus bus;
  FakePosScanner scanner(bus);
  scanner.usb().plug();
  libusb_context* context = nullptr;
  ASSERT_EQ(libusb_init(&context), 0);
  libusb_device_handle* handle = libusb_open_device_with_vid_pid(context, 0x05E0, 0x1300);
  ASSERT_NE(handle, nullptr);
  libusb_set_auto_detach_kernel_driver(handle, 1);
  ASSERT_EQ(libusb_claim_interface(handle, 0), 0);
  scanner.scan("12345");
  Bytes report(64);
  int got = 0;
  EXPECT_EQ(libusb_interrupt_transfer(handle, 0x81, report.data(), 64, &got, 1000), 0);
  EXPECT_EQ(got, 62);
  libusb_release_interface(handle, 0);
  libusb_close(handle);
  libusb_exit(context);
  EXPECT_TRUE(bus.wait_until([&] { return scanner.usb().open_files() == 0; }));
  for (const auto& t : scanner.usb().step_texts()) puts(t.c_str());
  scanner.usb().unplug();
}

}  // namespace
}  // namespace packbench::test
