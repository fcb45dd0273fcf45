#include "tests/usb/fake_scanner.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace packbench::test {
namespace {

DeviceSpec hid_spec(const Identity& identity, const std::string& port, std::uint8_t subclass,
                    std::uint8_t protocol, const Bytes& report_descriptor,
                    std::uint16_t max_packet) {
  DeviceSpec spec;
  spec.identity = identity;
  spec.port = port;
  spec.configuration = configuration_descriptor(
      1, interface_descriptor({0, 3, subclass, protocol, 1, 0}) +
             hid_descriptor(report_descriptor.size()) +
             endpoint_descriptor(FakePosScanner::kIn, EndpointType::interrupt, max_packet, 4));
  spec.kernel_drivers = {{0, "usbhid"}};
  spec.report_descriptors = {{0, report_descriptor}};
  return spec;
}

}  // namespace

Bytes pos_scanner_descriptor(const PosScannerOptions& options) {
  HidItems items;
  items.usage_page(0x8C).usage(0x02).application().report_id(options.report_id);
  items.usage(0x12).logical_collection().logical_range(0, 255);
  if (options.counts) items.usage_page(0x01).usage(0x3B).fields(1, 8).input_variable();
  items.usage_page(0x8C).usage(0xFB).usage(0xFC).usage(0xFD).fields(3, 8).input_variable();
  items.usage(0xFE).fields(options.data_bytes, 8).input_buffered();
  items.usage(0xFF).logical_range(0, 1).fields(1, 1).input_variable();
  items.fields(1, 7).input_constant();
  return items.end().end().bytes();
}

FakePosScanner::FakePosScanner(FakeBus& bus, PosScannerOptions options)
    : options_(std::move(options)),
      usb_(bus,
           hid_spec(options_.identity, options_.port, 0, 0, pos_scanner_descriptor(options_), 64),
           *this) {}

std::vector<Bytes> FakePosScanner::reports(std::string_view code, std::string_view aim) const {
  CHECK(aim.size() == 3);
  std::vector<Bytes> all;
  do {
    const std::string_view part = code.substr(0, options_.data_bytes);
    code.remove_prefix(part.size());
    Bytes report = {options_.report_id};
    if (options_.counts) report.push_back(static_cast<std::uint8_t>(part.size()));
    report = report + bytes_of(aim) + bytes_of(part);
    report.resize(report.size() + options_.data_bytes - part.size());
    report.push_back(code.empty() ? 0 : 1);
    all.push_back(std::move(report));
  } while (!code.empty());
  return all;
}

void FakePosScanner::scan(std::string_view code, std::string_view aim) {
  for (Bytes& report : reports(code, aim)) send_report(std::move(report));
}

}  // namespace packbench::test
