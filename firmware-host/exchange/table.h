// Table: a CSV file with a header, read row by row and asked by column name. The caller's text must
// outlive it. No thread rule of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/csv.h"

namespace packbench::exchange {

// Names are compared as they stand, without spaces around them; of two columns with one name the
// first counts.
struct Header {
  std::vector<std::string> names;
  std::optional<std::size_t> find(std::string_view name) const;
  bool has(std::initializer_list<std::string_view> wanted) const;
};

class Table {
 public:
  // Reads the header; a file without one has an empty header.
  explicit Table(std::string_view text);

  const Header& header() const { return header_; }

  // The next row. One with fewer or more fields than the header has a problem.
  std::optional<CsvRow> next();

  // A field without the spaces around it; empty where the header has no such column or the row is
  // too short.
  std::string_view get(const CsvRow& row, std::string_view column) const;

 private:
  CsvReader reader_;
  Header header_;
};

}  // namespace packbench::exchange
