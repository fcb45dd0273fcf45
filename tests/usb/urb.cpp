#include "tests/usb/urb.h"

#include <umockdev.h>

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
  CHECK(copy != nullptr);
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
    : data_(resolve(umockdev_ioctl_client_get_arg(client), 0, sizeof(usbdevfs_urb))),
      file_(client),
      id_(id) {
  CHECK(data_ != nullptr);
  const auto size = static_cast<std::size_t>(head().buffer_length);
  UMockdevIoctlData* copy = resolve(data_.get(), offsetof(usbdevfs_urb, buffer), size);
  if (copy != nullptr) umockdev_ioctl_data_unref(copy);
  head().actual_length = 0;
  head().status = -EINPROGRESS;
}

usbdevfs_urb& Urb::head() const {
  return *reinterpret_cast<usbdevfs_urb*>(data_->data);
}

std::uint64_t Urb::address() const {
  return data_->client_addr;
}

std::span<std::uint8_t> Urb::buffer() const {
  return {static_cast<std::uint8_t*>(head().buffer),
          static_cast<std::size_t>(head().buffer_length)};
}

void Urb::hand_back(UMockdevIoctlClient* client) const {
  UMockdevIoctlData* pointer = resolve(umockdev_ioctl_client_get_arg(client), 0, sizeof(void*));
  CHECK(pointer != nullptr);
  umockdev_ioctl_data_set_ptr(pointer, 0, data_.get());
  umockdev_ioctl_data_unref(pointer);
}

}  // namespace packbench::test
