#include "label/canvas.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include "base/check.h"
#include "base/utf8.h"
#include "label/cairo_owned.h"

namespace packbench::label {
namespace {

constexpr const char* kFamily = "Noto Sans CJK SC";
// For characters that it lacks, in this order: hanzi beyond the BMP, then signs and emoji. No other
// font stands in: what all of them lack is refused by name, not drawn by whatever is installed.
constexpr std::array kOtherFamilies = {"HanaMinA", "HanaMinB", "Symbola"};
// The font's own line is 1.448 em high, generous for a label.
constexpr float kLineSpacing = 0.83F;
constexpr double kLineEm = 1.448 * 0.83;
constexpr double kMiddleEm = 0.37;  // of hanzi and capitals, above the baseline
constexpr double kRisingAngle = -0.32;
constexpr double kOutline = 0.04;  // of the letters' size
constexpr int kLoadSize = 24;
constexpr int kSizeStep = 2;
constexpr std::size_t kCharactersMax = 400;  // more never fits and would only cost time
// Coverage of a dot that makes it black: a little under a half keeps thin strokes whole.
constexpr int kThreshold = 112;

std::string code_point_name(char32_t c) {
  std::array<char, 16> name{};
  std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(c));
  return name.data();
}

// Half an em for Latin, a whole one for everything beyond: a first guess, corrected by layout.
double em_width(const std::vector<char32_t>& text) {
  double sum = 0;
  for (const char32_t c : text) sum += c < 0x2E80 ? 0.56 : 1.0;
  return sum;
}

int first_size(const std::vector<char32_t>& text, const Box& box, const TextStyle& style) {
  const double width = em_width(text);
  int size = style.size_max;
  for (; size > style.size_min; size -= kSizeStep) {
    const double lines = std::max(1.0, std::ceil(0.95 * width * size / box.width));
    const bool fits_down = lines == 1.0 || lines * kLineEm * size <= box.height;
    if (lines <= style.lines_max && fits_down) break;
  }
  return std::max(size, style.size_min);
}

// Eight grey dots as bits, the first in the highest. All eight are compared at once: adding what a
// dot lacks to 128 sets its highest bit, and the factor moves these bits side by side.
std::uint8_t eight_dots(const unsigned char* grey) {
  static_assert(std::endian::native == std::endian::little && kThreshold < 128);
  constexpr std::uint64_t kEach = 0x0101010101010101;
  std::uint64_t dots = 0;
  std::memcpy(&dots, grey, sizeof dots);
  const std::uint64_t low = (dots & (0x7F * kEach)) + (127 - kThreshold) * kEach;
  const std::uint64_t black = ((low | dots) >> 7U) & kEach;
  return static_cast<std::uint8_t>(black * 0x8040201008040201 >> 56U);
}

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x2028 || c == 0x2029 ||
         c == 0x3000;
}

}  // namespace

struct Canvas::Pen {
  Owned<cairo_surface_t, cairo_surface_destroy> surface;
  Owned<cairo_t, cairo_destroy> cairo;
  Owned<PangoContext, g_object_unref> context;
  Owned<PangoLayout, g_object_unref> layout;
  Owned<PangoFontDescription, pango_font_description_free> font;

  bool font_is_there = false;
  bool grey = false;  // a Canvas of its own dots

  void set_layout(const std::string& text, const Box& box, const TextStyle& style);
  void set_size(int size);
  Owned<PangoFont, g_object_unref> load(const char* family) const;
  void set_families(const std::string& text);
  std::optional<char32_t> character_without_glyph();
};

void Canvas::Pen::set_layout(const std::string& text, const Box& box, const TextStyle& style) {
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_width(layout.get(), style.lines_max > 1 ? box.width * PANGO_SCALE : -1);
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  set_families(text);
}

void Canvas::Pen::set_size(int size) {
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
}

// The font that was asked for; nothing where the system gives the nearest it has.
Owned<PangoFont, g_object_unref> Canvas::Pen::load(const char* family) const {
  const Owned<PangoFontDescription, pango_font_description_free> wanted(
      pango_font_description_copy(font.get()));
  pango_font_description_set_family_static(wanted.get(), family);
  Owned<PangoFont, g_object_unref> loaded(pango_context_load_font(context.get(), wanted.get()));
  if (!loaded) return nullptr;
  const Owned<PangoFontDescription, pango_font_description_free> given(
      pango_font_describe(loaded.get()));
  if (std::string_view(pango_font_description_get_family(given.get())) != family) return nullptr;
  return loaded;
}

