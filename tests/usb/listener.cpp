#include "tests/usb/listener.h"

#include <umockdev.h>

#include <cerrno>
#include <utility>

#include "base/check.h"
#include "tests/usb/connection.h"

namespace packbench::test {
namespace {

// What umockdev calls us with lives as long as umockdev may call.
using Self = std::shared_ptr<Listener>;

Self& self_of(void* data) {
  return *static_cast<Self*>(data);
}

void drop_self(void* data, GClosure*) {
  delete static_cast<Self*>(data);
}

}  // namespace

Listener::Listener(std::shared_ptr<BusLock> lock) : lock_(std::move(lock)) {}

Listener::~Listener() = default;

void Listener::listen(UMockdevTestbed* testbed, const std::string& path) {
  UMockdevIoctlBase* base = umockdev_ioctl_base_new();
  g_signal_connect_data(base, "client-connected", G_CALLBACK(&Listener::on_connect),
                        new Self(shared_from_this()), drop_self, static_cast<GConnectFlags>(0));
  g_signal_connect_data(base, "handle-ioctl", G_CALLBACK(&Listener::on_ioctl),
                        new Self(shared_from_this()), drop_self, G_CONNECT_AFTER);
  GError* error = nullptr;
  umockdev_testbed_attach_ioctl(testbed, path.c_str(), base, &error);
  CHECK(error == nullptr);
  g_object_unref(base);  // the testbed keeps it
}

void Listener::on_connect(UMockdevIoctlBase*, UMockdevIoctlClient* file, void* data) {
  const Self self = self_of(data);
  const std::unique_lock lock(self->lock_->mutex);
  ++self->lock_->clients;
  // umockdev tells nobody that a program has closed a file, but lets go of its side of it then.
  g_object_weak_ref(G_OBJECT(file), &Listener::on_close, new Self(self));
}

int Listener::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* file, void* data) {
  const Self self = self_of(data);
  long result = -ENODEV;
  {
    const std::unique_lock lock(self->lock_->mutex);
    // Only the first ioctl shows that the program could open the node.
    std::shared_ptr<Connection>& connection = self->files_[file];
    if (!connection) connection = self->current_;
    const std::shared_ptr<Connection> answering = connection;
    if (answering) result = answering->ioctl(file);
    self->lock_->changed.notify_all();
  }
  umockdev_ioctl_client_complete(file, result < 0 ? -1 : result,
                                 result < 0 ? static_cast<int>(-result) : 0);
  return TRUE;
}

void Listener::on_close(void* data, GObject* object) {
  const Self self = self_of(data);
  drop_self(data, nullptr);
  auto* file = reinterpret_cast<UMockdevIoctlClient*>(object);
  const std::unique_lock lock(self->lock_->mutex);
  --self->lock_->clients;
  const auto found = self->files_.find(file);
  if (found != self->files_.end()) {
    const std::shared_ptr<Connection> connection = std::move(found->second);
    self->files_.erase(found);
    if (connection) connection->close_file(file);
  }
  self->lock_->changed.notify_all();
}

}  // namespace packbench::test
