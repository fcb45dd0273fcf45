// What programs ask of usbfs and how the kernel answers; source: linux/usbdevice_fs.h and the
// behaviour of drivers/usb/core/devio.c.
#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>
#include <umockdev.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "tests/usb/connection.h"

namespace packbench::test {
namespace {

constexpr std::uint32_t kCapabilities =
    USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;

// usbfs knows its requests as 32-bit numbers, whatever the width of the caller's argument.
unsigned request_of(UMockdevIoctlClient* file) {
  return static_cast<unsigned>(umockdev_ioctl_client_get_request(file));
}

std::string describe(const Setup& setup) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%02x %02x %04x %04x %u",
                static_cast<unsigned>(setup.request_type), static_cast<unsigned>(setup.request),
                static_cast<unsigned>(setup.value), static_cast<unsigned>(setup.index),
                static_cast<unsigned>(setup.length));
  return text.data();
}

Setup setup_of(std::span<const std::uint8_t> packet) {
  const auto word = [&packet](std::size_t at) {
    return static_cast<std::uint16_t>(packet[at] | (packet[at + 1] << 8));
  };
  return {packet[0], packet[1], word(2), word(4), word(6)};
}

}  // namespace

long Connection::begin(const Step& step) {
  memory_->refusal.reset();
  memory_->steps.begin(step);
  const auto refusal = std::exchange(memory_->refusal, std::nullopt);
  return refusal ? -*refusal : 0;
}

long Connection::end(const Step& step) {
  memory_->steps.end(step);
  return 0;
}

long Connection::dispatch(UMockdevIoctlClient* file) {
  const unsigned request = request_of(file);
  // Finished transfers can be fetched from a device that has left; nothing else.
  if (request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY) return reap(file);
  if (gone_) return -ENODEV;
  switch (request) {
    case static_cast<unsigned>(USBDEVFS_GET_CAPABILITIES):
      argument<std::uint32_t>(file) =
          kCapabilities |
          (spec_.controller == HostController::scatter_gather ? USBDEVFS_CAP_BULK_SCATTER_GATHER
                                                              : USBDEVFS_CAP_BULK_CONTINUATION);
      return 0;
    case static_cast<unsigned>(USBDEVFS_GETDRIVER):
      return read_driver(file);
    case static_cast<unsigned>(USBDEVFS_CLAIMINTERFACE):
      return claim(file, argument<int>(file));
    case static_cast<unsigned>(USBDEVFS_DISCONNECT_CLAIM):
      return detach_and_claim(file);
    case static_cast<unsigned>(USBDEVFS_RELEASEINTERFACE):
      return release(file, argument<int>(file));
    case static_cast<unsigned>(USBDEVFS_IOCTL):
      return detach_or_attach(file);
    case static_cast<unsigned>(USBDEVFS_SETINTERFACE):
      return choose_alternate(file);
    case static_cast<unsigned>(USBDEVFS_CLEAR_HALT):
      return clear_halt(file);
    case static_cast<unsigned>(USBDEVFS_RESET):
      return reset_device();
    case static_cast<unsigned>(USBDEVFS_SETCONFIGURATION):
      // Choosing the configuration anew takes it from everybody who uses it.
      return claimed(0) ? -EBUSY : 0;
    case static_cast<unsigned>(USBDEVFS_SUBMITURB):
      return submit(file);
    case static_cast<unsigned>(USBDEVFS_DISCARDURB):
      return discard(file);
    default:
      return -ENOTTY;
  }
}

// ---- interfaces and their drivers -------------------------------------------------------------

long Connection::read_driver(UMockdevIoctlClient* file) {
  auto& answer = argument<usbdevfs_getdriver>(file);
  const std::string name = driver(static_cast<int>(answer.interface));
  if (name.empty()) return -ENODATA;
  std::snprintf(answer.driver, sizeof answer.driver, "%s", name.c_str());
  return 0;
}

long Connection::claim(UMockdevIoctlClient* file, int interface) {
  const Step step{StepKind::claimed, interface, {}};
  if (const long refused = begin(step); refused < 0) return refused;
  if (gone_) return -ENODEV;
  const bool exists = std::any_of(
      facts_.interfaces.begin(), facts_.interfaces.end(),
      [interface](const InterfaceFolder& folder) { return folder.number == interface; });
  if (!exists) return -ENOENT;
  std::set<int>& mine = files_[file].claimed;
  if (!mine.contains(interface) && !driver(interface).empty()) return -EBUSY;
  mine.insert(interface);
  node_.show_driver(interface, driver(interface));
  return end(step);
}

