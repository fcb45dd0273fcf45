// packbench devices: looks at what is plugged in, and tries it.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <iostream>

#include "base/bounded.h"
#include "host/label_content.h"
#include "label/label.h"
#include "program/bench_devices.h"
#include "program/commands.h"
#include "program/device_list.h"
#include "program/label_templates.h"
#include "station/reason_words.h"

namespace packbench::program {
namespace {

using ports::DeviceRole;
using ports::DeviceState;
using station::Language;

constexpr std::chrono::seconds kTestPatience{30};
constexpr std::chrono::seconds kScalePatience{2};

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

DeviceList list_of(const drivers::Devices& devices, const host::Config& config,
                   const Places& places) {
  const std::string usual = places.data + "/packbench.toml";
  DeviceList list;
  list.bus_problem = devices.bus_problem();
  list.states = devices.states();
  list.printer = config.printer;
  list.fallback_printer = config.fallback_printer;
  list.data = places.data;
  list.has_data = ::access(places.data.c_str(), F_OK) == 0;
  list.file = places.config;
  if (list.file.empty() && ::access(usual.c_str(), F_OK) == 0) list.file = usual;
  return list;
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
    if (!state.usable) {
      // What is there and was not tried has not passed.
      const bool meant = !state.place.empty() && state.reason != "unbound";
      if (meant)
        std::cout << ports::role_name(state.role) << " " << state.place << "  "
                  << (zh ? "没试：" : "not tried: ") << station::reason_word(state.reason, language)
                  << "\n";
      good = good && !meant;
      continue;
    }
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
      good = good && grams.has_value();
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
  const DeviceList list = list_of(*devices, config, request.places);
  std::cout << (request.json ? device_json(list, config.language)
                             : device_lines(list, config.language))
            << std::flush;
  if (!request.test || devices->bus_problem()) return 0;
  return try_all(*devices, request.places, config, scans, weights) ? 0 : 1;
}

}  // namespace packbench::program
