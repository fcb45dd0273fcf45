// Picture: a page of greys as a file holds it, before it becomes the dots of a print head.
// Value type and pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "label/raster.h"

namespace packbench::label {

// Four times a 4 x 6 inch label at 300 dpi: what is larger is refused before memory is taken.
constexpr std::uint64_t kPictureDotsMax = 10'000'000;

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> grey;  // row by row; 0 is black, 255 white
  double dots_per_mm = 0;          // as the file says it; 0: it does not

  Picture() = default;
  Picture(int w, int h)
      : width(w), height(h), grey(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), 255) {}

  const std::uint8_t* row(int y) const { return grey.data() + offset(y); }
  std::uint8_t* row(int y) { return grey.data() + offset(y); }

 private:
  std::size_t offset(int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

Picture picture_of(const Raster& page);

// A quarter turn clockwise.
Picture turned(const Picture& picture);

// `scale` dots for each dot of the picture, each as black or white as most of what it covers: bars
// keep their widths to half a dot.
Raster scaled_dots(const Picture& picture, double scale);

}  // namespace packbench::label
