// CSV: RFC 4180, as it really comes: UTF-8 with or without a byte order mark, CR LF or LF or CR,
// fields over several lines, quotes in the middle of an unquoted field taken as they are.
// The reader looks into the caller's text, which must outlive it. No thread rule of its own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace packbench::exchange {

constexpr std::size_t kCsvFieldBytesMax = 64 * 1024;
constexpr std::size_t kCsvFieldsMax = 1'000;

struct CsvRow {
  std::size_t line = 0;             // of the file, from 1: the row's first
  std::vector<std::string> fields;  // as far as they could be read
  std::string_view source;          // as it stands in the file, without the line end
  std::string problem;              // why the row cannot be taken; empty where it can
};

class CsvReader {
 public:
  explicit CsvReader(std::string_view text, char separator = ',');

  // The next row that holds anything. After a row with a problem reading goes on at the next line
  // of the file: a stray quote costs one row and not the rest of the file.
  std::optional<CsvRow> next();

 private:
  bool at_line_end() const;
  void skip_line_end();
  void skip_line();
  bool read_row(CsvRow& row);
  bool read_plain(std::string& field);
  bool read_quoted(std::string& field, std::string& problem);

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  char separator_;
};

// The separator of a header line: the most frequent of comma, semicolon and tab.
char csv_separator(std::string_view text);

std::string_view without_bom(std::string_view text);

// A field for writing, quoted where it has to be.
std::string csv_field(std::string_view text);

}  // namespace packbench::exchange
