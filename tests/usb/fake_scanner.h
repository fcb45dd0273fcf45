// Emulated scanners: one that reports what it read as such, one that types it, one that sends it
// down a serial line. Each is plugged in with usb().plug().
// Sources: HID POS Usage Tables 1.02 (page 0x8C); USB HID 1.11, appendix B (boot keyboard) and HID
// Usage Tables 1.12, 10 (keys); CDC 1.2 and PSTN 1.2 (abstract control model).
// Thread rule: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/usb/fake_bus.h"
#include "tests/usb/fake_device.h"

namespace packbench::test {

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

  static constexpr std::uint8_t kIn = 0x81;
  FakeDevice& usb() { return usb_; }
  // A code and its AIM identifier ("]C1"), in as many reports as it takes.
  void scan(std::string_view code, std::string_view aim = "]C0");
  std::vector<Bytes> reports(std::string_view code, std::string_view aim) const;
  void send_report(const Bytes& report) { usb_.send(kIn, report); }
  // Whether a program takes reports now.
  bool is_read() const { return usb_.waiting(kIn) > 0; }

  bool accept(const Setup&, std::span<const std::uint8_t>) override { return true; }

 private:
  const PosScannerOptions options_;
  FakeDevice usb_;
};

// The report descriptor of such a scanner.
Bytes pos_scanner_descriptor(const PosScannerOptions& options);

// A key of the boot keyboard with the modifiers held (bit 0 left control, 1 shift, 2 alt; 4 to 6
// the right ones).
struct KeyStroke {
  std::uint8_t key = 0;
  std::uint8_t modifiers = 0;
};
inline constexpr std::uint8_t kShift = 0x02, kLeftAlt = 0x04, kRightAlt = 0x40;
inline constexpr KeyStroke kEnterKey{0x28, 0}, kTabKey{0x2B, 0};

// How a keyboard of the layout "us" types printable ASCII. Checked: nothing else comes in.
std::vector<KeyStroke> us_strokes(std::string_view text);
Bytes keyboard_descriptor();

struct KeyboardScannerOptions {
  Identity identity{0x0C2E, 0x0200, "Emulated", "Keyboard Scanner", "KBD-1"};
  std::string port = "1-1";
};

class FakeKeyboardScanner : public Gadget {
 public:
  explicit FakeKeyboardScanner(FakeBus& bus, KeyboardScannerOptions options = {});

  static constexpr std::uint8_t kIn = 0x81;
  FakeDevice& usb() { return usb_; }
  // Types it with the layout "us" and then Enter.
  void scan(std::string_view code);
  // Each key is pressed and released.
  void type(const std::vector<KeyStroke>& strokes);
  // Alt held, the number on the keypad: how some scanners send what is on no key.
  void type_alt_code(std::string_view digits);
  void send_report(const Bytes& report) { usb_.send(kIn, report); }
  bool is_read() const { return usb_.waiting(kIn) > 0; }

  bool accept(const Setup&, std::span<const std::uint8_t>) override { return true; }

 private:
  FakeDevice usb_;
};

struct SerialScannerOptions {
  Identity identity{0x05F9, 0x4204, "Emulated", "Serial Scanner", "SER-1"};
  std::string port = "1-1";
  std::uint16_t packet = 64;  // as its descriptor says
};

class FakeSerialScanner : public Gadget {
 public:
  explicit FakeSerialScanner(FakeBus& bus, SerialScannerOptions options = {});

  static constexpr std::uint8_t kIn = 0x81, kOut = 0x01, kNotify = 0x82;
  FakeDevice& usb() { return usb_; }
  void scan(std::string_view code, std::string_view terminator = "\r");
  void send(const Bytes& bytes) { usb_.send(kIn, bytes); }
  bool is_read() const { return usb_.waiting(kIn) > 0; }

  Bytes line_coding() const;  // as last set: rate, stop bits, parity, data bits; empty: never
  int control_lines() const;  // bit 0 DTR, bit 1 RTS; -1: never set

  std::optional<Bytes> answer(const Setup& setup) override;
  bool accept(const Setup& setup, std::span<const std::uint8_t> data) override;
  void power_up() override;

 private:
  Bytes line_coding_;
  int control_lines_ = -1;
  FakeDevice usb_;
};

}  // namespace packbench::test
