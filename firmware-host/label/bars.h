// A bar code drawn into dots. Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "label/raster.h"

namespace packbench::label {

// How wide a module may be, in dots.
struct BarWidth {
  int least = 1, most = 1;
};

// The text as Code 128 in the middle of `where` and as high, in the widest modules that fit; its
// box with the quiet zones. Nothing where it does not fit or has characters that Code 128 lacks.
std::optional<Box> draw_code128(Raster& raster, std::string_view text, const Box& where,
                                const BarWidth& module);

}  // namespace packbench::label
