// How a printer on USB is named in the configuration: "usb", or "usb:NAME" for one with a name of
// its own. Pure.
#pragma once

#include <string>
#include <string_view>

namespace packbench::program {

constexpr std::string_view kUsb = "usb";
constexpr std::string_view kUsbNamed = "usb:";

inline bool is_usb(const std::string& spec) {
  return spec == kUsb || spec.starts_with(kUsbNamed);
}

// Empty: whichever there is.
inline std::string usb_name(const std::string& spec) {
  return spec == kUsb ? std::string() : spec.substr(kUsbNamed.size());
}

}  // namespace packbench::program
