#include "drivers/printer/printer_models.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace packbench::drivers {
namespace {

using enum PrinterLanguage;

// Texts are in small letters without anything but letters and digits, as plain() makes them. An
// empty text or a 0 fits any printer and counts nothing.
struct Row {
  std::string_view manufacturer;  // beginning of it
  std::string_view model;         // beginning of it
  std::string_view command;       // beginning of one of the command set
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  PrinterLanguage language = unknown;
  int dpi = 0;
  bool may_not_answer = false;
};

// XPP and XL in a command set decide nothing: portable A4 printers of other languages have them as
// well as label printers that speak TSPL, so those are listed by model.
constexpr std::array kRows = {
    // By what the printer says it understands.
    Row{"", "", "zpl", 0, 0, zpl},
    Row{"", "", "tspl", 0, 0, tspl},
    Row{"", "", "epl", 0, 0, epl2},
    Row{"", "", "cpcl", 0, 0, cpcl},
    Row{"", "", "escpos", 0, 0, escpos},
    Row{"", "", "ptcbp", 0, 0, brother},
    // Zebra's older desktop printers, whose names tell the resolution by a digit.
    Row{"zebra", "ztcgx42", "zpl", 0, 0, zpl, 203},
    Row{"zebra", "ztcgx43", "zpl", 0, 0, zpl, 300},
    Row{"zebra", "ztcgk42", "zpl", 0, 0, zpl, 203},
    Row{"zebra", "ztcgk43", "zpl", 0, 0, zpl, 300},
    // Printers that speak ZPL under other names.
    Row{"4barcode", "4b2054a", "", 0, 0, zpl, 203, true},
    Row{"hp", "ke103", "", 0, 0, zpl, 0, true},
    // TSC and printers that speak its language without saying so.
    Row{"tsc", "", "", 0x1203, 0, tspl},
    Row{"printer", "thermalprinter", "xpp", 0, 0, tspl, 0, true},
    Row{"marklife", "x4", "", 0, 0, tspl, 0, true},
    Row{"vevor", "y428bt", "", 0, 0, tspl, 0, true},
    Row{"", "itpp941", "xpp", 0, 0, tspl, 0, true},
    Row{"", "d450bt", "", 0x2E3C, 0x5756, tspl, 0, true},
    Row{"", "pm241bt", "", 0, 0, tspl, 203, true},
    // Recognised, to say that they are no use here.
    Row{"dymo", "label", "", 0, 0, dymo},
    Row{"brother", "ql", "", 0, 0, brother},
    Row{"brother", "pt", "", 0, 0, brother},
};

constexpr int kManufacturerPoints = 2;
constexpr int kVendorPoints = 2;
constexpr int kProductPoints = 1;
constexpr int kCommandPoints = 4;
// A command set suffices, or a model with its maker, or a model's name of four characters.
constexpr int kPointsNeeded = 4;

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

struct Named {
  std::string manufacturer;
  std::string model;
  std::vector<std::string> commands;
};

// Where in the printer's list of languages the row's stands; nothing where it is not in there.
std::optional<int> place_of(std::string_view command, const std::vector<std::string>& commands) {
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (commands[i].starts_with(command)) return static_cast<int>(i);
  }
  return std::nullopt;
}

// Points, then whether we speak the language, then how early the printer names it. 0: does not fit.
int score(const Row& row, const Named& printer, std::uint16_t vendor, std::uint16_t product) {
  int points = 0;
  int place = 0;
  if (!row.manufacturer.empty()) {
    if (!printer.manufacturer.starts_with(row.manufacturer)) return 0;
    points += kManufacturerPoints;
  }
  if (!row.model.empty()) {
    if (!printer.model.starts_with(row.model)) return 0;
    points += static_cast<int>(row.model.size());
  }
  if (!row.command.empty()) {
    const auto found = place_of(row.command, printer.commands);
    if (!found) return 0;
    points += kCommandPoints;
    place = *found;
  }
  if (row.vendor != 0) {
    if (vendor != row.vendor) return 0;
    points += kVendorPoints;
  }
  if (row.product != 0) {
    if (product != row.product) return 0;
    points += kProductPoints;
  }
  if (points < kPointsNeeded) return 0;
  return points * 128 + (is_spoken(row.language) ? 64 : 0) + 63 - std::min(place, 63);
}

// The number before "dpi" in a model's name. Makers round 203 to 200.
int dpi_in(std::string_view text) {
  const std::string name = plain(text);
  const std::size_t at = name.find("dpi");
  if (at == std::string::npos || at < 3) return 0;
  const std::string_view digits = std::string_view(name).substr(at - 3, 3);
  if (digits == "203" || digits == "200") return 203;
  if (digits == "300") return 300;
  return digits == "600" ? 600 : 0;
}

constexpr std::array<std::pair<PrinterLanguage, std::string_view>, 8> kWords{{
    {unknown, "unknown"},
    {zpl, "zpl"},
    {tspl, "tspl"},
    {epl2, "epl2"},
    {cpcl, "cpcl"},
    {escpos, "escpos"},
    {dymo, "dymo"},
    {brother, "brother"},
}};

}  // namespace

std::string_view language_word(PrinterLanguage language) {
  for (const auto& [value, word] : kWords) {
    if (value == language) return word;
  }
  return "unknown";
}

std::optional<PrinterLanguage> language_of_word(std::string_view word) {
  for (const auto& [value, name] : kWords) {
    if (name == word && value != unknown) return value;
  }
  return std::nullopt;
}

PrinterModel match_printer(const DeviceId& id, std::uint16_t vendor, std::uint16_t product) {
  Named printer{plain(id.manufacturer), plain(id.model), {}};
  for (const std::string& command : id.command_set) printer.commands.push_back(plain(command));
  const Row* best = nullptr;
  int best_score = 0;
  for (const Row& row : kRows) {
    const int found = score(row, printer, vendor, product);
    if (found <= best_score) continue;
    best_score = found;
    best = &row;
  }
  PrinterModel model;
  if (best != nullptr) model = {best->language, best->dpi, best->may_not_answer};
  if (const int dpi = dpi_in(id.model); dpi != 0) model.dpi = dpi;
  return model;
}

}  // namespace packbench::drivers
