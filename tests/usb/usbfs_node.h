// What the kernel shows of a plugged-in device: the node /dev/bus/usb/BBB/DDD and a folder in sysfs
// with one folder for each interface. All of it stands in the folder of a umockdev testbed.
//
// The node is a pseudo terminal, because that can be made to poll as usbfs does: libusb waits for
// "writable", which a terminal is not while its output is stopped, and for "error", which a
// terminal reports when its other side is closed. (A plain file is always writable, and libusb
// would spin.) Thread rule: guarded by the lock of the bus.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/usb/descriptors.h"
#include "tests/usb/uevent.h"

namespace packbench::test {

struct InterfaceFolder {
  int number = 0;
  Bytes report_descriptor;  // the kernel shows it while its HID driver holds the interface
};

struct NodeFacts {
  std::string root;  // the folder of the testbed
  // Below it: where the folder in sysfs is kept while the device is away. Building it anew each
  // time would cost most of a replug.
  std::string home;
  int bus = 1, address = 2;
  std::string port;   // "1-1.2"
  std::string speed;  // megabits a second: "12"
  Identity identity;
  Bytes descriptors;  // device and configuration
  std::vector<InterfaceFolder> interfaces;
};

// "/dev/bus/usb/001/002"
std::string usbfs_path(int bus, int address);

class UsbfsNode {
 public:
  explicit UsbfsNode(NodeFacts facts);
  ~UsbfsNode();  // vanishes, if it has not
  UsbfsNode(const UsbfsNode&) = delete;
  UsbfsNode& operator=(const UsbfsNode&) = delete;

  // The news go out. Drivers and permission have to be right before: programs look at once.
  void appear();
  // Open files see an error at once, the folder goes, the news go out.
  void vanish();

  // Whether poll() calls open files writable, which is how usbfs says that a transfer has ended.
  void set_writable(bool writable);
  // Who may open the node from now on: everybody, or nobody, root included.
  void set_permitted(bool permitted);
  // The driver link of an interface; empty: none.
  void show_driver(int interface, const std::string& driver);

 private:
  std::filesystem::path inside(const std::string& path) const { return facts_.root + path; }
  std::string interface_folder(int number) const;
  void build_folder(const std::filesystem::path& folder) const;
  void link_folders() const;
  void unlink_folders() const;
  void send_news(const std::string& action) const;

  const NodeFacts facts_;
  std::string path_;      // /dev/bus/usb/001/002
  std::string folder_;    // /sys/devices/...
  std::string terminal_;  // /dev/pts/N
  int master_ = -1, slave_ = -1;
  bool announced_ = false;
  bool writable_ = false;
};

}  // namespace packbench::test
