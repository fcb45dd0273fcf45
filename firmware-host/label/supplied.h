// A supplied label: a file from the platform or the carrier for one order, checked before use: a
// PDF of one page, a PNG, or ZPL made of graphics. Its dots become our own print job, so nothing in
// it reaches the printer's interpreter.
// Thread rule: any one thread at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "label/label.h"
#include "label/pdf_pages.h"

namespace packbench::label {

// A file that is larger is not worth reading.
constexpr std::size_t kSuppliedBytesMax = 8'000'000;

// The file as a print job on `paper` (dots), when its bars read as `number` in the dots that will
// be printed. It is printed in its own size, in the middle of the paper; blank margins of up to 2.5
// mm beyond the paper are cut off. A PNG with exactly the dots of the paper is printed dot for dot;
// the size of any other its resolution says (pHYs). One that names none fills paper of the same
// proportions or counts as dots of the print head. A page that only fits sideways is turned. Errors
// are label_unprintable and say, in both languages, what is wrong and what to ask for.
Result<Label> supplied_label(std::string_view bytes, std::string_view number, const Box& paper,
                             const LabelStyle& style, const AskPdf& ask_pdf);

// The same error for a file that cannot be had at all.
Error unprintable_file(const std::string& en, const std::string& zh);

}  // namespace packbench::label
