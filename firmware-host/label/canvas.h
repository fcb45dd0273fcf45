// Canvas: a page of grey dots that text and shapes are drawn on, turned into black and white at
// the end. The only file besides marks.cpp and command_sheet.cpp that knows Cairo and Pango.
// Thread rule: a Canvas lives on one thread. Pango keeps its fonts for each thread, so a worker
// that draws all labels has them warm after the first one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "label/raster.h"

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;

namespace packbench::label {

enum class Align { left, centre, right };

// What a text is called when someone has to change it.
struct Field {
  std::string_view en, zh;
};

// How a text may be set: it starts at size_max and shrinks down to size_min, in dots of the em.
struct TextStyle {
  int size_max = 24;
  int size_min = 24;
  bool bold = false;
  int lines_max = 1;
  Align align = Align::left;
  bool white = false;  // on black
};

// Where a text was drawn.
struct Placed {
  Box ink;
  int size = 0;
};

class Canvas {
 public:
  Canvas(int width, int height);
  // Draws on a surface of the caller, a PDF for example, whose size and units are his business.
  explicit Canvas(cairo_surface_t* surface);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  // Draws `text` inside `box`, vertically centred when it is one line high, from the top otherwise.
  // label_unprintable where a character has no glyph or the text does not fit at its smallest
  // size; nothing is drawn then.
  // White space and control characters are one space each, an empty text draws nothing.
  Result<Placed> text(const Field& field, std::string_view text, const Box& box,
                      const TextStyle& style);

  // A large text in outlined white letters rising across the page, centred at (x, y), over
  // whatever is there.
  void across(std::string_view text, int x, int y, int size);

  void fill(const Box& box);
  void frame(const Box& box, int thickness);

  // For shapes: black source, dots as units. Valid as long as the Canvas.
  cairo_t* cairo();

  // Black where about a half of a dot is covered. Only for a Canvas of its own dots.
  Raster to_raster() const;

 private:
  struct Pen;
  std::unique_ptr<Pen> pen_;
};

// A label_unprintable that names the field in both languages.
Error unprintable(const Field& field, const std::string& en, const std::string& zh);

// A text as one line of visible characters; nothing where it is not UTF-8.
std::optional<std::string> one_line(std::string_view text);

}  // namespace packbench::label
