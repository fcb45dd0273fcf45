#include "label/style.h"

namespace packbench::label {

std::string_view language_word(LabelLanguage language) {
  return language == LabelLanguage::tspl ? "tspl" : "zpl";
}

std::optional<LabelLanguage> label_language(std::string_view word) {
  for (const LabelLanguage language : {LabelLanguage::zpl, LabelLanguage::tspl}) {
    if (word == language_word(language)) return language;
  }
  return std::nullopt;
}

double dots_per_mm(const LabelStyle& style) {
  constexpr double kMillimetresPerInch = 25.4;
  if (style.printer.dpi == 203) return 8;
  return style.language == LabelLanguage::tspl ? 12 : style.printer.dpi / kMillimetresPerInch;
}

}  // namespace packbench::label
