#include "domain/identifier.h"

#include "domain/barcode.h"
#include "domain/command_code.h"
#include "domain/label_code.h"

namespace packbench {

std::optional<std::string> identifier_problem(std::string_view text) {
  if (text.empty()) return "is empty";
  if (text.size() > kIdentifierBytesMax) return "is longer than 128 bytes";
  if (text.find('\x1D') != std::string_view::npos || scan_problem(text)) {
    return "holds characters that cannot be printed";
  }
  if (text.front() == ' ' || text.back() == ' ') return "begins or ends with a space";
  if (text.front() == '/') return "begins with / and would be read as an action";
  if (!parse_scan(text).aim.empty()) return "begins like a scanner's symbology identifier";
  if (looks_like_command(text)) return "would be read as a command of the printed sheet";
  if (parse_label_code(text)) return "would be read as a label's small code";
  return std::nullopt;
}

}  // namespace packbench
