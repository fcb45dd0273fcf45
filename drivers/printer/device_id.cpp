#include "drivers/printer/device_id.h"

#include <algorithm>
#include <array>
#include <utility>

namespace packbench::drivers {
namespace {

constexpr std::size_t kLengthBytes = 2;

// Blanks around it, control bytes within it and what is no ASCII are not the printer's name.
std::string cleaned(std::string_view raw) {
  std::string out;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) continue;
    if (out.empty() && c == ' ') continue;
    out += byte > 0x7F ? '?' : c;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

enum class Key { none, manufacturer, model, command_set, serial, description };

Key key_of(std::string_view raw) {
  constexpr std::array<std::pair<std::string_view, Key>, 11> kKeys{{
      {"MANUFACTURER", Key::manufacturer},
      {"MFG", Key::manufacturer},
      {"MODEL", Key::model},
      {"MDL", Key::model},
      {"COMMAND SET", Key::command_set},
      {"CMD", Key::command_set},
      {"SERIALNUMBER", Key::serial},
      {"SERN", Key::serial},
      {"SN", Key::serial},
      {"DESCRIPTION", Key::description},
      {"DES", Key::description},
  }};
  std::string name = cleaned(raw);
  std::transform(name.begin(), name.end(), name.begin(), upper);
  for (const auto& [word, key] : kKeys) {
    if (name == word) return key;
  }
  return Key::none;
}

std::vector<std::string> split_commands(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < kCommandSetMax) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (std::string word = cleaned(text.substr(0, comma)); !word.empty()) {
      out.push_back(std::move(word));
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

void take_first(std::string& into, std::string_view value) {
  if (into.empty()) into = cleaned(value);
}

void take_pair(DeviceId& id, std::string_view pair) {
  const std::size_t colon = pair.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view value = pair.substr(colon + 1);
  switch (key_of(pair.substr(0, colon))) {
    case Key::manufacturer:
      return take_first(id.manufacturer, value);
    case Key::model:
      return take_first(id.model, value);
    case Key::serial:
      return take_first(id.serial, value);
    case Key::description:
      return take_first(id.description, value);
    case Key::command_set:
      if (id.command_set.empty()) id.command_set = split_commands(value);
      return;
    case Key::none:
      return;
  }
}

std::size_t byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

}  // namespace

DeviceId parse_device_id(std::string_view text) {
  text = text.substr(0, kDeviceIdMax);
  DeviceId id;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    take_pair(id, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return id;
}

std::string_view device_id_text(std::string_view answer) {
  if (answer.size() < kLengthBytes) return {};
  const std::size_t first = byte_at(answer, 0);
  const std::size_t second = byte_at(answer, 1);
  // Two letters instead of a length: no id is that long.
  const auto is_letter = [](std::size_t byte) { return byte >= 0x20 && byte < 0x7F; };
  if (is_letter(first) && is_letter(second)) return answer.substr(0, kDeviceIdMax);
  const std::size_t size = answer.size();
  const std::size_t big = first << 8U | second;
  const std::size_t little = second << 8U | first;
  // A length that fits exactly in some reading beats one that merely fits.
  std::size_t whole = size;
  const bool exact =
      big == size || big + kLengthBytes == size || little == size || little + kLengthBytes == size;
  if (!exact) {
    for (const std::size_t length : {big, little}) {
      if (length < kLengthBytes || length > size) continue;
      whole = length;
      break;
    }
  }
  return answer.substr(kLengthBytes, std::min(whole - kLengthBytes, kDeviceIdMax));
}

}  // namespace packbench::drivers
