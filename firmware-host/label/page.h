// The page of a label, first form: 100 x 150 mm at 203 dpi (8 dots a millimetre, 800 x 1200 dots).
// Pure but for the fonts, which come from the system; a page is drawn on one thread.
#pragma once

#include <string>

#include "base/result.h"
#include "label/content.h"
#include "label/raster.h"

namespace packbench::label {

constexpr int kPageWidth = 800;
constexpr int kPageHeight = 1200;

// A drawn code: the box of its quiet zone, and what reading it must give.
struct PlacedCode {
  Box box;
  std::string text;
};

struct Page {
  Raster raster;
  PlacedCode waybill;  // Code 128
  PlacedCode small;    // QR, text of domain/label_code.h
};

// label_unprintable names the field and, where it is one, the character that cannot be printed.
Result<Page> draw_page(const LabelContent& content);

}  // namespace packbench::label
