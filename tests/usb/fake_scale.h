// FakeScale: an emulated HID scale (usage page 0x8D).
// Source: HID POS Usage Tables 1.02, weighing devices: scale data report, statuses and units.
// Thread rule: any thread.
#pragma once

#include <cstdint>
#include <string>

#include "tests/usb/fake_device.h"

namespace packbench::test {

// The values of the status field, in the order of the usages 0x71 to 0x78.
enum class ScaleStatus : std::uint8_t {
  fault = 1,
  stable_at_zero,
  in_motion,
  stable,
  under_zero,
  over_limit,
  needs_calibration,
  needs_zeroing
};

// The values of the unit field, in the order of the usages 0x51 to 0x5C.
enum class ScaleUnit : std::uint8_t { milligram = 1, gram, kilogram, ounce = 11, pound = 12 };

struct ScaleOptions {
  Identity identity{0x0922, 0x8003, "Emulated", "Scale", "SCALE-1"};
  std::string port = "1-3";
  std::uint8_t report_id = 3;  // 0: reports have no number
};

class FakeScale : public Gadget {
 public:
  explicit FakeScale(FakeBus& bus, ScaleOptions options = {});

  static constexpr std::uint8_t kIn = 0x81;
  FakeDevice& usb() { return usb_; }

  // What lies on it: `value` times ten to the `exponent` of the unit. One report each time; like a
  // real scale it keeps only the newest for a program that does not read.
  void set(ScaleStatus status, int value, ScaleUnit unit = ScaleUnit::gram, int exponent = 0);
  void send_report(const Bytes& report) { usb_.send(kIn, report); }
  bool is_read() const { return usb_.waiting(kIn) > 0; }

  std::optional<Bytes> answer(const Setup& setup) override;
  bool accept(const Setup&, std::span<const std::uint8_t>) override { return true; }

 private:
  const ScaleOptions options_;
  Bytes report_;
  FakeDevice usb_;
};

Bytes scale_descriptor(const ScaleOptions& options);

}  // namespace packbench::test
