// HidKeyboardReader: scans from a scanner that plays a keyboard, as most are shipped. It gives what
// the scanner would have typed into a system of the layout it is set to. Source: HID 1.11, sections
// 8.3 and appendix B (reports of keys pressed at the moment), HID Usage Tables, page 0x07.
//
// The text is UTF-8. A key that types nothing in the layout leaves a kScanDamaged, so that a wrong
// layout is refused and never taken for a shorter code.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "drivers/hid/report_descriptor.h"
#include "drivers/scanner/keyboard_layouts.h"
#include "drivers/scanner/scan_reader.h"
#include "drivers/scanner/scan_text.h"

namespace packbench::drivers {

// The key that ends a scan. The others are data then; none: only silence ends it.
enum class ScanTerminator { enter, tab, either, none };

// "enter", "tab", "either", "none".
std::optional<ScanTerminator> parse_scan_terminator(std::string_view word);

struct KeyboardOptions {
  KeyboardLayout layout = KeyboardLayout::us;
  ScanTerminator terminator = ScanTerminator::either;
  Duration idle = Duration::milliseconds(60);  // silence that ends a scan without a terminator
};

// The modifiers as a report has them, one bit for each usage from 0xE0 to 0xE7.
struct Modifiers {
  unsigned bits = 0;
  bool control() const { return (bits & 0x11) != 0; }
  bool shift() const { return (bits & 0x22) != 0; }
  bool left_alt() const { return (bits & 0x04) != 0; }
  bool right_alt() const { return (bits & 0x40) != 0; }
  bool gui() const { return (bits & 0x88) != 0; }
  bool operator==(const Modifiers&) const = default;
};

class HidKeyboardReader : public ScanReader {
 public:
  // Error bad_format where no report of the device holds the keys of a keyboard.
  static Result<HidKeyboardReader> from(const HidDescriptor& descriptor,
                                        const KeyboardOptions& options);
  // For a keyboard in boot protocol or without a readable descriptor: reports of 8 bytes.
  static HidKeyboardReader boot(const KeyboardOptions& options);

  std::vector<Barcode> take(std::span<const std::uint8_t> report, Duration now) override;
  std::optional<Duration> deadline() const override;
  std::vector<Barcode> tick(Duration now) override;
  void reset() override;

 private:
  struct Pressed {
    Modifiers modifiers;
    std::vector<std::uint8_t> keys;  // in the order of the report, each once
    bool operator==(const Pressed&) const = default;
  };
  struct KeyReport {
    std::uint8_t id = 0;
    std::vector<HidField> fields;
    Pressed pressed;
  };

  HidKeyboardReader(std::vector<KeyReport> reports, const KeyboardOptions& options);
  static std::optional<Pressed> read(const KeyReport& from, std::span<const std::uint8_t> report);

  void change(KeyReport& from, Pressed now_pressed);
  void press(std::uint8_t key, Modifiers modifiers);
  void press_with_alt(std::uint8_t key);
  void press_with_control(std::uint8_t key, Modifiers modifiers);
  void press_plain(std::uint8_t key, Modifiers modifiers);
  void type(char32_t character, bool dead);
  void put(char32_t character);
  void damage() { put(U'\x1A'); }
  void release_alt();
  void finish_composing();
  bool composing() const { return accent_ != 0 || !alt_digits_.empty(); }
  bool is_alt_gr(Modifiers modifiers) const;
  bool is_alt(Modifiers modifiers) const;
  Modifiers modifiers() const;

  std::vector<KeyReport> reports_;
  const LayoutTable* table_;
  ScanTerminator terminator_;
  ScanText text_;
  std::string alt_digits_;    // typed on the keypad while Alt is held
  char32_t accent_ = 0;       // a dead key that waits for its letter
  bool caps_lock_ = false;    // pressed by the scanner itself: the host never lights it
  Duration now_{};            // of the last call
  std::vector<Barcode> out_;  // completed in this call
};

}  // namespace packbench::drivers
