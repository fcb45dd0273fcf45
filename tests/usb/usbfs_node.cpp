#include "tests/usb/usbfs_node.h"

#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <utility>

#include "base/check.h"

namespace packbench::test {
namespace {

namespace fs = std::filesystem;

// A file that nobody may write, not even root: sysctl looks at its mode alone.
constexpr const char* kForbidden = "/proc/sys/kernel/ostype";
constexpr const char* kDevices = "/sys/bus/usb/devices";

std::string hex(unsigned value, int digits) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%0*x", digits, value);
  return text.data();
}

std::string upper_hex(unsigned value, int digits) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%0*X", digits, value);
  return text.data();
}

std::string decimal(int value, int digits) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%0*d", digits, value);
  return text.data();
}

void write_file(const fs::path& path, const Bytes& content) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
  file.close();
  CHECK(file.good());
}

// The folder of a port is below those of the hubs on the way: 1-1.2 is in usb1/1-1/1-1.2.
std::string folder_of(int bus, const std::string& port) {
  std::string folder = "/sys/devices/pci0000:00/0000:00:14.0/usb" + std::to_string(bus);
  if (port.starts_with("usb")) return folder;
  for (std::size_t dot = port.find('.'); dot != std::string::npos; dot = port.find('.', dot + 1))
    folder += '/' + port.substr(0, dot);
  return folder + '/' + port;
}

// What the kernel says of the device, in its news and in the file `uevent`.
Properties kernel_properties(const NodeFacts& facts, const std::string& device_name) {
  const Identity& who = facts.identity;
  return {{"MAJOR", "189"},
          {"MINOR", std::to_string((facts.bus - 1) * 128 + facts.address - 1)},
          {"DEVNAME", device_name},
          {"DEVTYPE", "usb_device"},
          {"DRIVER", "usb"},
          {"PRODUCT", hex(who.vendor, 1) + '/' + hex(who.product, 1) + "/100"},
          {"BUSNUM", decimal(facts.bus, 3)},
          {"DEVNUM", decimal(facts.address, 3)}};
}

}  // namespace

std::string usbfs_path(int bus, int address) {
  return "/dev/bus/usb/" + decimal(bus, 3) + '/' + decimal(address, 3);
}

UsbfsNode::UsbfsNode(NodeFacts facts) : facts_(std::move(facts)) {
  path_ = usbfs_path(facts_.bus, facts_.address);
  folder_ = folder_of(facts_.bus, facts_.port);
  std::array<char, 128> name{};
  termios raw{};
  cfmakeraw(&raw);
  CHECK(openpty(&master_, &slave_, name.data(), &raw, nullptr) == 0);
  // No child may hold the terminal open: closing it here is how the device leaves.
  ::fcntl(master_, F_SETFD, FD_CLOEXEC);
  ::fcntl(slave_, F_SETFD, FD_CLOEXEC);
  terminal_ = name.data();
  tcflow(slave_, TCOOFF);
  fs::create_directories(inside(path_).parent_path());
  set_permitted(true);
  const fs::path home = inside(facts_.home);
  if (!fs::exists(home)) build_folder(home);
  write_file(home / "devnum", bytes_of(std::to_string(facts_.address) + '\n'));
  std::string said;
  for (const auto& [key, value] : kernel_properties(facts_, path_.substr(5)))
    said += key + '=' + value + '\n';
  write_file(home / "uevent", bytes_of(said));
  fs::create_directories(inside(folder_).parent_path());
  fs::rename(home, inside(folder_));
}

UsbfsNode::~UsbfsNode() {
  vanish();
}

void UsbfsNode::build_folder(const fs::path& folder) const {
  const Identity& who = facts_.identity;
  const auto attribute = [&folder](const char* name, const std::string& value) {
    if (!value.empty()) write_file(folder / name, bytes_of(value + '\n'));
  };
  fs::create_directories(folder);
  attribute("busnum", std::to_string(facts_.bus));
  attribute("speed", facts_.speed);
  attribute("idVendor", hex(who.vendor, 4));
  attribute("idProduct", hex(who.product, 4));
  attribute("bConfigurationValue", "1");
  attribute("manufacturer", who.maker);
  attribute("product", who.name);
  attribute("serial", who.serial);
  write_file(folder / "descriptors", facts_.descriptors);
  fs::create_symlink(inside("/sys/bus/usb"), folder / "subsystem");
  for (const InterfaceFolder& interface : facts_.interfaces)
    fs::create_directory(folder / fs::path(interface_folder(interface.number)).filename());
}

void UsbfsNode::appear() {
  link_folders();
  announced_ = true;
  send_news("add");
}

void UsbfsNode::vanish() {
  if (slave_ < 0) return;
  // The path goes first: the number of a closed terminal is free for the next device.
  fs::remove(inside(path_));
  ::close(slave_);
  ::close(master_);
  slave_ = master_ = -1;
  unlink_folders();
  fs::rename(inside(folder_), inside(facts_.home));
  if (announced_) send_news("remove");
}

void UsbfsNode::link_folders() const {
  fs::create_directories(inside(kDevices));
  fs::create_symlink("../../.." + folder_.substr(4), inside(kDevices) / facts_.port);
  for (const InterfaceFolder& interface : facts_.interfaces) {
    const std::string folder = interface_folder(interface.number);
    fs::create_symlink("../../.." + folder.substr(4),
                       inside(kDevices) / fs::path(folder).filename());
  }
}

void UsbfsNode::unlink_folders() const {
  fs::remove(inside(kDevices) / facts_.port);
  for (const InterfaceFolder& interface : facts_.interfaces)
    fs::remove(inside(kDevices) / fs::path(interface_folder(interface.number)).filename());
}

void UsbfsNode::send_news(const std::string& action) const {
  static std::atomic<unsigned> number = 1;  // libudev takes no news without one
  Properties properties = kernel_properties(facts_, path_);
  properties.insert(properties.begin(), {{"ACTION", action},
                                         {"DEVPATH", folder_.substr(4)},
                                         {"SUBSYSTEM", "usb"},
                                         {"SEQNUM", std::to_string(number++)}});
  send_uevent(facts_.root, properties);
}

void UsbfsNode::set_writable(bool writable) {
  if (slave_ < 0 || writable == writable_) return;
  writable_ = writable;
  tcflow(slave_, writable ? TCOON : TCOOFF);
}

void UsbfsNode::set_permitted(bool permitted) {
  if (slave_ < 0) return;
  fs::remove(inside(path_));
  fs::create_symlink(permitted ? terminal_ : kForbidden, inside(path_));
}

std::string UsbfsNode::interface_folder(int number) const {
  return folder_ + '/' + facts_.port + ":1." + std::to_string(number);
}

void UsbfsNode::show_driver(int interface, const std::string& driver) {
  if (slave_ < 0) return;
  const fs::path folder = inside(interface_folder(interface));
  const fs::path hid = folder / ("0003:" + upper_hex(facts_.identity.vendor, 4) + ':' +
                                 upper_hex(facts_.identity.product, 4) + ".0001");
  fs::remove(folder / "driver");
  fs::remove(hid / "report_descriptor");
  fs::remove(hid);
  if (driver.empty()) return;
  const fs::path home = inside("/sys/bus/usb/drivers/" + driver);
  fs::create_directories(home);
  fs::create_symlink(home, folder / "driver");
  if (driver != "usbhid") return;
  fs::create_directories(hid);
  for (const InterfaceFolder& known : facts_.interfaces) {
    if (known.number == interface) write_file(hid / "report_descriptor", known.report_descriptor);
  }
}

}  // namespace packbench::test
