#include "drivers/scale/usb_scale.h"

#include <algorithm>

#include "base/check.h"
#include "drivers/scale/scale_models.h"
#include "drivers/usb/usb_hid.h"

namespace packbench::drivers {
namespace {

constexpr std::size_t kLongestReport = 64;

Error not_a_scale(const UsbFacts& facts, const std::string& why) {
  return {"not-a-scale", "The device at " + facts.place + " cannot be read as a scale (" + why +
                             "); connect another one"};
}

Result<ScaleReader> reader_for(UsbDevice& device, const UsbInterface& interface) {
  const UsbFacts& facts = device.facts();
  // A scale that is known is read even where it does not tell how.
  const auto told = read_report_descriptor(device, interface);
  const auto bytes = told ? told.value() : std::vector<std::uint8_t>();
  auto reader = scale_reader(facts.vendor, facts.product, bytes);
  if (!reader) return not_a_scale(facts, reader.error().text);
  return reader;
}

}  // namespace

Result<std::unique_ptr<UsbScale>> UsbScale::start(ScaleParts parts) {
  UsbDevice& device = *parts.device;
  const auto& interfaces = device.facts().interfaces;
  const auto interface = std::find_if(interfaces.begin(), interfaces.end(),
                                      [&](const auto& i) { return i.number == parts.interface; });
  CHECK(interface != interfaces.end());
  const UsbEndpoint* endpoint = find_endpoint(*interface, true, true);
  if (endpoint == nullptr) return not_a_scale(device.facts(), "no reports");
  if (const Status claimed = device.claim(interface->number); !claimed) return claimed.error();
  auto reader = reader_for(device, *interface);
  if (!reader) return reader.error();
  use_report_protocol(device, *interface);
  // Where it fails, the reader says why.
  if (parts.after_stall) static_cast<void>(device.clear_halt(*endpoint));
  std::unique_ptr<UsbScale> scale(new UsbScale(std::move(parts), std::move(reader).value()));
  UsbScale* raw = scale.get();
  auto pipe = device.read(
      *endpoint, kLongestReport,
      [raw](std::span<const std::uint8_t> report) {
        raw->take(report);
        return Duration{};
      },
      [raw](TransferEnd end) { raw->parts_.ended(end); });
  if (!pipe) return pipe.error();
  scale->pipe_ = std::move(pipe).value();
  return scale;
}

void UsbScale::take(std::span<const std::uint8_t> report) {
  const auto reading = reader_.take(report);
  if (!reading) return;
  bool other = false;
  std::optional<std::int64_t> settled;
  {
    const std::lock_guard lock(mutex_);
    other = scale_word(last_) != scale_word(reading);
    if (stable_grams(last_) != stable_grams(reading)) settled = stable_grams(reading);
    last_ = reading;
  }
  if (other) parts_.changed();
  if (settled && parts_.weighed) parts_.weighed(*settled);
}

std::optional<ScaleReading> UsbScale::last() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

std::optional<std::int64_t> stable_grams(const std::optional<ScaleReading>& reading) {
  if (!reading || reading->state != ScaleState::stable) return std::nullopt;
  // An empty pan weighs nothing that could be a parcel.
  return reading->grams && *reading->grams > 0 ? reading->grams : std::nullopt;
}

std::string_view scale_word(const std::optional<ScaleReading>& reading) {
  if (!reading) return "";
  switch (reading->state) {
    case ScaleState::under_zero:
      return "under-zero";
    case ScaleState::over_limit:
      return "over-limit";
    case ScaleState::needs_taring:
      return "needs-taring";
    case ScaleState::needs_calibration:
    case ScaleState::fault:
      return "scale-fault";
    // Moving is what a scale does while it is used; no fault to show.
    case ScaleState::in_motion:
    case ScaleState::stable:
    case ScaleState::stable_zero:
    case ScaleState::unknown:
      break;
  }
  return "";
}

}  // namespace packbench::drivers
