#include "label/printed_bars.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/digit.h"
#include "domain/tracking_number.h"
#include "label/code128.h"
#include "label/symbol.h"

namespace packbench::label {
namespace {

constexpr double kHeightMin = 5;  // mm
constexpr double kBreakMax = 3;   // mm; what is farther apart are two codes
constexpr std::size_t kCodesMax = 12;

bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

// Digits where the other has digits, letters where it has letters: how the numbers of one carrier
// look alike.
bool looks_like(std::string_view text, std::string_view number) {
  return text != number &&
         std::equal(text.begin(), text.end(), number.begin(), number.end(), [](char a, char b) {
           return a == b || (is_digit(a) && is_digit(b)) || (is_letter(a) && is_letter(b));
         });
}

// A page with the bars of one code upright, whichever way they stand on the paper: `at` counts
// along the code, `line` across it.
class Lines {
 public:
  Lines(const Raster& page, const Box& found)
      : page_(page),
        turned_(found.height > found.width),
        line_(turned_ ? found.x + found.width / 2 : found.y + found.height / 2) {
    first_ = turned_ ? found.y : found.x;
    last_ = first_ + (turned_ ? found.height : found.width) - 1;
    settle_ends();
    edges_ = edges(line_);
  }

  int length() const { return turned_ ? page_.height : page_.width; }
  int count() const { return turned_ ? page_.width : page_.height; }
  int line() const { return line_; }
  int first() const { return first_; }
  int last() const { return last_; }
  bool turned() const { return turned_; }

  bool black(int line, int at) const {
    if (at < 0 || at >= length()) return false;
    return turned_ ? page_.black(line, at) : page_.black(at, line);
  }

  // Widths of bar, space, bar ... in dots.
  std::vector<int> widths() const {
    std::vector<int> out;
    int from = first_;
    for (const int edge : edges_) out.push_back(edge - std::exchange(from, edge));
    out.push_back(last_ + 1 - from);
    return out;
  }

  // Whether a line shows the same bars, to a dot.
  bool alike(int line) const {
    const auto other = edges(line);
    return black(line, first_ + 1) && black(line, last_ - 1) && other.size() == edges_.size() &&
           std::equal(other.begin(), other.end(), edges_.begin(),
                      [](int a, int b) { return std::abs(a - b) <= 1; });
  }
  // Whether it looks like bars at all.
  bool busy(int line) const { return edges(line).size() * 2 >= edges_.size(); }

 private:
  // A reader says where the code is to a dot or two.
  void settle_ends() {
    while (first_ < last_ && !black(line_, first_)) ++first_;
    while (last_ > first_ && !black(line_, last_)) --last_;
    while (black(line_, first_ - 1)) --first_;
    while (black(line_, last_ + 1)) ++last_;
  }

  // Where the colour changes between the two ends. A dot of the outermost bars may be missing.
  std::vector<int> edges(int line) const {
    std::vector<int> out;
    for (int at = first_ + 2; at <= last_ - 1; ++at) {
      if (black(line, at) != black(line, at - 1)) out.push_back(at);
    }
    return out;
  }

