// Lets a fault happen at every step of a conversation, one at a time.
//
//   at_every_step([](const Arm& arm) {
//     FakeBus bus;
//     FakePrinter printer(bus, zpl_printer());
//     printer.usb().plug();
//     arm(printer.usb());
//     ... talk to it, expect that nothing hangs and that the answer is honest ...
//   }, [](FakeDevice& device) { device.unplug(); });
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/usb/fake_device.h"

namespace packbench::test {

// From here on the device's steps count. To be called once, by the scenario.
using Arm = std::function<void(FakeDevice&)>;

// Plays the scenario again and again, with the fault just before and just after its first step, its
// second and so on, until it ends before the fault could happen. Returns how often it happened.
// The fault runs under the lock of the bus.
inline std::size_t at_every_step(const std::function<void(const Arm&)>& scenario,
                                 const std::function<void(FakeDevice&)>& fault,
                                 const StepMatch& match = {}) {
  std::size_t faults = 0;
  for (const Moment moment : {Moment::before, Moment::after}) {
    for (std::size_t step = 1;; ++step) {
      SCOPED_TRACE((moment == Moment::before ? "before" : "after") + std::string(" step ") +
                   std::to_string(step));
      bool happened = false;
      scenario([&](FakeDevice& device) {
        device.on_step(match, step, moment, [&happened, &fault, &device] {
          happened = true;
          fault(device);
        });
      });
      if (!happened || ::testing::Test::HasFatalFailure()) break;
      ++faults;
    }
  }
  return faults;
}

}  // namespace packbench::test
