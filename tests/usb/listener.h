// Listener: umockdev's side of one address of the bus. It stays for as long as the bus does,
// whether a device has the address or not: the preloaded library ends a program that opens a node
// at the moment when nobody listens for it. Thread rule: serve() under the lock of the bus;
// umockdev calls back on its own thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

using GObject = struct _GObject;
using UMockdevTestbed = struct _UMockdevTestbed;
using UMockdevIoctlBase = struct _UMockdevIoctlBase;
using UMockdevIoctlClient = struct _UMockdevIoctlClient;

namespace packbench::test {

class Connection;
struct BusLock;

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  explicit Listener(std::shared_ptr<BusLock> lock);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // `path`: the node's, as programs see it.
  void listen(UMockdevTestbed* testbed, const std::string& path);
  // Who answers programs that open the node from now on; null: nobody.
  void serve(std::shared_ptr<Connection> connection) { current_ = std::move(connection); }

 private:
  static void on_connect(UMockdevIoctlBase*, UMockdevIoctlClient*, void*);
  static int on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient*, void*);
  static void on_close(void*, GObject*);

  const std::shared_ptr<BusLock> lock_;
  std::shared_ptr<Connection> current_;
  std::map<UMockdevIoctlClient*, std::shared_ptr<Connection>> files_;
};

}  // namespace packbench::test
