// One USB transfer under way. The event thread of the bus completes it; whoever started it waits,
// or cancels. Thread rule: `wait` and `cancel` from one thread at a time.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/units.h"

struct libusb_transfer;
struct libusb_device_handle;

namespace packbench::drivers {

enum class TransferEnd { completed, timed_out, cancelled, stalled, overflow, gone, failed };

struct TransferResult {
  TransferEnd end = TransferEnd::failed;
  // Moved, exactly; of a control transfer without its set-up packet. Of a device that has gone: at
  // least, for a host controller that drops the transfer counts nothing.
  std::size_t bytes = 0;
  bool submitted = true;  // false: the kernel did not take it, so that nothing can have moved
};

// The eight bytes that open a control transfer (USB 2.0, 9.3); the length is that of the data.
struct UsbSetup {
  std::uint8_t request_type = 0;
  std::uint8_t request = 0;
  std::uint16_t value = 0;
  std::uint16_t index = 0;
};

class UsbTransfer {
 public:
  // A request's data is copied in; what came in is read with data() once it is done.
  static std::unique_ptr<UsbTransfer> control(libusb_device_handle* handle, const UsbSetup& setup,
                                              std::span<const std::uint8_t> data);
  static std::unique_ptr<UsbTransfer> control_in(libusb_device_handle* handle,
                                                 const UsbSetup& setup, std::size_t length);
  // One burst: the whole span is handed to the kernel at once. It is not copied and stays as it is
  // until the transfer has gone.
  static std::unique_ptr<UsbTransfer> bulk_out(libusb_device_handle* handle, std::uint8_t endpoint,
                                               std::span<const std::uint8_t> data);
  static std::unique_ptr<UsbTransfer> bulk_in(libusb_device_handle* handle, std::uint8_t endpoint,
                                              std::size_t length);
  // Cancels what is still under way and waits until the kernel has let go of the buffer.
  ~UsbTransfer();
  UsbTransfer(const UsbTransfer&) = delete;
  UsbTransfer& operator=(const UsbTransfer&) = delete;

  // Whether it is done, at most after `patience`. Does not cancel.
  bool wait(Duration patience);
  // Ends it if it has not ended, and says what came of it.
  TransferResult finish(TransferEnd if_cut_short);
  // wait, then finish with timed_out.
  TransferResult within(Duration deadline);
  std::span<const std::uint8_t> data() const;

 private:
  explicit UsbTransfer(std::size_t buffer);
  void submit();
  void complete();

  libusb_transfer* raw_ = nullptr;
  std::vector<std::uint8_t> buffer_;  // empty: what goes out is the caller's
  std::size_t header_ = 0;            // bytes of the buffer before the data
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  TransferResult result_;
};

// A libusb_transfer_status as a TransferEnd.
TransferEnd transfer_end(int libusb_status);

}  // namespace packbench::drivers
