// Box: the simplest emulated device that data can be sent to and read from; for tests of the
// emulation itself.
#pragma once

#include <string>

#include "tests/usb/fake_device.h"

namespace packbench::test {

// A device with a bulk endpoint in each direction that keeps what it gets.
class Box : public Gadget {
 public:
  static constexpr std::uint8_t kOut = 0x01, kIn = 0x82;

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

}  // namespace packbench::test
