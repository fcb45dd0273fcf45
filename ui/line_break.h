// Line breaking for Chinese and English on one line, with the marks that may not begin or end one
// (GB/T 15834, the common part of JIS X 4051). Dear ImGui's own breaks before a full stop.
// Pure functions.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace packbench::ui {

using Measure = std::function<float(std::string_view)>;

struct BrokenText {
  std::vector<std::string> lines;
  bool word_cut = false;  // a word was longer than a line
};

// Every line is at most `width` wide; a word that is longer alone is cut. What is not UTF-8
// becomes one question mark.
BrokenText break_lines(std::string_view text, float width, const Measure& measure);

// The text cut so that it ends with "…" and fits, or unchanged where it fits.
std::string with_ellipsis(std::string_view text, float width, const Measure& measure);

}  // namespace packbench::ui
