#include "label/page.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "domain/label_code.h"
#include "label/bars.h"
#include "label/canvas.h"
#include "label/code128.h"
#include "label/marks.h"
#include "label/symbol.h"

namespace packbench::label {
namespace {

constexpr double kBarMin = 0.25;  // narrower bars are not printed safely at 203 dpi
constexpr double kDotMin = 0.42;  // nor smaller dots of a QR code read by imagers of every age
constexpr double kPlateInset = 0.6, kPlateInsetTop = 0.25;
constexpr double kMarkGap = 0.25, kMarkSpace = 1.0;
// The two lines below a mark.
constexpr double kMarkWords = (kMarkWordsHeight - kMarkGap) / 2;
constexpr int kSpecimenLetters = 8;              // about so many ems wide are the words
constexpr std::size_t kAddressBytesMax = 1'600;  // more never fits and would only cost time
constexpr Field kMarksField = {"Marks", "标记"};
constexpr Field kTemplate = {"The template", "面单模板"};

class Scale {
 public:
  explicit Scale(const LabelStyle& style) : dots_(dots_per_mm(style)) {}
  int dots(double mm) const { return static_cast<int>(std::lround(mm * dots_)); }
  // The fewest whole dots that are not noticeably less than this.
  int at_least(double mm) const { return static_cast<int>(std::ceil(mm * dots_ - 0.1)); }
  // Edges are rounded, not widths: parts that touch on the template touch on paper.
  Box box(const Area& area) const {
    const int x = dots(area.x), y = dots(area.y);
    return {x, y, dots(area.x + area.width) - x, dots(area.y + area.height) - y};
  }

 private:
  double dots_;
};

// Collects the drawing of a page; after the first error nothing more is drawn.
class PageDrawing {
 public:
  PageDrawing(const LabelContent& content, const LabelTemplate& on, const LabelStyle& style)
      : content_(content),
        on_(on),
        scale_(style),
        small_(style.small),
        paper_(page_size(on, style)),
        canvas_(paper_.width, paper_.height) {}

  Result<Page> label();
  Result<Raster> card();

 private:
  bool holds(const Condition& when) const {
    return (!when.scanner || *when.scanner == small_) && (!when.gift || content_.gift) &&
           (!when.with || !field_text(content_, *when.with).empty()) &&
           (!when.without || field_text(content_, *when.without).empty());
  }
  // Rounding may reach one dot over the edge.
  Box box(const Area& area) const {
    Box out = scale_.box(area);
    out.width = std::min(out.width, paper_.width - out.x);
    out.height = std::min(out.height, paper_.height - out.y);
    return out;
  }

  // Of the small code's text: bars need the short one.
  int version() const { return small_ == SmallCode::qr ? 1 : 2; }
  void write(const Field& field, std::string_view what, const Box& box, const TextStyle& style);
  void parts();
  void text(const TextPart& part);
  void marks(const MarksPart& part);
  std::optional<Error> add_codes(Page& page);
  std::optional<PlacedCode> bars(Raster& raster, const CodePart& part, const std::string& text);
  std::optional<PlacedCode> dots(Raster& raster, const CodePart& part, const std::string& text);

