#include "tests/usb/usbfs_node.h"

#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <umockdev.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include "base/check.h"

namespace packbench::test {
namespace {

namespace fs = std::filesystem;

// A file that nobody may write, not even root: sysctl looks at its mode alone.
constexpr const char* kForbidden = "/proc/sys/kernel/ostype";

std::string hex(unsigned value, int digits) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%0*x", digits, value);
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

// In the notation of umockdev: P path, E property, A attribute, H attribute in hexadecimal.
std::string description(const NodeFacts& facts, const std::string& path,
                        const std::string& folder) {
  const Identity& who = facts.identity;
  std::string text = "P: " + folder.substr(4) + "\n";
  const auto property = [&text](const std::string& name, const std::string& value) {
    text += "E: " + name + '=' + value + '\n';
  };
  const auto attribute = [&text](const std::string& name, const std::string& value) {
    if (!value.empty()) text += "A: " + name + '=' + value + "\\n\n";
  };
  property("SUBSYSTEM", "usb");
  property("DRIVER", "usb");
  property("DEVTYPE", "usb_device");
  property("BUSNUM", decimal(facts.bus, 3));
  property("DEVNUM", decimal(facts.address, 3));
  property("DEVNAME", path);
  property("MAJOR", "189");
  property("MINOR", std::to_string((facts.bus - 1) * 128 + facts.address - 1));
  property("PRODUCT", hex(who.vendor, 1) + '/' + hex(who.product, 1) + "/100");
  attribute("busnum", std::to_string(facts.bus));
  attribute("devnum", std::to_string(facts.address));
  attribute("speed", facts.speed);
  attribute("idVendor", hex(who.vendor, 4));
  attribute("idProduct", hex(who.product, 4));
  attribute("bcdDevice", "0100");
  attribute("bConfigurationValue", "1");
  attribute("bNumInterfaces", ' ' + std::to_string(facts.interfaces.size()));
  attribute("manufacturer", who.maker);
  attribute("product", who.name);
  attribute("serial", who.serial);
  text += "H: descriptors=";
  for (const std::uint8_t byte : facts.descriptors) text += hex(byte, 2);
  return text + '\n';
}

}  // namespace

UsbfsNode::UsbfsNode(UMockdevTestbed* testbed, NodeFacts facts)
    : testbed_(testbed), facts_(std::move(facts)) {
  gchar* root = umockdev_testbed_get_root_dir(testbed_);
  root_ = root;
  g_free(root);
  path_ = "/dev/bus/usb/" + decimal(facts_.bus, 3) + '/' + decimal(facts_.address, 3);
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
  fs::create_directories(fs::path(root_ + path_).parent_path());
  set_permitted(true);
  for (const InterfaceFolder& interface : facts_.interfaces) add_interface(interface);
}

UsbfsNode::~UsbfsNode() {
  vanish();
}

void UsbfsNode::appear() {
  GError* error = nullptr;
  // It has no "N:" line, so that umockdev does not put a file of its own at the node's path.
  umockdev_testbed_add_from_string(testbed_, description(facts_, path_, folder_).c_str(), &error);
  CHECK(error == nullptr);
  shown_ = true;
}

void UsbfsNode::vanish() {
  if (slave_ < 0) return;
  // The path goes first: the number of a closed terminal is free for the next device.
  fs::remove(root_ + path_);
  ::close(slave_);
  ::close(master_);
  slave_ = master_ = -1;
  for (const InterfaceFolder& interface : facts_.interfaces) {
    fs::remove(root_ + "/sys/bus/usb/devices/" +
               fs::path(interface_folder(interface.number)).filename().string());
  }
  if (shown_) umockdev_testbed_uevent(testbed_, folder_.c_str(), "remove");
  umockdev_testbed_remove_device(testbed_, folder_.c_str());
  shown_ = false;
}

void UsbfsNode::set_writable(bool writable) {
  if (slave_ < 0 || writable == writable_) return;
  writable_ = writable;
  tcflow(slave_, writable ? TCOON : TCOOFF);
}

void UsbfsNode::set_permitted(bool permitted) {
  fs::remove(root_ + path_);
  fs::create_symlink(permitted ? terminal_ : kForbidden, root_ + path_);
}

std::string UsbfsNode::interface_folder(int number) const {
  return folder_ + '/' + facts_.port + ":1." + std::to_string(number);
}

void UsbfsNode::add_interface(const InterfaceFolder& interface) {
  const std::string seen = interface_folder(interface.number);
  const fs::path folder = root_ + seen;
  fs::create_directories(folder);
  write_file(folder / "bInterfaceNumber",
             bytes_of(hex(static_cast<unsigned>(interface.number), 2) + "\n"));
  write_file(folder / "bInterfaceClass", bytes_of(hex(interface.usb_class, 2) + "\n"));
  write_file(folder / "bInterfaceSubClass", bytes_of(hex(interface.subclass, 2) + "\n"));
  write_file(folder / "bInterfaceProtocol", bytes_of(hex(interface.protocol, 2) + "\n"));
  const fs::path all = root_ + "/sys/bus/usb/devices";
  fs::create_directories(all);
  fs::create_symlink("../../.." + seen.substr(4), all / folder.filename());
}

void UsbfsNode::show_driver(int interface, const std::string& driver) {
  if (slave_ < 0) return;
  const fs::path folder = root_ + interface_folder(interface);
  const fs::path hid = folder / ("0003:" + hex(facts_.identity.vendor, 4) + ':' +
                                 hex(facts_.identity.product, 4) + ".0001");
  fs::remove(folder / "driver");
  fs::remove_all(hid);
  if (driver.empty()) return;
  const fs::path home = root_ + "/sys/bus/usb/drivers/" + driver;
  fs::create_directories(home);
  fs::create_symlink(home, folder / "driver");
  if (driver != "usbhid") return;
  fs::create_directories(hid);
  for (const InterfaceFolder& known : facts_.interfaces) {
    if (known.number == interface) write_file(hid / "report_descriptor", known.report_descriptor);
  }
}

}  // namespace packbench::test
