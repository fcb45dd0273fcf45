// Urb: one transfer that a program handed to usbfs (struct usbdevfs_urb of linux/usbdevice_fs.h),
// as a copy on our side, which is written back to the program when it fetches the finished
// transfer. Movable value. Thread rule: guarded by the lock of the bus.
#pragma once

#include <linux/usbdevice_fs.h>

#include <cstdint>
#include <memory>
#include <span>

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

  std::uint64_t id() const { return id_; }  // never used twice
  const UMockdevIoctlClient* file() const { return file_; }
  std::uint64_t address() const;  // how the program names it
  std::uint8_t endpoint() const { return head().endpoint; }
  bool is_control() const { return head().type == USBDEVFS_URB_TYPE_CONTROL; }
  // Belongs to the transfer before it, which was cut into several.
  bool continues() const { return (head().flags & USBDEVFS_URB_BULK_CONTINUATION) != 0; }

  std::span<std::uint8_t> buffer() const;  // all of it
  std::size_t moved() const { return static_cast<std::size_t>(head().actual_length); }
  std::span<std::uint8_t> rest() const { return buffer().subspan(moved()); }
  void add_moved(std::size_t bytes) { head().actual_length += static_cast<int>(bytes); }
  void set_status(int status) { head().status = status; }  // 0 or a negative errno
  int status() const { return head().status; }

  // Answers an ioctl REAPURB with this transfer.
  void hand_back(UMockdevIoctlClient* client) const;

 private:
  struct Unref {
    void operator()(UMockdevIoctlData* data) const;
  };
  usbdevfs_urb& head() const;

  std::unique_ptr<UMockdevIoctlData, Unref> data_;
  const UMockdevIoctlClient* file_;
  std::uint64_t id_;
};

}  // namespace packbench::test
