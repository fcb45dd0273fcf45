// A raster as a one-bit PNG, for people, files and tests. Pure, any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "label/raster.h"

namespace packbench::label {

Result<std::string> write_png(const Raster& page);

// A PNG of write_png() (or any of that size with black and white dots only) as a raster.
Result<Raster> read_png(std::string_view png);

}  // namespace packbench::label
