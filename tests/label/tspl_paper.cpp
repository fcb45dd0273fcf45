#include "tests/label/tspl_paper.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace packbench::label {
namespace {

constexpr double kInch = 25.4;
constexpr int kDotsMax = 20'000;  // of a side of the paper

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t comma; (comma = text.find(',')) != std::string_view::npos;) {
    out.push_back(trimmed(text.substr(0, comma)));
    text.remove_prefix(comma + 1);
  }
  out.push_back(trimmed(text));
  return out;
}

std::optional<int> integer(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class Printer {
 public:
  Printer(std::string_view job, double dots_per_mm) : job_(job), dots_per_mm_(dots_per_mm) {}
  TsplPaper run();

 private:
  void command(std::string_view line);
  void size(std::string_view parameters);
  void gap(std::string_view parameters);
  void reference(std::string_view parameters);
  void bar(std::string_view parameters);
  void bitmap();
  void print(std::string_view parameters);
  // Millimetres of "3", "76.2 mm" or "600 dot".
  std::optional<double> length(std::string_view text) const;
  std::optional<std::vector<int>> integers(std::string_view parameters, std::size_t count);
  void complain(const std::string& what) {
    paper_.complaints.push_back(what + " at byte " + std::to_string(at_));
  }
  bool on_paper(int x, int y) const {
    return x >= 0 && y >= 0 && x < buffer_.width && y < buffer_.height;
  }
  void ink(int x, int y, bool black);

  std::string_view job_;
  double dots_per_mm_;
  std::size_t at_ = 0;
  Raster buffer_;
  bool cleared_ = false;
  int reference_x_ = 0, reference_y_ = 0;
  TsplPaper paper_;
};

std::optional<double> Printer::length(std::string_view text) const {
  const std::string number(text);
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (end == number.c_str()) return std::nullopt;
  const std::string unit = upper(trimmed(end));
  if (unit.empty()) return value * kInch;
  if (unit == "MM") return value;
  if (unit == "DOT") return value / dots_per_mm_;
  return std::nullopt;
}

std::optional<std::vector<int>> Printer::integers(std::string_view parameters, std::size_t count) {
  std::vector<int> out;
  for (const std::string_view part : split(parameters)) {
    const auto value = integer(part);
    if (value) out.push_back(*value);
  }
  if (out.size() == count && split(parameters).size() == count) return out;
  complain("not " + std::to_string(count) + " numbers: " + std::string(parameters));
  return std::nullopt;
}

void Printer::ink(int x, int y, bool black) {
  std::uint8_t& byte = buffer_.row(y)[x / 8];
  const int mask = 0x80 >> (x % 8);
  byte = static_cast<std::uint8_t>(black ? byte | mask : byte & ~mask);
}

void Printer::size(std::string_view parameters) {
  const auto parts = split(parameters);
  const auto width = length(parts[0]);
  const auto height = parts.size() == 2 ? length(parts[1]) : std::nullopt;
  if (!width || !height || *width <= 0 || *height <= 0) return complain("SIZE without two lengths");
  paper_.width = *width;
  paper_.height = *height;
  const long across = std::lround(*width * dots_per_mm_),
             along = std::lround(*height * dots_per_mm_);
  if (across > kDotsMax || along > kDotsMax) return complain("paper too large");
  buffer_ = Raster(static_cast<int>(across), static_cast<int>(along));
  cleared_ = false;  // what the buffer holds of another size is no label
}

void Printer::gap(std::string_view parameters) {
  const auto parts = split(parameters);
  const auto distance = length(parts[0]),
             offset = parts.size() == 2 ? length(parts[1]) : std::nullopt;
  if (!distance || !offset) return complain("GAP without two lengths");
  paper_.gap = *distance;
}

void Printer::reference(std::string_view parameters) {
  const auto at = integers(parameters, 2);
  if (!at) return;
  reference_x_ = (*at)[0];
  reference_y_ = (*at)[1];
}

void Printer::bar(std::string_view parameters) {
  const auto box = integers(parameters, 4);
  if (!box) return;
  for (int y = 0; y < (*box)[3]; ++y) {
    for (int x = 0; x < (*box)[2]; ++x) {
      const int to_x = reference_x_ + (*box)[0] + x, to_y = reference_y_ + (*box)[1] + y;
      if (!on_paper(to_x, to_y)) return complain("BAR off the paper");
      ink(to_x, to_y, true);
    }
  }
}

// at_ stands behind "BITMAP ": five numbers, each with its comma, and then the dots.
void Printer::bitmap() {
  int number[5] = {};
  std::string text;
  for (int& value : number) {
    const std::size_t comma = job_.find(',', at_);
    const auto part = comma == std::string_view::npos
                          ? std::nullopt
                          : integer(trimmed(job_.substr(at_, comma - at_)));
    if (!part) return complain("BITMAP without its five numbers");
    value = *part;
    text += (text.empty() ? "" : ",") + std::to_string(value);
    at_ = comma + 1;
  }
  const auto [x0, y0, bytes, rows, mode] = number;
  paper_.frame.push_back("BITMAP " + text);
  if (bytes < 1 || rows < 1 || mode < 0 || mode > 2) return complain("BITMAP of " + text);
  if (!cleared_) complain("BITMAP before CLS");
  const std::size_t count = static_cast<std::size_t>(bytes) * static_cast<std::size_t>(rows);
  if (job_.size() - at_ < count) return complain("BITMAP with too few dots");
  int lost = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto byte = static_cast<unsigned char>(job_[at_ + i]);
    for (int bit = 0; bit < 8; ++bit) {
      const int x =
          reference_x_ + x0 + static_cast<int>(i % static_cast<std::size_t>(bytes)) * 8 + bit;
      const int y = reference_y_ + y0 + static_cast<int>(i / static_cast<std::size_t>(bytes));
      const bool prints = ((byte >> (7 - bit)) & 1) == 0;
      if (!on_paper(x, y)) {
        lost += prints ? 1 : 0;
      } else if (mode == 0) {
        ink(x, y, prints);
      } else if (prints) {
        ink(x, y, mode == 1 || !buffer_.black(x, y));
      }
    }
  }
  if (lost > 0) complain("BITMAP with " + std::to_string(lost) + " dots off the paper");
  at_ += count;
}

