// Connection: one stay of an emulated device on the bus, from plugging in until the last program
// has closed it. It answers what programs ask of usbfs (the ioctls of linux/usbdevice_fs.h) with
// the rules of the kernel: who holds an interface, which transfers wait, what ends them.
// Thread rule: guarded by the lock of the bus.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/usb/fake_bus.h"
#include "tests/usb/gadget.h"
#include "tests/usb/steps.h"
#include "tests/usb/urb.h"
#include "tests/usb/usbfs_node.h"

namespace packbench::test {

// What stays with a device while it is plugged out and in.
struct DeviceMemory {
  std::string home;  // see NodeFacts
  Steps steps;
  std::vector<std::string> misuse;           // what a driver did that the kernel frowns upon
  std::map<std::uint8_t, Bytes> kernel_got;  // data that a kernel driver took, by endpoint
  std::set<int> held_elsewhere;              // interfaces that another program holds
  bool permitted = true;
  bool hold_control = false;                      // control requests are answered later, or never
  std::map<std::uint8_t, std::size_t> credit;     // bytes that an OUT endpoint still takes
  std::map<std::uint8_t, std::size_t> out_bytes;  // bytes that an OUT endpoint took so far
  struct ByteTrigger {
    std::uint8_t endpoint;
    std::size_t total;
    Action action;
  };
  std::vector<ByteTrigger> byte_triggers;
  std::optional<int> refusal;  // errno for the step that is under way
  std::uint64_t ioctls = 0;
  int open_files = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(FakeBus& bus, const DeviceSpec& spec, Gadget& gadget,
             std::shared_ptr<DeviceMemory> memory);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void plug();
  // Transfers that wait end with ESHUTDOWN, as in the kernel. Afterwards the gadget is not called.
  void unplug();

  // What an open file asks: the result of the ioctl, or a negative errno.
  long ioctl(UMockdevIoctlClient* file);
  void close_file(UMockdevIoctlClient* file);

  // A packet, or an error that ends the transfer which waits for one.
  struct Packet {
    Bytes data;
    int error = 0;
  };
  void push(std::uint8_t endpoint, Packet packet);
  void drop_queue(std::uint8_t endpoint) { endpoints_[endpoint].packets.clear(); }
  // Offers waiting transfers to the device once more. 0: control requests.
  void kick(std::uint8_t endpoint) { serve(endpoint); }
  void halt(std::uint8_t endpoint);
  // Ends the transfer that waits first, or else the next one, with a negative errno.
  void fail_next(std::uint8_t endpoint, int error);
  void set_permitted(bool permitted) { node_.set_permitted(permitted); }

  void show_drivers();

  std::size_t waiting(std::uint8_t endpoint) const;
  std::size_t queued(std::uint8_t endpoint) const;
  bool halted(std::uint8_t endpoint) const;
  std::uint16_t max_packet(std::uint8_t endpoint) const;
  bool claimed(int interface) const;
  // Who holds an interface: a kernel driver, "usbfs" for a program, empty for nobody.
  std::string driver(int interface) const;
  int address() const { return facts_.address; }

 private:
  struct Endpoint {
    int interface = 0;
    std::uint16_t max_packet = 64;
    std::deque<Urb> pending;
    std::deque<Packet> packets;
    bool halted = false;
    bool cut_short = false;  // a piece of a transfer failed; those that follow are refused
    std::optional<int> next_error;
    bool serving = false, again = false;
  };
  struct OpenFile {
    std::set<int> claimed;
    std::deque<Urb> done;
  };

  void open_file(UMockdevIoctlClient* file);

  // connection_ioctl.cpp. All return what the ioctl returns; negative: an errno.
  long dispatch(UMockdevIoctlClient* file);
  long read_driver(UMockdevIoctlClient* file);
  long claim(UMockdevIoctlClient* file, int interface);
  long detach_and_claim(UMockdevIoctlClient* file);
  long release(UMockdevIoctlClient* file, int interface);
  long detach_or_attach(UMockdevIoctlClient* file);
  long detach(int interface);
  long attach(int interface);
  long choose_alternate(UMockdevIoctlClient* file);
  long clear_halt(UMockdevIoctlClient* file);
  long reset_device();
  long submit(UMockdevIoctlClient* file);
  long discard(UMockdevIoctlClient* file);
  long reap(UMockdevIoctlClient* file);
  long check_claim(UMockdevIoctlClient* file, int interface, const std::string& what);
  long check_control(UMockdevIoctlClient* file, const Setup& setup);
  // Writes the step down and runs what waits for it; a negative errno where it is refused.
  long begin(const Step& step);
  long end(const Step& step);

  // connection.cpp
  void read_configuration();
  void serve(std::uint8_t endpoint);
  bool serve_first(std::uint8_t address, Endpoint& endpoint);
  bool serve_in(std::uint8_t address, Endpoint& endpoint);
  bool serve_out(std::uint8_t address, Endpoint& endpoint);
  bool serve_control(Endpoint& endpoint);
  std::optional<Bytes> standard_answer(const Setup& setup) const;
  // Ends the first waiting transfer. False: it was gone before.
  bool complete_first(std::uint8_t address, Endpoint& endpoint, int status);
  void run_byte_triggers(std::uint8_t address);
  bool is_first(const Endpoint& endpoint, std::uint64_t id) const;

  void update_writable();

  FakeBus& bus_;
  const std::shared_ptr<BusLock> lock_;
  const DeviceSpec spec_;
  Gadget& gadget_;
  const std::shared_ptr<DeviceMemory> memory_;
  NodeFacts facts_;
  UsbfsNode node_;
  bool gone_ = true;
  std::map<int, std::string> drivers_;
  std::map<std::uint8_t, Endpoint> endpoints_;
  std::map<UMockdevIoctlClient*, OpenFile> files_;
  std::uint64_t next_id_ = 1;
};

}  // namespace packbench::test
