// libusb as it is, with just enough around it for tests to be short: contexts and handles that
// close themselves, and an event thread. One thread, apart from that one.
#pragma once

#include <libusb-1.0/libusb.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/usb/fake_device.h"

namespace packbench::test {

struct CloseContext {
  void operator()(libusb_context* context) const { libusb_exit(context); }
};
using Context = std::unique_ptr<libusb_context, CloseContext>;

inline Context open_libusb() {
  libusb_context* raw = nullptr;
  return libusb_init(&raw) == 0 ? Context(raw) : Context();
}

struct CloseHandle {
  void operator()(libusb_device_handle* handle) const { libusb_close(handle); }
};
using Handle = std::unique_ptr<libusb_device_handle, CloseHandle>;

// Opens the device that is plugged in at this address; `error`: what libusb_open said.
inline Handle open_device(const Context& context, const FakeDevice& device, int* error = nullptr) {
  libusb_device** list = nullptr;
  const ssize_t count = libusb_get_device_list(context.get(), &list);
  libusb_device_handle* handle = nullptr;
  int code = LIBUSB_ERROR_NOT_FOUND;
  for (ssize_t i = 0; i < count; ++i) {
    if (libusb_get_device_address(list[i]) == device.address())
      code = libusb_open(list[i], &handle);
  }
  libusb_free_device_list(list, 1);
  if (error != nullptr) *error = code;
  return Handle(code == 0 ? handle : nullptr);
}

// Opens it and takes it from the kernel's drivers.
inline Handle take_device(const Context& context, const FakeDevice& device, int interface = 0) {
  Handle handle = open_device(context, device);
  if (!handle) return handle;
  libusb_set_auto_detach_kernel_driver(handle.get(), 1);
  if (libusb_claim_interface(handle.get(), interface) != 0) handle.reset();
  return handle;
}

// What a transfer came to: libusb's code and the bytes moved.
struct Moved {
  int code = 0;
  Bytes bytes;  // that came in
  int count = 0;
};

inline Moved read_from(const Handle& handle, std::uint8_t endpoint, int length = 64,
                       unsigned milliseconds = 10'000) {
  Moved moved;
  moved.bytes.resize(static_cast<std::size_t>(length));
  moved.code = libusb_bulk_transfer(handle.get(), endpoint, moved.bytes.data(), length,
                                    &moved.count, milliseconds);
  moved.bytes.resize(static_cast<std::size_t>(moved.count));
  return moved;
}

inline Moved write_to(const Handle& handle, std::uint8_t endpoint, Bytes bytes,
                      unsigned milliseconds = 10'000) {
  Moved moved;
  moved.code = libusb_bulk_transfer(handle.get(), endpoint, bytes.data(),
                                    static_cast<int>(bytes.size()), &moved.count, milliseconds);
  return moved;
}

inline Moved request_in(const Handle& handle, std::uint8_t type, std::uint8_t request,
                        std::uint16_t value, std::uint16_t index, std::uint16_t length,
                        unsigned milliseconds = 10'000) {
  Moved moved;
  moved.bytes.resize(length);
  moved.code = libusb_control_transfer(handle.get(), type, request, value, index,
                                       moved.bytes.data(), length, milliseconds);
  moved.count = moved.code > 0 ? moved.code : 0;
  moved.bytes.resize(static_cast<std::size_t>(moved.count));
  return moved;
}

// Handles libusb's events on a thread of its own, as a program would.
class EventThread {
 public:
  explicit EventThread(const Context& context)
      : context_(context.get()), thread_([this] {
          while (!stop_) {
            timeval patience{60, 0};
            libusb_handle_events_timeout_completed(context_, &patience, nullptr);
          }
        }) {}
  ~EventThread() {
    stop_ = true;
    libusb_interrupt_event_handler(context_);
    thread_.join();
  }

 private:
  libusb_context* context_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

// A transfer under way; its end is news for those who wait at the bus.
class Transfer {
 public:
  Transfer(FakeBus& bus, const Handle& handle, std::uint8_t endpoint, Bytes buffer)
      : bus_(bus), raw_(libusb_alloc_transfer(0)), buffer_(std::move(buffer)) {
    libusb_fill_bulk_transfer(raw_, handle.get(), endpoint, buffer_.data(),
                              static_cast<int>(buffer_.size()), &Transfer::ended, this, 0);
    code = libusb_submit_transfer(raw_);
  }
  ~Transfer() {
    if (code == 0 && !done_) cancel();
    if (code == 0) bus_.wait_until([this] { return done(); });
    libusb_free_transfer(raw_);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  void cancel() { libusb_cancel_transfer(raw_); }
  bool done() const { return done_; }
  bool wait() {
    return bus_.wait_until([this] { return done(); });
  }
  int status() const { return raw_->status; }
  int moved() const { return raw_->actual_length; }

  int code = 0;  // what submitting it said

 private:
  static void LIBUSB_CALL ended(libusb_transfer* raw) {
    auto* self = static_cast<Transfer*>(raw->user_data);
    FakeBus& bus = self->bus_;
    // Under the lock: whoever waits has either not looked yet or is woken.
    const auto guard = bus.lock();
    self->done_ = true;
    bus.wake();
  }

  FakeBus& bus_;
  libusb_transfer* raw_;
  Bytes buffer_;
  std::atomic<bool> done_ = false;
};

}  // namespace packbench::test
