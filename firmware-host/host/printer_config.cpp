#include "host/printer_config.h"

#include <set>

#include "host/config_section.h"

namespace packbench::host {
namespace {

constexpr std::string_view kUsb = "usb";
constexpr std::string_view kNamed = "usb:";
constexpr const char* kWords = "usb, usb:NAME, file:DIR, raw:PATH or none";

bool has_more(const std::string& spec, std::string_view prefix) {
  return spec.starts_with(prefix) && spec.size() > prefix.size();
}

bool is_usb(const std::string& spec) {
  return spec == kUsb || spec.starts_with(kNamed);
}

std::string quoted(const char* key, const std::string& spec) {
  return std::string(key) + " = \"" + spec + "\"";
}

std::string listed(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "usb:" : ", usb:") + name;
  return out;
}

// The printers that have a table: their names, "" for one without.
std::set<std::string> bound_printers(const Config& config) {
  std::set<std::string> names;
  for (const ports::DeviceBinding& device : config.devices) {
    if (device.role == ports::DeviceRole::printer) names.insert(device.name);
  }
  return names;
}

std::optional<Error> check_word(const char* key, const std::string& spec, const Config& config) {
  const bool known = spec.empty() || spec == "none" || is_usb(spec) || has_more(spec, "file:") ||
                     has_more(spec, "raw:");
  if (!known) return bad_file(quoted(key, spec) + " is not understood; write " + kWords);
  if (is_usb(spec) && !config.usb)
    return bad_file(quoted(key, spec) +
                    " cannot print while usb = false; take usb = false out, or write "
                    "file:DIR, raw:PATH or none");
  return std::nullopt;
}

std::optional<Error> check_name(const char* key, const std::string& spec,
                                std::set<std::string> names) {
  if (!spec.starts_with(kNamed)) return std::nullopt;
  names.erase("");
  const std::string name = spec.substr(kNamed.size());
  if (names.count(name) != 0) return std::nullopt;
  const std::string nobody = quoted(key, spec) + ", but no [[device]] printer has that name; ";
  if (names.empty())
    return bad_file(nobody + "give its [[device]] the name, or write usb for the only printer");
  if (const auto meant = nearest(name, names))
    return bad_file(nobody + "did you mean usb:" + *meant + "? There are " + listed(names));
  return bad_file(nobody + "there are " + listed(names));
}

// `usb` alone means the printer without a name, else the only one that is bound. `other` is what
// the other key says: what that one names cannot be meant here.
std::optional<Error> settle_usb(const char* key, std::string& spec, const std::string& other,
                                std::set<std::string> names) {
  if (spec != kUsb || names.count("") != 0) return std::nullopt;
  if (other.starts_with(kNamed)) names.erase(other.substr(kNamed.size()));
  if (names.size() > 1)
    return bad_file(quoted(key, spec) + " does not say which printer; write one of " +
                    listed(names));
  if (names.size() == 1) spec = std::string(kNamed) + *names.begin();
  return std::nullopt;
}

}  // namespace

std::optional<Error> settle_printers(Config& config) {
  const auto names = bound_printers(config);
  std::string& first = config.printer;
  std::string& second = config.fallback_printer;
  for (const auto& [key, spec] :
       {std::pair{"printer", &first}, std::pair{"fallback_printer", &second}}) {
    if (auto error = check_word(key, *spec, config)) return error;
    if (auto error = check_name(key, *spec, names)) return error;
  }
  if (!config.usb && !config.devices.empty())
    return bad_file(
        "usb = false leaves every [[device]] alone; take usb = false out, or the "
        "[[device]] tables");
  if (second == "none") second.clear();
  if (auto error = settle_usb("printer", first, second, names)) return error;
  if (auto error = settle_usb("fallback_printer", second, first, names)) return error;
  if (!second.empty() && second == first)
    return bad_config("fallback_printer", "another printer than the first");
  return std::nullopt;
}

}  // namespace packbench::host
