#include "tests/usb/fake_bus.h"

#include <umockdev.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "tests/usb/listener.h"
#include "tests/usb/usbfs_node.h"

namespace packbench::test {
namespace {

constexpr int kAddressMax = 127;
// Files of a child have numbers of their own: umockdev names the socket that brings a program its
// news after the number of the file, and two programs with one number would share it.
constexpr int kFilesOfAChild = 64;

// umockdev complains of itself where a program ends without closing its files: harmless, and a test
// of just that should be quiet.
void print_complaint(const gchar* domain, GLogLevelFlags level, const gchar* text, gpointer) {
  if (std::string_view(text).find("Destroying IoctlClient") != std::string_view::npos) return;
  g_log_default_handler(domain, level, text, nullptr);
}

// For every open() that failed, the preloaded library keeps a connection for "file -1", and it has
// room for 50. Closing that file, which is none, gives them back; in this process, that is.
void disconnect_refused() {
  for (int i = 0; i < 50; ++i) ::close(-1);
}

NodeFacts hub_facts(const std::string& port, int address) {
  NodeFacts facts;
  facts.home = "/away-" + port;
  facts.address = address;
  facts.port = port;
  facts.speed = "480";
  facts.identity = {0x1D6B, 0x0002, "Linux", "Hub", {}};
  const Bytes interface = interface_descriptor({0, 9, 0, 0, 1, 0}) +
                          endpoint_descriptor(0x81, EndpointType::interrupt, 4, 12);
  facts.descriptors = device_descriptor(facts.identity, 9) + configuration_descriptor(1, interface);
  return facts;
}

}  // namespace

FakeBus::FakeBus(Hubs hubs) {
  // The terminal behind a node may become the controlling one of whoever opens it; closing it,
  // which is how a device leaves, would then end the program. Children inherit this.
  std::signal(SIGHUP, SIG_IGN);
  g_log_set_handler(nullptr, G_LOG_LEVEL_CRITICAL, print_complaint, nullptr);
  testbed_ = umockdev_testbed_new();
  if (umockdev_in_mock_environment() == FALSE) {
    std::fputs("libumockdev-preload is not loaded first; link with usb_emulation\n", stderr);
    CHECK(false);
  }
  gchar* root = umockdev_testbed_get_root_dir(testbed_);
  root_ = root;
  g_free(root);
  if (hubs == Hubs::root) add_hub("usb1");
}

FakeBus::~FakeBus() {
  // A program that was just killed is noticed a moment later; umockdev wants to see it go.
  if (!wait_until([this] { return lock_->open_files == 0; }, std::chrono::seconds(10)))
    std::fputs("a program still has an emulated device open\n", stderr);
  while (!hubs_.empty()) hubs_.pop_back();
  wait_until([this] { return lock_->clients == 0; }, std::chrono::seconds(1));
  g_object_unref(testbed_);
}

bool FakeBus::wait_until(const std::function<bool()>& predicate,
                         std::chrono::milliseconds patience) {
  std::unique_lock lock(lock_->mutex);
  disconnect_refused();
  return lock_->changed.wait_for(lock, patience, predicate);
}

std::unique_ptr<ChildProcess> FakeBus::start(const std::vector<std::string>& command,
                                             ChildOptions options) {
  options.environment.push_back("UMOCKDEV_DIR=" + root_);
  options.environment.push_back("LD_PRELOAD=" + preload_list());
  // Room for this process's own files below those of its children.
  options.first_file = kFilesOfAChild * (2 + children_++);
  return std::make_unique<ChildProcess>(command, options);
}

int FakeBus::take_address() {
  const auto guard = lock();
  disconnect_refused();
  last_address_ = last_address_ % kAddressMax + 1;
  if (last_address_ == 1 && !hubs_.empty()) last_address_ = static_cast<int>(hubs_.size()) + 1;
  return last_address_;
}

Listener& FakeBus::listener(int address) {
  const auto guard = lock();
  std::shared_ptr<Listener>& found = listeners_[address];
  if (!found) {
    found = std::make_shared<Listener>(lock_);
    found->listen(testbed_, usbfs_path(1, address));
  }
  return *found;
}

std::string FakeBus::take_home() {
  const auto guard = lock();
  return "/away-" + std::to_string(++homes_);
}

void FakeBus::need_hubs(const std::string& port) {
  const auto guard = lock();
  for (std::size_t dot = port.find('.'); dot != std::string::npos; dot = port.find('.', dot + 1))
    add_hub(port.substr(0, dot));
}

void FakeBus::add_hub(const std::string& port) {
  for (const auto& [known, node] : hubs_) {
    if (known == port) return;
  }
  NodeFacts facts = hub_facts(port, take_address());
  facts.root = root_;
  auto node = std::make_unique<UsbfsNode>(std::move(facts));
  node->set_permitted(false);
  node->appear();
  hubs_.emplace_back(port, std::move(node));
}

}  // namespace packbench::test
