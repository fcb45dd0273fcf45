#include "exchange/table.h"

#include <algorithm>

#include "exchange/fields.h"

namespace packbench::exchange {

std::optional<std::size_t> Header::find(std::string_view name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

bool Header::has(std::initializer_list<std::string_view> wanted) const {
  return std::all_of(wanted.begin(), wanted.end(),
                     [this](std::string_view name) { return find(name).has_value(); });
}

Table::Table(std::string_view text) : reader_(text, csv_separator(without_bom(text))) {
  const auto row = reader_.next();
  if (!row || !row->problem.empty()) return;
  for (const std::string& name : row->fields) header_.names.emplace_back(trim(name));
}

std::optional<CsvRow> Table::next() {
  auto row = reader_.next();
  if (row && row->problem.empty() && row->fields.size() != header_.names.size()) {
    row->problem = "has " + std::to_string(row->fields.size()) + " fields where the header has " +
                   std::to_string(header_.names.size());
  }
  return row;
}

std::string_view Table::get(const CsvRow& row, std::string_view column) const {
  const auto index = header_.find(column);
  if (!index || *index >= row.fields.size()) return {};
  return trim(row.fields[*index]);
}

}  // namespace packbench::exchange