long Connection::detach_and_claim(UMockdevIoctlClient* file) {
  const auto& wish = argument<usbdevfs_disconnect_claim>(file);
  const int interface = static_cast<int>(wish.interface);
  const std::string holder = driver(interface);
  if (!holder.empty()) {
    const bool named = holder == wish.driver;
    if ((wish.flags & USBDEVFS_DISCONNECT_CLAIM_IF_DRIVER) != 0 && !named) return -EBUSY;
    if ((wish.flags & USBDEVFS_DISCONNECT_CLAIM_EXCEPT_DRIVER) != 0 && named) return -EBUSY;
    if (const long refused = detach(interface); refused < 0) return refused;
  }
  return claim(file, interface);
}

long Connection::release(UMockdevIoctlClient* file, int interface) {
  const Step step{StepKind::released, interface, {}};
  if (const long refused = begin(step); refused < 0) return refused;
  if (gone_) return -ENODEV;
  if (files_[file].claimed.erase(interface) == 0) return -EINVAL;
  // The kernel ends what still waits on the endpoints of an interface that is given back.
  for (auto& [address, endpoint] : endpoints_) {
    if (address == 0 || endpoint.interface != interface) continue;
    while (!gone_ && !endpoint.pending.empty()) complete_first(address, endpoint, -ESHUTDOWN);
  }
  node_.show_driver(interface, driver(interface));
  return end(step);
}

long Connection::detach_or_attach(UMockdevIoctlClient* file) {
  const auto& wish = argument<usbdevfs_ioctl>(file);
  const auto code = static_cast<unsigned>(wish.ioctl_code);
  if (code == USBDEVFS_DISCONNECT) return detach(wish.ifno);
  if (code == USBDEVFS_CONNECT) return attach(wish.ifno);
  return -ENOTTY;
}

long Connection::detach(int interface) {
  const std::string name = driver(interface);
  if (name.empty()) return -ENODATA;
  const Step step{StepKind::detached, interface, name};
  if (const long refused = begin(step); refused < 0) return refused;
  if (gone_) return -ENODEV;
  drivers_.erase(interface);
  node_.show_driver(interface, driver(interface));
  return end(step);
}

// 1: the interface has its driver again; 0: the kernel has none for it.
long Connection::attach(int interface) {
  if (!driver(interface).empty()) return -EBUSY;
  const auto usual = spec_.kernel_drivers.find(interface);
  if (usual == spec_.kernel_drivers.end()) return 0;
  const Step step{StepKind::attached, interface, usual->second};
  if (const long refused = begin(step); refused < 0) return refused;
  if (gone_) return -ENODEV;
  drivers_[interface] = usual->second;
  node_.show_driver(interface, usual->second);
  end(step);
  return 1;
}

long Connection::choose_alternate(UMockdevIoctlClient* file) {
  const auto& wish = argument<usbdevfs_setinterface>(file);
  const int interface = static_cast<int>(wish.interface);
  const Step step{StepKind::alternate, interface, std::to_string(wish.altsetting)};
  if (const long refused = begin(step); refused < 0) return refused;
  if (gone_) return -ENODEV;
  if (const long bad = check_claim(file, interface, "an alternate setting"); bad < 0) return bad;
  return end(step);
}

long Connection::clear_halt(UMockdevIoctlClient* file) {
  const auto address = static_cast<std::uint8_t>(argument<unsigned>(file));
  const Step step{StepKind::halt_cleared, address, {}};
  if (const long refused = begin(step); refused < 0) return refused;
  if (gone_) return -ENODEV;
  const auto found = endpoints_.find(address);
  if (found == endpoints_.end()) return -ENOENT;
  if (const long bad = check_claim(file, found->second.interface, "clearing a halt"); bad < 0)
    return bad;
  found->second.halted = false;
  serve(address);
  return end(step);
}

