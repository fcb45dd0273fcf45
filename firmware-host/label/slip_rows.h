// What stands below each other on the slips of a manifest, and which of it on which slip. Measures
// in millimetres, so that every printer has the same slips. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "label/manifest_slip.h"

namespace packbench::label {

namespace slip_sizes {
inline constexpr double margin = 3, number = 2.6, number_min = 1.5, index_width = 5.7, gap = 1.2;
inline constexpr double text = 2.8, heading = 3.4;
inline constexpr double first_head = 62, next_head = 36;  // to where the rows begin
inline constexpr double foot = 6, signatures = 20;        // below the rows
}  // namespace slip_sizes

struct SlipRow {
  enum class Kind { heading, numbers, text };
  Kind kind = Kind::text;
  double height = 0;
  int lines = 1;
  std::vector<std::string> cells;  // one but for numbers
  std::size_t first = 0;           // of numbers: which of all is the first, from 1
};

struct SlipRows {
  int columns = 1;  // of numbers
  std::vector<SlipRow> rows;
};

SlipRows slip_rows(const SlipContent& content, const SlipPaper& paper);

// The rows of each slip. The last one, maybe without any, has room for the signatures.
std::vector<std::vector<SlipRow>> slips_of(const SlipRows& all, const SlipPaper& paper);

}  // namespace packbench::label
