#include "ui/vector_picture.h"

#include <cairo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "base/check.h"

namespace packbench::ui {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;
using Pen = std::unique_ptr<cairo_t, void (*)(cairo_t*)>;

Surface new_surface(cairo_format_t format, int width, int height) {
  Surface surface(cairo_image_surface_create(format, width, height), &cairo_surface_destroy);
  CHECK(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS);
  return surface;
}

// Reads the words of a path one after the other.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  bool done() {
    while (!text_.empty() && text_.front() == ' ') text_.remove_prefix(1);
    return text_.empty();
  }
  char letter() {
    CHECK(!done());
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }
  double number() {
    CHECK(!done());
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    CHECK(error == std::errc());
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }
  template <std::size_t N>
  std::array<double, N> numbers() {
    std::array<double, N> values{};
    for (double& value : values) value = number();
    return values;
  }

 private:
  std::string_view text_;
};

constexpr double kPi = 3.14159265358979323846;

void round_rectangle(cairo_t* pen, const std::array<double, 5>& n) {
  const auto [x, y, w, h, r] = n;
  cairo_new_sub_path(pen);
  cairo_arc(pen, x + w - r, y + r, r, -kPi / 2, 0);
  cairo_arc(pen, x + w - r, y + h - r, r, 0, kPi / 2);
  cairo_arc(pen, x + r, y + h - r, r, kPi / 2, kPi);
  cairo_arc(pen, x + r, y + r, r, kPi, kPi * 3 / 2);
  cairo_close_path(pen);
}

void fill(cairo_t* pen, cairo_operator_t how) {
  cairo_set_operator(pen, how);
  cairo_fill(pen);
}

void step(cairo_t* pen, char letter, Words& words) {
  switch (letter) {
    case 'M': {
      const auto [x, y] = words.numbers<2>();
      return cairo_move_to(pen, x, y);
    }
    case 'L': {
      const auto [x, y] = words.numbers<2>();
      return cairo_line_to(pen, x, y);
    }
    case 'C': {
      const auto [x1, y1, x2, y2, x, y] = words.numbers<6>();
      return cairo_curve_to(pen, x1, y1, x2, y2, x, y);
    }
    case 'R':
      return round_rectangle(pen, words.numbers<5>());
    case 'O': {
      const auto [x, y, r] = words.numbers<3>();
      cairo_new_sub_path(pen);
      cairo_arc(pen, x, y, r, 0, 2 * kPi);
      return cairo_close_path(pen);
    }
    case 'Z':
      return cairo_close_path(pen);
    case 'F':
      return fill(pen, CAIRO_OPERATOR_OVER);
    case 'X':
      return fill(pen, CAIRO_OPERATOR_CLEAR);
    default:
      CHECK(!"a letter of the path language");
  }
}

void draw_layer(cairo_t* pen, const Layer& layer) {
  cairo_push_group(pen);
  cairo_set_source_rgb(pen, layer.color.r / 255.0, layer.color.g / 255.0, layer.color.b / 255.0);
  Words words(layer.path);
  while (!words.done()) {
    const char letter = words.letter();
    step(pen, letter, words);
  }
  fill(pen, CAIRO_OPERATOR_OVER);
  cairo_pop_group_to_source(pen);
  cairo_set_operator(pen, CAIRO_OPERATOR_OVER);
  cairo_paint(pen);
}

// Cairo keeps colours multiplied by alpha, in native-endian 32-bit words.
Pixels straight(cairo_surface_t* surface, int width, int height) {
  cairo_surface_flush(surface);
  Pixels out{width, height, {}};
  out.rgba.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < height; ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(data + y * stride);
    for (int x = 0; x < width; ++x) {
      const std::uint32_t alpha = row[x] >> 24;
      for (const int shift : {16, 8, 0}) {
        const std::uint32_t part = row[x] >> shift & 0xFFU;
        const std::uint32_t whole =
            alpha == 0 ? 0 : std::min(255U, (part * 255 + alpha / 2) / alpha);
        out.rgba.push_back(static_cast<std::uint8_t>(whole));
      }
      out.rgba.push_back(static_cast<std::uint8_t>(alpha));
    }
  }
  return out;
}

}  // namespace

Pixels draw_vector(const VectorPicture& picture, int width_px, int height_px) {
  const int width = std::max(width_px, 1);
  const int height = std::max(height_px, 1);
  const Surface surface = new_surface(CAIRO_FORMAT_ARGB32, width, height);
  const Pen pen(cairo_create(surface.get()), &cairo_destroy);
  const double scale = std::min(width / static_cast<double>(picture.width),
                                height / static_cast<double>(picture.height));
  cairo_translate(pen.get(), (width - picture.width * scale) / 2,
                  (height - picture.height * scale) / 2);
  cairo_scale(pen.get(), scale, scale);
  for (const Layer& layer : picture.layers) draw_layer(pen.get(), layer);
  return straight(surface.get(), width, height);
}

Status write_png_file(const Pixels& pixels, const std::string& path) {
  const Surface surface = new_surface(CAIRO_FORMAT_RGB24, pixels.width, pixels.height);
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const std::uint8_t* from = pixels.rgba.data();
  for (int y = 0; y < pixels.height; ++y) {
    auto* row = reinterpret_cast<std::uint32_t*>(data + y * stride);
    for (int x = 0; x < pixels.width; ++x, from += 4)
      row[x] = static_cast<std::uint32_t>(from[0]) << 16 |
               static_cast<std::uint32_t>(from[1]) << 8 | from[2];
  }
  cairo_surface_mark_dirty(surface.get());
  const cairo_status_t status = cairo_surface_write_to_png(surface.get(), path.c_str());
  if (status == CAIRO_STATUS_SUCCESS) return Ok{};
  return Error{"not_written", "The picture " + path + " could not be written (" +
                                  cairo_status_to_string(status) +
                                  "). Check the folder and the disk."};
}

}  // namespace packbench::ui
