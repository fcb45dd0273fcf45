#include "tests/usb/uevent.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "base/check.h"

namespace packbench::test {
namespace {

constexpr std::uint32_t kMagic = 0xFEEDCAFE;
constexpr std::uint32_t kHeaderBytes = 40;

// MurmurHash2 of Austin Appleby with seed 0: monitors compare it before they look at the text.
std::uint32_t hash(std::string_view text) {
  constexpr std::uint32_t kMultiplier = 0x5BD1E995;
  auto value = static_cast<std::uint32_t>(text.size());
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, text.data() + at, 4);
    word *= kMultiplier;
    word ^= word >> 24U;
    value = value * kMultiplier ^ word * kMultiplier;
  }
  for (std::size_t left = text.size() - at; left > 0; --left)
    value ^= static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[at + left - 1]))
             << (8 * (left - 1));
  if (at < text.size()) value *= kMultiplier;
  value ^= value >> 13U;
  value *= kMultiplier;
  return value ^ value >> 15U;
}

void add_own_order(Bytes& out, std::uint32_t value) {
  std::array<std::uint8_t, 4> bytes{};
  std::memcpy(bytes.data(), &value, 4);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void add_network_order(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
}

std::string_view find(const Properties& properties, std::string_view name) {
  const auto found = std::find_if(properties.begin(), properties.end(),
                                  [name](const auto& property) { return property.first == name; });
  return found == properties.end() ? std::string_view() : std::string_view(found->second);
}

void send_to(const std::filesystem::path& monitor, const Bytes& message) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = monitor.string();
  CHECK(path.size() < sizeof address.sun_path);
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  CHECK(fd >= 0);
  // An error means that nobody listens there any more.
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    static_cast<void>(::send(fd, message.data(), message.size(), MSG_NOSIGNAL));
  ::close(fd);
}

}  // namespace

Bytes uevent_message(const Properties& properties) {
  Bytes text;
  for (const auto& [name, value] : properties) {
    text = text + bytes_of(name + '=' + value);
    text.push_back(0);
  }
  Bytes message = {'l', 'i', 'b', 'u', 'd', 'e', 'v', 0};
  add_network_order(message, kMagic);
  add_own_order(message, kHeaderBytes);
  add_own_order(message, kHeaderBytes);  // where the properties begin
  add_own_order(message, static_cast<std::uint32_t>(text.size()));
  add_network_order(message, hash(find(properties, "SUBSYSTEM")));
  add_network_order(message, hash(find(properties, "DEVTYPE")));
  add_own_order(message, 0);  // no tags
  add_own_order(message, 0);
  CHECK(message.size() == kHeaderBytes);
  return message + text;
}

void send_uevent(const std::string& root, const Properties& properties) {
  const Bytes message = uevent_message(properties);
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (entry.path().filename().string().starts_with("event")) send_to(entry.path(), message);
  }
}

}  // namespace packbench::test
