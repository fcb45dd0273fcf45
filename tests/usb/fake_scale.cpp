#include "tests/usb/fake_scale.h"

#include <utility>

namespace packbench::test {
namespace {

DeviceSpec scale_spec(const ScaleOptions& options) {
  DeviceSpec spec;
  spec.identity = options.identity;
  spec.port = options.port;
  const Bytes report_descriptor = scale_descriptor(options);
  spec.configuration = configuration_descriptor(
      1, interface_descriptor({0, 3, 0, 0, 1, 0}) + hid_descriptor(report_descriptor.size()) +
             endpoint_descriptor(FakeScale::kIn, EndpointType::interrupt, 8, 10));
  spec.kernel_drivers = {{0, "usbhid"}};
  spec.report_descriptors = {{0, report_descriptor}};
  return spec;
}

Bytes report_of(std::uint8_t id, ScaleStatus status, int value, ScaleUnit unit, int exponent) {
  Bytes report;
  if (id != 0) report.push_back(id);
  report.push_back(static_cast<std::uint8_t>(status));
  report.push_back(static_cast<std::uint8_t>(unit));
  report.push_back(static_cast<std::uint8_t>(exponent));
  report.push_back(static_cast<std::uint8_t>(value & 0xFF));
  report.push_back(static_cast<std::uint8_t>((value >> 8) & 0xFF));
  return report;
}

}  // namespace

Bytes scale_descriptor(const ScaleOptions& options) {
  HidItems items;
  items.usage_page(0x8D).usage(0x01).application().usage(0x32).logical_collection();
  if (options.report_id != 0) items.report_id(options.report_id);
  items.usage(0x70).logical_collection().usage_range(0x71, 0x78);
  items.logical_range(1, 8).fields(1, 8).input_array().end();
  items.usage(0x50).logical_collection().usage_range(0x51, 0x5C);
  items.logical_range(1, 12).fields(1, 8).input_array().end();
  items.usage(0x41).logical_range(-128, 127).fields(1, 8).input_variable();
  items.usage(0x40).logical_range(0, 32767).fields(1, 16).input_variable();
  return items.end().end().bytes();
}

FakeScale::FakeScale(FakeBus& bus, ScaleOptions options)
    : options_(std::move(options)),
      report_(report_of(options_.report_id, ScaleStatus::stable_at_zero, 0, ScaleUnit::gram, 0)),
      usb_(bus, scale_spec(options_), *this) {}

void FakeScale::set(ScaleStatus status, int value, ScaleUnit unit, int exponent) {
  const auto guard = usb_.bus().lock();
  report_ = report_of(options_.report_id, status, value, unit, exponent);
  usb_.drop_queue(kIn);
  usb_.send(kIn, report_);
}

// GET_REPORT of the input report.
std::optional<Bytes> FakeScale::answer(const Setup& setup) {
  if (setup.request_type == 0xA1 && setup.request == 1 && setup.value >> 8 == 1) return report_;
  return std::nullopt;
}

}  // namespace packbench::test
