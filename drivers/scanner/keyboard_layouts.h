// What the keys of a keyboard layout type, as data: the layouts of Windows ("US", "German",
// "French"), because scanners that play a keyboard are set up and tested with those. Keys are
// usages of HID page 0x07 (HID Usage Tables, section 10). Source: the tables that Microsoft
// publishes of its German and French keyboards. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace packbench::drivers {

enum class KeyboardLayout { us, de, fr };

// "us", "de", "fr".
std::optional<KeyboardLayout> parse_keyboard_layout(std::string_view word);

// One row of keys, and what each types with each modifier; a space stands for nothing.
struct KeyRow {
  std::span<const std::uint8_t> keys;
  std::u32string_view plain;
  std::u32string_view shift;
  std::u32string_view alt_gr;  // empty where the layout has none
};

// A key that types a control character with Ctrl, besides the letters (Ctrl+A is 1).
struct ControlKey {
  std::uint8_t key = 0;
  bool shift = false;
  char control = 0;
};

struct LayoutTable {
  std::array<KeyRow, 4> rows;
  // The characters that wait for the next one when they are typed plain, with Shift, with AltGr.
  std::array<std::u32string_view, 3> dead;
  std::span<const ControlKey> controls;
  bool has_alt_gr = false;  // the right Alt, or Ctrl and Alt together
  // The plain characters besides the letters A to Z whose keys Caps Lock shifts.
  std::u32string_view caps_lock;
  char32_t keypad_decimal = U'.';
};
const LayoutTable& layout_table(KeyboardLayout layout);

enum class KeyLevel { plain, shift, alt_gr };

struct TypedCharacter {
  char32_t character = 0;
  bool dead = false;
  bool operator==(const TypedCharacter&) const = default;
};

// What a key of the rows types; nothing for other keys and for levels that type nothing.
std::optional<TypedCharacter> typed_character(const LayoutTable& table, std::uint8_t key,
                                              KeyLevel level);

// Whether Caps Lock turns the key's plain and shifted level round.
bool obeys_caps_lock(const LayoutTable& table, std::uint8_t key);

// The control character of Ctrl and a key.
std::optional<char> control_character(const LayoutTable& table, std::uint8_t key, bool shift);

// An accent and a letter as one character, where there is one.
std::optional<char32_t> compose(char32_t accent, char32_t letter);

}  // namespace packbench::drivers
