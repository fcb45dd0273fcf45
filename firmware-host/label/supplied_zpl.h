// ZPL that somebody else wrote. Its dots are taken and nothing else: what the printer gets is a job
// of our own. Commands that only set the printer up are passed over, all others are refused by
// name. Source: Zebra's ZPL II programming guide. Pure functions, any thread.
#pragma once

#include <string_view>

#include "label/raster.h"
#include "label/refusal.h"

namespace packbench::label {

// Whether this looks like ZPL at all.
bool is_zpl(std::string_view bytes);

// The dots of one label made of graphic fields (^FO, ^GFA). Where it does not say its size it is
// as large as `paper`, or larger where a graphic is. Refused before they are drawn: more than
// kPictureDotsMax dots, and graphics of more bytes than a few such pages.
Taken<Raster> read_graphic_zpl(std::string_view bytes, const Box& paper);

}  // namespace packbench::label
