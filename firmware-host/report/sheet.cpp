#include "report/sheet.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.h"
#include "report/format.h"

namespace packbench::report {
// What a Sheet::Pen holds has a name, because it has.
template <auto Release>
struct Releaser {
  template <class T>
  void operator()(T* what) const {
    Release(what);
  }
};
template <class T, auto Release>
using Owned = std::unique_ptr<T, Releaser<Release>>;

namespace {

constexpr const char* kFamily = "Noto Sans CJK SC";
constexpr double kMiddleEm = 0.37;  // of hanzi and capitals, above the baseline
constexpr double kLegible = 5.5;    // points; smaller is for nobody
constexpr float kLineSpacing = 0.95F;

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Sheet::Pen {
  Owned<cairo_surface_t, cairo_surface_destroy> surface;
  Owned<cairo_t, cairo_destroy> cairo;
  Owned<PangoContext, g_object_unref> context;
  Owned<PangoLayout, g_object_unref> layout;
  Owned<PangoFontDescription, pango_font_description_free> font;

  void set_colour(Colour colour) {
    cairo_set_source_rgb(cairo.get(), colour.red, colour.green, colour.blue);
  }
  void set_text(std::string_view text, const Style& style);
  void set_size(double size);
  double width() const;
};

void Sheet::Pen::set_text(std::string_view text, const Style& style) {
  const std::string line = line_text(text);
  pango_layout_set_width(layout.get(), -1);
  pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_NONE);
  pango_layout_set_alignment(layout.get(), PANGO_ALIGN_LEFT);
  pango_layout_set_text(layout.get(), line.data(), static_cast<int>(line.size()));
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  set_size(style.size);
}

void Sheet::Pen::set_size(double size) {
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
}

double Sheet::Pen::width() const {
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

Sheet::Sheet(std::string* out) : pen_(std::make_unique<Pen>()) {
  pen_->surface.reset(
      cairo_pdf_surface_create_for_stream(out == nullptr ? nullptr : append, out, kWidth, kHeight));
  // Cairo stamps the time of writing; without it the same report gives the same file.
  cairo_pdf_surface_set_metadata(pen_->surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
  cairo_pdf_surface_set_metadata(pen_->surface.get(), CAIRO_PDF_METADATA_TITLE, "Packbench");
  pen_->cairo.reset(cairo_create(pen_->surface.get()));
  pen_->context.reset(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_context_set_base_dir(pen_->context.get(), PANGO_DIRECTION_LTR);
  pango_context_set_language(pen_->context.get(), pango_language_from_string("zh-cn"));
  pango_context_set_round_glyph_positions(pen_->context.get(), FALSE);
  const Owned<cairo_font_options_t, cairo_font_options_destroy> options(
      cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(pen_->context.get(), options.get());
  pen_->layout.reset(pango_layout_new(pen_->context.get()));
  pango_layout_set_auto_dir(pen_->layout.get(), FALSE);
  pango_layout_set_wrap(pen_->layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(pen_->layout.get(), kLineSpacing);
  pen_->font.reset(pango_font_description_new());
  pango_font_description_set_family_static(pen_->font.get(), kFamily);
  pen_->set_size(Style{}.size);
}

Sheet::~Sheet() = default;

bool Sheet::font_is_there() const {
  const Owned<PangoFont, g_object_unref> loaded(
      pango_context_load_font(pen_->context.get(), pen_->font.get()));
  if (!loaded) return false;
  const Owned<PangoFontDescription, pango_font_description_free> description(
      pango_font_describe(loaded.get()));
  return std::string_view(pango_font_description_get_family(description.get())) == kFamily;
}

void Sheet::text(std::string_view text, double x, double y, double width, const Style& style) {
  if (text.empty()) return;
  PangoLayout* layout = pen_->layout.get();
  pen_->set_text(text, style);
  double size = style.size;
  double wide = pen_->width();
  if (wide > width) {
    size = std::max(kLegible, size * width / wide * 0.995);
    pen_->set_size(size);
    wide = pen_->width();
  }
  if (wide > width) {
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
    wide = width;
  }
  const double spare = width - wide;
  const double left = style.align == Align::left    ? 0
                      : style.align == Align::right ? spare
                                                    : spare / 2;
  const double baseline = static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE;
  pen_->set_colour(style.colour);
  cairo_move_to(pen_->cairo.get(), x + left, y + kMiddleEm * size - baseline);
  pango_cairo_show_layout(pen_->cairo.get(), layout);
}

double Sheet::width_of(std::string_view text, const Style& style) {
  pen_->set_text(text, style);
  return pen_->width();
}

double Sheet::paragraph(std::string_view text, double x, double y, double width,
                        const Style& style) {
  pen_->set_text(text, style);
  pango_layout_set_width(pen_->layout.get(), static_cast<int>(width * PANGO_SCALE));
  int height = 0;
  pango_layout_get_size(pen_->layout.get(), nullptr, &height);
  pen_->set_colour(style.colour);
  cairo_move_to(pen_->cairo.get(), x, y);
  pango_cairo_show_layout(pen_->cairo.get(), pen_->layout.get());
  return static_cast<double>(height) / PANGO_SCALE;
}

void Sheet::fill(const Area& area, Colour colour, double radius) {
  constexpr double kQuarter = std::numbers::pi / 2;
  if (area.width <= 0 || area.height <= 0) return;
  cairo_t* cairo = pen_->cairo.get();
  const double r = std::min({radius, area.width / 2, area.height / 2});
  pen_->set_colour(colour);
  if (r <= 0) {
    cairo_rectangle(cairo, area.x, area.y, area.width, area.height);
  } else {
    const double right = area.x + area.width - r;
    const double bottom = area.y + area.height - r;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, right, area.y + r, r, -kQuarter, 0);
    cairo_arc(cairo, right, bottom, r, 0, kQuarter);
    cairo_arc(cairo, area.x + r, bottom, r, kQuarter, 2 * kQuarter);
    cairo_arc(cairo, area.x + r, area.y + r, r, 2 * kQuarter, 3 * kQuarter);
    cairo_close_path(cairo);
  }
  cairo_fill(cairo);
}

void Sheet::frame(const Area& area, Colour colour, double thickness) {
  cairo_t* cairo = pen_->cairo.get();
  pen_->set_colour(colour);
  cairo_set_line_width(cairo, thickness);
  cairo_rectangle(cairo, area.x + thickness / 2, area.y + thickness / 2, area.width - thickness,
                  area.height - thickness);
  cairo_stroke(cairo);
}

void Sheet::hatch(const Area& area) {
  constexpr double kStep = 5;
  constexpr double kStripe = 2;
  if (area.width <= 0) return;
  cairo_t* cairo = pen_->cairo.get();
  fill(area, kAttention);
  cairo_save(cairo);
  cairo_rectangle(cairo, area.x, area.y, area.width, area.height);
  cairo_clip(cairo);
  pen_->set_colour(kInk);
  cairo_set_line_width(cairo, kStripe);
  for (double x = area.x - area.height; x < area.x + area.width; x += kStep) {
    cairo_move_to(cairo, x, area.y + area.height + 1);
    cairo_line_to(cairo, x + area.height + 2, area.y - 1);
  }
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

void Sheet::triangle(double x, double y, double size) {
  cairo_t* cairo = pen_->cairo.get();
  const double half = size / 2;
  pen_->set_colour(kInk);
  cairo_move_to(cairo, x, y - 0.86 * half);
  cairo_line_to(cairo, x + half, y + 0.86 * half);
  cairo_line_to(cairo, x - half, y + 0.86 * half);
  cairo_close_path(cairo);
  cairo_fill(cairo);
  fill({x - 0.05 * size, y - 0.17 * size, 0.1 * size, 0.32 * size}, kAttention, 0.02 * size);
  fill({x - 0.05 * size, y + 0.22 * size, 0.1 * size, 0.1 * size}, kAttention, 0.02 * size);
}

void Sheet::octagon(double x, double y, double size) {
  cairo_t* cairo = pen_->cairo.get();
  const double radius = size / 2 / std::cos(std::numbers::pi / 8);
  pen_->set_colour(kRefuse);
  cairo_new_path(cairo);  // a text before it has left a current point
  for (int i = 0; i < 8; ++i) {
    const double angle = std::numbers::pi / 8 * (2 * i + 1);
    cairo_line_to(cairo, x + radius * std::cos(angle), y + radius * std::sin(angle));
  }
  cairo_close_path(cairo);
  cairo_fill(cairo);
  const double arm = 0.2 * size;
  pen_->set_colour(kPanel);
  cairo_set_line_width(cairo, 0.13 * size);
  cairo_move_to(cairo, x - arm, y - arm);
  cairo_line_to(cairo, x + arm, y + arm);
  cairo_move_to(cairo, x + arm, y - arm);
  cairo_line_to(cairo, x - arm, y + arm);
  cairo_stroke(cairo);
}

void Sheet::show_page() {
  cairo_show_page(pen_->cairo.get());
}

bool Sheet::finish() {
  cairo_surface_finish(pen_->surface.get());
  return cairo_surface_status(pen_->surface.get()) == CAIRO_STATUS_SUCCESS &&
         cairo_status(pen_->cairo.get()) == CAIRO_STATUS_SUCCESS;
}

}  // namespace packbench::report
