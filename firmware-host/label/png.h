// A raster as a one-bit PNG, for people, files and tests; and pictures of others read. Pure, any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "label/picture.h"
#include "label/raster.h"

namespace packbench::label {

Result<std::string> write_png(const Raster& page);

struct PngSize {
  std::uint64_t width = 0, height = 0;
};

bool is_png(std::string_view bytes);

// What the header says, before anything is unpacked; nothing where there is none.
std::optional<PngSize> png_size(std::string_view png);

// The greys of any PNG on white paper, and the resolution that it names. bad_format for a damaged
// one, and for more than kPictureDotsMax dots before memory is taken for them.
Result<Picture> read_png_picture(std::string_view png);

// The same as dots: dark ones are black.
Result<Raster> read_png(std::string_view png);

}  // namespace packbench::label
