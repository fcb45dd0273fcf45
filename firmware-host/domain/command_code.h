// Command codes: the printed sheet of barcodes that stand for console actions, for hands in
// gloves. A code is "PBC", three digits of the command's number and a check character, all in
// characters that keyboards of different countries send alike. Numbers are never reused: sheets
// hang on walls for years. Pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace packbench {

struct SheetCommand {
  int number = 0;           // 1 to 999
  std::string_view action;  // the console line it stands for; "*" is the first open check
  std::string_view zh;
  std::string_view en;
  bool privileged = false;  // asks for a supervisor as the same line typed would
};

// Every command of the sheet, in the order of printing.
std::span<const SheetCommand> sheet_commands();

// The barcode of a command; nothing where no command has this action.
std::optional<std::string> encode_command(std::string_view action);

// The console line, for codes with the prefix, a right check character and a known number only.
std::optional<std::string> parse_command(std::string_view bytes);

// Whether bytes have the shape of a command code, the check character right or not: imports refuse
// such identifiers, so that a misread command never opens an order.
bool looks_like_command(std::string_view bytes);

}  // namespace packbench
