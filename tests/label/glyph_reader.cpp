#include "tests/label/glyph_reader.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_SYNTHESIS_H

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/utf8.h"

namespace packbench::label {
// Has a name, because GlyphReader::Fonts has.
struct Face {
  FT_Face face = nullptr;
  bool embolden = false;  // there is no bold of it
};

namespace {

constexpr int kThreshold = 112;  // of 255: a dot is black when a little less than half is covered
constexpr int kSizeStep = 2;     // of the label's letters
// A glyph is there when no more than this part of its dots are not as they should be. Letters may
// be other forms of themselves, as a digit is behind a Latin letter; a hanzi is always the same.
constexpr double kWrongMax = 0.05, kWrongLetterMax = 0.35;
constexpr char32_t kFirstHanzi = 0x2E80;

Face load(FT_Library library, const char* family, bool bold) {
  FcPattern* pattern = FcPatternCreate();
  FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcPatternAddInteger(pattern, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcConfigSubstitute(nullptr, pattern, FcMatchPattern);
  FcDefaultSubstitute(pattern);
  FcResult result = FcResultMatch;
  FcPattern* font = FcFontMatch(nullptr, pattern, &result);
  FcPatternDestroy(pattern);
  FcChar8 *file = nullptr, *found = nullptr;
  int index = 0;
  FcBool embolden = FcFalse;
  Face out;
  if (font != nullptr && FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch &&
      FcPatternGetString(font, FC_FAMILY, 0, &found) == FcResultMatch &&
      std::string_view(reinterpret_cast<const char*>(found)) == family) {
    FcPatternGetInteger(font, FC_INDEX, 0, &index);
    FcPatternGetBool(font, FC_EMBOLDEN, 0, &embolden);
    CHECK(FT_New_Face(library, reinterpret_cast<const char*>(file), index, &out.face) == 0);
    out.embolden = embolden != FcFalse;
  }
  if (font != nullptr) FcPatternDestroy(font);
  return out;
}

int wrong_dots(const Raster& page, const Raster& glyph, int x0, int y0, int most) {
  int wrong = 0;
  for (int y = 0; y < glyph.height; ++y) {
    for (int x = 0; x < glyph.width; ++x) {
      wrong += page.black(x0 + x, y0 + y) != glyph.black(x, y) ? 1 : 0;
    }
    if (wrong > most) break;
  }
  return wrong;
}

bool contains(const Box& box, const Box& part) {
  return part.x >= box.x && part.y >= box.y && part.x + part.width <= box.x + box.width &&
         part.y + part.height <= box.y + box.height;
}

// The smallest box around the ink in `box`.
Box ink_in(const Raster& page, const Box& box) {
  int left = box.x + box.width, right = box.x, top = box.y + box.height, bottom = box.y;
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      if (!page.black(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = y + 1;
    }
  }
  if (right <= left) return {box.x, box.y, 0, 0};
  return {left, top, right - left, bottom - top};
}

}  // namespace

struct GlyphReader::Fonts {
  FT_Library library = nullptr;
  std::array<std::vector<Face>, 2> faces;  // regular, bold; in the order in which they stand in
};

GlyphReader::GlyphReader() : fonts_(std::make_unique<Fonts>()) {
  CHECK(FT_Init_FreeType(&fonts_->library) == 0);
  for (const bool bold : {false, true}) {
    for (const char* family : {"Noto Sans CJK SC", "HanaMinA", "HanaMinB", "Symbola"}) {
      const Face face = load(fonts_->library, family, bold);
      if (face.face != nullptr) fonts_->faces[bold ? 1 : 0].push_back(face);
    }
  }
}

GlyphReader::~GlyphReader() {
  for (const auto& faces : fonts_->faces) {
    for (const Face& face : faces) FT_Done_Face(face.face);
  }
  FT_Done_FreeType(fonts_->library);
}

bool GlyphReader::has(char32_t character) const {
  return std::any_of(fonts_->faces[0].begin(), fonts_->faces[0].end(), [&](const Face& face) {
    return FT_Get_Char_Index(face.face, character) != 0;
  });
}

const GlyphReader::Glyph& GlyphReader::glyph(char32_t character, bool bold, int size) {
  Glyph& out = glyphs_[{character, bold, size}];
  if (out.advance > 0) return out;
  for (const Face& one : fonts_->faces[bold ? 1 : 0]) {
    const FT_UInt index = FT_Get_Char_Index(one.face, character);
    if (index == 0) continue;
    CHECK(FT_Set_Pixel_Sizes(one.face, 0, static_cast<FT_UInt>(size)) == 0);
    CHECK(FT_Load_Glyph(one.face, index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) == 0);
    FT_GlyphSlot slot = one.face->glyph;
    if (one.embolden) FT_GlyphSlot_Embolden(slot);
    CHECK(FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) == 0);
    const FT_Bitmap& bitmap = slot->bitmap;
    Raster dots(static_cast<int>(bitmap.width), static_cast<int>(bitmap.rows));
    for (int y = 0; y < dots.height; ++y) {
      for (int x = 0; x < dots.width; ++x) {
        if (bitmap.buffer[y * bitmap.pitch + x] > kThreshold) dots.set(x, y);
      }
    }
    const Box black = ink_in(dots, {0, 0, dots.width, dots.height});
    out.dots = Raster(black.width, black.height);
    for (int y = 0; y < black.height; ++y) {
      for (int x = 0; x < black.width; ++x) {
        if (!dots.black(black.x + x, black.y + y)) continue;
        out.dots.set(x, y);
        ++out.ink;
      }
    }
    out.left = slot->bitmap_left + black.x;
    out.top = slot->bitmap_top - black.y;
    const double part = character < kFirstHanzi ? kWrongLetterMax : kWrongMax;
    out.wrong_max = std::max(2, static_cast<int>(part * out.ink));
    out.advance = static_cast<int>((slot->advance.x + 32) / 64);
    break;
  }
  return out;
}

std::size_t GlyphReader::read(const Raster& page, const Box& box, const std::vector<char32_t>& text,
                              bool bold, int size) {
  const Box ink = ink_in(page, box);
  int pen = 0, baseline = -1;
  // Puts the pen where the glyph fits best among these places; false where it fits at none.
  const auto find = [&](const Glyph& glyph, Box pens) {
    int best = glyph.wrong_max + 1;
    bool found = false;
    Box at{0, 0, glyph.dots.width, glyph.dots.height};
    for (int y = pens.y; y < pens.y + pens.height; ++y) {
      for (int x = pens.x; x < pens.x + pens.width; ++x) {
        at.x = x + glyph.left;
        at.y = y - glyph.top;
        if (!contains(box, at)) continue;
        const int wrong = wrong_dots(page, glyph.dots, at.x, at.y, best - 1);
        if (wrong >= best) continue;
        best = wrong;
        found = true;
        pen = x + glyph.advance;
        baseline = y;
      }
    }
    return found;
  };
  // Within a line everything stands on its baseline, at most a little kerned. A line begins where
  // the box does, or a little before it for glyphs that have room at their left.
  const auto goes_on = [&](const Glyph& glyph) {
    const int kerning = size / 8;
    return baseline >= 0 && find(glyph, {pen - kerning, baseline - 1, 2 * kerning + 1, 3});
  };
  const auto begins_line = [&](const Glyph& glyph) {
    const int from = baseline < 0 ? ink.y : baseline + size * 3 / 4;
    const int to = baseline < 0 ? ink.y + 2 * size : baseline + 2 * size;
    return find(glyph, {box.x - size / 4, from, size / 4 + 4, to - from});
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Glyph& one = glyph(text[i], bold, size);
    if (text[i] == U' ') {
      pen += one.advance;
    } else if (one.ink == 0 || (!goes_on(one) && !begins_line(one))) {
      return i;
    }
  }
  return text.size();
}

std::string GlyphReader::missing(const Raster& page, const Box& box, std::string_view text,
                                 bool bold, int size_max, int size_min) {
  const auto points = code_points(text);
  CHECK(points);
  std::size_t furthest = 0;
  for (int step = size_max; step > size_min - kSizeStep; step -= kSizeStep) {
    const int size = std::max(step, size_min);
    const std::size_t found = read(page, box, *points, bold, size);
    if (found == points->size()) return "";
    furthest = std::max(furthest, found);
  }
  return "character " + std::to_string(furthest + 1) + ", " + to_utf8((*points)[furthest]);
}

}  // namespace packbench::label
