#include "drivers/usb/usb_transfer.h"

#include <libusb-1.0/libusb.h>

#include <algorithm>
#include <chrono>

#include "base/check.h"

namespace packbench::drivers {
namespace {

std::uint8_t* put_setup(std::vector<std::uint8_t>& buffer, const UsbSetup& setup,
                        std::size_t length) {
  libusb_fill_control_setup(buffer.data(), setup.request_type, setup.request, setup.value,
                            setup.index, static_cast<std::uint16_t>(length));
  return buffer.data() + LIBUSB_CONTROL_SETUP_SIZE;
}

TransferEnd end_of_submit(int error) {
  return error == LIBUSB_ERROR_NO_DEVICE ? TransferEnd::gone : TransferEnd::failed;
}

}  // namespace

TransferEnd transfer_end(int libusb_status) {
  switch (libusb_status) {
    case LIBUSB_TRANSFER_COMPLETED:
      return TransferEnd::completed;
    case LIBUSB_TRANSFER_TIMED_OUT:
      return TransferEnd::timed_out;
    case LIBUSB_TRANSFER_CANCELLED:
      return TransferEnd::cancelled;
    case LIBUSB_TRANSFER_STALL:
      return TransferEnd::stalled;
    case LIBUSB_TRANSFER_OVERFLOW:
      return TransferEnd::overflow;
    case LIBUSB_TRANSFER_NO_DEVICE:
      return TransferEnd::gone;
    default:
      return TransferEnd::failed;
  }
}

UsbTransfer::UsbTransfer(std::size_t buffer) : raw_(libusb_alloc_transfer(0)), buffer_(buffer) {
  CHECK(raw_ != nullptr);
}

UsbTransfer::~UsbTransfer() {
  finish(TransferEnd::cancelled);
  libusb_free_transfer(raw_);
}

std::unique_ptr<UsbTransfer> UsbTransfer::control(libusb_device_handle* handle,
                                                  const UsbSetup& setup,
                                                  std::span<const std::uint8_t> data) {
  CHECK(data.size() <= 0xFFFF);
  std::unique_ptr<UsbTransfer> transfer(new UsbTransfer(LIBUSB_CONTROL_SETUP_SIZE + data.size()));
  transfer->header_ = LIBUSB_CONTROL_SETUP_SIZE;
  std::copy(data.begin(), data.end(), put_setup(transfer->buffer_, setup, data.size()));
  libusb_fill_control_transfer(transfer->raw_, handle, transfer->buffer_.data(), nullptr, nullptr,
                               0);
  transfer->submit();
  return transfer;
}

std::unique_ptr<UsbTransfer> UsbTransfer::control_in(libusb_device_handle* handle,
                                                     const UsbSetup& setup, std::size_t length) {
  const std::vector<std::uint8_t> room(length);
  return control(handle, setup, room);
}

std::unique_ptr<UsbTransfer> UsbTransfer::bulk_out(libusb_device_handle* handle,
                                                   std::uint8_t endpoint,
                                                   std::span<const std::uint8_t> data) {
  // A zero-length packet is no job, and some printers take it for the end of one.
  CHECK(!data.empty());
  CHECK((endpoint & LIBUSB_ENDPOINT_IN) == 0);
  std::unique_ptr<UsbTransfer> transfer(new UsbTransfer(0));
  // On the way out it is only read.
  libusb_fill_bulk_transfer(transfer->raw_, handle, endpoint,
                            const_cast<std::uint8_t*>(data.data()), static_cast<int>(data.size()),
                            nullptr, nullptr, 0);
  transfer->submit();
  return transfer;
}

std::unique_ptr<UsbTransfer> UsbTransfer::bulk_in(libusb_device_handle* handle,
                                                  std::uint8_t endpoint, std::size_t length) {
  CHECK(length > 0 && (endpoint & LIBUSB_ENDPOINT_IN) != 0);
  std::unique_ptr<UsbTransfer> transfer(new UsbTransfer(length));
  libusb_fill_bulk_transfer(transfer->raw_, handle, endpoint, transfer->buffer_.data(),
                            static_cast<int>(length), nullptr, nullptr, 0);
  transfer->submit();
  return transfer;
}

void UsbTransfer::submit() {
  raw_->user_data = this;
  raw_->callback = [](libusb_transfer* raw) {
    static_cast<UsbTransfer*>(raw->user_data)->complete();
  };
  const int error = libusb_submit_transfer(raw_);
  if (error == 0) return;
  done_ = true;
  result_ = {end_of_submit(error), 0, false};
}

void UsbTransfer::complete() {
  const std::lock_guard lock(mutex_);
  done_ = true;
  result_ = {transfer_end(raw_->status),
             static_cast<std::size_t>(std::max(raw_->actual_length, 0))};
  changed_.notify_all();
}

bool UsbTransfer::wait(Duration patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::microseconds(patience.us), [this] { return done_; });
  return done_;
}

TransferResult UsbTransfer::finish(TransferEnd if_cut_short) {
  std::unique_lock lock(mutex_);
  if (done_) return result_;
  lock.unlock();
  // NOT_FOUND: it has just ended, which its completion tells.
  libusb_cancel_transfer(raw_);
  lock.lock();
  // A cancelled transfer always completes: the kernel gives its buffer back.
  changed_.wait(lock, [this] { return done_; });
  if (result_.end == TransferEnd::cancelled) result_.end = if_cut_short;
  return result_;
}

TransferResult UsbTransfer::within(Duration deadline) {
  wait(deadline);
  return finish(TransferEnd::timed_out);
}

std::span<const std::uint8_t> UsbTransfer::data() const {
  CHECK(header_ + result_.bytes <= buffer_.size());
  return std::span(buffer_).subspan(header_, result_.bytes);
}

}  // namespace packbench::drivers
