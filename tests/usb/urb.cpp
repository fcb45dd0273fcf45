#include "tests/usb/urb.h"

#include <umockdev.h>

#include <array>
#include <cstddef>
#include <cstring>

#include "base/check.h"

namespace packbench::test {
namespace {

// umockdev copies what a pointer at `offset` of the program's memory points to. It keeps the copy
// itself; the reference that comes back is ours.
UMockdevIoctlData* resolve(UMockdevIoctlData* data, std::size_t offset, std::size_t size) {
  return umockdev_ioctl_data_resolve(data, offset, size, nullptr);
}

}  // namespace

void* resolve_argument(UMockdevIoctlClient* client, std::size_t size) {
  UMockdevIoctlData* copy = resolve(umockdev_ioctl_client_get_arg(client), 0, size);
  if (copy == nullptr) {
    // The program has ended meanwhile: whatever is answered now is read by nobody.
    static thread_local std::array<std::uint8_t, 256> nobodys;
    CHECK(size <= nobodys.size());
    nobodys.fill(0);
    return nobodys.data();
  }
  void* memory = copy->data;
  umockdev_ioctl_data_unref(copy);
  return memory;
}

std::uint64_t raw_argument(UMockdevIoctlClient* client) {
  std::uint64_t value = 0;
  std::memcpy(&value, umockdev_ioctl_client_get_arg(client)->data, sizeof value);
  return value;
}

void Urb::Unref::operator()(UMockdevIoctlData* data) const {
  umockdev_ioctl_data_unref(data);
}

Urb::Urb(UMockdevIoctlClient* client, std::uint64_t id)
    : shared_(resolve(umockdev_ioctl_client_get_arg(client), 0, sizeof(usbdevfs_urb))),
      file_(client),
      id_(id) {
  if (shared_ == nullptr) return;
  address_ = shared_->client_addr;
  const usbdevfs_urb& head = shared_head();
  type_ = head.type;
  endpoint_ = head.endpoint;
  flags_ = head.flags;
  const auto size = static_cast<std::size_t>(head.buffer_length);
  UMockdevIoctlData* copy = resolve(shared_.get(), offsetof(usbdevfs_urb, buffer), size);
  if (copy == nullptr) return;  // no buffer, or one of no length
  buffer_.assign(copy->data, copy->data + size);
  umockdev_ioctl_data_unref(copy);
}

usbdevfs_urb& Urb::shared_head() const {
  return *reinterpret_cast<usbdevfs_urb*>(shared_->data);
}

void Urb::hand_back(UMockdevIoctlClient* client) {
  shared_head().status = status_;
  shared_head().actual_length = static_cast<int>(moved_);
  if (!buffer_.empty()) std::memcpy(shared_head().buffer, buffer_.data(), buffer_.size());
  UMockdevIoctlData* pointer = resolve(umockdev_ioctl_client_get_arg(client), 0, sizeof(void*));
  if (pointer == nullptr) return;  // the program has ended meanwhile
  umockdev_ioctl_data_set_ptr(pointer, 0, shared_.get());
  umockdev_ioctl_data_unref(pointer);
}

}  // namespace packbench::test
