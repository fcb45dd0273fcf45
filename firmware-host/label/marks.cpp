#include "label/marks.h"

#include <cairo.h>

#include <array>
#include <initializer_list>

namespace packbench::label {
namespace {

struct At {
  double x, y;
};

// All symbols are drawn in a square of 64 units.
constexpr double kUnits = 64;

void polygon(cairo_t* c, std::initializer_list<At> corners) {
  cairo_new_sub_path(c);
  for (const At& at : corners) cairo_line_to(c, at.x, at.y);
  cairo_close_path(c);
}

// A wine glass with a crack (ISO 780 no. 1).
void draw_glass(cairo_t* c) {
  polygon(c, {{14, 4},
              {50, 4},
              {47, 24},
              {36, 35},
              {36, 54},
              {48, 57},
              {48, 62},
              {16, 62},
              {16, 57},
              {28, 54},
              {28, 35},
              {17, 24}});
  cairo_fill(c);
  cairo_set_operator(c, CAIRO_OPERATOR_DEST_OUT);
  polygon(c, {{31, 3}, {36, 3}, {32, 12}, {38, 15}, {30, 28}, {32, 18}, {26, 15}});
  cairo_fill(c);
  cairo_set_operator(c, CAIRO_OPERATOR_OVER);
}

// Two arrows over a line (ISO 780 no. 3).
void draw_arrows(cairo_t* c) {
  for (const double x : {17.0, 47.0}) {
    polygon(
        c,
        {{x, 3}, {x + 13, 24}, {x + 5, 24}, {x + 5, 49}, {x - 5, 49}, {x - 5, 24}, {x - 13, 24}});
  }
  cairo_rectangle(c, 3, 55, 58, 7);
  cairo_fill(c);
}

// An umbrella under drops (ISO 780 no. 6).
void draw_umbrella(cairo_t* c) {
  for (const double x : {16.0, 32.0, 48.0}) cairo_rectangle(c, x - 2, 2, 4, 9);
  cairo_move_to(c, 4, 38);
  cairo_arc(c, 32, 38, 28, 3.14159265, 0);
  cairo_close_path(c);
  cairo_rectangle(c, 29.5, 36, 5, 20);
  cairo_fill(c);
  cairo_set_line_width(c, 5);
  cairo_new_sub_path(c);
  cairo_arc(c, 39, 55, 7, 0, 3.14159265);
  cairo_stroke(c);
}

// A cell with its poles.
void draw_battery(cairo_t* c) {
  cairo_set_line_width(c, 5);
  cairo_rectangle(c, 6.5, 18.5, 45, 29);
  cairo_stroke(c);
  cairo_rectangle(c, 54, 26, 6, 14);
  cairo_rectangle(c, 13, 30.5, 13, 5);
  cairo_rectangle(c, 33, 30.5, 13, 5);
  cairo_rectangle(c, 37, 26.5, 5, 13);
  cairo_fill(c);
}

}  // namespace

void draw_mark(Canvas& canvas, HandlingMark mark, const Box& box) {
  cairo_t* c = canvas.cairo();
  cairo_save(c);
  cairo_translate(c, box.x, box.y);
  cairo_scale(c, box.width / kUnits, box.height / kUnits);
  cairo_new_path(c);
  switch (mark) {
    case HandlingMark::fragile:
      draw_glass(c);
      break;
    case HandlingMark::this_side_up:
      draw_arrows(c);
      break;
    case HandlingMark::keep_dry:
      draw_umbrella(c);
      break;
    case HandlingMark::battery:
      draw_battery(c);
      break;
  }
  cairo_restore(c);
}

MarkWords mark_words(HandlingMark mark) {
  switch (mark) {
    case HandlingMark::fragile:
      return {"易碎", "Fragile"};
    case HandlingMark::this_side_up:
      return {"向上", "This side up"};
    case HandlingMark::keep_dry:
      return {"防潮", "Keep dry"};
    case HandlingMark::battery:
      return {"电池", "Battery"};
  }
  return {};
}

std::optional<HandlingMark> handling_mark(std::string_view handling) {
  if (handling == "fragile") return HandlingMark::fragile;
  if (handling == "liquid") return HandlingMark::this_side_up;
  if (handling == "powder") return HandlingMark::keep_dry;
  if (handling == "battery") return HandlingMark::battery;
  return std::nullopt;
}

}  // namespace packbench::label