  const Raster& page_;
  bool turned_;
  int line_;
  int first_ = 0, last_ = 0;
  std::vector<int> edges_;
};

// First and last line of the bars around the one that was read.
struct Range {
  int first = 0, last = 0;
};

template <class Same>
Range around(const Lines& lines, Same same) {
  Range out{lines.line(), lines.line()};
  while (out.first > 0 && same(out.first - 1)) --out.first;
  while (out.last + 1 < lines.count() && same(out.last + 1)) ++out.last;
  return out;
}

// The modules of a Code 128 with so many bars and spaces: 11 for six of them, and 13 for the seven
// of its end. Nothing where there is no such code.
std::optional<int> modules_of(std::size_t widths) {
  if (widths < 7 + 3 * 6 || widths % 6 != 1) return std::nullopt;
  return static_cast<int>((widths - 7) / 6 * 11 + 13);
}

bool is_blank(const Lines& lines, const Range& range, int from, int to) {
  if (from < 0 || to > lines.length()) return false;
  for (int line = range.first; line <= range.last; ++line) {
    for (int at = from; at < to; ++at) {
      if (lines.black(line, at)) return false;
    }
  }
  return true;
}

bool is_broken(const Lines& lines, const Range& range, int farthest) {
  for (int step = 2; step <= farthest; ++step) {
    for (const int line : {range.first - step, range.last + step}) {
      if (line >= 0 && line < lines.count() && lines.alike(line)) return true;
    }
  }
  return false;
}

std::optional<Refusal> check_one(const Lines& lines, const BarDemand& demand) {
  const auto widths = lines.widths();
  const auto modules = modules_of(widths.size());
  const int narrowest = *std::min_element(widths.begin(), widths.end());
  if (!modules || narrowest < demand.bar_min) {
    const std::string have = std::to_string(narrowest), need = std::to_string(demand.bar_min);
    return Refusal{"has bars of " + have + " dots; this printer needs " + need,
                   "的条码最窄 " + have + " 点，打印机要 " + need + " 点"};
  }
  const auto dots = [&demand](double mm) { return static_cast<int>(mm * demand.dots_per_mm); };
  const Range range = around(lines, [&lines](int line) { return lines.alike(line); });
  if (is_broken(lines, range, dots(kBreakMax))) return Refusal{"has broken bars", "的条码有断裂"};
  if (range.last - range.first + 1 < dots(kHeightMin))
    return Refusal{"has bars that are not 5 mm high", "的条码不到 5 毫米高"};
  // A dot less, for the bars are rounded to dots.
  const double module = static_cast<double>(lines.last() - lines.first() + 1) / *modules;
  const int quiet = static_cast<int>(std::ceil(kCode128QuietModules * module)) - 1;
  if (!is_blank(lines, range, lines.first() - quiet, lines.first()) ||
      !is_blank(lines, range, lines.last() + 1, lines.last() + 1 + quiet))
    return Refusal{"has too little white beside the bar code", "的条码两边留白不够"};
  return std::nullopt;
}

void wipe(Raster& page, const Box& box) {
  for (int y = std::max(0, box.y); y < std::min(page.height, box.y + box.height); ++y) {
    for (int x = std::max(0, box.x); x < std::min(page.width, box.x + box.width); ++x)
      page.row(y)[x / 8] = static_cast<std::uint8_t>(page.row(y)[x / 8] & ~(0x80 >> (x % 8)));
  }
}

// Takes a code out, so that the next one is found.
void wipe_bars(Raster& page, const Lines& lines) {
  const Range range = around(lines, [&lines](int line) { return lines.busy(line); });
  const int width = lines.last() - lines.first() + 1, height = range.last - range.first + 1;
  wipe(page, lines.turned() ? Box{range.first, lines.first(), height, width}
                            : Box{lines.first(), range.first, width, height});
}

// Their corners are the middles of the outermost dots, roughly.
Box widened(const Box& box) {
  const int more = std::max(box.width, box.height) / 10 + 2;
  return {box.x - more, box.y - more, box.width + 2 * more, box.height + 2 * more};
}

Refusal too_many() {
  return {"carries too many codes", "上面的码太多"};
}

Refusal another(const std::string& text, std::string_view number) {
  return {"carries the number " + text + " where " + std::string(number) + " is due",
          "上是单号 " + text + "，应为 " + std::string(number)};
}

Refusal missing(const Picture& source, const BarDemand& demand) {
  const std::string number(demand.number);
  if (const auto text = find_symbol(source, Symbology::code128);
      text && normalise_waybill(*text) == demand.number)
    return {"becomes unreadable in this printer's black dots: its bars are too fine or too pale",
            "打出来会读不了：条码太细或太浅"};
  return {"does not carry the allocated number " + number + " as a Code 128",
          "上没有分配的单号 " + number + " 的 Code 128 条码"};
}

// Why a QR code on the page may not be there; nothing where all may.
std::optional<Refusal> check_dots(Raster page, std::string_view number) {
  for (std::size_t i = 0; i < kCodesMax; ++i) {
    const auto found = locate_symbol(page, Symbology::qr);
    if (!found) return std::nullopt;
    const std::string text = normalise_waybill(found->text);
    if (looks_like(text, number)) return another(text, number);
    wipe(page, widened(found->box));
  }
  return too_many();
}

}  // namespace

std::optional<Refusal> check_printed_bars(const Raster& page, const Picture& source,
                                          const BarDemand& demand) {
  std::optional<Refusal> worst;
  bool good = false;
  Raster rest = page;
  for (std::size_t i = 0;; ++i) {
    const auto found = locate_symbol(rest, Symbology::code128);
    if (!found) break;
    if (i == kCodesMax) return too_many();
    const std::string text = normalise_waybill(found->text);
    if (looks_like(text, demand.number)) return another(text, demand.number);
    const Lines lines(page, found->box);
    if (text == demand.number && !good) {
      const auto refusal = check_one(lines, demand);
      good = !refusal;
      if (refusal && !worst) worst = refusal;
    }
    wipe_bars(rest, lines);
  }
  if (!good) return worst ? worst : missing(source, demand);
  return check_dots(page, demand.number);
}

}  // namespace packbench::label
