// Texts that someone may write into an order to reach the printer, the layout or the reader.
// Pure values.
#pragma once

#include <string>
#include <vector>

namespace packbench::label {

struct Attack {
  std::string name;
  std::string text;
};

// Short ones: each fits the fields of an address.
inline std::vector<Attack> short_attacks() {
  using namespace std::string_literals;
  return {
      {"a second label", "^XZ^XA^FDx^FS^XZ"},
      {"a ZPL start", "^XA"},
      {"cancel all", "~JA"},
      {"reset", "~JR ~HS ~HI"},
      {"change of the command signs", "^CC+ ^CT- ^CD;"},
      {"field data", "^FO0,0^FDx^FS"},
      {"a TSPL status question", "\x1B!?"},
      {"a TSPL reset", "\x1B!R"},
      {"escapes", "\x1B@\x1Bi\x1D(k\x10\x04\x01"},
      {"TSPL lines", "\r\nCLS\r\nPRINT 9,9\r\n"},
      {"a TSPL bitmap", "\r\nBITMAP 0,0,1,1,0,x\r\n"},
      {"quotes", "\"'`\\\"' \\[\\]"},
      {"CR LF", "a\r\nb\rc\nd"},
      {"NUL", "a\0b\0"s},
      {"tabs and feeds", "a\tb\vc\fd\x7F\b\a"},
      {"C1 controls", "a\u0085b\u0090c\u009Bd"},
      {"line separators", "a\u2028b\u2029c"},
      {"right to left override", "\u202Egnp.exe\u202C"},
      {"marks of direction", "\u200Fa\u200Eb\u061Cc"},
      {"isolates", "\u2066a\u2067b\u2068c\u2069"},
      {"nothing to see", "\u200B\u200C\u200D\u2060\uFEFF"},
      {"a soft hyphen", "a\u00ADb"},
      {"fillers", "\u3164\u115F\uFFA0"},
      {"emoji", "😀🎁🚚"},
      {"a family", "👨\u200D👩\u200D👧\u200D👦"},
      {"a flag", "🇨🇳"},
      {"skin and style", "👍🏽❤\uFE0F☺\uFE0E"},
      {"tags", "🏴\U000E0067\U000E0062\U000E007F"},
      {"ideographic variation", "葛\U000E0100城"},
      {"a pile of accents", "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307"},
      {"Arabic", "شارع السلام"},
      {"Hebrew", "רחוב"},
      {"Tibetan", "ལྷ་ས་"},
      {"Thai", "ถนนสุขุมวิท"},
      {"private use", "\uE000\U00100000"},
      {"noncharacters", "\uFFFE\uFFFF\U0010FFFF"},
      {"a replacement", "\uFFFD"},
      {"markup", "<b>&lt;</b>&amp;<span size='99999'>"},
      {"wide signs", "﷽𒐫"},
      {"format words", "%s%n%d {} {0} $(id) `id`"},
      {"not UTF-8",
       "a\xFF\xFE"
       "b"},
      {"an overlong slash", "\xC0\xAF"},
      {"a lone surrogate", "\xED\xA0\x80"},
      {"half a character", "\xE6\x9D"},
  };
}

inline std::vector<Attack> long_attacks() {
  std::string hanzi, marks, emoji;
  while (hanzi.size() < 10'000) hanzi += "龘";
  while (marks.size() < 10'000) marks += "\u0301";
  while (emoji.size() < 10'000) emoji += "😀";
  return {{"10 kB of W", std::string(10'000, 'W')},
          {"10 kB of hanzi", hanzi},
          {"10 kB of accents", "a" + marks},
          {"10 kB of emoji", emoji},
          {"10 kB of spaces", std::string(10'000, ' ') + "x"},
          {"10 kB of NUL", std::string(10'000, '\0')},
          {"10 kB of lines", [] {
             std::string out;
             while (out.size() < 10'000) out += "a\r\n";
             return out;
           }()}};
}

}  // namespace packbench::label
