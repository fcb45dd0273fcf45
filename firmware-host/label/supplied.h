// A supplied label: a file from the platform or the carrier for one order, checked before use.
// PNG of black and white dots at the print head's resolution, and ZPL made of graphic fields only.
// Thread rule: any one thread at a time.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "label/label.h"

namespace packbench::label {

// The file's dots as our own print job in `language`, when a code on it reads exactly as `number`.
// Errors are label_unprintable and say what is wrong with the file.
// `paper` is what lies in the printer.
Result<Label> supplied_label(std::string_view bytes, std::string_view number, const Box& paper,
                             const LabelStyle& style);

}  // namespace packbench::label
