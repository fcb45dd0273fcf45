// The emulation itself, seen through plain libusb: what the drivers' tests stand on.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cerrno>

#include "tests/usb/box.h"
#include "tests/usb/fake_bus.h"
#include "tests/usb/fake_scanner.h"
#include "tests/usb/plain_libusb.h"

namespace packbench::test {
namespace {

constexpr std::uint8_t kOut = Box::kOut, kIn = Box::kIn;

class Emulation : public ::testing::Test {
 protected:
  FakeBus bus_;
};

TEST_F(Emulation, ShowsADeviceWithItsNamesAndItsPort) {
  Box box(bus_, "1-4.2");
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = open_device(libusb, box.usb);
  ASSERT_TRUE(handle);
  libusb_device* device = libusb_get_device(handle.get());
  libusb_device_descriptor descriptor{};
  ASSERT_EQ(libusb_get_device_descriptor(device, &descriptor), 0);
  EXPECT_EQ(descriptor.idVendor, 0x1209);
  std::array<std::uint8_t, 8> ports{};
  EXPECT_EQ(libusb_get_port_numbers(device, ports.data(), 8), 2);
  EXPECT_EQ(ports[0], 4);
  EXPECT_EQ(ports[1], 2);
  EXPECT_EQ(libusb_get_device_speed(device), LIBUSB_SPEED_FULL);
  std::array<unsigned char, 64> text{};
  EXPECT_EQ(
      libusb_get_string_descriptor_ascii(handle.get(), descriptor.iSerialNumber, text.data(), 64),
      5);
  EXPECT_STREQ(reinterpret_cast<const char*>(text.data()), "BOX-7");
}

TEST(EmulationWithoutBus, IsAnEmptyListAndNoError) {
  FakeBus bus(Hubs::none);
  const Context libusb = open_libusb();
  ASSERT_TRUE(libusb);
  libusb_device** list = nullptr;
  EXPECT_EQ(libusb_get_device_list(libusb.get(), &list), 0);
  libusb_free_device_list(list, 1);
}

TEST_F(Emulation, RefusesToOpenWithoutPermission) {
  Box box(bus_);
  box.usb.set_permitted(false);
  box.usb.plug();
  const Context libusb = open_libusb();
  int error = 0;
  // More often than the preloaded library has room for what it forgets to close.
  for (int i = 0; i < 120; ++i) {
    EXPECT_FALSE(open_device(libusb, box.usb, &error));
    EXPECT_EQ(error, LIBUSB_ERROR_ACCESS);
    bus_.wait_until([&] { return box.usb.open_files() == 0; });
  }
  box.usb.set_permitted(true);
  EXPECT_TRUE(open_device(libusb, box.usb, &error));
}

TEST_F(Emulation, TakesAnInterfaceFromTheKernelAndGivesItBack) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  Handle handle = open_device(libusb, box.usb);
  EXPECT_EQ(libusb_kernel_driver_active(handle.get(), 0), 1);
  EXPECT_EQ(libusb_claim_interface(handle.get(), 0), LIBUSB_ERROR_BUSY);
  libusb_set_auto_detach_kernel_driver(handle.get(), 1);
  EXPECT_EQ(libusb_claim_interface(handle.get(), 0), 0);
  EXPECT_EQ(box.usb.driver(0), "usbfs");
  EXPECT_EQ(libusb_release_interface(handle.get(), 0), 0);
  EXPECT_EQ(box.usb.driver(0), "usblp");
  handle.reset();
  ASSERT_TRUE(bus_.wait_until([&] { return box.usb.open_files() == 0; }));
  const std::vector<std::string> wanted = {"opened",    "claimed 0",  "detached 0 usblp",
                                           "claimed 0", "released 0", "attached 0 usblp",
                                           "closed"};
  EXPECT_EQ(box.usb.step_texts(), wanted);
}

TEST_F(Emulation, IsBusyWhileAnotherProgramHoldsIt) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  box.usb.hold_interface(0, true);
  const Handle first = open_device(libusb, box.usb);
  libusb_set_auto_detach_kernel_driver(first.get(), 1);
  EXPECT_EQ(libusb_claim_interface(first.get(), 0), LIBUSB_ERROR_BUSY);
  box.usb.hold_interface(0, false);
  EXPECT_EQ(libusb_claim_interface(first.get(), 0), 0);
  const Handle second = open_device(libusb, box.usb);
  libusb_set_auto_detach_kernel_driver(second.get(), 1);
  EXPECT_EQ(libusb_claim_interface(second.get(), 0), LIBUSB_ERROR_BUSY);
}

