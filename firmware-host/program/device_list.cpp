#include "program/device_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "program/usb_spec.h"
#include "station/reason_words.h"

namespace packbench::program {
namespace {

using nlohmann::ordered_json;
using ports::DeviceBinding;
using ports::DeviceRole;
using ports::DeviceState;
using station::Language;

constexpr std::string_view kUsb = "usb";
constexpr const char* kOwnRules = "/etc/udev/rules.d/71-packbench-own.rules";
constexpr const char* kReload =
    "sudo udevadm control --reload && sudo udevadm trigger --subsystem-match=usb --action=change";

std::string_view lane_word(const DeviceState& state) {
  if (state.role != DeviceRole::scanner) return "";
  return state.lane == ports::Lane::dock ? "dock" : "bench";
}

std::string id_text(std::uint16_t vendor, std::uint16_t product) {
  return fmt::format("{:04x}:{:04x}", vendor, product);
}

std::string usb_id(const DeviceState& state) {
  return state.place.empty() ? std::string() : id_text(state.vendor_id, state.product_id);
}

std::string wanted_id(const DeviceBinding& wanted) {
  return wanted.vendor == 0 && wanted.product == 0 ? "" : id_text(wanted.vendor, wanted.product);
}

// "Said in English / 用中文说的", as errors of drivers are written.
std::string in_language(const std::string& text, Language language) {
  const std::size_t part = text.find(" / ");
  if (part == std::string::npos) return text;
  return language == Language::zh ? text.substr(part + 3) : text.substr(0, part);
}

bool may_not_be_opened(const DeviceState& state) {
  return state.reason == "not-permitted" && !state.place.empty();
}

std::string who(const DeviceState& state) {
  std::string text;
  if (!state.place.empty()) {
    text = state.vendor + " " + state.model + " (" + usb_id(state) + ")";
    if (!state.serial.empty()) text += " " + state.serial;
  } else if (state.wanted) {
    for (const auto& [key, value] :
         {std::pair{"serial", state.wanted->serial}, std::pair{"port", state.wanted->port},
          std::pair{"id", wanted_id(*state.wanted)}}) {
      if (!value.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, value);
    }
  }
  if (!state.name.empty()) text += (text.empty() ? "\"" : " \"") + state.name + "\"";
  return text;
}

std::string permission_lines(const DeviceState& state, bool zh) {
  const std::string indent(9, ' ');
  std::string out = indent;
  out += zh ? "1. sudo assets/udev/install 用户名，然后注销再登录\n"
            : "1. sudo assets/udev/install USER, then sign out of the machine and in again\n";
  out += indent;
  out += zh ? fmt::format("2. 还不行：把这一行写进 {}\n", kOwnRules)
            : fmt::format("2. Where that is done already: write this line into {}\n", kOwnRules);
  out += indent + "   " + udev_rule(state) + "\n" + indent;
  out += zh ? "   再运行：" : "   and run: ";
  return out + kReload + "\n";
}

std::string device_line(const DeviceState& state, Language language) {
  const bool zh = language == Language::zh;
  std::string line = fmt::format("{:<8} {:<6} {:<8} ", ports::role_name(state.role),
                                 lane_word(state), state.place.empty() ? "-" : state.place);
  const std::string name = who(state);
  if (!name.empty()) line += name + "  ";
  if (!state.driver.empty()) line += state.driver + "  ";
  if (state.usable) return line + (zh ? "好用\n" : "ready\n");
  line += station::reason_word(state.reason, language);
  if (!state.holder.empty()) line += " (" + state.holder + ")";
  const std::string advice = station::reason_advice(state.reason, language);
  if (!advice.empty()) line += (zh ? "：" : ": ") + advice;
  line += "\n";
  if (may_not_be_opened(state)) return line + permission_lines(state, zh);
  // Details are in English; what they add is for whoever looks after the machine.
  if (!zh && state.holder.empty() && !state.detail.empty())
    line += std::string(9, ' ') + state.detail + "\n";
  return line;
}

ordered_json state_json(const DeviceState& state, Language language) {
  ordered_json out{{"role", ports::role_name(state.role)},
                   {"lane", lane_word(state)},
                   {"name", state.name},
                   {"port", state.place},
                   {"vendor", state.vendor},
                   {"model", state.model},
                   {"serial", state.serial},
                   {"id", usb_id(state)},
                   {"driver", state.driver},
                   {"usable", state.usable},
                   {"reason", state.reason},
                   {"text", station::reason_word(state.reason, language)},
                   {"next", station::reason_advice(state.reason, language)},
                   {"detail", state.detail},
                   {"holder", state.holder},
                   {"udev_rule", may_not_be_opened(state) ? udev_rule(state) : ""},
                   {"wanted", nullptr}};
  if (state.wanted)
    out["wanted"] = {{"serial", state.wanted->serial},
                     {"port", state.wanted->port},
                     {"id", wanted_id(*state.wanted)}};
  return out;
}

// The place of a printer without a name is always there; nothing is missing that nobody asked for.
std::vector<DeviceState> asked_for(const DeviceList& list) {
  std::vector<DeviceState> states = list.states;
  if (list.printer != kUsb && list.fallback_printer != kUsb)
    std::erase_if(states, [](const DeviceState& state) {
      return state.role == DeviceRole::printer && state.place.empty() && state.name.empty();
    });
  return states;
}

// "printer: usb:front → Zebra ZD420 (0a5f:0120) at 1-2"
std::string printer_line(const char* key, const std::string& spec,
                         const std::vector<DeviceState>& states, Language language) {
  const bool zh = language == Language::zh;
  const std::string line = fmt::format("{}: {}", key, spec.empty() ? "none" : spec);
  if (spec.empty() || spec == "none")
    return line + (zh ? "（面单哪里也不去；在 packbench.toml 里设 printer）\n"
                      : " (labels go nowhere; set printer in packbench.toml)\n");
  if (!is_usb(spec)) return line + "\n";
  const auto state = std::find_if(states.begin(), states.end(), [&](const DeviceState& s) {
    return s.role == DeviceRole::printer && s.name == usb_name(spec) && s.reason != "unbound";
  });
  if (state == states.end()) return line + (zh ? " → 没找到打印机\n" : " → no printer found\n");
  if (state->place.empty() || state->reason == "ambiguous")
    return line + " → " + station::reason_word(state->reason, language) + "\n";
  return fmt::format("{} → {} {} ({}) {} {}\n", line, state->vendor, state->model, usb_id(*state),
                     zh ? "在" : "at", state->place);
}

std::string settings_line(const DeviceList& list, bool zh) {
  if (!list.file.empty()) return "";
  if (!list.has_data)
    return zh ? "没有文件夹 " + list.data + "：用的是默认设置；用 --data 指定数据文件夹\n"
              : "there is no folder " + list.data +
                    ": every default holds; name the data directory with --data\n";
  return zh ? list.data + " 里没有 packbench.toml：用的是默认设置\n"
            : list.data + " has no packbench.toml: every default holds\n";
}

std::string missing_lines(const std::vector<DeviceState>& states, bool zh) {
  const auto none = [&](DeviceRole role) {
    return std::none_of(states.begin(), states.end(),
                        [&](const DeviceState& state) { return state.role == role; });
  };
  if (states.empty())
    return zh ? "没有插着扫码枪、面单打印机或秤；没显示的设备看 README 的“设备”一节\n"
              : "no scanner, label printer or scale is plugged in; for one that is not shown "
                "see Devices in the README\n";
  std::string out;
  if (none(DeviceRole::scanner)) out += zh ? "没找到扫码枪\n" : "no scanner found\n";
  if (none(DeviceRole::printer)) out += zh ? "没找到打印机\n" : "no printer found\n";
  return out;
}

}  // namespace

std::string udev_rule(const DeviceState& state) {
  return fmt::format(
      R"(SUBSYSTEM=="usb", ATTR{{idVendor}}=="{:04x}", ATTR{{idProduct}}=="{:04x}", )"
      R"(GROUP="packbench", MODE="0660")",
      state.vendor_id, state.product_id);
}

std::string device_lines(const DeviceList& list, Language language) {
  const bool zh = language == Language::zh;
  const auto states = asked_for(list);
  std::string out = settings_line(list, zh);
  if (list.bus_problem) out += in_language(list.bus_problem->text, language) + "\n";
  for (const DeviceState& state : states) out += device_line(state, language);
  if (!list.bus_problem) out += missing_lines(states, zh);
  out += printer_line("printer", list.printer, states, language);
  if (!list.fallback_printer.empty())
    out += printer_line("fallback_printer", list.fallback_printer, states, language);
  return out;
}

std::string device_json(const DeviceList& list, Language language) {
  ordered_json out{
      {"bus", !list.bus_problem},
      {"problem", list.bus_problem ? in_language(list.bus_problem->text, language) : ""},
      {"configuration", list.file},
      {"printer", list.printer.empty() ? "none" : list.printer},
      {"fallback_printer", list.fallback_printer.empty() ? "none" : list.fallback_printer}};
  out["devices"] = ordered_json::array();
  for (const DeviceState& state : asked_for(list))
    out["devices"].push_back(state_json(state, language));
  return out.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace packbench::program
