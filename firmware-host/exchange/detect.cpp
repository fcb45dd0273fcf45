#include "exchange/detect.h"

#include "exchange/fields.h"
#include "exchange/importers.h"
#include "exchange/traces.h"
#include "exchange/waybills.h"

namespace packbench::exchange {
namespace {

// Bytes that no text file in UTF-8 begins with, and what they are.
const char* binary_kind(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "UTF-16 text";
  if (text.starts_with("PK\x03\x04")) return "a spreadsheet or an archive";
  if (text.starts_with("\xD0\xCF\x11\xE0")) return "an old spreadsheet";
  if (text.starts_with("%PDF")) return "a PDF";
  if (text.substr(0, 4'096).find('\0') != std::string_view::npos) return "no text";
  return nullptr;
}

// The first names of a header, for a message; never more than fits a line.
std::string first_names(const Header& header) {
  std::string text;
  for (const std::string& name : header.names) {
    if (text.size() + name.size() > 120) return text + " ...";
    text += (text.empty() ? "" : ", ") + clean_text(name);
  }
  return text;
}

}  // namespace

const char* kind_name(FileKind kind) {
  switch (kind) {
    case FileKind::json_lines:
      return "json_lines";
    case FileKind::waybills:
      return "waybills";
    case FileKind::operators:
      return "operators";
    case FileKind::aliases:
      return "aliases";
    case FileKind::stops:
      return "stops";
    case FileKind::visits:
      return "visits";
    case FileKind::stop_regions:
      return "stop_regions";
    case FileKind::shopify:
      return "shopify";
    case FileKind::mapped:
      return "mapped";
    case FileKind::traces:
    case FileKind::traces_json:
      return "traces";
  }
  return "";
}

Result<FileKind> detect(std::string_view text, const Header& header, const ImportOptions& options) {
  if (const char* kind = binary_kind(text)) {
    return Error{"bad_format", std::string("The file is ") + kind +
                                   ". Save it as CSV UTF-8 or as JSON Lines and import that."};
  }
  const std::string_view start = trim(without_bom(text));
  if (start.empty()) return Error{"bad_format", "The file is empty. Export it again."};
  const bool json = start.front() == '{' || start.front() == '[';
  if (json && is_traces_json(start)) return FileKind::traces_json;
  if (start.front() == '{') return FileKind::json_lines;
  if (start.front() == '[') {
    return Error{"bad_format",
                 "The file is one JSON list. Write one object a line (JSON Lines) instead."};
  }
  if (is_mapped(header, options)) return FileKind::mapped;
  if (header.has({"carrier", "weekday", "time"})) return FileKind::visits;
  if (header.has({"carrier", "region", "from", "to"})) return FileKind::stop_regions;
  if (is_traces(header)) return FileKind::traces;
  if (is_waybills(header)) return FileKind::waybills;
  if (header.has({"badge", "name", "role"})) return FileKind::operators;
  if (header.has({"code", "order"})) return FileKind::aliases;
  if (header.has({"order", "reason"})) return FileKind::stops;
  if (is_shopify(header)) return FileKind::shopify;
  if (header.has({"line", "reason", "row"})) {
    return Error{"unknown_layout",
                 "The file is a list of rejected rows. Mend the rows in the file they came from."};
  }
  return Error{"unknown_layout",
               "The header is none of the known ones (" + first_names(header) +
                   "). Name the columns with --map number=...,sku=...,quantity=..., or check that "
                   "the first line is the header."};
}

}  // namespace packbench::exchange
