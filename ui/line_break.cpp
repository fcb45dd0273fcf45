#include "ui/line_break.h"

#include <algorithm>

#include "base/utf8.h"

namespace packbench::ui {
namespace {

bool in(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

bool may_not_begin(char32_t c) {
  return in(c, U"。，、；：？！）》」』】〕”’…—·,.;:?!)]}%℃%");
}
bool may_not_end(char32_t c) {
  return in(c, U"（《「『【〔“‘([{¥$#");
}

// Part of a word that stays together: letters and digits of Latin, and what stands inside them.
bool is_word(char32_t c) {
  return c < 0x2E80 && c != U' ' && c != 0x3000 && !in(c, U"“”‘’…—·");
}

bool may_break(char32_t before, char32_t after) {
  if (before == U' ') return true;
  if (may_not_begin(after) || may_not_end(before) || after == U' ') return false;
  return !(is_word(before) && is_word(after));
}

std::string utf8_of(const std::vector<char32_t>& points, std::size_t from, std::size_t to) {
  while (to > from && points[to - 1] == U' ') --to;
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += to_utf8(points[i]);
  return out;
}

// The end of the line that begins at `from`: the last break that fits, else in the middle of the
// word, so that a long number is cut rather than lost.
std::size_t line_end(const std::vector<char32_t>& points, std::size_t from, float width,
                     const Measure& measure, bool& word_cut) {
  std::size_t best = 0;
  std::size_t fits = from + 1;
  for (std::size_t to = from + 1; to <= points.size(); ++to) {
    if (measure(utf8_of(points, from, to)) > width) {
      if (best > 0) return best;
      word_cut = true;
      return fits;
    }
    fits = std::max(fits, to);
    if (to == points.size() || may_break(points[to - 1], points[to])) best = to;
  }
  return points.size();
}

}  // namespace

BrokenText break_lines(std::string_view text, float width, const Measure& measure) {
  const auto points = code_points(text).value_or(std::vector<char32_t>{U'?'});
  BrokenText broken;
  for (std::size_t at = 0; at < points.size();) {
    const std::size_t end = line_end(points, at, width, measure, broken.word_cut);
    broken.lines.push_back(utf8_of(points, at, end));
    at = end;
    while (at < points.size() && points[at] == U' ') ++at;
  }
  return broken;
}

std::string with_ellipsis(std::string_view text, float width, const Measure& measure) {
  if (measure(text) <= width) return std::string(text);
  const auto points = code_points(text).value_or(std::vector<char32_t>{});
  for (std::size_t keep = points.size(); keep > 0; --keep) {
    std::string cut = utf8_of(points, 0, keep - 1) + "…";
    if (measure(cut) <= width) return cut;
  }
  return "…";
}

}  // namespace packbench::ui
