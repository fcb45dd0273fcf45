// Scales: what lies on them, and what keeps it from being weighed.
#include <gtest/gtest.h>

#include "tests/devices/held_devices.h"
#include "tests/usb/fake_scale.h"

namespace packbench::test {
namespace {

using drivers::DevicesOptions;
using ports::DeviceRole;

struct ScaleTest : testing::Test {
  ScaleTest() {
    DevicesOptions options;
    options.wants_scale = true;
    scale.usb().plug();
    devices = std::make_unique<HeldDevices>(bus, std::move(options));
    devices->until(DeviceRole::scale, "");
  }

  static ScaleOptions any_scale() {
    ScaleOptions options;
    // Of no row in the table of scales: its descriptor alone tells how it is read.
    options.identity.vendor = 0x1234;
    return options;
  }

  FakeBus bus;
  FakeScale scale{bus, any_scale()};
  std::unique_ptr<HeldDevices> devices;
};

TEST_F(ScaleTest, AStableLoadIsThereWithoutWaiting) {
  EXPECT_FALSE((*devices)->stable_weight());
  scale.set(ScaleStatus::in_motion, 400);
  scale.set(ScaleStatus::stable, 832);
  EXPECT_EQ(devices->weights(1), std::vector<std::int64_t>{832});
  EXPECT_EQ((*devices)->stable_weight(), 832);
  scale.set(ScaleStatus::stable, 1135, ScaleUnit::ounce, -1);
  EXPECT_EQ(devices->weights(2).back(), 3218);
}

TEST_F(ScaleTest, WhatMovesOrIsEmptyIsNoWeight) {
  scale.set(ScaleStatus::stable, 500);
  devices->weights(1);
  scale.set(ScaleStatus::in_motion, 500);
  ASSERT_TRUE(bus.wait_until([&] { return !(*devices)->stable_weight(); }));
  scale.set(ScaleStatus::stable, 501);
  devices->weights(2);
  scale.set(ScaleStatus::stable_at_zero, 0);
  ASSERT_TRUE(bus.wait_until([&] { return !(*devices)->stable_weight(); }));
}

TEST_F(ScaleTest, ItsTroublesAreShown) {
  scale.set(ScaleStatus::under_zero, 20);
  devices->until(DeviceRole::scale, "under-zero");
  scale.set(ScaleStatus::over_limit, 0);
  devices->until(DeviceRole::scale, "over-limit");
  scale.set(ScaleStatus::needs_zeroing, 0);
  devices->until(DeviceRole::scale, "needs-taring");
  scale.set(ScaleStatus::fault, 0);
  devices->until(DeviceRole::scale, "scale-fault");
  EXPECT_FALSE((*devices)->stable_weight());
  scale.set(ScaleStatus::stable, 100);
  devices->until(DeviceRole::scale, "");
  EXPECT_EQ((*devices)->stable_weight(), 100);
}

TEST_F(ScaleTest, UnpluggedItWeighsNothingAndComesBack) {
  scale.set(ScaleStatus::stable, 700);
  devices->weights(1);
  scale.usb().unplug();
  devices->until(DeviceRole::scale, "offline");
  EXPECT_FALSE((*devices)->stable_weight());
  scale.usb().plug();
  devices->until(DeviceRole::scale, "");
  scale.set(ScaleStatus::stable, 701);
  EXPECT_EQ(devices->weights(2).back(), 701);
}

TEST_F(ScaleTest, GarbageIsNoWeight) {
  scale.send_report({});
  scale.send_report({9, 9, 9});
  scale.send_report(Bytes(40, 0xFF));
  scale.set(ScaleStatus::stable, 250);
  EXPECT_EQ(devices->weights(1), std::vector<std::int64_t>{250});
}

}  // namespace
}  // namespace packbench::test
