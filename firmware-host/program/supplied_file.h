// From a supplied label's file to its bytes, and poppler's programs for those that are PDF. At the
// rim: reads files, starts processes.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "label/pdf_pages.h"

namespace packbench::program {

// Each of the two questions about a PDF takes at most so long.
constexpr std::chrono::seconds kPdfPatience{6};

// The bytes of an ordinary file of at most label::kSuppliedBytesMax; nothing is read of another,
// and what is no file is not opened. Errors are label_unprintable and name the file as `name`.
Result<std::string> read_supplied_file(const std::string& path, const std::string& name);

// Answers by pdfinfo and pdftoppm (Debian's poppler-utils), each in a process with limits.
label::AskPdf ask_poppler(std::chrono::milliseconds patience = kPdfPatience);

}  // namespace packbench::program
