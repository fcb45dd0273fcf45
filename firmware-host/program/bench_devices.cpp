#include "program/bench_devices.h"

#include <time.h>

#include <algorithm>

#include "drivers/printer/fallback_printer.h"
#include "drivers/printer/open_printer.h"
#include "program/usb_spec.h"

namespace packbench::program {
namespace {

using station::DeviceReport;
using station::DevicesChanged;
using station::Input;
using station::LaneId;

Duration monotonic() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return {now.tv_sec * 1'000'000 + now.tv_nsec / 1'000};
}

LaneId lane_of(ports::Lane lane) {
  return lane == ports::Lane::dock ? LaneId::dock : LaneId::bench;
}

// Two printers of which one can print are a bench that can print: the screen shows the better one.
std::vector<DeviceReport> reports(const std::vector<ports::DeviceState>& states) {
  std::vector<DeviceReport> out;
  for (const ports::DeviceState& state : states) {
    if (state.reason == "unbound") continue;
    const DeviceReport report{std::string(ports::role_name(state.role)), lane_of(state.lane),
                              state.usable, !state.driver.empty(), state.reason};
    const auto alike = std::find_if(out.begin(), out.end(), [&](const DeviceReport& other) {
      return other.kind == report.kind && other.lane == report.lane;
    });
    if (alike == out.end())
      out.push_back(report);
    else if (report.ok && !alike->ok)
      *alike = report;
  }
  return out;
}

std::string printer_place(const std::string& data, const std::string& spec) {
  for (const std::string scheme : {"file:", "raw:"}) {
    if (!spec.starts_with(scheme) || spec.size() == scheme.size()) continue;
    const std::string path = spec.substr(scheme.size());
    return path.front() == '/' ? spec : scheme + data + "/" + path;
  }
  return spec;
}

}  // namespace

drivers::DevicesOptions device_options(const host::Config& config) {
  drivers::DevicesOptions options;
  options.bindings = config.devices;
  for (const std::string& spec : {config.printer, config.fallback_printer}) {
    if (is_usb(spec)) options.printers.push_back(usb_name(spec));
  }
  options.wants_scale = config.policy.has_scale;
  options.clock = monotonic;
  return options;
}

Result<std::unique_ptr<BenchDevices>> BenchDevices::open(const host::Config& config,
                                                         const std::string& data, bool with_usb,
                                                         DeviceSinks sinks) {
  std::unique_ptr<BenchDevices> devices(new BenchDevices(std::move(sinks)));
  BenchDevices* raw = devices.get();
  for (const ports::DeviceBinding& binding : config.devices) {
    if (binding.role == ports::DeviceRole::scanner && binding.lane == ports::Lane::dock)
      devices->has_dock_scanner_ = true;
  }
  if (with_usb && config.usb) {
    drivers::DevicesListener listener;
    listener.scanned = devices->sinks_.scanned;
    listener.changed = [raw](const std::vector<ports::DeviceState>& states) {
      raw->sinks_.told({LaneId::bench, DevicesChanged{reports(states)}});
    };
    listener.weighed = [raw](std::int64_t grams) {
      raw->sinks_.told({LaneId::bench, station::Weighed{grams}});
    };
    devices->usb_ = drivers::Devices::start(device_options(config), std::move(listener));
  }
  const auto first = devices->printer_of(config.printer, data);
  if (!first) return first.error();
  devices->printer_ = first.value();
  if (config.fallback_printer.empty()) return devices;
  const auto second = devices->printer_of(config.fallback_printer, data);
  if (!second) return second.error();
  devices->printers_.push_back(
      std::make_unique<drivers::FallbackPrinter>(*first.value(), *second.value()));
  devices->printer_ = devices->printers_.back().get();
  return devices;
}

BenchDevices::~BenchDevices() = default;

Result<ports::LabelPrinter*> BenchDevices::printer_of(const std::string& spec,
                                                      const std::string& data) {
  if (is_usb(spec) && usb_) return &usb_->printer(usb_name(spec));
  auto printer = drivers::open_printer(is_usb(spec) ? "none" : printer_place(data, spec));
  if (!printer) return printer.error();
  printers_.push_back(std::move(printer).value());
  return printers_.back().get();
}

std::optional<std::int64_t> BenchDevices::stable_weight() const {
  return usb_ ? usb_->stable_weight() : std::nullopt;
}

std::optional<Input> BenchDevices::report() const {
  if (!usb_) return std::nullopt;
  return Input{LaneId::bench, DevicesChanged{reports(usb_->states())}};
}

}  // namespace packbench::program
