// Handling marks as drawn symbols (after ISO 780 and the parcel carriers' battery mark).
#pragma once

#include <string_view>

#include "label/canvas.h"
#include "label/content.h"

namespace packbench::label {

// Draws the symbol of a mark into a square `box`.
void draw_mark(Canvas& canvas, HandlingMark mark, const Box& box);

// Words under the symbol.
struct MarkWords {
  std::string_view zh, en;
};
MarkWords mark_words(HandlingMark mark);

}  // namespace packbench::label
