// Gadget: what makes one emulated device differ from another: its answers to class requests and
// what it does with the bytes it is sent. Thread rule: called with the lock of the bus held, so a
// gadget's own state needs no other lock; whoever else touches it takes FakeBus::lock().
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tests/usb/descriptors.h"

namespace packbench::test {

// The set-up packet of a control request (USB 2.0, 9.3).
struct Setup {
  std::uint8_t request_type = 0;
  std::uint8_t request = 0;
  std::uint16_t value = 0, index = 0, length = 0;
  bool is_in() const { return (request_type & 0x80U) != 0; }
};

// How much of what was offered a device took. Fewer bytes than offered: it answers NAK from there
// on, and the transfer waits until the device is kicked. `error`: a negative errno that ends the
// transfer; -EPIPE is a stall.
struct Taken {
  std::size_t bytes = 0;
  int error = 0;
};

class Gadget {
 public:
  virtual ~Gadget() = default;
  // A request that brings data; nothing: a stall. Descriptors are answered before it comes here.
  virtual std::optional<Bytes> answer(const Setup&) { return std::nullopt; }
  // A request with or without data for the device; false: a stall.
  virtual bool accept(const Setup&, std::span<const std::uint8_t>) { return false; }
  virtual Taken take(std::uint8_t /*endpoint*/, std::span<const std::uint8_t> bytes) {
    return {bytes.size()};
  }
  // Power came back: whatever a device forgets without it is forgotten.
  virtual void power_up() {}
};

// What a host controller lets usbfs do. Old ones cut long transfers into pieces of 16 KiB.
enum class HostController { scatter_gather, small_pieces };

struct DeviceSpec {
  Identity identity;
  Bytes configuration;
  std::string port = "1-1";
  std::string speed = "12";                   // megabits a second: 1.5, 12, 480
  std::map<int, std::string> kernel_drivers;  // interface -> usbhid, usblp, cdc_acm ...
  std::map<int, Bytes> report_descriptors;    // of HID interfaces
  HostController controller = HostController::scatter_gather;
};

}  // namespace packbench::test
