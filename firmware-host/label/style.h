// LabelStyle: how labels are made for this bench: what its printer is set to and what its scanner
// can read. Plain values.
#pragma once

#include <optional>
#include <string_view>

namespace packbench::label {

// What a label's print job is written in: label/zpl.h, label/tspl.h.
enum class LabelLanguage { zpl, tspl };

// zpl, tspl: also what a printer answers when asked for its language, and a file's ending.
std::string_view language_word(LabelLanguage language);
std::optional<LabelLanguage> label_language(std::string_view word);

// What the small code is: laser scanners read bars only.
enum class SmallCode { qr, code128 };

// What the print job tells the printer beside the dots.
struct PrinterSetting {
  int dpi = 203;  // 203 or 300
  std::optional<int> darkness =
      {};  // 0 ... 30, the half of it in TSPL; nothing: as the printer is set
  std::optional<int> speed = {};  // inches a second, 1 ... 14; nothing: as the printer is set
  bool compressed = true;         // ZPL: dots by zlib (Z64), a third of the size; else as ASCII
  int gap_tenths = 20;  // TSPL: between two labels, in tenths of a millimetre; 0: endless paper
  int direction = 0;    // TSPL: 0 or 1, which edge of the label comes out first
};

struct LabelStyle {
  LabelLanguage language = LabelLanguage::zpl;
  SmallCode small = SmallCode::qr;
  PrinterSetting printer;
};

// Dots to a millimetre of the print head. Heads of 203 dpi have 8. Of 300 dpi those that speak ZPL
// have 11.81 (300 to the inch), and TSPL's manual counts 12.
double dots_per_mm(const LabelStyle& style);

}  // namespace packbench::label
