// Urb: one transfer that a program handed to usbfs (struct usbdevfs_urb of linux/usbdevice_fs.h).
// It is a copy, which is written back to the program when that fetches the finished transfer.
// Movable value. Thread rule: made and handed back on umockdev's thread; in between any thread,
// guarded by the lock of the bus.
#pragma once

#include <linux/usbdevice_fs.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

using UMockdevIoctlClient = struct _UMockdevIoctlClient;
using UMockdevIoctlData = struct _UMockdevIoctlData;

namespace packbench::test {

// Our copy of what the argument of an ioctl points to; written back when the ioctl is answered.
void* resolve_argument(UMockdevIoctlClient* client, std::size_t size);
template <class T>
T& argument(UMockdevIoctlClient* client) {
  return *static_cast<T*>(resolve_argument(client, sizeof(T)));
}
// The argument itself, where it is a number or the address of a transfer.
std::uint64_t raw_argument(UMockdevIoctlClient* client);

class Urb {
 public:
  // The transfer that an ioctl SUBMITURB submits. `file`: who submits it.
  Urb(UMockdevIoctlClient* client, std::uint64_t id);

  // False where the program ended while it was submitting it.
  bool is_whole() const { return shared_ != nullptr; }
  std::uint64_t id() const { return id_; }  // never used twice
  UMockdevIoctlClient* file() const { return file_; }
  std::uint64_t address() const { return address_; }  // how the program names it
  std::uint8_t endpoint() const { return endpoint_; }
  bool is_control() const { return type_ == USBDEVFS_URB_TYPE_CONTROL; }
  // Belongs to the transfer before it, which was cut into several.
  bool continues() const { return (flags_ & USBDEVFS_URB_BULK_CONTINUATION) != 0; }

  std::span<std::uint8_t> buffer() { return buffer_; }  // all of it
  std::span<std::uint8_t> rest() { return buffer().subspan(moved_); }
  std::size_t size() const { return buffer_.size(); }
  std::size_t moved() const { return moved_; }
  void add_moved(std::size_t bytes) { moved_ += bytes; }
  void set_status(int status) { status_ = status; }  // 0 or a negative errno
  int status() const { return status_; }

  // Answers an ioctl REAPURB with this transfer.
  void hand_back(UMockdevIoctlClient* client);

 private:
  struct Unref {
    void operator()(UMockdevIoctlData* data) const;
  };
  // umockdev's copies: of the head, and in that of the buffer. It reads them on its own thread
  // whenever it likes, so they are not worked on.
  usbdevfs_urb& shared_head() const;

  std::unique_ptr<UMockdevIoctlData, Unref> shared_;
  UMockdevIoctlClient* file_;
  std::uint64_t id_;
  std::uint64_t address_ = 0;
  std::uint8_t type_ = 0, endpoint_ = 0;
  unsigned flags_ = 0;
  std::vector<std::uint8_t> buffer_;
  std::size_t moved_ = 0;
  int status_ = 0;
};

}  // namespace packbench::test