long Connection::reset_device() {
  const Step step{StepKind::reset, 0, {}};
  if (const long refused = begin(step); refused < 0) return refused;
  if (gone_) return -ENODEV;
  for (auto& [address, endpoint] : endpoints_) {
    endpoint.halted = false;
    endpoint.packets.clear();
    while (!gone_ && !endpoint.pending.empty()) complete_first(address, endpoint, -EPROTO);
  }
  gadget_.power_up();
  return end(step);
}

// ---- transfers --------------------------------------------------------------------------------

// The kernel claims a free interface for a program that forgot it, and complains in its log.
long Connection::check_claim(UMockdevIoctlClient* file, int interface, const std::string& what) {
  if (files_[file].claimed.contains(interface)) return 0;
  memory_->misuse.push_back(what + " without claiming interface " + std::to_string(interface));
  if (!driver(interface).empty()) return -EBUSY;
  files_[file].claimed.insert(interface);
  node_.show_driver(interface, driver(interface));
  return 0;
}

long Connection::check_control(UMockdevIoctlClient* file, const Setup& setup) {
  const bool vendor = (setup.request_type & 0x60U) == 0x40U;
  const bool device_id = setup.request_type == 0xA1 && setup.request == 0;
  const int recipient = setup.request_type & 0x1F;
  if (vendor || device_id || recipient != 1) return 0;
  return check_claim(file, setup.index & 0xFF, "a request");
}

long Connection::submit(UMockdevIoctlClient* file) {
  Urb urb(file, next_id_++);
  if (!urb.is_whole()) return -ENODEV;
  const bool control = urb.is_control();
  const std::uint8_t address = control ? 0 : urb.endpoint();
  const auto found = endpoints_.find(address);
  if (found == endpoints_.end()) return -ENOENT;
  Endpoint& endpoint = found->second;
  Step step{StepKind::submitted, address, std::to_string(urb.size())};
  if (control) {
    if (urb.size() < 8) return -EINVAL;
    const Setup setup = setup_of(urb.buffer());
    if (urb.size() < 8U + setup.length) return -EINVAL;
    step = {StepKind::control, 0, describe(setup)};
    if (const long bad = check_control(file, setup); bad < 0) return bad;
  } else {
    const long bad = check_claim(file, endpoint.interface, "a transfer");
    if (bad < 0) return bad;
    if (endpoint.max_packet == 0) return -EMSGSIZE;
    if (!urb.continues()) endpoint.cut_short = false;
    if (endpoint.cut_short) return -EREMOTEIO;
  }
  const long refused = begin(step);
  if (gone_) return -ENODEV;
  if (refused < 0 && !control) return refused;
  endpoint.pending.push_back(std::move(urb));
  // A control request that is refused was sent, and the device stalled it.
  if (refused < 0) endpoint.next_error = static_cast<int>(refused);
  serve(address);
  return end(step);
}

long Connection::discard(UMockdevIoctlClient* file) {
  const std::uint64_t address = raw_argument(file);
  for (auto& [number, endpoint] : endpoints_) {
    const auto found = std::find_if(
        endpoint.pending.begin(), endpoint.pending.end(),
        [&](const Urb& urb) { return urb.file() == file && urb.address() == address; });
    if (found == endpoint.pending.end()) continue;
    const std::uint64_t id = found->id();
    const Step step{StepKind::cancelled, number, {}};
    begin(step);
    if (gone_) return -ENODEV;
    const auto still = std::find_if(endpoint.pending.begin(), endpoint.pending.end(),
                                    [id](const Urb& urb) { return urb.id() == id; });
    if (still == endpoint.pending.end()) return -EINVAL;
    Urb urb = std::move(*still);
    endpoint.pending.erase(still);
    urb.set_status(-ENOENT);
    const Step done{StepKind::completed, number,
                    std::to_string(urb.status()) + ' ' + std::to_string(urb.moved())};
    begin(done);
    files_[file].done.push_back(std::move(urb));
    node_.set_writable(true);
    end(done);
    return end(step);
  }
  return -EINVAL;
}

long Connection::reap(UMockdevIoctlClient* file) {
  std::deque<Urb>& done = files_[file].done;
  if (done.empty()) {
    update_writable();
    return gone_ ? -ENODEV : -EAGAIN;
  }
  done.front().hand_back(file);
  done.pop_front();
  update_writable();
  return 0;
}

}  // namespace packbench::test
