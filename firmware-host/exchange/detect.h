// Detect: what kind of file a text is, by its content; its name says nothing.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/import.h"
#include "exchange/table.h"

namespace packbench::exchange {

enum class FileKind {
  json_lines,
  waybills,
  operators,
  aliases,
  stops,
  visits,
  stop_regions,
  shopify,
  mapped,
  traces,
  traces_json,
};

const char* kind_name(FileKind kind);

// Error bad_format: no text of a kind we could read at all; unknown_layout: a CSV file whose header
// is none of the known ones, with what to do.
Result<FileKind> detect(std::string_view text, const Header& header, const ImportOptions& options);

}  // namespace packbench::exchange
