// A supplied label: a file from the platform or the carrier for one order, checked before use.
// First form: PNG (black and white dots at 203 dpi) and ZPL made of graphic fields only. Thread
// rule: any one thread at a time.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "label/label.h"

namespace packbench::label {

// The file's dots as our own print job in `language`, when a code on it reads exactly as `number`.
// Errors are label_unprintable and say what is wrong with the file.
Result<Label> supplied_label(std::string_view bytes, std::string_view number,
                             LabelLanguage language);

}  // namespace packbench::label
