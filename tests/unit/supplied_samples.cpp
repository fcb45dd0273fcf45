#include "tests/unit/supplied_samples.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/check.h"
#include "label/code128.h"
#include "label/png.h"
#include "label/zpl.h"

namespace packbench::label {
namespace {

constexpr std::size_t kPictureAt = 33;  // behind the signature and IHDR

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

std::string big_endian(std::uint32_t number) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFFU);
  return out;
}

// Four bytes of red, green, blue, opacity as cairo holds them: multiplied by the opacity.
std::uint32_t premultiplied(std::uint32_t colour) {
  const std::uint32_t opacity = colour & 0xFFU;
  const auto part = [&](unsigned shift) { return (colour >> shift & 0xFFU) * opacity / 255; };
  return opacity << 24U | part(24) << 16U | part(16) << 8U | part(8);
}

cairo_surface_t* coloured(const Raster& page, std::uint32_t ink, std::uint32_t paper) {
  cairo_surface_t* surface =
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, page.width, page.height);
  unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  const std::uint32_t black = premultiplied(ink), white = premultiplied(paper);
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x)
      std::memcpy(data + y * stride + x * 4, page.black(x, y) ? &black : &white, 4);
  }
  cairo_surface_mark_dirty(surface);
  return surface;
}

std::string deflated(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string out(size, '\0');
  CHECK(compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<const Bytef*>(text.data()), text.size(), 9) == Z_OK);
  out.resize(size);
  return out;
}

// So many zero bytes, deflated without ever being held at once.
std::string deflated_zeros(std::uint64_t count) {
  z_stream stream{};
  CHECK(deflateInit(&stream, 9) == Z_OK);
  std::vector<Bytef> zeros(1 << 20), out(1 << 16);
  std::string all;
  while (count > 0 || stream.avail_in > 0) {
    stream.next_in = zeros.data();
    stream.avail_in = static_cast<uInt>(std::min<std::uint64_t>(count, zeros.size()));
    count -= stream.avail_in;
    do {
      stream.next_out = out.data();
      stream.avail_out = static_cast<uInt>(out.size());
      deflate(&stream, count == 0 ? Z_FINISH : Z_NO_FLUSH);
      all.append(reinterpret_cast<char*>(out.data()), out.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return all;
}

std::string stream_object(const std::string& entries, const std::string& data) {
  return "<<" + entries + "/Filter/FlateDecode/Length " + std::to_string(data.size()) +
         ">>\nstream\n" + data + "\nendstream";
}

}  // namespace

void draw_bars(Raster& page, const std::string& text, const Bars& at) {
  const auto widths = code128_widths(text);
  CHECK(widths.has_value());
  int x = at.x;
  for (std::size_t i = 0; i < widths->size(); ++i) {
    const int width = (*widths)[i] * at.module;
    if (i % 2 == 0) page.fill({x, at.y, width, at.height});
    x += width;
  }
}

int bars_width(const std::string& text, int module) {
  return total_modules(code128_widths(text).value()) * module;
}

Raster carrier_label(int width, int height, const std::string& number, const Bars& at) {
  Raster page(width, height);
  draw_bars(page, number, at);
  for (int line = 0; line < 6; ++line) {
    for (int word = 0; word < 4 + line % 3; ++word)
      page.fill({width / 8 + word * width / 10, height / 2 + line * height / 20, width / 14,
                 height / 60});
  }
  page.fill({width / 20, height * 9 / 20, width * 9 / 10, 3});
  return page;
}

Raster quarter_turn(const Raster& page) {
  Raster out(page.height, page.width);
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      if (page.black(x, y)) out.set(page.height - 1 - y, x);
    }
  }
  return out;
}

std::string colour_png(const Raster& page, std::uint32_t ink, std::uint32_t paper) {
  cairo_surface_t* surface = coloured(page, ink, paper);
  std::string out;
  CHECK(cairo_surface_write_to_png_stream(surface, append, &out) == CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy(surface);
  return out;
}

std::string with_resolution(std::string png, std::uint32_t dots_per_metre) {
  const std::string named =
      "pHYs" + big_endian(dots_per_metre) + big_endian(dots_per_metre) + '\x01';
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(named.data()), static_cast<uInt>(named.size()));
  return png.insert(kPictureAt,
                    big_endian(9) + named + big_endian(static_cast<std::uint32_t>(sum)));
}

std::string png_of(const Raster& page, std::uint32_t dots_per_metre) {
  const std::string png = write_png(page).value();
  return dots_per_metre == 0 ? png : with_resolution(png, dots_per_metre);
}

std::string zpl_of(const Raster& page) {
  const std::string own = write_zpl(page);
  const std::size_t from = own.find("^FO");
  return "^XA" + own.substr(from, own.rfind("^PQ") - from) + "^XZ";
}

std::string pdf_of(const Raster& page, const PdfSize& size, int pages) {
  constexpr double kPoints = 72 / 25.4;
  std::string out;
  cairo_surface_t* pdf = cairo_pdf_surface_create_for_stream(append, &out, size.width * kPoints,
                                                             size.height * kPoints);
  cairo_surface_t* dots = coloured(page, 0x000000FF, 0xFFFFFFFF);
  cairo_t* pen = cairo_create(pdf);
  cairo_scale(pen, size.width * kPoints / page.width, size.height * kPoints / page.height);
  for (int i = 0; i < pages; ++i) {
    cairo_set_source_surface(pen, dots, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(pen), CAIRO_FILTER_NEAREST);
    cairo_paint(pen);
    cairo_show_page(pen);
  }
  cairo_destroy(pen);
  cairo_surface_destroy(dots);
  cairo_surface_destroy(pdf);
  return out;
}

std::string raw_pdf(const RawPdf& parts) {
  std::vector<std::string> objects = {"<</Type/Catalog/Pages 2 0 R" + parts.more + ">>",
                                      "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                      "<</Type/Page/Parent 2 0 R/MediaBox[" + parts.media_box +
                                          "]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
                                      stream_object("", deflated(parts.content))};
  if (parts.image_width != 0) {
    objects.push_back(stream_object(
        "/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Width " +
            std::to_string(parts.image_width) + "/Height " + std::to_string(parts.image_height),
        deflated_zeros(parts.image_width * parts.image_height)));
  }
  std::string out = "%PDF-1.4\n", table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::string at = std::to_string(out.size());
    table += std::string(10 - at.size(), '0') + at + " 00000 n \n";
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string count = std::to_string(objects.size() + 1), start = std::to_string(out.size());
  return out + "xref\n0 " + count + "\n0000000000 65535 f \n" + table + "trailer\n<</Size " +
         count + "/Root 1 0 R>>\nstartxref\n" + start + "\n%%EOF\n";
}

}  // namespace packbench::label