TEST_F(Emulation, WhatComesWhileTheKernelHoldsItGoesToTheKernel) {
  FakePosScanner scanner(bus_);
  scanner.usb().plug();
  scanner.scan("LOST");
  EXPECT_EQ(scanner.usb().kernel_got(0x81).size(), 62U);
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, scanner.usb());
  scanner.scan("KEPT");
  const Moved report = read_from(handle, 0x81);
  EXPECT_EQ(report.code, 0);
  EXPECT_EQ(text_of(report.bytes).substr(5, 4), "KEPT");
}

TEST_F(Emulation, ReadsMessagesPacketByPacket) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, box.usb);
  box.usb.send(kIn, Bytes(150, 'a'));  // 64 + 64 + 22
  EXPECT_EQ(read_from(handle, kIn, 512).count, 150);
  box.usb.send_packet(kIn, {});
  EXPECT_EQ(read_from(handle, kIn, 512).count, 0);
  box.usb.send(kIn, Bytes(100, 'b'));
  EXPECT_EQ(read_from(handle, kIn, 64).count, 64);
  EXPECT_EQ(read_from(handle, kIn, 64).count, 36);
  EXPECT_EQ(read_from(handle, kIn, 64, 20).code, LIBUSB_ERROR_TIMEOUT);
}

TEST_F(Emulation, OverflowsWhereTheBufferIsShorterThanThePacket) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, box.usb);
  box.usb.send(kIn, Bytes(40, 'a'));
  EXPECT_EQ(read_from(handle, kIn, 8).code, LIBUSB_ERROR_OVERFLOW);
  box.usb.send_packet(kIn, Bytes(65, 'a'));
  EXPECT_EQ(read_from(handle, kIn, 512).code, LIBUSB_ERROR_OVERFLOW);
  box.usb.send_error(kIn, -EPROTO);
  EXPECT_EQ(read_from(handle, kIn).code, LIBUSB_ERROR_IO);
  box.usb.send(kIn, Bytes(3, 'c'));
  EXPECT_EQ(read_from(handle, kIn).bytes, Bytes(3, 'c'));
}