// Gives each character that the family lacks to the first other one that has it.
void Canvas::Pen::set_families(const std::string& text) {
  const Owned<PangoAttrList, pango_attr_list_unref> attributes(pango_attr_list_new());
  pango_attr_list_insert(attributes.get(), pango_attr_fallback_new(FALSE));
  const auto own = load(kFamily);
  for (const char* at = text.c_str(); own && *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar character = g_utf8_get_char(at);
    if (character < 0x80 || pango_font_has_char(own.get(), character) != FALSE) continue;
    for (const char* family : kOtherFamilies) {
      const auto other = load(family);
      if (!other || pango_font_has_char(other.get(), character) == FALSE) continue;
      PangoAttribute* attribute = pango_attr_family_new(family);
      attribute->start_index = static_cast<guint>(at - text.c_str());
      attribute->end_index = static_cast<guint>(g_utf8_next_char(at) - text.c_str());
      pango_attr_list_insert(attributes.get(), attribute);
      break;
    }
  }
  pango_layout_set_attributes(layout.get(), attributes.get());
}

std::optional<char32_t> Canvas::Pen::character_without_glyph() {
  if (pango_layout_get_unknown_glyphs_count(layout.get()) == 0) return std::nullopt;
  const Owned<PangoLayoutIter, pango_layout_iter_free> iterator(
      pango_layout_get_iter(layout.get()));
  do {
    const PangoLayoutRun* run = pango_layout_iter_get_run_readonly(iterator.get());
    if (run == nullptr) continue;
    for (int i = 0; i < run->glyphs->num_glyphs; ++i) {
      const PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
      if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) return glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;
    }
  } while (pango_layout_iter_next_run(iterator.get()) != 0);
  return U'\uFFFD';
}

Canvas::Canvas(int width, int height)
    : Canvas(Owned<cairo_surface_t, cairo_surface_destroy>(
                 cairo_image_surface_create(CAIRO_FORMAT_A8, width, height))
                 .get()) {
  pen_->grey = true;
}

