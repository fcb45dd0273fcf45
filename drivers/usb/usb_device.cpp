#include "drivers/usb/usb_device.h"

#include <libusb-1.0/libusb.h>

#include <algorithm>

#include "base/check.h"

namespace packbench::drivers {
namespace {

Error usb_error(int code, const UsbFacts& facts, const std::string& what) {
  if (code == LIBUSB_ERROR_NO_DEVICE || code == LIBUSB_ERROR_NOT_FOUND)
    return {"offline", "The device at " + facts.place + " has left; plug it in again"};
  return {"usb-error", what + " failed at " + facts.place + " (" +
                           std::string(libusb_error_name(code)) +
                           "); unplug the device and plug it in again"};
}

std::string holder_of(const UsbFacts& facts, int interface) {
  for (const UsbInterface& i : facts.interfaces) {
    if (i.number == interface && !i.kernel_driver.empty()) return i.kernel_driver;
  }
  return "usbfs";
}

std::size_t whole_packets(std::size_t length, std::size_t packet) {
  return packet == 0 ? length : (std::max(length, packet) + packet - 1) / packet * packet;
}

}  // namespace

std::string_view transfer_word(TransferEnd end) {
  switch (end) {
    case TransferEnd::completed:
      return "";
    case TransferEnd::timed_out:
    case TransferEnd::cancelled:
      return "timed-out";
    case TransferEnd::stalled:
      return "stalled";
    case TransferEnd::gone:
      return "offline";
    case TransferEnd::overflow:
    case TransferEnd::failed:
      break;
  }
  return "usb-error";
}

UsbReader::UsbReader(libusb_device_handle* handle, const UsbEndpoint& endpoint, std::size_t length,
                     Take take, Ended ended)
    : raw_(libusb_alloc_transfer(0)),
      buffer_(whole_packets(length, endpoint.max_packet)),
      take_(std::move(take)),
      ended_(std::move(ended)) {
  CHECK(raw_ != nullptr && endpoint.in() && !buffer_.empty());
  const auto callback = [](libusb_transfer* raw) {
    static_cast<UsbReader*>(raw->user_data)->complete();
  };
  libusb_fill_bulk_transfer(raw_, handle, endpoint.address, buffer_.data(),
                            static_cast<int>(buffer_.size()), callback, this, 0);
  if (endpoint.interrupt) raw_->type = LIBUSB_TRANSFER_TYPE_INTERRUPT;
}

std::unique_ptr<UsbReader> UsbReader::start(libusb_device_handle* handle,
                                            const UsbEndpoint& endpoint, std::size_t length,
                                            Take take, Ended ended) {
  std::unique_ptr<UsbReader> reader(
      new UsbReader(handle, endpoint, length, std::move(take), std::move(ended)));
  {
    const std::lock_guard lock(reader->mutex_);
    if (reader->submit({})) return reader;
  }
  return nullptr;
}

UsbReader::~UsbReader() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  if (pending_) {
    lock.unlock();
    libusb_cancel_transfer(raw_);
    lock.lock();
  }
  changed_.wait(lock, [this] { return !pending_; });
  lock.unlock();
  libusb_free_transfer(raw_);
}

// Under the mutex.
bool UsbReader::submit(Duration timeout) {
  raw_->timeout = static_cast<unsigned>((timeout.us + 999) / 1000);
  pending_ = libusb_submit_transfer(raw_) == 0;
  return pending_;
}

