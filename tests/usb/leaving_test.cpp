// Devices that leave, come back and fail in the middle of everything, seen through plain libusb.
#include <gtest/gtest.h>

#include "tests/usb/box.h"
#include "tests/usb/every_step.h"
#include "tests/usb/fake_bus.h"
#include "tests/usb/plain_libusb.h"

namespace packbench::test {
namespace {

TEST(EmulatedLeaving, UnpluggingEndsWhatWaits) {
  FakeBus bus;
  Box box(bus);
  box.usb.plug();
  const Context libusb = open_libusb();
  Handle handle = take_device(libusb, box.usb);
  const EventThread events(libusb);
  box.usb.limit(Box::kOut, 10);
  {
    Transfer in(bus, handle, Box::kIn, Bytes(64));
    Transfer out(bus, handle, Box::kOut, Bytes(100, 'x'));
    box.usb.unplug();
    ASSERT_TRUE(in.wait());
    ASSERT_TRUE(out.wait());
    EXPECT_EQ(in.status(), LIBUSB_TRANSFER_NO_DEVICE);
    EXPECT_EQ(out.status(), LIBUSB_TRANSFER_NO_DEVICE);
    EXPECT_EQ(out.moved(), 10);
  }
  EXPECT_EQ(write_to(handle, Box::kOut, Bytes(9, 'x')).code, LIBUSB_ERROR_NO_DEVICE);
  handle.reset();
  EXPECT_TRUE(bus.wait_until([&] { return box.usb.open_files() == 0; }));
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

TEST(EmulatedLeaving, TellsOfEveryComingAndGoing) {
  FakeBus bus;
  Box box(bus);
  const Context libusb = open_libusb();
  const EventThread events(libusb);
  News news{bus};
  ASSERT_EQ(
      libusb_hotplug_register_callback(
          libusb.get(), LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT, 0,
          0x1209, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY, on_news, &news, nullptr),
      0);
  constexpr int kTimes = 50;
  for (int i = 1; i <= kTimes; ++i) {
    box.usb.plug();
    ASSERT_TRUE(bus.wait_until([&] { return news.arrived == i; })) << i;
    box.usb.unplug();
    ASSERT_TRUE(bus.wait_until([&] { return news.left == i; })) << i;
  }
}

// One open, claim, request, write, read, release and close, whatever happens on the way.
void converse(const FakeDevice& device) {
  const Context libusb = open_libusb();
  const Handle handle = take_device(libusb, device);
  if (!handle) return;
  request_in(handle, 0x80, 6, 0x0303, 0x0409, 255);
  write_to(handle, Box::kOut, Bytes(100, 'x'));
  read_from(handle, Box::kIn);
  libusb_release_interface(handle.get(), 0);
}

TEST(EmulatedLeaving, ADeviceLeavesWithoutHangingTheProgram) {
  const auto scenario = [](const Arm& arm) {
    FakeBus bus;
    Box box(bus);
    box.usb.on_step({StepKind::submitted, Box::kIn}, 1, Moment::after,
                    [&] { box.usb.send(Box::kIn, {7}); });
    box.usb.plug();
    arm(box.usb);
    converse(box.usb);
    EXPECT_TRUE(bus.wait_until([&] { return box.usb.open_files() == 0; }));
  };
  // opened, claimed, detached, three transfers submitted and completed, released, attached, closed
  EXPECT_EQ(at_every_step(scenario, [](FakeDevice& device) { device.unplug(); }), 2 * 12U);
}

TEST(EmulatedLeaving, ATransferFails) {
  const auto scenario = [](const Arm& arm) {
    FakeBus bus;
    Box box(bus);
    box.usb.on_step({StepKind::submitted, Box::kIn}, 1, Moment::after,
                    [&] { box.usb.send(Box::kIn, {7}); });
    box.usb.plug();
    arm(box.usb);
    converse(box.usb);
    EXPECT_TRUE(bus.wait_until([&] { return box.usb.open_files() == 0; }));
    EXPECT_EQ(box.usb.driver(0), "usblp");
  };
  EXPECT_EQ(at_every_step(scenario, [](FakeDevice& device) { device.halt(Box::kOut); },
                          {StepKind::submitted, Box::kOut}),
            2U);
}

TEST(EmulatedLeaving, LeavesAtAnExactByte) {
  FakeBus bus;
  Box box(bus);
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{64}, std::size_t{4'999}}) {
    box.usb.plug();
    const Context libusb = open_libusb();
    const Handle handle = take_device(libusb, box.usb);
    ASSERT_TRUE(handle);
    box.got.clear();
    box.usb.after_bytes(Box::kOut, bytes, [&] { box.usb.unplug(); });
    const Moved moved = write_to(handle, Box::kOut, Bytes(5'000, 'x'));
    EXPECT_EQ(moved.code, LIBUSB_ERROR_NO_DEVICE);
    EXPECT_EQ(box.got.size(), bytes);
  }
}

}  // namespace
}  // namespace packbench::test
