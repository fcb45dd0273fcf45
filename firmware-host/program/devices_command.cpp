// packbench devices: what is plugged in, what each one is for, and what to do where one is not
// well.
#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/bounded.h"
#include "host/label_content.h"
#include "label/label.h"
#include "program/label_templates.h"
#include "program/bench_devices.h"
#include "program/commands.h"
#include "station/reason_words.h"

namespace packbench::program {
namespace {

using nlohmann::ordered_json;
using ports::DeviceRole;
using ports::DeviceState;
using station::Language;

constexpr std::chrono::seconds kTestPatience{30};
constexpr std::chrono::seconds kScalePatience{2};

std::string_view lane_word(const DeviceState& state) {
  if (state.role != DeviceRole::scanner) return "";
  return state.lane == ports::Lane::dock ? "dock" : "bench";
}

std::string usb_id(const DeviceState& state) {
  return state.place.empty() ? std::string()
                             : fmt::format("{:04x}:{:04x}", state.vendor_id, state.product_id);
}

ordered_json device_json(const DeviceState& state, Language language) {
  return {{"role", ports::role_name(state.role)},
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
          {"detail", state.detail}};
}

void print_device(const DeviceState& state, Language language) {
  const bool zh = language == Language::zh;
  std::string line = fmt::format("{:<8} {:<6} {:<8}", ports::role_name(state.role),
                                 lane_word(state), state.place.empty() ? "-" : state.place);
  if (!state.place.empty()) line += state.vendor + " " + state.model + " (" + usb_id(state) + ")";
  if (!state.serial.empty()) line += " " + state.serial;
  if (!state.name.empty()) line += " \"" + state.name + "\"";
  if (!state.driver.empty()) line += "  " + state.driver;
  std::cout << line << "  ";
  if (state.usable) {
    std::cout << (zh ? "好用" : "ready") << "\n";
    return;
  }
  std::cout << station::reason_word(state.reason, language);
  const std::string advice = station::reason_advice(state.reason, language);
  if (!advice.empty()) std::cout << (zh ? "：" : ": ") << advice;
  std::cout << "\n";
  if (!state.detail.empty()) std::cout << "         " << state.detail << "\n";
}

// A bench uses the printers that it is told to; the list shows all of them.
drivers::DevicesOptions options_for_all(const host::Config& config) {
  drivers::DevicesOptions options = device_options(config);
  options.printers = {""};
  for (const ports::DeviceBinding& binding : config.devices) {
    if (binding.role == DeviceRole::printer && !binding.name.empty())
      options.printers.push_back(binding.name);
  }
  return options;
}

void list(const drivers::Devices& devices, bool json, Language language) {
  const auto problem = devices.bus_problem();
  // The place for a printer is always there; without one nothing is missing that was asked for.
  std::vector<DeviceState> states = devices.states();
  std::erase_if(states, [](const DeviceState& state) {
    return state.role == DeviceRole::printer && state.place.empty() && state.name.empty();
  });
  if (json) {
    ordered_json out{{"bus", !problem}, {"problem", problem ? problem->text : ""}};
    out["devices"] = ordered_json::array();
    for (const DeviceState& state : states) out["devices"].push_back(device_json(state, language));
    std::cout << out.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << std::endl;
    return;
  }
  if (problem) std::cout << problem->text << "\n";
  if (!problem && states.empty())
    std::cout
        << (language == Language::zh
                ? "没有插着扫码枪、面单打印机或秤；没显示的设备看 README 的“设备”一节\n"
                : "no scanner, label printer or scale is plugged in; for one that is not shown "
                  "see Devices in the README\n");
  for (const DeviceState& state : states) print_device(state, language);
}

Result<std::string> print_test_label(ports::LabelPrinter& printer, const Places& places,
                                     const host::Config& config) {
  Order order;
  order.key = {"", "", "TEST"};
  PersonalData person;
  person.receiver.name = "TEST";
  person.receiver.address = "packbench devices --test";
  const auto content = host::specimen_content(order, person, config, {"TEST", machine_now().wall});
  const auto language = label::label_language(printer.language());
  const auto templates = load_templates(places);
  if (!templates) return templates.error();
  const auto label = draw_label(config.label, templates.value(), content,
                                language.value_or(label::LabelLanguage::zpl));
  if (!label) return label.error();
  if (const Status ready = printer.ready(); !ready) return ready.error();
  const auto outcome =
      printer.print({"TEST", label.value().job, {}, label::language_word(label.value().language)},
                    config.print_deadline);
  if (outcome.result == ports::PrintResult::printed) return std::string("printed");
  return Error{outcome.reason, ""};
}

using Weights = BoundedQueue<std::int64_t>;
using Scans = BoundedQueue<std::pair<ports::Lane, Barcode>>;

// Whether every device that is usable did its work.
bool try_all(drivers::Devices& devices, const Places& places, const host::Config& config,
             Scans& scans, Weights& weights) {
  const Language language = config.language;
  const bool zh = language == Language::zh;
  bool good = true;
  for (const DeviceState& state : devices.states()) {
    if (!state.usable) continue;
    if (state.role == DeviceRole::scanner) {
      std::cout << (zh ? "扫任何一个码…" : "scan any code ...") << std::endl;
      const auto scan = scans.pop_within(kTestPatience);
      good = good && scan.has_value();
      if (scan)
        std::cout << fmt::format(
            "{}  {}  {}\n", scan->first == ports::Lane::dock ? "dock" : "bench",
            scan->second.aim.empty() ? "-" : scan->second.aim, scan->second.bytes);
      else
        std::cout << (zh ? "什么也没读到\n" : "nothing was read\n");
    } else if (state.role == DeviceRole::printer) {
      const auto printed = print_test_label(devices.printer(state.name), places, config);
      good = good && printed.ok();
      std::cout << (printed ? (zh ? std::string("测试面单打了") : std::string("test label printed"))
                            : station::reason_word(printed.error().code, language))
                << "\n";
    } else if (state.role == DeviceRole::scale) {
      auto grams = devices.stable_weight();
      // A scale that was just opened has not said anything yet.
      if (!grams) grams = weights.pop_within(kScalePatience);
      std::cout << (grams
                        ? fmt::format("{} g", *grams)
                        : std::string(zh ? "秤上没有稳定的重量" : "no stable weight on the scale"))
                << "\n";
    }
  }
  return good;
}

}  // namespace

int run_devices(const DevicesRequest& request) {
  auto loaded = load_config(request.places);
  if (!loaded) return fail(loaded.error());
  host::Config config = std::move(loaded).value();
  config.language = request.language.value_or(config.language);
  Scans scans(16);
  drivers::DevicesListener listener;
  listener.scanned = [&](ports::Lane lane, Barcode code) {
    static_cast<void>(scans.push({lane, std::move(code)}));
  };
  Weights weights(16);
  listener.weighed = [&](std::int64_t grams) { static_cast<void>(weights.push(grams)); };
  const auto devices = drivers::Devices::start(options_for_all(config), std::move(listener));
  list(*devices, request.json, config.language);
  if (!request.test || devices->bus_problem()) return 0;
  return try_all(*devices, request.places, config, scans, weights) ? 0 : 1;
}

}  // namespace packbench::program
