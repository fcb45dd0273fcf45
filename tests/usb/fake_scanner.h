// Emulated scanners. Each is plugged in by its maker's test with usb().plug().
// Sources: HID POS Usage Tables 1.02 (page 0x8C), USB HID 1.11 (boot keyboard), CDC PSTN 1.2 (ACM).
// Thread rule: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/usb/fake_bus.h"
#include "tests/usb/fake_device.h"

namespace packbench::test {

// A scanner that reports what it read as such: usage page 0x8C.
struct PosScannerOptions {
  Identity identity{0x05E0, 0x1300, "Emulated", "POS Scanner", "POS-1"};
  std::string port = "1-1";
  std::uint8_t report_id = 2;
  std::uint8_t data_bytes = 56;  // of the code in each report
  bool counts = true;            // each report says how many of its bytes count
};

class FakePosScanner : public Gadget {
 public:
  explicit FakePosScanner(FakeBus& bus, PosScannerOptions options = {});

  FakeDevice& usb() { return usb_; }
  static constexpr std::uint8_t kIn = 0x81;
  // A code and its AIM identifier ("]C1"), in as many reports as it takes.
  void scan(std::string_view code, std::string_view aim = "]C0");
  std::vector<Bytes> reports(std::string_view code, std::string_view aim) const;
  void send_report(Bytes report) { usb_.send(kIn, report); }
  // Whether a program takes reports now.
  bool is_read() const { return usb_.waiting(kIn) > 0; }

  bool accept(const Setup&, std::span<const std::uint8_t>) override { return true; }

 private:
  const PosScannerOptions options_;
  FakeDevice usb_;
};

// The report descriptor of such a scanner.
Bytes pos_scanner_descriptor(const PosScannerOptions& options);

}  // namespace packbench::test
