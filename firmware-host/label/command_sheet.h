// The sheet of command barcodes that hangs at a bench, as a PDF for an office printer.
// Thread rule: any one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace packbench::label {

struct CommandSheetEntry {
  std::string code;  // text of the Code 128, as the scanner will send it
  std::string title_zh;
  std::string title_en;
};

// A4 portrait, two columns, as many pages as it takes. The same entries give the same bytes.
// label_unprintable where a code or a title cannot be drawn; bad_input for no entries at all.
Result<std::string> command_sheet_pdf(const std::vector<CommandSheetEntry>& entries);

}  // namespace packbench::label
