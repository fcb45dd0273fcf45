// A reader of dots-only TSPL written from the programming manual, apart from the writer: what the
// self-check looks at must be what the printer will see.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "label/tspl.h"

namespace packbench::label {
namespace {

constexpr int kTsplWidthMax = 2'500;
constexpr int kTsplHeightMax = 20'000;

// A whole number of at most `digits` digits and nothing else.
std::optional<int> whole(std::string_view text, std::size_t digits) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.size() > digits || read.ec != std::errc() ||
      read.ptr != text.data() + text.size() || number < 0) {
    return std::nullopt;
  }
  return number;
}

// "12.5 mm" in micrometres.
std::optional<int> micrometres(std::string_view text) {
  if (!text.ends_with(" mm")) return std::nullopt;
  text.remove_suffix(3);
  const std::size_t point = text.find('.');
  const auto millimetres = whole(text.substr(0, point), 4);
  if (!millimetres) return std::nullopt;
  if (point == std::string_view::npos) return *millimetres * 1'000;
  const std::string_view places = text.substr(point + 1);
  auto part = whole(places, 3);
  if (!part) return std::nullopt;
  for (std::size_t i = places.size(); i < 3; ++i) *part *= 10;
  return *millimetres * 1'000 + *part;
}

// Takes the text before the separator off the front; nothing where there is none.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at + separator.size());
  return part;
}

// One job up to its PRINT.
class TsplReader {
 public:
  TsplReader(std::string_view job, int dots_a_millimetre)
      : rest_(job), dots_a_millimetre_(dots_a_millimetre) {}

  std::optional<Raster> run() {
    // Immediate commands count wherever they stand, also among dots.
    if (rest_.find("\x1B!") != std::string_view::npos) return std::nullopt;
    next_is("\r\n");
    while (!next_is("PRINT 1,1\r\n")) {
      if (!(next_is("BITMAP ") ? draw() : set_up())) return std::nullopt;
    }
    if (!rest_.empty() || !drawn_) return std::nullopt;
    return std::move(page_);
  }

 private:
  bool next_is(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  // A command of the frame. After CLS there are none, for they could clear or move the dots.
  bool set_up() {
    auto line = take_until(rest_, "\r\n");
    if (!line || clear_) return false;
    if (*line == "CLS") {
      clear_ = page_.width > 0;
      return clear_;
    }
    if (*line == "REFERENCE 0,0" || *line == "SET REPRINT OFF") return true;
    const auto name = take_until(*line, " ");
    if (!name) return false;
    if (*name == "SIZE") return size(*line);
    if (*name == "GAP") return gap(*line);
    if (*name == "DIRECTION") return *line == "0" || *line == "1";
    return (*name == "DENSITY" || *name == "SPEED") && whole(*line, 2).has_value();
  }

  bool gap(std::string_view text) {
    const auto length = take_until(text, ",");
    return length && micrometres(*length) && text == "0 mm";
  }

  bool size(std::string_view text) {
    const auto width_text = take_until(text, ",");
    if (!width_text || page_.width > 0) return false;
    const auto width = dots(*width_text, kTsplWidthMax);
    const auto height = dots(text, kTsplHeightMax);
    if (!width || !height) return false;
    page_ = Raster(*width, *height);
    return true;
  }

  // A length that is a whole number of dots, as far as three decimals can tell.
  std::optional<int> dots(std::string_view text, int limit) const {
    const auto length = micrometres(text);
    if (!length) return std::nullopt;
    const int thousandths = *length * dots_a_millimetre_;
    const int count = (thousandths + 500) / 1'000;
    if (count < 1 || count > limit) return std::nullopt;
    const int off = thousandths - count * 1'000;
    if (off > dots_a_millimetre_ || off < -dots_a_millimetre_) return std::nullopt;
    return count;
  }

  bool draw() {
    if (!clear_) return false;
    std::array<int, 5> numbers{};
    for (int& number : numbers) {
      const auto text = take_until(rest_, ",");
      const auto read = text ? whole(*text, 5) : std::nullopt;
      if (!read) return false;
      number = *read;
    }
    const auto [x, y, row_bytes, rows, mode] = numbers;
    if (mode != 0 || x % 8 != 0 || row_bytes < 1 || rows < 1) return false;
    if (x / 8 + row_bytes > page_.row_bytes() || y + rows > page_.height) return false;
    const std::size_t size = static_cast<std::size_t>(row_bytes) * static_cast<std::size_t>(rows);
    if (rest_.size() < size) return false;
    const std::string_view dots = rest_.substr(0, size);
    rest_.remove_prefix(size);
    drawn_ = true;
    return next_is("\r\n") && overwrite(dots, x / 8, y, row_bytes);
  }

  // The page's last byte of a row may reach over its edge: there only white may stand.
  bool overwrite(std::string_view dots, int byte_x, int y, int row_bytes) {
    const int padding = page_.row_bytes() * 8 - page_.width;
    const auto over_edge = static_cast<std::uint8_t>((1U << padding) - 1U);
    for (std::size_t i = 0; i < dots.size(); ++i) {
      const int column = byte_x + static_cast<int>(i) % row_bytes;
      const auto black = static_cast<std::uint8_t>(~static_cast<std::uint8_t>(dots[i]));
      if (column == page_.row_bytes() - 1 && (black & over_edge) != 0) return false;
      page_.row(y + static_cast<int>(i) / row_bytes)[column] = black;
    }
    return true;
  }

  std::string_view rest_;
  const int dots_a_millimetre_;
  bool clear_ = false;
  bool drawn_ = false;
  Raster page_;
};

}  // namespace

Result<Raster> read_tspl(std::string_view job, int dpi) {
  CHECK(dpi == 203 || dpi == 300);
  auto page = TsplReader(job, dpi == 203 ? 8 : 12).run();
  if (page) return std::move(*page);
  return Error{"bad_format", "This print job holds more or other than the dots of one label."};
}

}  // namespace packbench::label
