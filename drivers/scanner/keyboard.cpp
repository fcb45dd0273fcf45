#include "drivers/scanner/keyboard.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/check.h"
#include "base/utf8.h"
#include "drivers/scanner/code_pages.h"

namespace packbench::drivers {
namespace {

constexpr std::uint8_t kKeyA = 0x04;
constexpr std::uint8_t kKeyEnter = 0x28;
constexpr std::uint8_t kKeyCapsLock = 0x39;
constexpr std::uint8_t kKeyScrollLock = 0x47;
constexpr std::uint8_t kKeyNumLock = 0x53;
constexpr std::uint8_t kKeyLeftControl = 0xE0;
constexpr std::uint8_t kKeyRightGui = 0xE7;

// More keys than any keyboard has; each report walks through all of them.
constexpr std::uint32_t kKeysMax = 1024;
// More than anybody's fingers hold down at once.
constexpr std::size_t kPressedMax = 32;
// Enough for every number of a character, with leading zeros.
constexpr std::size_t kAltDigitsMax = 8;

// HID 1.11, appendix B.1: the report of a keyboard in boot protocol.
constexpr std::array<std::uint8_t, 43> kBootDescriptor = {
    0x05, 0x01, 0x09, 0x06, 0xA1, 0x01,                          // keyboard
    0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01,  // 8 modifiers of one bit
    0x75, 0x01, 0x95, 0x08, 0x81, 0x02,                          //
    0x75, 0x08, 0x95, 0x01, 0x81, 0x01,                          // a byte that is not used
    0x19, 0x00, 0x2A, 0xFF, 0x00, 0x15, 0x00, 0x26, 0xFF, 0x00,  // 6 keys of one byte
    0x95, 0x06, 0x81, 0x00, 0xC0};

bool has_keys(const HidField& field) {
  return field.kind == HidFieldKind::input && !field.constant &&
         std::any_of(field.usages.begin(), field.usages.end(), [](const HidUsages& usages) {
           return usages.first <= hid_usage(0x07, 0xFF) && usages.last >= hid_usage(0x07, 0x00);
         });
}

bool has_key_a(const HidField& field) {
  return std::any_of(field.usages.begin(), field.usages.end(), [](const HidUsages& usages) {
    return usages.first <= hid_usage(0x07, kKeyA) && usages.last >= hid_usage(0x07, kKeyA);
  });
}

// What the key types on every layout with digits on the keypad; nothing for the others.
std::optional<char32_t> keypad_character(std::uint8_t key, const LayoutTable& table) {
  constexpr std::u32string_view kKeypad = U"/*-+\r1234567890";
  if (key == 0x63) return table.keypad_decimal;
  if (key == 0x67) return U'=';
  if (key < 0x54 || key >= 0x54 + kKeypad.size()) return std::nullopt;
  return kKeypad[key - 0x54U];
}

std::optional<char32_t> fixed_character(std::uint8_t key) {
  constexpr std::u32string_view kKeys = U"\r\x1B\b\t ";  // Enter, Escape, Backspace, Tab, space
  if (key < kKeyEnter || key >= kKeyEnter + kKeys.size()) return std::nullopt;
  return kKeys[key - std::size_t{kKeyEnter}];
}

// The character of Alt and a number; nothing where there is none.
std::optional<char32_t> alt_character(std::string_view digits) {
  std::uint32_t number = 0;
  const auto end = digits.data() + digits.size();
  if (std::from_chars(digits.data(), end, number).ptr != end || number == 0) return std::nullopt;
  if (number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return std::nullopt;
  if (number > 0xFF) return char32_t{number};
  const auto code = static_cast<std::uint8_t>(number);
  return digits.front() == '0' ? windows_1252(code) : code_page_437(code);
}

bool ends_scan(ScanTerminator terminator, char32_t character) {
  const bool enter = character == U'\r' || character == U'\n';
  const bool tab = character == U'\t';
  switch (terminator) {
    case ScanTerminator::enter:
      return enter;
    case ScanTerminator::tab:
      return tab;
    case ScanTerminator::either:
      return enter || tab;
    case ScanTerminator::none:
      return false;
  }
  return false;
}

}  // namespace

std::optional<ScanTerminator> parse_scan_terminator(std::string_view word) {
  if (word == "enter") return ScanTerminator::enter;
  if (word == "tab") return ScanTerminator::tab;
  if (word == "either") return ScanTerminator::either;
  if (word == "none") return ScanTerminator::none;
  return std::nullopt;
}

HidKeyboardReader::HidKeyboardReader(std::vector<KeyReport> reports, const KeyboardOptions& options)
    : reports_(std::move(reports)),
      table_(&layout_table(options.layout)),
      terminator_(options.terminator),
      text_(options.idle) {}

Result<HidKeyboardReader> HidKeyboardReader::from(const HidDescriptor& descriptor,
                                                  const KeyboardOptions& options) {
  std::vector<KeyReport> reports;
  std::uint32_t keys = 0;
  bool letters = false;
  for (const HidField& field : descriptor.fields) {
    if (!has_keys(field)) continue;
    keys += field.count;
    letters = letters || has_key_a(field);
    auto it = std::find_if(reports.begin(), reports.end(), [&field](const KeyReport& report) {
      return report.id == field.report_id;
    });
    if (it == reports.end()) it = reports.insert(it, {field.report_id, {}, {}});
    it->fields.push_back(field);
  }
  if (!letters || keys > kKeysMax) {
    return Error{"bad_format",
                 "The device's reports hold no keys of a keyboard; bind another device, or set the "
                 "scanner to keyboard mode with the maker's setting codes."};
  }
  return HidKeyboardReader(std::move(reports), options);
}

HidKeyboardReader HidKeyboardReader::boot(const KeyboardOptions& options) {
  return from(parse_report_descriptor(kBootDescriptor).value(), options).value();
}

// Nothing where bytes are missing, or where the keyboard says that it cannot tell the keys.
std::optional<HidKeyboardReader::Pressed> HidKeyboardReader::read(
    const KeyReport& from, std::span<const std::uint8_t> report) {
  Pressed pressed;
  for (const HidField& field : from.fields) {
    const HidElements elements = elements_of(field);
    if (!report_has(report, elements)) return std::nullopt;
    for (std::uint32_t i = 0; i < field.count; ++i) {
      std::optional<std::uint32_t> usage;
      if (!field.variable) {
        usage = read_selection(report, field, i);
      } else if (read_value(report, elements, i).value_or(0) != 0) {
        usage = control_usage(field, i);
      }
      if (!usage || *usage >> 16 != 0x07 || (*usage & 0xFFFF) > 0xFF) continue;
      const auto key = static_cast<std::uint8_t>(*usage & 0xFF);
      if (key == 0) continue;
      if (key < kKeyA) return std::nullopt;
      if (key >= kKeyLeftControl && key <= kKeyRightGui) {
        pressed.modifiers.bits |= 1U << (key - kKeyLeftControl);
      } else if (std::find(pressed.keys.begin(), pressed.keys.end(), key) == pressed.keys.end()) {
        if (pressed.keys.size() == kPressedMax) return std::nullopt;
        pressed.keys.push_back(key);
      }
    }
  }
  return pressed;
}

std::vector<Barcode> HidKeyboardReader::take(std::span<const std::uint8_t> report, Duration now) {
  const auto from = std::find_if(reports_.begin(), reports_.end(), [report](const KeyReport& each) {
    return each.id == 0 || (!report.empty() && report[0] == each.id);
  });
  if (report.empty() || from == reports_.end()) return {};
  if (now >= now_ + kScanUnfinishedAfter) {
    finish_composing();
    caps_lock_ = false;
    if (auto scan = text_.expire_before_more(now)) out_.push_back(std::move(*scan));
  }
  const auto pressed = read(*from, report);
  // Keyboards repeat an unchanged report; that is silence.
  if (pressed && *pressed == from->pressed) return std::exchange(out_, {});
  now_ = now;
  text_.touch(now);
  if (pressed) {
    change(*from, *pressed);
  } else if (!text_.empty()) {
    damage();
  }
  return std::exchange(out_, {});
}

void HidKeyboardReader::change(KeyReport& from, Pressed now_pressed) {
  const std::vector<std::uint8_t> before = std::move(from.pressed.keys);
  from.pressed = std::move(now_pressed);
  const Modifiers held = modifiers();
  if (!is_alt(held)) release_alt();
  for (const std::uint8_t key : from.pressed.keys) {
    if (std::find(before.begin(), before.end(), key) == before.end()) press(key, held);
  }
}

void HidKeyboardReader::press(std::uint8_t key, Modifiers modifiers) {
  if (key == kKeyCapsLock) {
    caps_lock_ = !caps_lock_;
  } else if (key == kKeyNumLock || key == kKeyScrollLock) {
    return;
  } else if (modifiers.gui()) {
    damage();
  } else if (is_alt(modifiers)) {
    press_with_alt(key);
  } else if (modifiers.control() && !is_alt_gr(modifiers)) {
    press_with_control(key, modifiers);
  } else {
    press_plain(key, modifiers);
  }
}

void HidKeyboardReader::press_with_alt(std::uint8_t key) {
  const auto character = keypad_character(key, *table_);
  const bool digit = character && *character >= U'0' && *character <= U'9';
  if (!digit || alt_digits_.size() == kAltDigitsMax) {
    damage();
  } else {
    alt_digits_.push_back(static_cast<char>(*character));
  }
}

void HidKeyboardReader::press_with_control(std::uint8_t key, Modifiers modifiers) {
  const auto control = control_character(*table_, key, modifiers.shift());
  if (control && !modifiers.left_alt() && !modifiers.right_alt()) {
    type(static_cast<unsigned char>(*control), false);
  } else {
    damage();
  }
}

void HidKeyboardReader::press_plain(std::uint8_t key, Modifiers modifiers) {
  auto fixed = fixed_character(key);
  if (!fixed) fixed = keypad_character(key, *table_);
  if (fixed) return type(*fixed, false);
  const bool shift = modifiers.shift() != (caps_lock_ && obeys_caps_lock(*table_, key));
  KeyLevel level = shift ? KeyLevel::shift : KeyLevel::plain;
  if (is_alt_gr(modifiers)) level = KeyLevel::alt_gr;
  const auto typed = typed_character(*table_, key, level);
  if (!typed) return damage();
  type(typed->character, typed->dead);
}

// An accent that fits no letter stands before what follows, as on Windows.
void HidKeyboardReader::type(char32_t character, bool dead) {
  const char32_t accent = std::exchange(accent_, 0);
  if (accent == 0) {
    if (dead) {
      accent_ = character;
    } else {
      put(character);
    }
    return;
  }
  if (const auto composed = compose(accent, character)) return put(*composed);
  put(accent);
  if (character != U' ') put(character);
}

void HidKeyboardReader::put(char32_t character) {
  if (!ends_scan(terminator_, character)) {
    text_.append(to_utf8(character), now_);
  } else if (auto scan = text_.terminate()) {
    out_.push_back(std::move(*scan));
  }
}

void HidKeyboardReader::release_alt() {
  if (alt_digits_.empty()) return;
  const auto character = alt_character(std::exchange(alt_digits_, {}));
  if (character) {
    type(*character, false);
  } else {
    damage();
  }
}

// Silence in the middle of a character: a lone accent is typed, half a number is none.
void HidKeyboardReader::finish_composing() {
  if (!std::exchange(alt_digits_, {}).empty()) damage();
  if (const char32_t accent = std::exchange(accent_, 0); accent != 0) put(accent);
}

bool HidKeyboardReader::is_alt_gr(Modifiers modifiers) const {
  return table_->has_alt_gr &&
         (modifiers.right_alt() || (modifiers.control() && modifiers.left_alt()));
}

bool HidKeyboardReader::is_alt(Modifiers modifiers) const {
  return !modifiers.control() && !is_alt_gr(modifiers) &&
         (modifiers.left_alt() || modifiers.right_alt());
}

Modifiers HidKeyboardReader::modifiers() const {
  Modifiers all;
  for (const KeyReport& report : reports_) all.bits |= report.pressed.modifiers.bits;
  return all;
}

std::optional<Duration> HidKeyboardReader::deadline() const {
  if (text_.empty() && !composing()) return std::nullopt;
  return text_.due();
}

std::vector<Barcode> HidKeyboardReader::tick(Duration now) {
  const auto due = deadline();
  if (!due || now < *due) return {};
  finish_composing();
  caps_lock_ = false;
  if (auto scan = text_.expire(now)) out_.push_back(std::move(*scan));
  return std::exchange(out_, {});
}

void HidKeyboardReader::reset() {
  for (KeyReport& report : reports_) report.pressed = {};
  text_.reset();
  alt_digits_.clear();
  accent_ = 0;
  caps_lock_ = false;
  out_.clear();
}

}  // namespace packbench::drivers