  const LabelContent& content_;
  const LabelTemplate& on_;
  const Scale scale_;
  const SmallCode small_;
  const Box paper_;
  Canvas canvas_;
  std::optional<Error> error_;
};

void PageDrawing::write(const Field& field, std::string_view what, const Box& box,
                        const TextStyle& style) {
  if (error_) return;
  const auto placed = canvas_.text(field, what, box, style);
  if (!placed) error_ = placed.error();
}

void PageDrawing::text(const TextPart& part) {
  const std::string what = part.field ? field_text(content_, *part.field) : part.fixed;
  if (what.empty()) return;
  Box where = box(part.area);
  if (part.plate) {
    canvas_.fill(where);
    const int aside = scale_.dots(kPlateInset), above = scale_.dots(kPlateInsetTop);
    where = {where.x + aside, where.y + above, where.width - 2 * aside, where.height - 2 * above};
  }
  const std::string zh = "模板文字“" + part.fixed + "”",
                    en = "The template's \"" + part.fixed + '"';
  write(part.field ? field_name(*part.field) : Field{en, zh}, what, where,
        {.size_max = scale_.dots(part.size_max),
         .size_min = scale_.dots(part.size_min),
         .bold = part.bold || part.plate,
         .lines_max = part.lines_max,
         .align = part.align,
         .white = part.plate});
}

void PageDrawing::marks(const MarksPart& part) {
  struct Wanted {
    std::optional<HandlingMark> mark;
    MarkWords words;
  };
  std::vector<Wanted> all;
  if (content_.gift) all.push_back({std::nullopt, {"礼品", "Gift"}});
  for (const HandlingMark mark : content_.marks) all.push_back({mark, mark_words(mark)});
  double x = part.area.x;
  const double width = part.pitch - kMarkSpace;
  for (const Wanted& one : all) {
    if (x + width > part.area.x + part.area.width + kMarkSpace) {
      error_ = unprintable(kMarksField, "more of them than there is room for", "太多，放不下");
      return;
    }
    const Box square = box({x + (width - part.side) / 2, part.area.y, part.side, part.side});
    if (one.mark) {
      draw_mark(canvas_, *one.mark, square);
    } else {
      canvas_.fill(square);
      write(kMarksField, "礼", square,
            {.size_max = square.width * 3 / 4,
             .size_min = square.width / 2,
             .bold = true,
             .align = Align::centre,
             .white = true});
    }
    double y = part.area.y + part.side + kMarkGap;
    for (const std::string_view words : {one.words.zh, one.words.en}) {
      write(kMarksField, words, box({x, y, width, kMarkWords}),
            {.size_max = scale_.dots(2.5), .size_min = scale_.dots(1.6), .align = Align::centre});
      y += kMarkWords;
    }
    x += part.pitch;
  }
}

void PageDrawing::parts() {
  for (const TextPart& part : on_.texts) {
    if (holds(part.condition)) text(part);
  }
  for (const RulePart& part : on_.rules) {
    if (holds(part.condition)) canvas_.fill(box(part.area));
  }
  for (const MarksPart& part : on_.marks) {
    if (holds(part.condition)) marks(part);
  }
  if (content_.attempt == 0 && on_.kind == TemplateKind::label) {
    const Box where = box(on_.specimen);
    canvas_.across("样张 SPECIMEN", where.x + where.width / 2, where.y + where.height / 2,
                   where.width / kSpecimenLetters);
  }
}

std::optional<PlacedCode> PageDrawing::bars(Raster& raster, const CodePart& part,
                                            const std::string& text) {
  const BarWidth module = {scale_.at_least(kBarMin), scale_.dots(part.module_max)};
  const auto placed = draw_code128(raster, text, box(part.area), module);
  if (!placed) return std::nullopt;
  return PlacedCode{*placed, text, SmallCode::code128};
}

std::optional<PlacedCode> PageDrawing::dots(Raster& raster, const CodePart& part,
                                            const std::string& text) {
  const auto modules = qr_modules(text);
  if (!modules) return std::nullopt;
  const Box where = box(part.area);
  const int side = modules->width + 2 * kQrQuietModules;
  const int dot =
      std::min(scale_.dots(part.module_max), std::min(where.width, where.height) / side);
  if (dot < scale_.at_least(kDotMin)) return std::nullopt;
  const Box placed = {where.x + (where.width - side * dot) / 2,
                      where.y + (where.height - side * dot) / 2, side * dot, side * dot};
  for (int y = 0; y < modules->height; ++y) {
    for (int x = 0; x < modules->width; ++x) {
      if (!modules->black(x, y)) continue;
      raster.fill({placed.x + (x + kQrQuietModules) * dot, placed.y + (y + kQrQuietModules) * dot,
                   dot, dot});
    }
  }
  return PlacedCode{placed, text, SmallCode::qr};
}

std::optional<Error> PageDrawing::add_codes(Page& page) {
  const Field waybill = field_name(FieldId::waybill);
  const auto drawn = bars(page.raster, on_.waybill, content_.waybill);
  if (!drawn) {
    return unprintable(waybill, "its bar code is too wide for the label; check the number",
                       "太长，条码印不下，请核对单号");
  }
  const auto& place = small_ == SmallCode::qr ? on_.small_code : on_.small_bars;
  if (!place) {
    return unprintable(kTemplate,
                       "it has no small code for this scanner; add small_code (2D) or "
                       "small_bars (1D) to it",
                       "没有适合此扫码枪的小码，请补上 small_code（2D）或 small_bars（1D）");
  }
  const std::string text =
      encode_label_code({content_.bench, content_.waybill, content_.attempt}, version());
  const auto small =
      small_ == SmallCode::qr ? dots(page.raster, *place, text) : bars(page.raster, *place, text);
  if (!small) {
    return unprintable(waybill, "too long for the small code; check the number",
                       "太长，小码印不下，请核对单号");
  }
  page.waybill = *drawn;
  page.small = *small;
  return std::nullopt;
}

Result<Page> PageDrawing::label() {
  if (!code128_widths(content_.waybill) ||
      !is_encodable({content_.bench, content_.waybill, content_.attempt}, version())) {
    return unprintable(field_name(FieldId::waybill),
                       "number and bench code must be 1 to 40 letters, digits and signs of ASCII",
                       "单号和工位代码只能是 1 到 40 个英文字母、数字和符号");
  }
  std::string address;
  for (const std::string& line : content_.receiver.address) address += line + ' ';
  const auto visible = one_line(address);
  if (!visible || visible->empty() || visible->size() > kAddressBytesMax) {
    return unprintable(field_name(FieldId::receiver_address),
                       "missing, unreadable or far too long; complete it in the order",
                       "没有、不可读或太长，请在订单里补全");
  }
  parts();
  if (error_) return *error_;
  Page page;
  page.raster = canvas_.to_raster();
  if (auto error = add_codes(page)) return *error;
  return page;
}

Result<Raster> PageDrawing::card() {
  const bool shows_message = std::any_of(on_.texts.begin(), on_.texts.end(), [](const auto& part) {
    return part.field == FieldId::gift_message;
  });
  if (shows_message && content_.gift_message.empty()) {
    return unprintable(field_name(FieldId::gift_message),
                       "the order has none; choose a template of labels",
                       "订单里没有，请选面单模板");
  }
  parts();
  if (error_) return *error_;
  return canvas_.to_raster();
}

}  // namespace

Box page_size(const LabelTemplate& on, const LabelStyle& style) {
  const Scale scale(style);
  return {0, 0, scale.dots(on.width), scale.dots(on.height)};
}

Result<Page> draw_page(const LabelContent& content, const LabelTemplate& on,
                       const LabelStyle& style) {
  CHECK(on.kind == TemplateKind::label);
  return PageDrawing(content, on, style).label();
}

Result<Raster> draw_card(const LabelContent& content, const LabelTemplate& on,
                         const LabelStyle& style) {
  CHECK(on.kind == TemplateKind::card);
  return PageDrawing(content, on, style).card();
}

}  // namespace packbench::label
