// FakeBus: a machine's USB, emulated for unmodified libusb in this process or in a child process.
// It replaces /sys, /dev/bus/usb and the news of udev for as long as it lives; the machine needs no
// USB and the test no root. One at a time; devices and children go before it. Make it before
// anything looks at USB, because umockdev remembers its first answer.
//
// Thread rule: everything from any thread. Emulated devices act on a thread of umockdev; one lock
// guards them all, so that a predicate sees them in one state.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tests/usb/child_process.h"

using UMockdevTestbed = struct _UMockdevTestbed;

namespace packbench::test {

class Listener;
class UsbfsNode;

// How long a test waits for what must come. It is only ever used up by a failing test.
inline constexpr std::chrono::seconds kPatience{30};

// Shared with what may outlive the bus by a moment: the last call-back of a closing file.
struct BusLock {
  std::recursive_mutex mutex;
  std::condition_variable_any changed;
  int open_files = 0;  // of all devices
  int clients = 0;     // connected to umockdev: those, and what it forgot to disconnect
};

enum class Hubs { root, none };

class FakeBus {
 public:
  // `none`: a machine without any USB bus.
  explicit FakeBus(Hubs hubs = Hubs::root);
  ~FakeBus();
  FakeBus(const FakeBus&) = delete;
  FakeBus& operator=(const FakeBus&) = delete;

  std::unique_lock<std::recursive_mutex> lock() {
    return std::unique_lock<std::recursive_mutex>(lock_->mutex);
  }
  // Looks again whenever a device saw or did something, or after wake(). False: `patience` ran
  // out. The predicate runs under the lock.
  bool wait_until(const std::function<bool()>& predicate,
                  std::chrono::milliseconds patience = kPatience);
  void wake() { lock_->changed.notify_all(); }

  // The folder that stands for the root of the file system (UMOCKDEV_DIR).
  const std::string& root() const { return root_; }
  // Starts an unmodified program that sees this bus instead of the machine's. While a child lives,
  // this process does not use libusb itself: the two would take each other's news.
  std::unique_ptr<ChildProcess> start(const std::vector<std::string>& command,
                                      ChildOptions options = {});

  // For devices.
  std::shared_ptr<BusLock> shared_lock() const { return lock_; }
  // The next free address; no address is used again before all others were.
  int take_address();
  Listener& listener(int address);
  // A folder for NodeFacts::home.
  std::string take_home();
  // Hubs that stand between the root and this port.
  void need_hubs(const std::string& port);

 private:
  void add_hub(const std::string& port);

  const std::shared_ptr<BusLock> lock_ = std::make_shared<BusLock>();
  UMockdevTestbed* testbed_;
  std::string root_;
  int last_address_ = 0;
  int homes_ = 0;
  int children_ = 0;
  std::map<int, std::shared_ptr<Listener>> listeners_;
  std::vector<std::pair<std::string, std::unique_ptr<UsbfsNode>>> hubs_;
};

}  // namespace packbench::test