void UsbReader::complete() {
  TransferEnd end = transfer_end(raw_->status);
  const std::size_t bytes = static_cast<std::size_t>(std::max(raw_->actual_length, 0));
  Duration next;
  // A time-out that met data in flight brings the data; both are calls to `take`.
  if (end == TransferEnd::completed || end == TransferEnd::timed_out) {
    if (end == TransferEnd::timed_out && bytes > 0) take_(std::span(buffer_).first(bytes));
    next = take_(std::span(buffer_).first(end == TransferEnd::completed ? bytes : 0));
    end = TransferEnd::completed;
  }
  std::unique_lock lock(mutex_);
  if (end == TransferEnd::completed && !stopping_) {
    if (submit(next)) return;
    // Not before `ended_` is told may the destructor go on.
    pending_ = true;
    end = TransferEnd::gone;
  }
  const bool tell = !stopping_;
  lock.unlock();
  if (tell) ended_(end);
  lock.lock();
  pending_ = false;
  changed_.notify_all();
}

UsbDevice::UsbDevice(libusb_device_handle* handle, UsbFacts facts)
    : handle_(handle), facts_(std::move(facts)) {
  // Taken while we hold an interface, given back when we release it.
  libusb_set_auto_detach_kernel_driver(handle_, 1);
}

UsbDevice::~UsbDevice() {
  // Backwards: the kernel's driver of a serial line takes its data interface, claimed after its
  // own, or comes back to neither.
  for (auto interface = claimed_.rbegin(); interface != claimed_.rend(); ++interface)
    libusb_release_interface(handle_, *interface);
  libusb_close(handle_);
}

Status UsbDevice::claim(int interface) {
  const int code = libusb_claim_interface(handle_, interface);
  if (code == LIBUSB_ERROR_BUSY) {
    const std::string holder = holder_of(facts_, interface);
    return Error{"busy", "The device at " + facts_.place + " is held by " + holder +
                             "; close the program that uses it"};
  }
  if (code != 0) return usb_error(code, facts_, "claiming interface " + std::to_string(interface));
  claimed_.push_back(interface);
  return Ok{};
}

Status UsbDevice::choose_alternate(int interface, int alternate) {
  const int code = libusb_set_interface_alt_setting(handle_, interface, alternate);
  if (code != 0) return usb_error(code, facts_, "choosing a setting");
  return Ok{};
}

TransferResult UsbDevice::control(const UsbSetup& setup, std::span<const std::uint8_t> data,
                                  Duration deadline) {
  return UsbTransfer::control(handle_, setup, data)->within(deadline);
}

Result<std::vector<std::uint8_t>> UsbDevice::control_in(const UsbSetup& setup, std::size_t length,
                                                        Duration deadline) {
  const auto transfer = UsbTransfer::control_in(handle_, setup, length);
  const TransferResult result = transfer->within(deadline);
  if (result.end != TransferEnd::completed)
    return Error{std::string(transfer_word(result.end)),
                 "The device at " + facts_.place + " did not answer a question (" +
                     std::string(transfer_word(result.end)) + "); switch it off and on"};
  const auto data = transfer->data();
  return std::vector<std::uint8_t>(data.begin(), data.end());
}

std::unique_ptr<UsbTransfer> UsbDevice::start_out(const UsbEndpoint& endpoint,
                                                  std::span<const std::uint8_t> data) {
  return UsbTransfer::bulk_out(handle_, endpoint.address, data);
}

std::unique_ptr<UsbTransfer> UsbDevice::start_in(const UsbEndpoint& endpoint, std::size_t length) {
  return UsbTransfer::bulk_in(handle_, endpoint.address,
                              whole_packets(length, endpoint.max_packet));
}

Result<std::unique_ptr<UsbReader>> UsbDevice::read(const UsbEndpoint& endpoint, std::size_t length,
                                                   UsbReader::Take take, UsbReader::Ended ended) {
  auto reader = UsbReader::start(handle_, endpoint, length, std::move(take), std::move(ended));
  if (reader) return reader;
  return usb_error(LIBUSB_ERROR_NO_DEVICE, facts_, "reading");
}

Status UsbDevice::clear_halt(const UsbEndpoint& endpoint) {
  const int code = libusb_clear_halt(handle_, endpoint.address);
  if (code != 0) return usb_error(code, facts_, "ending a stall");
  return Ok{};
}

}  // namespace packbench::drivers
