// Vector pictures: icons and drawings as text, drawn to pixels in the size they are shown at.
// Pure functions. The path language, numbers in the picture's own units, y downwards:
//   M x y  L x y  C x1 y1 x2 y2 x y  Z     as in SVG, absolute only
//   R x y w h r                            rectangle with rounded corners
//   O x y r                                circle
//   F                                      fill what was drawn so far
//   X                                      cut what was drawn so far out of the layer
// The end of a path fills. The language is for our own constants: a mistake is a bug (CHECK).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ui/textures.h"
#include "ui/theme.h"

namespace packbench::ui {

struct Layer {
  Color color;
  std::string path;
};
struct VectorPicture {
  float width = 100, height = 100;
  std::vector<Layer> layers;
};

// As big as fits, in the middle, on nothing.
Pixels draw_vector(const VectorPicture& picture, int width_px, int height_px);

// Opaque pixels as a PNG file.
Status write_png_file(const Pixels& pixels, const std::string& path);

}  // namespace packbench::ui
