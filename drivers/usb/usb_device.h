// UsbDevice: a device that was opened. Its interfaces are taken from the kernel's drivers while we
// hold them and given back by `release` or the destructor.
// Thread rule: any thread but that of the bus; the callbacks of a reader come on that one.
#pragma once

#include <condition_variable>

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/result.h"
#include "drivers/usb/usb_facts.h"
#include "drivers/usb/usb_transfer.h"

namespace packbench::drivers {

// Reads an IN endpoint for as long as it lives: whatever arrives goes to `take`.
class UsbReader {
 public:
  // Called with each packet, and with an empty span when the time it asked for has passed. Returns
  // how long to wait before calling again without data; zero: for ever. On the thread of the bus.
  using Take = std::function<Duration(std::span<const std::uint8_t>)>;
  // Called once, on the thread of the bus: the endpoint gives nothing any more.
  using Ended = std::function<void(TransferEnd)>;

  // Nothing where the device has just left.
  static std::unique_ptr<UsbReader> start(libusb_device_handle* handle, const UsbEndpoint& endpoint,
                                          std::size_t length, Take take, Ended ended);
  // Waits for the transfer to end; `take` and `ended` are not called afterwards.
  ~UsbReader();
  UsbReader(const UsbReader&) = delete;
  UsbReader& operator=(const UsbReader&) = delete;

 private:
  UsbReader(libusb_device_handle* handle, const UsbEndpoint& endpoint, std::size_t length,
            Take take, Ended ended);
  void complete();
  bool submit(Duration timeout);

  libusb_transfer* raw_ = nullptr;
  std::vector<std::uint8_t> buffer_;
  const Take take_;
  const Ended ended_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool pending_ = false;
  bool stopping_ = false;
};

class UsbDevice {
 public:
  UsbDevice(libusb_device_handle* handle, UsbFacts facts);
  ~UsbDevice();
  UsbDevice(const UsbDevice&) = delete;
  UsbDevice& operator=(const UsbDevice&) = delete;

  const UsbFacts& facts() const { return facts_; }

  // Errors: busy (another program holds it; the text names the driver), offline, usb_error.
  Status claim(int interface);
  Status choose_alternate(int interface, int alternate);

  TransferResult control(const UsbSetup& setup, std::span<const std::uint8_t> data,
                         Duration deadline);
  // What the device answered; its size is the count of bytes moved.
  Result<std::vector<std::uint8_t>> control_in(const UsbSetup& setup, std::size_t length,
                                               Duration deadline);
  std::unique_ptr<UsbTransfer> start_out(const UsbEndpoint& endpoint,
                                         std::span<const std::uint8_t> data);
  std::unique_ptr<UsbTransfer> start_in(const UsbEndpoint& endpoint, std::size_t length);
  // `length`: of the longest message; a whole number of packets is read either way, because a
  // shorter buffer makes an overflow of a full packet. Error: offline.
  Result<std::unique_ptr<UsbReader>> read(const UsbEndpoint& endpoint, std::size_t length,
                                          UsbReader::Take take, UsbReader::Ended ended);
  // Ends a stall, so that the endpoint can be used again.
  Status clear_halt(const UsbEndpoint& endpoint);

 private:
  libusb_device_handle* handle_;
  const UsbFacts facts_;
  std::vector<int> claimed_;
};

// A word for the screen: offline, stalled, timed-out, usb-error.
std::string_view transfer_word(TransferEnd end);

}  // namespace packbench::drivers
