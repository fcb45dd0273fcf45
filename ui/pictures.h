// Pictures: larger drawings, by name. A product's `image` is "drawn:mug" or "drawn:mug#7F9CB8"
// (main colour); any other name gives a plain box until pictures of products come from files.
#pragma once

#include <string_view>

#include "ui/vector_picture.h"

namespace packbench::ui {

// Products:  mug, shirt, candle, vase, apron, cushion, bottle, book, mat, cup, tin, lamp, socks,
//            watch, card.
// The bench: parcel, parcel_label, printer, printer_label, printer_none, gift_bag, bubble_roll,
//            badge, scale, order_slip.
VectorPicture picture_named(std::string_view name);

}  // namespace packbench::ui
