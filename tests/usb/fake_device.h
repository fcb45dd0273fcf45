// FakeDevice: one emulated USB device. Tests plug it in and out, say what its endpoints do, look at
// what a program did to it, and let faults happen at an exact step or byte.
//
//   FakeDevice device(bus, spec, gadget);
//   device.plug();
//   device.on_step({StepKind::submitted, 0x01}, 2, Moment::after, [&] { device.unplug(); });
//
// Thread rule: everything from any thread, also from an Action and from the gadget. The gadget
// lives longer than the device.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/usb/fake_bus.h"
#include "tests/usb/gadget.h"
#include "tests/usb/steps.h"

namespace packbench::test {

class Connection;
struct DeviceMemory;

class FakeDevice {
 public:
  FakeDevice(FakeBus& bus, DeviceSpec spec, Gadget& gadget);
  ~FakeDevice();  // unplugs it
  FakeDevice(const FakeDevice&) = delete;
  FakeDevice& operator=(const FakeDevice&) = delete;

  FakeBus& bus() const { return bus_; }
  const DeviceSpec& spec() const { return spec_; }

  // Every stay has an address of its own, as in life. Its drivers are bound again, its queues are
  // empty; what was set here (credit, permission, triggers ...) stays.
  void plug();
  void unplug();
  void replug();
  bool plugged() const;
  int address() const;  // 0: not plugged in
  // Unplugs it; the next plug() puts it into another socket.
  void move_to(const std::string& port);

  // ---- towards the program: IN endpoints ----
  // A message: cut into packets, the last one short where the length allows it.
  void send(std::uint8_t endpoint, const Bytes& message);
  // One packet as it is: of no length, or longer than the endpoint allows (babble).
  void send_packet(std::uint8_t endpoint, Bytes packet);
  // The transfer that waits for data ends with this negative errno (-EPROTO, -EILSEQ, -EPIPE ...).
  void send_error(std::uint8_t endpoint, int error);
  // Forgets what waits to be read.
  void drop_queue(std::uint8_t endpoint);

  // ---- from the program: OUT endpoints ----
  // Takes this many bytes more, then answers NAK. Nothing limits it before the first call.
  void limit(std::uint8_t endpoint, std::size_t bytes);
  void unlimit(std::uint8_t endpoint);
  // Offers waiting transfers to the gadget once more: it can go on. 0: control requests.
  void kick(std::uint8_t endpoint);

  // ---- faults ----
  void halt(std::uint8_t endpoint);  // a stall, until the program clears it
  // Ends the transfer that waits, or else the next one, with a negative errno.
  void fail_next(std::uint8_t endpoint, int error);
  // Control requests get no answer until this is false again.
  void hold_control(bool hold);
  // Whether programs may open it (EACCES if not).
  void set_permitted(bool permitted);
  // Another program holds the interface (EBUSY).
  void hold_interface(int interface, bool held);
  // From now on, the `nth` step that fits runs `action` once, under the lock of the bus.
  void on_step(const StepMatch& match, std::size_t nth, Moment moment, Action action);
  // When the endpoint has taken `bytes` more in all; exactly there, be it within a transfer.
  void after_bytes(std::uint8_t endpoint, std::size_t bytes, Action action);
  // The `nth` step that fits is refused with `error` (EPIPE, EBUSY, ENOMEM ...): a request stalls,
  // `completed` ends with it, any other is not done.
  void refuse(const StepMatch& match, std::size_t nth, int error);
  void forget_triggers();

  // ---- what a program did ----
  std::vector<Step> steps() const;
  std::vector<std::string> step_texts() const;
  std::size_t count(const StepMatch& match) const;
  void clear_steps();
  std::size_t waiting(std::uint8_t endpoint) const;    // transfers that have not ended
  std::size_t queued(std::uint8_t endpoint) const;     // packets that no program has read
  std::size_t out_bytes(std::uint8_t endpoint) const;  // taken since it was made
  bool halted(std::uint8_t endpoint) const;
  bool claimed(int interface) const;
  // Who holds an interface: usbhid, usblp ...; "usbfs": a program; empty: nobody.
  std::string driver(int interface) const;
  int open_files() const;
  // What came while a driver of the kernel held the interface: typed into the system, if a
  // keyboard.
  Bytes kernel_got(std::uint8_t endpoint) const;
  // Uses of the device that the kernel complains about; empty for a correct program.
  std::vector<std::string> misuse() const;
  std::uint64_t ioctls() const;  // grows while a program does anything with it

 private:
  FakeBus& bus_;
  DeviceSpec spec_;
  Gadget& gadget_;
  const std::shared_ptr<DeviceMemory> memory_;
  std::shared_ptr<Connection> connection_;  // null: not plugged in
};

}  // namespace packbench::test
