// The emulation itself, seen through plain libusb: what the drivers' tests stand on.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cerrno>

#include "tests/usb/every_step.h"
#include "tests/usb/fake_bus.h"
#include "tests/usb/fake_scanner.h"
#include "tests/usb/plain_libusb.h"

namespace packbench::test {
namespace {

constexpr std::uint8_t kOut = 0x01, kIn = 0x82;

// A device with a bulk endpoint in each direction that keeps what it gets.
class Box : public Gadget {
 public:
  explicit Box(FakeBus& bus, const std::string& port = "1-1",
               HostController controller = HostController::scatter_gather)
      : usb(bus, spec(port, controller), *this) {}

  Taken take(std::uint8_t, std::span<const std::uint8_t> bytes) override {
    got.insert(got.end(), bytes.begin(), bytes.end());
    return {bytes.size()};
  }
  bool accept(const Setup&, std::span<const std::uint8_t>) override { return true; }

  Bytes got;
  FakeDevice usb;  // last: gone before what it uses

 private:
  static DeviceSpec spec(const std::string& port, HostController controller) {
    DeviceSpec spec;
    spec.identity = {0x1209, 0x0001, "Packbench", "Box", "BOX-7"};
    spec.configuration =
        configuration_descriptor(1, interface_descriptor({0, 7, 1, 2, 2, 0}) +
                                        endpoint_descriptor(kOut, EndpointType::bulk, 64) +
                                        endpoint_descriptor(kIn, EndpointType::bulk, 64));
    spec.port = port;
    spec.kernel_drivers = {{0, "usblp"}};
    spec.controller = controller;
    return spec;
  }
};

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
  box.usb.after_bytes(kOut, 40'000, [&] { box.usb.halt(kOut); });
  const Moved stalled = write_to(handle, kOut, Bytes(100'000, 'z'));
  EXPECT_EQ(stalled.code, LIBUSB_ERROR_PIPE);
  EXPECT_EQ(stalled.count, 40'000);
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
  const EventThread events(libusb);
  Transfer waiting(bus_, handle, kIn, Bytes(64));
  ASSERT_TRUE(bus_.wait_until([&] { return box.usb.waiting(kIn) == 1; }));
  const double before = cpu_milliseconds();
  const std::uint64_t ioctls = box.usb.ioctls();
  EXPECT_FALSE(bus_.wait_until([&] { return waiting.done(); }, std::chrono::milliseconds(300)));
  EXPECT_EQ(box.usb.ioctls(), ioctls);
  EXPECT_LT(cpu_milliseconds() - before, 100);
}

TEST_F(Emulation, UnpluggingEndsWhatWaits) {
  Box box(bus_);
  box.usb.plug();
  const Context libusb = open_libusb();
  Handle handle = take_device(libusb, box.usb);
  const EventThread events(libusb);
  box.usb.limit(kOut, 10);
  {
    Transfer in(bus_, handle, kIn, Bytes(64));
    Transfer out(bus_, handle, kOut, Bytes(100, 'x'));
    box.usb.unplug();
    ASSERT_TRUE(in.wait());
    ASSERT_TRUE(out.wait());
    EXPECT_EQ(in.status(), LIBUSB_TRANSFER_NO_DEVICE);
    EXPECT_EQ(out.status(), LIBUSB_TRANSFER_NO_DEVICE);
    EXPECT_EQ(out.moved(), 10);
  }
  EXPECT_EQ(write_to(handle, kOut, Bytes(9, 'x')).code, LIBUSB_ERROR_NO_DEVICE);
  handle.reset();
  EXPECT_TRUE(bus_.wait_until([&] { return box.usb.open_files() == 0; }));
  EXPECT_TRUE(box.usb.misuse().empty());
}

struct News {
  FakeBus& bus;
  int arrived = 0, left = 0;
};

int LIBUSB_CALL on_news(libusb_context*, libusb_device*, libusb_hotplug_event event, void* data) {
  auto* news = static_cast<News*>(data);
  const auto guard = news->bus.lock();
  ++(event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED ? news->arrived : news->left);
  news->bus.wake();
  return 0;
}

TEST_F(Emulation, TellsOfEveryComingAndGoing) {
  Box box(bus_);
  const Context libusb = open_libusb();
  const EventThread events(libusb);
  News news{bus_};
  ASSERT_EQ(
      libusb_hotplug_register_callback(
          libusb.get(), LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT, 0,
          0x1209, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, on_news, &news, nullptr),
      0);
  constexpr int kTimes = 50;
  for (int i = 1; i <= kTimes; ++i) {
    box.usb.plug();
    ASSERT_TRUE(bus_.wait_until([&] { return news.arrived == i; })) << i;
    box.usb.unplug();
    ASSERT_TRUE(bus_.wait_until([&] { return news.left == i; })) << i;
  }
}

// One open, claim, request, write, read, release and close, whatever happens on the way.
void converse(const FakeDevice& device) {
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, device);
  if (!handle) return;
  request_in(handle, 0x80, 6, 0x0303, 0x0409, 255);
  write_to(handle, kOut, Bytes(100, 'x'));
  read_from(handle, kIn);
  libusb_release_interface(handle.get(), 0);
}

TEST(EmulationAtEveryStep, ADeviceLeavesWithoutHangingTheProgram) {
  const auto scenario = [](const Arm& arm) {
    FakeBus bus;
    Box box(bus);
    box.usb.on_step({StepKind::submitted, kIn}, 1, Moment::after, [&] { box.usb.send(kIn, {7}); });
    box.usb.plug();
    arm(box.usb);
    converse(box.usb);
    EXPECT_TRUE(bus.wait_until([&] { return box.usb.open_files() == 0; }));
  };
  // opened, claimed, detached, three transfers submitted and completed, released, attached, closed
  EXPECT_EQ(at_every_step(scenario, [](FakeDevice& device) { device.unplug(); }), 2 * 12U);
}

TEST(EmulationAtEveryStep, ATransferFails) {
  const auto scenario = [](const Arm& arm) {
    FakeBus bus;
    Box box(bus);
    box.usb.on_step({StepKind::submitted, kIn}, 1, Moment::after, [&] { box.usb.send(kIn, {7}); });
    box.usb.plug();
    arm(box.usb);
    converse(box.usb);
    EXPECT_TRUE(bus.wait_until([&] { return box.usb.open_files() == 0; }));
    EXPECT_EQ(box.usb.driver(0), "usblp");
  };
  EXPECT_EQ(at_every_step(scenario, [](FakeDevice& device) { device.halt(kOut); },
                          {StepKind::submitted, kOut}),
            2U);
}

TEST_F(Emulation, LeavesAtAnExactByte) {
  Box box(bus_);
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{64}, std::size_t{4'999}}) {
    box.usb.plug();
    const Context libusb = open_libusb();
    const Handle handle = take_device(libusb, box.usb);
    ASSERT_TRUE(handle);
    box.got.clear();
    box.usb.after_bytes(kOut, bytes, [&] { box.usb.unplug(); });
    const Moved moved = write_to(handle, kOut, Bytes(5'000, 'x'));
    EXPECT_EQ(moved.code, LIBUSB_ERROR_NO_DEVICE);
    EXPECT_EQ(box.got.size(), bytes);
  }
}

}  // namespace
}  // namespace packbench::test
