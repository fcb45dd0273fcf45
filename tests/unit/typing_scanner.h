// TypingScanner: a scanner that plays a keyboard in boot protocol. It looks the keys up in the
// layout's table as a scanner's firmware does, and hands each report to a HidKeyboardReader.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "drivers/scanner/keyboard.h"
#include "tests/unit/hid_samples.h"

namespace packbench::test {

// Bits of a boot report's first byte, and keys by their usage (HID Usage Tables, 10).
inline constexpr std::uint8_t kShift = 0x02, kAlt = 0x04, kAltGr = 0x40;
inline constexpr std::uint8_t kEnter = 0x28, kTab = 0x2B, kCapsLock = 0x39;

struct Key {
  std::uint8_t key = 0;
  std::uint8_t modifiers = 0;
};

struct KeysHeld {
  std::uint8_t unused = 0;
  std::uint8_t modifiers = 0;
  Bytes keys;
};

class TypingScanner {
 public:
  explicit TypingScanner(drivers::KeyboardLayout layout,
                         drivers::ScanTerminator terminator = drivers::ScanTerminator::either)
      : reader(drivers::HidKeyboardReader::boot({layout, terminator})),
        table_(drivers::layout_table(layout)) {}

  void raw(const Bytes& report) { keep(reader.take(report, now)); }

  void send(const KeysHeld& held) {
    Bytes report = {held.modifiers, 0};
    report.insert(report.end(), held.keys.begin(), held.keys.end());
    report.resize(8, 0);
    raw(report);
  }

  void press(Key key) {
    send({0, key.modifiers, {key.key}});
    send({0, 0, {}});
  }

  void tick(Duration later) {
    now = now + later;
    keep(reader.tick(now));
  }

  // Whether the layout has keys for all of it.
  bool type(std::string_view text) {
    const auto characters = code_points(text).value();
    for (const char32_t character : characters) {
      if (!type_character(character)) return false;
    }
    return true;
  }

  // The number of the character on the keypad while Alt is held, with a leading zero.
  void type_alt_code(char32_t character) {
    const bool euro = character == U'€';
    const bool quote = character == U'“';
    const bool dash = character == U'–';
    const unsigned code = euro ? 128 : quote ? 147 : dash ? 150 : static_cast<unsigned>(character);
    type_alt_digits("0" + std::to_string(code));
  }

  void type_alt_digits(std::string_view digits) {
    constexpr std::uint8_t kAlt = 0x04;
    send({0, kAlt, {}});
    for (const char digit : digits) {
      const int key = digit == '0' ? 0x62 : 0x59 + (digit - '1');
      send({0, kAlt, {static_cast<std::uint8_t>(key)}});
      send({0, kAlt, {}});
    }
    send({0, 0, {}});
  }

  drivers::HidKeyboardReader reader;
  std::vector<Barcode> scans;
  Duration now = Duration::seconds(100);

 private:
  void keep(std::vector<Barcode> more) {
    for (Barcode& scan : more) scans.push_back(std::move(scan));
  }

  std::optional<Key> find(char32_t character, bool dead) const {
    using drivers::KeyLevel;
    constexpr std::pair<KeyLevel, std::uint8_t> kLevels[] = {
        {KeyLevel::plain, 0}, {KeyLevel::shift, 0x02}, {KeyLevel::alt_gr, 0x40}};
    for (const auto& [level, modifiers] : kLevels) {
      for (const auto& row : table_.rows) {
        for (const std::uint8_t key : row.keys) {
          const auto typed = drivers::typed_character(table_, key, level);
          if (typed == drivers::TypedCharacter{character, dead}) return Key{key, modifiers};
        }
      }
    }
    return std::nullopt;
  }

  bool type_character(char32_t character) {
    constexpr Key kSpace{0x2C, 0};
    if (character == U' ') return press(kSpace), true;
    if (const auto key = find(character, false)) return press(*key), true;
    if (const auto key = find(character, true)) return press(*key), press(kSpace), true;
    for (const char32_t accent : {U'^', U'´', U'`', U'¨', U'~'}) {
      const auto dead = find(accent, true);
      if (!dead) continue;
      for (const char32_t letter : std::u32string_view(U"aeiouynAEIOUYN")) {
        const auto key = find(letter, false);
        if (!key || drivers::compose(accent, letter) != character) continue;
        return press(*dead), press(*key), true;
      }
    }
    return false;
  }

  const drivers::LayoutTable& table_;
};

// The text that comes out of keys, with Enter after them.
inline std::string typed(drivers::KeyboardLayout layout, const std::vector<Key>& keys) {
  constexpr std::uint8_t kEnter = 0x28;
  TypingScanner scanner(layout);
  for (const Key& key : keys) scanner.press(key);
  scanner.press({kEnter, 0});
  return scanner.scans.empty() ? "" : scanner.scans.back().bytes;
}

}  // namespace packbench::test
