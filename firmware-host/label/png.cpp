#include "label/png.h"

#include <cairo.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "label/cairo_owned.h"

namespace packbench::label {
namespace {

cairo_status_t take(void* from, unsigned char* data, unsigned int length) {
  auto& rest = *static_cast<std::string_view*>(from);
  if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, rest.data(), length);
  rest.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

// PNG 1.2: eight bytes of signature, then chunks of length, name, data and check sum.
constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::size_t kChunkFrame = 12;

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// The data of the first chunk of this name before the picture itself.
std::optional<std::string_view> chunk(std::string_view png, std::string_view name) {
  for (png.remove_prefix(kSignature.size()); png.size() >= kChunkFrame;) {
    const std::uint64_t length = number_at(png, 0);
    const std::string_view found = png.substr(4, 4);
    if (length > png.size() - kChunkFrame || found == "IDAT") return std::nullopt;
    if (found == name) return png.substr(8, length);
    png.remove_prefix(length + kChunkFrame);
  }
  return std::nullopt;
}

// Reads the chunk pHYs; 0 where it does not speak of metres, or differently of both directions.
double dots_per_mm(std::string_view png) {
  constexpr std::size_t kLength = 9;
  constexpr double kAlike = 1.01, kMillimetres = 1000;
  const auto data = chunk(png, "pHYs");
  if (!data || data->size() != kLength || data->back() != 1) return 0;
  const auto across = static_cast<double>(number_at(*data, 0));
  const auto down = static_cast<double>(number_at(*data, 4));
  if (across <= 0 || across > down * kAlike || down > across * kAlike) return 0;
  return across / kMillimetres;
}

// White paper shows through what is transparent. In strips, so that it takes little more memory
// than the picture itself.
bool copy_greys(cairo_surface_t* from, Picture& to) {
  constexpr int kRows = 64;
  const Surface strip(cairo_image_surface_create(CAIRO_FORMAT_RGB24, to.width, kRows));
  for (int top = 0; top < to.height; top += kRows) {
    const Pen pen(cairo_create(strip.get()));
    cairo_set_source_rgb(pen.get(), 1, 1, 1);
    cairo_paint(pen.get());
    cairo_set_source_surface(pen.get(), from, 0, -top);
    cairo_paint(pen.get());
    if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS) return false;
    cairo_surface_flush(strip.get());
    const unsigned char* data = cairo_image_surface_get_data(strip.get());
    const int stride = cairo_image_surface_get_stride(strip.get());
    for (int y = 0; y < std::min(kRows, to.height - top); ++y) {
      for (int x = 0; x < to.width; ++x) {
        std::uint32_t pixel = 0;
        std::memcpy(&pixel, data + static_cast<std::ptrdiff_t>(y) * stride + x * 4, sizeof pixel);
        // Brightness as ITU-R BT.601 has it, in thousandths.
        const std::uint32_t grey =
            299 * (pixel >> 16U & 0xFFU) + 587 * (pixel >> 8U & 0xFFU) + 114 * (pixel & 0xFFU);
        to.row(top + y)[x] = static_cast<std::uint8_t>(grey / 1000);
      }
    }
  }
  return true;
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
  if (cairo_surface_write_to_png_stream(surface.get(), append_to_text, &out) !=
      CAIRO_STATUS_SUCCESS) {
    return Error{"no_memory", "The label's picture could not be written."};
  }
  return out;
}

std::optional<PngSize> png_size(std::string_view png) {
  constexpr std::size_t kSizes = 8;
  if (!is_png(png)) return std::nullopt;
  const auto header = chunk(png, "IHDR");
  if (!header || header->size() < kSizes) return std::nullopt;
  return PngSize{number_at(*header, 0), number_at(*header, 4)};
}

bool is_png(std::string_view bytes) {
  return bytes.starts_with(kSignature);
}

Result<Picture> read_png_picture(std::string_view png) {
  const auto size = png_size(png);
  if (!size || size->width * size->height > kPictureDotsMax)
    return Error{"bad_format", "This is no PNG picture, or one that is too large for a label."};
  std::string_view rest = png;
  const Surface surface(cairo_image_surface_create_from_png_stream(take, &rest));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    return Error{"bad_format", "This is no PNG picture, or a damaged one."};
  Picture out(cairo_image_surface_get_width(surface.get()),
              cairo_image_surface_get_height(surface.get()));
  out.dots_per_mm = dots_per_mm(png);
  if (!copy_greys(surface.get(), out))
    return Error{"no_memory", "There is no memory for the label's picture."};
  return out;
}

Result<Raster> read_png(std::string_view png) {
  const auto picture = read_png_picture(png);
  if (!picture) return picture.error();
  return scaled_dots(picture.value(), 1);
}

}  // namespace packbench::label