void Printer::print(std::string_view parameters) {
  const auto parts = split(parameters);
  const auto sets = integer(parts[0]), copies = parts.size() == 2 ? integer(parts[1]) : 1;
  if (!sets || !copies || *sets < 1 || *copies < 1 || parts.size() > 2)
    return complain("PRINT without a count");
  for (int i = 0; i < *sets * *copies && paper_.labels.size() < 100; ++i)
    paper_.labels.push_back(buffer_);
}

void Printer::command(std::string_view line) {
  paper_.frame.emplace_back(line);
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string word = upper(line.substr(0, space));
  const std::string_view rest = trimmed(line.substr(space));
  if (word == "SIZE") return size(rest);
  if (word == "GAP") return gap(rest);
  if (word == "REFERENCE") return reference(rest);
  if (word == "BAR") return bar(rest);
  if (word == "PRINT") return print(rest);
  if (word == "CLS") {
    buffer_ = Raster(buffer_.width, buffer_.height);
    cleared_ = true;
  } else if (word == "DIRECTION" || word == "DENSITY" || word == "SPEED") {
    paper_.setting[word] = rest;
  } else if (word == "SET") {
    const std::size_t name = std::min(rest.find(' '), rest.size());
    paper_.setting["SET " + upper(rest.substr(0, name))] = trimmed(rest.substr(name));
  } else {
    complain("unknown command " + std::string(line.substr(0, 20)));
  }
}

TsplPaper Printer::run() {
  for (std::size_t at = 0; (at = job_.find("\x1B!", at)) != std::string_view::npos; ++at) {
    ++paper_.immediate;
  }
  constexpr std::string_view kBitmap = "BITMAP ";
  while (at_ < job_.size()) {
    if (upper(job_.substr(at_, kBitmap.size())) == kBitmap) {
      at_ += kBitmap.size();
      bitmap();
    }
    const std::size_t end = std::min(job_.find('\n', at_), job_.size());
    std::string_view line = job_.substr(at_, end - at_);
    if (end == job_.size()) complain("no line's end");
    if (line.ends_with('\r')) line.remove_suffix(1);
    at_ = end + 1;
    if (!trimmed(line).empty()) command(trimmed(line));
  }
  return std::move(paper_);
}

}  // namespace

TsplPaper print_tspl(std::string_view job, double dots_per_mm) {
  return Printer(job, dots_per_mm).run();
}

}  // namespace packbench::label
