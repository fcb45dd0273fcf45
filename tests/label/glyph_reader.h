// Reads printed text back, knowing what it should say: looks for each character's own glyph, taken
// from the font by FreeType, where it must stand in the dots. It shares the fonts with the product,
// but neither Pango nor Cairo nor a guess of a layout. A character that was left out, clipped,
// drawn as a box or as another one is not found. One thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "label/raster.h"

namespace packbench::label {

class GlyphReader {
 public:
  GlyphReader();
  ~GlyphReader();
  GlyphReader(const GlyphReader&) = delete;
  GlyphReader& operator=(const GlyphReader&) = delete;

  // Whether one of the label's fonts has it.
  bool has(char32_t character) const;

  // Empty when all of the text's visible characters stand in `box`, in reading order, in some size
  // of `sizes`; else the first that does not, in the size that got furthest.
  std::string missing(const Raster& page, const Box& box, std::string_view text, bool bold,
                      int size_max, int size_min);

 private:
  struct Glyph {
    Raster dots;
    int left = 0, top = 0;  // from the pen to the corner, upwards
    int advance = 0;
    int ink = 0, wrong_max = 0;  // dots
  };
  struct Fonts;
  const Glyph& glyph(char32_t character, bool bold, int size);
  // How many characters were found.
  std::size_t read(const Raster& page, const Box& box, const std::vector<char32_t>& text, bool bold,
                   int size);

  std::unique_ptr<Fonts> fonts_;
  std::map<std::tuple<char32_t, bool, int>, Glyph> glyphs_;
};

}  // namespace packbench::label
