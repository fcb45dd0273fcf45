// Where the texts of a label may leave ink, and whether they left it elsewhere. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "label/page.h"

namespace packbench::label {

// Every place of this field on a template, in dots of the head.
std::vector<Box> places(const LabelTemplate& on, FieldId field, const LabelStyle& style);

// A dot that differs outside all of these boxes, as "x,y"; empty where there is none.
std::string stray_dot(const Raster& a, const Raster& b, const std::vector<Box>& boxes);

}  // namespace packbench::label
