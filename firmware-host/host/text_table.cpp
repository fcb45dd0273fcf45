#include "host/text_table.h"

#include <algorithm>

#include "base/utf8.h"

namespace packbench::host {
namespace {

// Letters of Chinese and the like are two columns wide.
std::size_t width_of(const std::string& text) {
  const auto points = code_points(text);
  if (!points) return text.size();
  std::size_t width = 0;
  for (const char32_t c : *points) width += c >= 0x2E80 ? 2 : 1;
  return width;
}

}  // namespace

std::string text_table(const std::vector<TableLine>& lines) {
  std::vector<std::size_t> widths(lines.empty() ? 0 : lines.front().size());
  for (const TableLine& line : lines) {
    for (std::size_t i = 0; i < widths.size(); ++i)
      widths[i] = std::max(widths[i], width_of(line[i]));
  }
  std::string text;
  for (const TableLine& line : lines) {
    std::string row;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      row += line[i];
      if (i + 1 < widths.size()) row.append(widths[i] - width_of(line[i]) + 2, ' ');
    }
    text += printable(row) + "\n";
  }
  return text;
}

}  // namespace packbench::host