Canvas::Canvas(cairo_surface_t* surface) : pen_(std::make_unique<Pen>()) {
  CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
  pen_->surface.reset(cairo_surface_reference(surface));
  pen_->cairo.reset(cairo_create(surface));
  pen_->context.reset(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_context_set_base_dir(pen_->context.get(), PANGO_DIRECTION_LTR);
  pango_context_set_language(pen_->context.get(), pango_language_from_string("zh-cn"));

  const Owned<cairo_font_options_t, cairo_font_options_destroy> options(
      cairo_font_options_create());
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options(pen_->context.get(), options.get());

  pen_->layout.reset(pango_layout_new(pen_->context.get()));
  pango_layout_set_auto_dir(pen_->layout.get(), FALSE);
  pango_layout_set_wrap(pen_->layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(pen_->layout.get(), kLineSpacing);
  pen_->font.reset(pango_font_description_new());
  pango_font_description_set_family_static(pen_->font.get(), kFamily);
  pen_->set_size(kLoadSize);
  pen_->font_is_there = pen_->load(kFamily) != nullptr;
}

Canvas::~Canvas() = default;

cairo_t* Canvas::cairo() {
  return pen_->cairo.get();
}

Result<Placed> Canvas::text(const Field& field, std::string_view raw, const Box& box,
                            const TextStyle& style) {
  const auto clean = one_line(raw);
  if (!clean) return unprintable(field, "is not readable text (UTF-8)", "不是可读的文字");
  if (clean->empty()) return Placed{};
  if (!pen_->font_is_there) {
    return unprintable(field, "the font Noto Sans CJK SC is missing; install fonts-noto-cjk",
                       "缺少字体 Noto Sans CJK SC，请安装 fonts-noto-cjk");
  }
  const Error too_long = unprintable(field, "does not fit on the label; shorten it in the order",
                                     "面单上放不下，请在订单里改短");
  const auto points = code_points(*clean);
  if (points->size() > kCharactersMax) return too_long;

  pen_->set_layout(*clean, box, style);
  for (int size = first_size(*points, box, style);; size -= kSizeStep) {
    if (size < style.size_min) return too_long;
    pen_->set_size(size);
    if (const auto missing = pen_->character_without_glyph()) {
      const std::string name = to_utf8(*missing) + " (" + code_point_name(*missing) + ")";
      return unprintable(field,
                         "the character " + name + " cannot be drawn; change it in the order",
                         "字符 " + name + " 打印不出来，请在订单里修改");
    }
    PangoRectangle ink{};
    PangoRectangle logical{};
    pango_layout_get_pixel_extents(pen_->layout.get(), &ink, &logical);
    const int lines = pango_layout_get_line_count(pen_->layout.get());
    // One line may use its box to the last dot of ink; several need their leading.
    const int height = lines == 1 ? ink.height : std::max(ink.height, logical.height);
    if (lines > style.lines_max || height > box.height ||
        std::max(ink.width, logical.width) > box.width) {
      continue;
    }
    const int spare = box.width - ink.width;
    const int left = style.align == Align::left    ? 0
                     : style.align == Align::right ? spare
                                                   : spare / 2;
    const int x = box.x + left - ink.x;
    int y = box.y - std::min(ink.y, logical.y);
    if (lines == 1) {
      // On a common baseline, so that neighbours line up; moved only where ink would stick out.
      const int baseline = pango_layout_get_baseline(pen_->layout.get()) / PANGO_SCALE;
      y = box.y + box.height / 2 + static_cast<int>(std::lround(kMiddleEm * size)) - baseline;
      y = std::clamp(y, box.y - ink.y, box.y + box.height - ink.height - ink.y);
    }
    // ADD is OVER wherever no two letters overlap, and pixman is much faster with it on grey dots.
    const cairo_operator_t ink_operator = pen_->grey ? CAIRO_OPERATOR_ADD : CAIRO_OPERATOR_OVER;
    cairo_set_operator(cairo(), style.white ? CAIRO_OPERATOR_DEST_OUT : ink_operator);
    cairo_move_to(cairo(), x, y);
    pango_cairo_show_layout(cairo(), pen_->layout.get());
    cairo_set_operator(cairo(), CAIRO_OPERATOR_OVER);
    return Placed{{x + ink.x, y + ink.y, ink.width, ink.height}, size};
  }
}

void Canvas::across(std::string_view text, int x, int y, int size) {
  pen_->set_layout(std::string(text), {}, {.bold = true});
  pen_->set_size(size);
  PangoRectangle ink{};
  pango_layout_get_pixel_extents(pen_->layout.get(), &ink, nullptr);
  cairo_save(cairo());
  cairo_translate(cairo(), x, y);
  cairo_rotate(cairo(), kRisingAngle);
  cairo_move_to(cairo(), -ink.x - ink.width / 2.0, -ink.y - ink.height / 2.0);
  pango_cairo_layout_path(cairo(), pen_->layout.get());
  cairo_set_line_join(cairo(), CAIRO_LINE_JOIN_ROUND);
  cairo_set_operator(cairo(), CAIRO_OPERATOR_DEST_OUT);
  // Grey edges would take ten times as long, and nobody sees them under the outline.
  cairo_set_antialias(cairo(), CAIRO_ANTIALIAS_NONE);
  cairo_fill_preserve(cairo());
  cairo_set_line_width(cairo(), 3 * kOutline * size);
  cairo_stroke_preserve(cairo());
  cairo_set_antialias(cairo(), CAIRO_ANTIALIAS_DEFAULT);
  cairo_set_operator(cairo(), CAIRO_OPERATOR_OVER);
  cairo_set_line_width(cairo(), kOutline * size);
  cairo_stroke(cairo());
  cairo_restore(cairo());
}

void Canvas::fill(const Box& box) {
  cairo_rectangle(cairo(), box.x, box.y, box.width, box.height);
  cairo_fill(cairo());
}

void Canvas::frame(const Box& box, int thickness) {
  fill({box.x, box.y, box.width, thickness});
  fill({box.x, box.y + box.height - thickness, box.width, thickness});
  fill({box.x, box.y, thickness, box.height});
  fill({box.x + box.width - thickness, box.y, thickness, box.height});
}

Raster Canvas::to_raster() const {
  cairo_surface_t* surface = pen_->surface.get();
  CHECK(cairo_surface_get_type(surface) == CAIRO_SURFACE_TYPE_IMAGE);
  cairo_surface_flush(surface);
  Raster out(cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface));
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < out.height; ++y) {
    const unsigned char* from = data + static_cast<std::ptrdiff_t>(y) * stride;
    std::uint8_t* to = out.row(y);
    int x = 0;
    for (; x + 8 <= out.width; x += 8) to[x / 8] = eight_dots(from + x);
    for (; x < out.width; ++x) {
      if (from[x] > kThreshold) out.set(x, y);
    }
  }
  return out;
}

Error unprintable(const Field& field, const std::string& en, const std::string& zh) {
  return {"label_unprintable",
          std::string(field.en) + ": " + en + " / " + std::string(field.zh) + "：" + zh};
}

std::optional<std::string> one_line(std::string_view text) {
  const auto points = code_points(text);
  if (!points) return std::nullopt;
  std::string out;
  bool gap = false;
  for (const char32_t c : *points) {
    if (is_blank(c)) {
      gap = true;
      continue;
    }
    const std::string visible = printable(to_utf8(c));
    if (visible.empty()) continue;
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += visible;
  }
  return out;
}

}  // namespace packbench::label
