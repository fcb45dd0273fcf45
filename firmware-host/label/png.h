// A raster as a one-bit PNG, for people, files and tests. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "label/raster.h"

namespace packbench::label {

Result<std::string> write_png(const Raster& page);

// Any PNG without palette tricks as a raster: dark dots are black. Pictures of more than ten
// million dots are refused (bad_format) before memory is taken for them.
Result<Raster> read_png(std::string_view png);

}  // namespace packbench::label
