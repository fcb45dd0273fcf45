#include "drivers/scanner/keyboard_layouts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/check.h"

namespace packbench::drivers {
namespace {

// The places of the keys, from left to right; what is printed on them differs.
constexpr std::array<std::uint8_t, 13> kDigitKeys = {0x35, 0x1E, 0x1F, 0x20, 0x21, 0x22, 0x23,
                                                     0x24, 0x25, 0x26, 0x27, 0x2D, 0x2E};
constexpr std::array<std::uint8_t, 12> kTopKeys = {0x14, 0x1A, 0x08, 0x15, 0x17, 0x1C,
                                                   0x18, 0x0C, 0x12, 0x13, 0x2F, 0x30};
constexpr std::array<std::uint8_t, 12> kHomeKeys = {0x04, 0x16, 0x07, 0x09, 0x0A, 0x0B,
                                                    0x0D, 0x0E, 0x0F, 0x33, 0x34, 0x31};
constexpr std::array<std::uint8_t, 11> kBottomKeys = {0x64, 0x1D, 0x1B, 0x06, 0x19, 0x05,
                                                      0x11, 0x10, 0x36, 0x37, 0x38};

// Two numbers for one key: 0x31 on American keyboards, 0x32 on European ones.
constexpr std::uint8_t kBackslashKey = 0x31;
constexpr std::uint8_t kEuropeanBackslashKey = 0x32;

constexpr std::array kUsControls = {
    ControlKey{0x2F, false, '\x1B'}, ControlKey{0x31, false, '\x1C'},
    ControlKey{0x64, false, '\x1C'}, ControlKey{0x30, false, '\x1D'},
    ControlKey{0x23, true, '\x1E'},  ControlKey{0x2D, true, '\x1F'}};
constexpr std::array kDeControls = {
    ControlKey{0x2F, false, '\x1B'}, ControlKey{0x31, false, '\x1C'},
    ControlKey{0x64, false, '\x1C'}, ControlKey{0x30, false, '\x1D'},
    ControlKey{0x23, true, '\x1E'},  ControlKey{0x38, true, '\x1F'}};
constexpr std::array kFrControls = {
    ControlKey{0x2F, false, '\x1B'}, ControlKey{0x31, false, '\x1C'},
    ControlKey{0x64, false, '\x1C'}, ControlKey{0x30, false, '\x1D'},
    ControlKey{0x22, true, '\x1B'},  ControlKey{0x25, true, '\x1C'},
    ControlKey{0x26, true, '\x1E'},  ControlKey{0x23, true, '\x1F'}};

constexpr LayoutTable kUs{
    .rows = {{{kDigitKeys, U"`1234567890-=", U"~!@#$%^&*()_+", U""},
              {kTopKeys, U"qwertyuiop[]", U"QWERTYUIOP{}", U""},
              {kHomeKeys, U"asdfghjkl;'\\", U"ASDFGHJKL:\"|", U""},
              {kBottomKeys, U"\\zxcvbnm,./", U"|ZXCVBNM<>?", U""}}},
    .dead = {},
    .controls = kUsControls,
    .has_alt_gr = false,
    .caps_lock = U"",
    .keypad_decimal = U'.',
};

constexpr LayoutTable kDe{
    .rows = {{{kDigitKeys, U"^1234567890ß´", U"°!\"§$%&/()=?`", U"  ²³   {[]}\\ "},
              {kTopKeys, U"qwertzuiopü+", U"QWERTZUIOPÜ*", U"@ €        ~"},
              {kHomeKeys, U"asdfghjklöä#", U"ASDFGHJKLÖÄ'", U""},
              {kBottomKeys, U"<yxcvbnm,.-", U">YXCVBNM;:_", U"|      µ   "}}},
    .dead = {U"^´", U"`", U""},
    .controls = kDeControls,
    .has_alt_gr = true,
    .caps_lock = U"1234567890ßü+öä#,.",
    .keypad_decimal = U',',
};

constexpr LayoutTable kFr{
    .rows = {{{kDigitKeys, U"²&é\"'(-è_çà)=", U" 1234567890°+", U"  ~#{[|`\\^@]}"},
              {kTopKeys, U"azertyuiop^$", U"AZERTYUIOP¨£", U"  €        ¤"},
              {kHomeKeys, U"qsdfghjklmù*", U"QSDFGHJKLM%µ", U""},
              {kBottomKeys, U"<wxcvbn,;:!", U">WXCVBN?./§", U""}}},
    .dead = {U"^", U"¨", U"~`"},
    .controls = kFrControls,
    .has_alt_gr = true,
    .caps_lock = U"&é\"'(-è_çà)=^$ù*,;:!",
    .keypad_decimal = U'.',
};

constexpr bool rows_fit(const LayoutTable& table) {
  return std::all_of(table.rows.begin(), table.rows.end(), [](const KeyRow& row) {
    return row.plain.size() == row.keys.size() && row.shift.size() == row.keys.size() &&
           (row.alt_gr.empty() || row.alt_gr.size() == row.keys.size());
  });
}
static_assert(rows_fit(kUs) && rows_fit(kDe) && rows_fit(kFr));

struct Accent {
  char32_t accent;
  std::u32string_view letters;
  std::u32string_view composed;
};
constexpr std::array kAccents = {
    Accent{U'^', U"aeiouAEIOU", U"âêîôûÂÊÎÔÛ"}, Accent{U'´', U"aeiouyAEIOUY", U"áéíóúýÁÉÍÓÚÝ"},
    Accent{U'`', U"aeiouAEIOU", U"àèìòùÀÈÌÒÙ"}, Accent{U'¨', U"aeiouyAEIOU", U"äëïöüÿÄËÏÖÜ"},
    Accent{U'~', U"anoANO", U"ãñõÃÑÕ"}};

struct Place {
  const KeyRow* row = nullptr;
  std::size_t index = 0;
};

std::optional<Place> find_key(const LayoutTable& table, std::uint8_t key) {
  if (key == kEuropeanBackslashKey) key = kBackslashKey;
  for (const KeyRow& row : table.rows) {
    const auto it = std::find(row.keys.begin(), row.keys.end(), key);
    if (it != row.keys.end()) {
      return Place{&row, static_cast<std::size_t>(it - row.keys.begin())};
    }
  }
  return std::nullopt;
}

std::u32string_view characters(const KeyRow& row, KeyLevel level) {
  switch (level) {
    case KeyLevel::plain:
      return row.plain;
    case KeyLevel::shift:
      return row.shift;
    case KeyLevel::alt_gr:
      return row.alt_gr;
  }
  return {};
}

bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

}  // namespace

std::optional<KeyboardLayout> parse_keyboard_layout(std::string_view word) {
  if (word == "us") return KeyboardLayout::us;
  if (word == "de") return KeyboardLayout::de;
  if (word == "fr") return KeyboardLayout::fr;
  return std::nullopt;
}

const LayoutTable& layout_table(KeyboardLayout layout) {
  switch (layout) {
    case KeyboardLayout::us:
      return kUs;
    case KeyboardLayout::de:
      return kDe;
    case KeyboardLayout::fr:
      return kFr;
  }
  CHECK(false);
}

std::optional<TypedCharacter> typed_character(const LayoutTable& table, std::uint8_t key,
                                              KeyLevel level) {
  const auto place = find_key(table, key);
  if (!place) return std::nullopt;
  const std::u32string_view row = characters(*place->row, level);
  if (row.empty() || row[place->index] == U' ') return std::nullopt;
  const char32_t character = row[place->index];
  const std::u32string_view dead = table.dead[static_cast<std::size_t>(level)];
  return TypedCharacter{character, dead.find(character) != std::u32string_view::npos};
}

bool obeys_caps_lock(const LayoutTable& table, std::uint8_t key) {
  const auto plain = typed_character(table, key, KeyLevel::plain);
  return plain && (is_letter(plain->character) ||
                   table.caps_lock.find(plain->character) != std::u32string_view::npos);
}

std::optional<char> control_character(const LayoutTable& table, std::uint8_t key, bool shift) {
  const auto plain = typed_character(table, key, KeyLevel::plain);
  if (plain && is_letter(plain->character)) {
    return static_cast<char>(plain->character & 0x1F);
  }
  if (key == kEuropeanBackslashKey) key = kBackslashKey;
  for (const ControlKey& control : table.controls) {
    if (control.key == key && control.shift == shift) return control.control;
  }
  return std::nullopt;
}

std::optional<char32_t> compose(char32_t accent, char32_t letter) {
  for (const Accent& each : kAccents) {
    const std::size_t at = each.letters.find(letter);
    if (each.accent == accent && at != std::u32string_view::npos) return each.composed[at];
  }
  return std::nullopt;
}

}  // namespace packbench::drivers
