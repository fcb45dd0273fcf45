// Which language a printer speaks, by its IEEE 1284 id and its USB numbers. A table of models, one
// row each (printer_models.cpp); the row that fits best decides, and where none fits well the
// answer is an honest `unknown`: the configuration can still bind such a printer. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "drivers/printer/device_id.h"

namespace packbench::drivers {

// Languages that we speak and some that we only recognise, to say why a printer cannot be used.
enum class PrinterLanguage { unknown, zpl, tspl, epl2, cpcl, escpos, dymo, brother };

constexpr bool is_spoken(PrinterLanguage language) {
  return language == PrinterLanguage::zpl || language == PrinterLanguage::tspl;
}

// zpl, tspl ...: the word in configuration files and lists.
std::string_view language_word(PrinterLanguage language);
std::optional<PrinterLanguage> language_of_word(std::string_view word);

struct PrinterModel {
  PrinterLanguage language = PrinterLanguage::unknown;
  int dpi = 0;  // 203, 300 or 600 where the id or the table tells; else 0
  // Nobody has documented that it answers status questions: its silence tells nothing.
  bool may_not_answer = true;
  bool operator==(const PrinterModel&) const = default;
};

// USB numbers may be 0 where they are not known; by themselves they decide nothing, since makers
// give the same ones to printers of different languages.
PrinterModel match_printer(const DeviceId& id, std::uint16_t vendor, std::uint16_t product);

}  // namespace packbench::drivers