TEST_F(Emulation, TakesSoManyBytesAndThenMakesTheProgramWait) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, box.usb);
  box.usb.limit(kOut, 1'000);
  const Moved cut = write_to(handle, kOut, Bytes(5'000, 'x'), 20);
  EXPECT_EQ(cut.code, LIBUSB_ERROR_TIMEOUT);
  EXPECT_EQ(cut.count, 1'000);
  const EventThread events(libusb);
  Transfer rest(bus_, handle, kOut, Bytes(100'000, 'y'));
  EXPECT_EQ(box.usb.waiting(kOut), 1U);
  box.usb.limit(kOut, 70'000);
  EXPECT_FALSE(rest.done());
  box.usb.unlimit(kOut);
  ASSERT_TRUE(rest.wait());
  EXPECT_EQ(rest.moved(), 100'000);
  EXPECT_EQ(box.got, Bytes(1'000, 'x') + Bytes(100'000, 'y'));
}

TEST_F(Emulation, RefusesAStepAndNotesMisuse) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = open_device(libusb, box.usb);
  EXPECT_EQ(write_to(handle, kOut, Bytes(9, 'x')).code, LIBUSB_ERROR_IO);
  EXPECT_EQ(box.usb.misuse().size(), 1U);
  libusb_set_auto_detach_kernel_driver(handle.get(), 1);
  box.usb.refuse({StepKind::claimed, 0}, 1, EBUSY);
  EXPECT_EQ(libusb_claim_interface(handle.get(), 0), LIBUSB_ERROR_BUSY);
  EXPECT_EQ(libusb_claim_interface(handle.get(), 0), 0);
  box.usb.refuse({StepKind::submitted, kOut}, 1, ENOMEM);
  EXPECT_NE(write_to(handle, kOut, Bytes(9, 'x')).code, 0);
  box.usb.refuse({StepKind::completed, kOut}, 2, EPROTO);
  EXPECT_EQ(write_to(handle, kOut, Bytes(9, 'x')).code, 0);
  EXPECT_EQ(write_to(handle, kOut, Bytes(9, 'x')).code, LIBUSB_ERROR_IO);
}

TEST_F(Emulation, StallsUntilTheHaltIsCleared) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, box.usb);
  box.usb.halt(kOut);
  EXPECT_EQ(write_to(handle, kOut, Bytes(9, 'x')).code, LIBUSB_ERROR_PIPE);
  EXPECT_EQ(write_to(handle, kOut, Bytes(9, 'x')).code, LIBUSB_ERROR_PIPE);
  EXPECT_EQ(libusb_clear_halt(handle.get(), kOut), 0);
  EXPECT_EQ(write_to(handle, kOut, Bytes(9, 'x')).count, 9);
}

TEST_F(Emulation, ControlRequestsStallFailOrGetNoAnswer) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, box.usb);
  EXPECT_EQ(request_in(handle, 0x80, 6, 0x0303, 0x0409, 255).count, 12);
  EXPECT_EQ(request_in(handle, 0xA1, 1, 0, 0, 1).code, LIBUSB_ERROR_PIPE);
  box.usb.refuse({StepKind::control, {}}, 2, EPIPE);
  EXPECT_EQ(request_in(handle, 0x80, 6, 0x0303, 0x0409, 255).count, 12);
  EXPECT_EQ(request_in(handle, 0x80, 6, 0x0303, 0x0409, 255).code, LIBUSB_ERROR_PIPE);
  box.usb.fail_next(0, -EPROTO);
  EXPECT_EQ(request_in(handle, 0x80, 6, 0x0303, 0x0409, 255).code, LIBUSB_ERROR_IO);
  box.usb.hold_control(true);
  EXPECT_EQ(request_in(handle, 0x80, 6, 0x0303, 0x0409, 255, 20).code, LIBUSB_ERROR_TIMEOUT);
  box.usb.hold_control(false);
  EXPECT_EQ(request_in(handle, 0x80, 6, 0x0303, 0x0409, 4).count, 4);
}

TEST_F(Emulation, CountsExactlyWhereAControllerCutsTransfersIntoPieces) {
  Box box(bus_, "1-1", HostController::small_pieces);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, box.usb);
  EXPECT_EQ(write_to(handle, kOut, Bytes(100'000, 'x')).count, 100'000);
  EXPECT_EQ(box.usb.count({StepKind::submitted, kOut}), 7U);
  box.usb.limit(kOut, 20'000);
  EXPECT_EQ(write_to(handle, kOut, Bytes(100'000, 'y'), 20).count, 20'000);
  box.usb.unlimit(kOut);
  // libusb calls a transfer done whose first pieces went through and whose later ones the kernel
  // would not take any more: only the count tells.
  box.got.clear();
  box.usb.after_bytes(kOut, 40'000, [&] { box.usb.fail_next(kOut, -EPROTO); });
  EXPECT_EQ(write_to(handle, kOut, Bytes(100'000, 'z')).count, 40'000);
  EXPECT_EQ(box.got.size(), 40'000U);
  // Where all pieces wait when one fails, it says so.
  const EventThread events(libusb);
  box.usb.limit(kOut, 20'000);
  Transfer waiting(bus_, handle, kOut, Bytes(100'000, 'a'));
  ASSERT_TRUE(bus_.wait_until([&] { return box.usb.waiting(kOut) == 6; }));
  box.usb.clear_steps();
  box.usb.fail_next(kOut, -EPROTO);
  ASSERT_TRUE(waiting.wait());
  EXPECT_EQ(box.usb.count({StepKind::cancelled, kOut}), 0U);  // nothing was left to be cancelled
  EXPECT_EQ(waiting.status(), LIBUSB_TRANSFER_ERROR);
  EXPECT_EQ(waiting.moved(), 20'000);
}

double cpu_milliseconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto ms = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
  };
  return ms(use.ru_utime) + ms(use.ru_stime);
}

TEST_F(Emulation, IdlesWhileATransferWaits) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, box.usb);
  box.usb.send(kIn, {1});
  ASSERT_EQ(read_from(handle, kIn).count, 1);
  const EventThread events(libusb);
  Transfer waiting(bus_, handle, kIn, Bytes(64));
  ASSERT_TRUE(bus_.wait_until([&] { return box.usb.waiting(kIn) == 1; }));
  const double before = cpu_milliseconds();
  const std::uint64_t ioctls = box.usb.ioctls();
  EXPECT_FALSE(bus_.wait_until([&] { return waiting.done(); }, std::chrono::milliseconds(300)));
  EXPECT_EQ(box.usb.ioctls(), ioctls);
  EXPECT_LT(cpu_milliseconds() - before, 100);
}

}  // namespace
}  // namespace packbench::test
