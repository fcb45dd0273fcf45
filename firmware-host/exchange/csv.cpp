#include "exchange/csv.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace packbench::exchange {

CsvReader::CsvReader(std::string_view text, char separator)
    : text_(without_bom(text)), separator_(separator) {}

std::optional<CsvRow> CsvReader::next() {
  while (at_ < text_.size()) {
    CsvRow row;
    row.line = line_;
    const std::size_t start = at_;
    if (read_row(row)) {
      row.source = text_.substr(start, at_ - start);
      skip_line_end();
      const bool blank = std::all_of(row.fields.begin(), row.fields.end(),
                                     [](const std::string& field) { return field.empty(); });
      if (blank) continue;
      if (!is_utf8(row.source)) row.problem = "is not UTF-8; save the file as CSV UTF-8";
    } else {
      at_ = start;
      line_ = row.line;
      skip_line();
      row.source = text_.substr(start, at_ - start);
      skip_line_end();
    }
    return row;
  }
  return std::nullopt;
}

bool CsvReader::at_line_end() const {
  return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
}

void CsvReader::skip_line_end() {
  if (at_ >= text_.size()) return;
  const bool cr_lf = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
  at_ += cr_lf ? 2 : 1;
  ++line_;
}

void CsvReader::skip_line() {
  while (!at_line_end()) ++at_;
}

bool CsvReader::read_row(CsvRow& row) {
  for (;;) {
    if (row.fields.size() == kCsvFieldsMax) {
      row.problem = "has more than 1000 fields";
      return false;
    }
    std::string field;
    const bool quoted = at_ < text_.size() && text_[at_] == '"';
    if (quoted ? !read_quoted(field, row.problem) : !read_plain(field)) {
      if (row.problem.empty()) row.problem = "has a field longer than 64 KiB";
      return false;
    }
    row.fields.push_back(std::move(field));
    if (at_line_end()) return true;
    ++at_;  // the separator
  }
}

bool CsvReader::read_plain(std::string& field) {
  const std::size_t start = at_;
  while (!at_line_end() && text_[at_] != separator_) ++at_;
  if (at_ - start > kCsvFieldBytesMax) return false;
  field = text_.substr(start, at_ - start);
  return true;
}

bool CsvReader::read_quoted(std::string& field, std::string& problem) {
  ++at_;
  for (; at_ < text_.size() && field.size() <= kCsvFieldBytesMax; ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      const bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == '"';
      if (!doubled) {
        ++at_;
        if (at_line_end() || text_[at_] == separator_) return true;
        problem = "has text behind a closing quote";
        return false;
      }
      ++at_;
    }
    // CR LF is one line end; its LF counts.
    const bool before_lf = at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
    if (c == '\n' || (c == '\r' && !before_lf)) ++line_;
    field.push_back(c);
  }
  if (at_ >= text_.size()) problem = "opens a quote that is never closed";
  return false;
}

char csv_separator(std::string_view text) {
  const std::string_view head = text.substr(0, text.find_first_of("\r\n"));
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  const auto count = [head](char c) { return std::count(head.begin(), head.end(), c); };
  return *std::max_element(kSeparators.begin(), kSeparators.end(),
                           [&](char a, char b) { return count(a) < count(b); });
}

std::string_view without_bom(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",;\t\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

}  // namespace packbench::exchange
