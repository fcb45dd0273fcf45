// The page of a label: a template filled with a content, as dots of the bench's print head.
// Pure but for the fonts, which come from the system; a page is drawn on one thread.
#pragma once

#include <string>

#include "base/result.h"
#include "label/content.h"
#include "label/raster.h"
#include "label/style.h"
#include "label/template.h"

namespace packbench::label {

// A drawn code: the box of its quiet zone, and what reading it must give.
struct PlacedCode {
  Box box;
  std::string text;
  SmallCode kind = SmallCode::code128;
};

struct Page {
  Raster raster;
  PlacedCode waybill;  // Code 128
  PlacedCode small;    // text of domain/label_code.h
};

// The paper of a template in dots, as far as a head of this resolution reaches.
Box page_size(const LabelTemplate& on, const LabelStyle& style);

// label_unprintable names the field and, where it is one, the character that cannot be printed.
Result<Page> draw_page(const LabelContent& content, const LabelTemplate& on,
                       const LabelStyle& style);

// A card for the box: the same without codes. `on` is a template of kind card.
Result<Raster> draw_card(const LabelContent& content, const LabelTemplate& on,
                         const LabelStyle& style);

}  // namespace packbench::label
