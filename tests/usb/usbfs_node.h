// What the kernel shows of a plugged-in device: the node /dev/bus/usb/BBB/DDD and a folder in sysfs
// with one folder for each interface. All of it stands in the folder of a umockdev testbed.
//
// The node is a pseudo terminal, because that can be made to poll as usbfs does: libusb waits for
// "writable", which a terminal is not while its output is stopped, and for "error", which a
// terminal reports when its other side is closed. (A plain file is always writable, and libusb
// would spin.) Thread rule: guarded by the lock of the bus.
#pragma once

#include <string>
#include <vector>

#include "tests/usb/descriptors.h"

using UMockdevTestbed = struct _UMockdevTestbed;

namespace packbench::test {

struct InterfaceFolder {
  int number = 0;
  std::uint8_t usb_class = 0, subclass = 0, protocol = 0;
  Bytes report_descriptor;  // the kernel shows it while its HID driver holds the interface
};

struct NodeFacts {
  int bus = 1, address = 2;
  std::string port;   // "1-1.2"
  std::string speed;  // megabits a second: "12"
  Identity identity;
  Bytes descriptors;  // device and configuration
  std::vector<InterfaceFolder> interfaces;
};

class UsbfsNode {
 public:
  UsbfsNode(UMockdevTestbed* testbed, NodeFacts facts);
  ~UsbfsNode();  // vanishes, if it has not
  UsbfsNode(const UsbfsNode&) = delete;
  UsbfsNode& operator=(const UsbfsNode&) = delete;

  // The folder's drivers have to be shown before, as a program looks at them when it hears of it.
  void appear();
  // Open files see an error at once, the news go out, the folder is gone.
  void vanish();

  const std::string& path() const { return path_; }  // as programs see it
  // Whether poll() calls open files writable, which is how usbfs says that a transfer has ended.
  void set_writable(bool writable);
  // Who may open the node from now on: everybody, or nobody, root included.
  void set_permitted(bool permitted);
  // The driver link of an interface; empty: none.
  void show_driver(int interface, const std::string& driver);

 private:
  std::string interface_folder(int number) const;
  void add_interface(const InterfaceFolder& interface);

  UMockdevTestbed* testbed_;
  const NodeFacts facts_;
  std::string root_;      // of the testbed
  std::string path_;      // /dev/bus/usb/001/002
  std::string folder_;    // /sys/devices/...
  std::string terminal_;  // /dev/pts/N
  int master_ = -1, slave_ = -1;
  bool shown_ = false;
  bool writable_ = false;
};

}  // namespace packbench::test
