#include "host/device_config.h"

#include <algorithm>
#include <charconv>

namespace packbench::host {
namespace {

using ports::DeviceBinding;
using ports::DeviceRole;
using ports::Lane;

// "05e0:1200", hexadecimal as lsusb prints it.
bool parse_id(const std::string& text, DeviceBinding& device) {
  if (text.size() != 9 || text[4] != ':') return false;
  const auto number = [&](std::size_t at, std::uint16_t& out) {
    const char* first = text.data() + at;
    const auto [end, error] = std::from_chars(first, first + 4, out, 16);
    return error == std::errc() && end == first + 4;
  };
  return number(0, device.vendor) && number(5, device.product);
}

// "1-2.3": bus and ports.
bool is_port(const std::string& text) {
  const auto dash = text.find('-');
  const auto plain = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  return dash != std::string::npos && dash > 0 && dash + 1 < text.size() &&
         std::all_of(text.begin(), text.end(), plain);
}

void read_scanner(Section& s, DeviceBinding& device) {
  choose<Lane>(s, "lane", device.lane, {{"bench", Lane::bench}, {"dock", Lane::dock}});
  choose<std::string>(s, "layout", device.layout, {{"us", "us"}, {"de", "de"}, {"fr", "fr"}});
  choose<std::string>(s, "terminator", device.terminator,
                      {{"enter", "enter"}, {"tab", "tab"}, {"either", "either"}, {"none", "none"}});
  std::int64_t idle_ms = device.idle.us / 1000;
  s.read("idle_ms", idle_ms, "a number of milliseconds");
  if (idle_ms < 10 || idle_ms > 2000) s.fail("idle_ms", "10 to 2000");
  device.idle = Duration::milliseconds(idle_ms);
  std::int64_t baud = device.baud;
  s.read("baud", baud, "a number");
  if (baud < 300 || baud > 921'600) s.fail("baud", "300 to 921600");
  device.baud = static_cast<int>(baud);
}

void read_who(Section& s, DeviceBinding& device) {
  choose<DeviceRole>(s, "role", device.role,
                     {{"scanner", DeviceRole::scanner},
                      {"printer", DeviceRole::printer},
                      {"scale", DeviceRole::scale}});
  if (device.role == DeviceRole::none) s.fail("role", "scanner, printer or scale");
  s.read("name", device.name, "a text");
  s.read("serial", device.serial, "a text");
  s.read("port", device.port, "bus and ports such as 1-2.3");
  if (!device.port.empty() && !is_port(device.port)) s.fail("port", "such as 1-2.3");
  std::string id;
  s.read("id", id, "vendor and product such as 05e0:1200");
  if (!id.empty() && !parse_id(id, device)) s.fail("id", "such as 05e0:1200");
  if (device.serial.empty() && device.port.empty() && id.empty())
    s.fail("serial", "given, or port, or id: which device is meant");
}

void read_printer(Section& s, DeviceBinding& device) {
  choose<std::string>(s, "language", device.language, {{"zpl", "zpl"}, {"tspl", "tspl"}});
}

std::optional<Error> read_device(const toml::table& table, const std::string& name,
                                 const KeyPlaces& places, DeviceBinding& device) {
  Section s(&table, name);
  read_who(s, device);
  if (device.role == DeviceRole::scanner) read_scanner(s, device);
  if (device.role == DeviceRole::printer) read_printer(s, device);
  return s.finish(places);
}

// What stands against two tables beside each other. Numbers are those of the tables, from 1.
std::optional<Error> compare(const DeviceBinding& a, std::size_t a_number, const DeviceBinding& b,
                             std::size_t b_number, std::size_t line) {
  const std::string both =
      "[[device]] " + std::to_string(a_number) + " and " + std::to_string(b_number);
  if (a.serial == b.serial && a.port == b.port && a.vendor == b.vendor && a.product == b.product)
    return bad_file(both +
                        " mean the same device, and a device has one role; take one out, or tell "
                        "two devices apart by serial or port",
                    line);
  if (a.role != b.role || a.lane != b.lane || a.name != b.name) return std::nullopt;
  const std::string role(ports::role_name(a.role));
  const std::string of = a.role != DeviceRole::scanner  ? ""
                         : a.lane == ports::Lane::bench ? " of the bench"
                                                        : " of the dock";
  if (a.name.empty())
    return bad_file(both + " are both a " + role + of +
                        " without a name; give each a name, such as name = \"left\"",
                    line);
  return bad_file(
      both + " are both the " + role + of + " named " + a.name + "; give each a name of its own",
      line);
}

}  // namespace

std::optional<Error> read_devices(toml::node_view<const toml::node> node, const KeyPlaces& places,
                                  std::vector<DeviceBinding>& devices) {
  if (!node) return std::nullopt;
  const toml::array* tables = node.as_array();
  if (tables == nullptr || !tables->is_homogeneous(toml::node_type::table))
    return bad_config("device", "written as [[device]]", line_of(node.node()));
  // A device's own keys before those of the same name elsewhere.
  KeyPlaces known;
  add_device_keys(known);
  known.insert(places.begin(), places.end());
  for (const toml::node& table : *tables) {
    DeviceBinding device;
    const std::size_t number = devices.size() + 1;
    const std::string name = "device " + std::to_string(number);
    if (auto error = read_device(*table.as_table(), name, known, device)) return error;
    for (std::size_t i = 0; i < devices.size(); ++i) {
      if (auto error = compare(devices[i], i + 1, device, number, line_of(&table))) return error;
    }
    devices.push_back(std::move(device));
  }
  return std::nullopt;
}

void add_device_keys(KeyPlaces& places) {
  const auto add = [&](void (*reader)(Section&, DeviceBinding&), const std::string& of) {
    Section keys(nullptr, "");
    DeviceBinding nobody;
    reader(keys, nobody);
    for (const std::string& key : keys.known())
      places.emplace(key, "it is a key of a [[device]]" + of);
  };
  add(read_scanner, " with role = \"scanner\"");
  add(read_printer, " with role = \"printer\"");
  add(read_who, "");
}

}  // namespace packbench::host
