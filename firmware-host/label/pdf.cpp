#include "label/pdf.h"

#include <cairo-pdf.h>

#include "label/cairo_owned.h"

namespace packbench::label {
namespace {

constexpr double kPointsPerMillimetre = 72.0 / 25.4;

// A1 surfaces hold the first dot in the machine's lowest bit.
Surface mask_of(const Raster& page) {
  Surface mask(cairo_image_surface_create(CAIRO_FORMAT_A1, page.width, page.height));
  unsigned char* data = cairo_image_surface_get_data(mask.get());
  if (data == nullptr) return nullptr;
  const int stride = cairo_image_surface_get_stride(mask.get());
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      if (!page.black(x, y)) continue;
      unsigned char& byte = data[y * stride + x / 8];
      byte = static_cast<unsigned char>(byte | (1 << (x % 8)));
    }
  }
  cairo_surface_mark_dirty(mask.get());
  return mask;
}

}  // namespace

Result<std::string> write_pdf(const Raster& page, double dots_per_mm) {
  const Error failed{"no_memory", "The label's PDF could not be written."};
  const Surface mask = mask_of(page);
  if (!mask) return failed;
  const double scale = kPointsPerMillimetre / dots_per_mm;
  std::string out;
  const Surface surface(cairo_pdf_surface_create_for_stream(
      append_to_text, &out, page.width * scale, page.height * scale));
  // The time of writing is not part of a label.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
  {
    const Pen pen(cairo_create(surface.get()));
    cairo_scale(pen.get(), scale, scale);
    cairo_set_source_rgb(pen.get(), 0, 0, 0);
    cairo_pattern_t* dots = cairo_pattern_create_for_surface(mask.get());
    cairo_pattern_set_filter(dots, CAIRO_FILTER_NEAREST);
    cairo_mask(pen.get(), dots);
    cairo_pattern_destroy(dots);
    if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS) return failed;
  }
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return failed;
  return out;
}

}  // namespace packbench::label
