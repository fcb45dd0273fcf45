// TextTable: rows of texts as columns for a terminal. Pure.
#pragma once

#include <string>
#include <vector>

namespace packbench::host {

using TableLine = std::vector<std::string>;

// All lines have as many fields as the first; a letter that would move the cursor is left out.
std::string text_table(const std::vector<TableLine>& lines);

}  // namespace packbench::host
