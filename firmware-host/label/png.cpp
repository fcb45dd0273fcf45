#include "label/png.h"

#include <cairo.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace packbench::label {
namespace {

constexpr std::uint64_t kDotsMax = 10'000'000;  // four times a 4 x 6 inch label at 300 dpi

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

cairo_status_t take(void* from, unsigned char* data, unsigned int length) {
  auto& rest = *static_cast<std::string_view*>(from);
  if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, rest.data(), length);
  rest.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

// Reads the size in the header (PNG 1.2, IHDR) before anything makes room for the dots.
bool has_bearable_size(std::string_view png) {
  constexpr std::size_t kWidthAt = 16;
  if (png.size() < kWidthAt + 8) return false;
  const auto number_at = [png](std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value << 8U | static_cast<unsigned char>(png[at + i]);
    }
    return value;
  };
  return number_at(kWidthAt) * number_at(kWidthAt + 4) <= kDotsMax;
}

}  // namespace

Result<std::string> write_png(const Raster& page) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A1, page.width, page.height));
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  if (data == nullptr) return Error{"no_memory", "There is no memory for the label's picture."};
  const int stride = cairo_image_surface_get_stride(surface.get());
  // A1 surfaces hold the first dot in the machine's lowest bit, and 1 is written as white.
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      if (page.black(x, y)) continue;
      unsigned char& byte = data[y * stride + x / 8];
      byte = static_cast<unsigned char>(byte | (1 << (x % 8)));
    }
  }
  cairo_surface_mark_dirty(surface.get());
  std::string out;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &out) != CAIRO_STATUS_SUCCESS) {
    return Error{"no_memory", "The label's picture could not be written."};
  }
  return out;
}

Result<Raster> read_png(std::string_view png) {
  if (!has_bearable_size(png)) {
    return Error{"bad_format", "This is no PNG picture, or one that is too large for a label."};
  }
  const Surface surface(cairo_image_surface_create_from_png_stream(take, &png));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return Error{"bad_format", "This is no PNG picture, or a damaged one."};
  }
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const cairo_format_t format = cairo_image_surface_get_format(surface.get());
  if (format != CAIRO_FORMAT_RGB24 && format != CAIRO_FORMAT_ARGB32) {
    return Error{"bad_format", "This picture is not black and white."};
  }
  Raster out(cairo_image_surface_get_width(surface.get()),
             cairo_image_surface_get_height(surface.get()));
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      const unsigned char* pixel = data + static_cast<std::ptrdiff_t>(y) * stride + x * 4;
      if (*std::max_element(pixel, pixel + 3) < 128) out.set(x, y);
    }
  }
  return out;
}

}  // namespace packbench::label
