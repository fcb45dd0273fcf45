// A supplied label's file, or what poppler says of one. Whatever is taken of it is a picture within
// its limits that can become dots.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "base/check.h"
#include "label/pdf_pages.h"
#include "label/png.h"
#include "label/supplied_zpl.h"

namespace {

using namespace packbench::label;

void check(const Picture& picture) {
  CHECK(picture.width > 0 && picture.height > 0);
  const auto dots =
      static_cast<std::uint64_t>(picture.width) * static_cast<std::uint64_t>(picture.height);
  CHECK(dots <= kPictureDotsMax && dots == picture.grey.size());
  if (dots > 10'000) return;
  for (const double scale : {0.3, 1.0, 1.7}) CHECK(scaled_dots(picture, scale).width > 0);
  CHECK(turned(picture).width == picture.height);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto png = read_png_picture(bytes)) check(png.value());
  if (const auto pgm = read_pgm(bytes, 1'000)) check(*pgm);
  if (const auto pages = read_pdfinfo(bytes)) CHECK(pages->width == pages->width);
  const auto zpl = read_graphic_zpl(bytes, {0, 0, 64, 64});
  if (const auto* page = std::get_if<Raster>(&zpl)) {
    check(picture_of(*page));
  } else {
    // What is said of it never holds the file's own bytes, but for a command's plain name.
    for (const char c : std::get<Refusal>(zpl).en) CHECK(c >= ' ' && c <= '~');
  }
  return 0;
}
