#include "label/supplied.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "domain/tracking_number.h"
#include "label/png.h"
#include "label/printed_bars.h"
#include "label/refusal.h"
#include "label/supplied_zpl.h"

namespace packbench::label {
namespace {

constexpr double kOverhangMax = 2.5;  // mm: a 4 x 6 inch label goes on 100 x 150 mm paper
constexpr double kSameScale = 0.02;   // TSPL counts 12 dots to a millimetre where 300 dpi are 11.8
constexpr double kSameShape = 0.01;

struct Paper {
  Box dots;
  double dots_per_mm = 0;

  double width() const { return dots.width / dots_per_mm; }
  double height() const { return dots.height / dots_per_mm; }
  // Whether so many dots may lie on it.
  bool bears(double w, double h) const {
    const double more = kOverhangMax * dots_per_mm;
    return w <= dots.width + more && h <= dots.height + more;
  }
};

std::string size_words(double width, double height) {
  return std::to_string(std::lround(width)) + " x " + std::to_string(std::lround(height));
}

Error refused(const Refusal& why, const Paper& paper, const LabelStyle& style) {
  const std::string mm = size_words(paper.width(), paper.height());
  const std::string dots = size_words(paper.dots.width, paper.dots.height);
  const std::string dpi = std::to_string(style.printer.dpi);
  const std::string next_en = why.next_en.empty()
                                  ? "ask the platform or the carrier for a file of " + mm +
                                        " mm at " + dpi + " dpi (" + dots + " dots)"
                                  : why.next_en;
  const std::string next_zh = why.next_zh.empty() ? "请平台或快递换一个 " + mm + " 毫米、" + dpi +
                                                        " dpi（" + dots + " 点）的文件"
                                                  : why.next_zh;
  return unprintable_file(why.en + "; " + next_en, why.zh + "；" + next_zh);
}

// Whether the picture has the dots of the paper, upright or turned.
bool has_dots_of(const Box& paper, const Picture& picture) {
  return (picture.width == paper.width && picture.height == paper.height) ||
         (picture.width == paper.height && picture.height == paper.width);
}

Taken<Picture> read_picture(std::string_view bytes, const Paper& paper) {
  const auto size = png_size(bytes);
  if (size && size->width * size->height > kPictureDotsMax) {
    const std::string dots = std::to_string(size->width) + " x " + std::to_string(size->height);
    return Refusal{"is a picture of " + dots + " dots", "是 " + dots + " 点的图片"};
  }
  auto picture = read_png_picture(bytes);
  if (picture) {
    // Made for this very head: a resolution that says otherwise is a mistake.
    if (has_dots_of(paper.dots, picture.value())) picture.value().dots_per_mm = 0;
    return std::move(picture).value();
  }
  return Refusal{"is a damaged PNG picture", "是损坏的 PNG 图片"};
}

Taken<Picture> read_file(std::string_view bytes, const Paper& paper, const AskPdf& ask_pdf) {
  if (bytes.size() > kSuppliedBytesMax) return Refusal{"is larger than 8 MB", "超过 8 MB"};
  if (is_png(bytes)) return read_picture(bytes, paper);
  if (is_pdf(bytes)) {
    return read_pdf(
        bytes, {paper.dots_per_mm, paper.width() + kOverhangMax, paper.height() + kOverhangMax},
        ask_pdf);
  }
  if (!is_zpl(bytes)) return Refusal{"is neither a PNG nor a PDF nor ZPL", "不是 PNG、PDF 或 ZPL"};
  auto dots = read_graphic_zpl(bytes, paper.dots);
  if (auto* refusal = std::get_if<Refusal>(&dots)) return std::move(*refusal);
  return picture_of(std::get<Raster>(dots));
}

// Dots of the head for each dot of the picture, where anything says so.
std::optional<double> meant_scale(const Picture& picture, const Paper& paper) {
  const double w = picture.width, h = picture.height;
  if (picture.dots_per_mm > 0) {
    const double scale = paper.dots_per_mm / picture.dots_per_mm;
    if (std::abs(scale - 1) < kSameScale && paper.bears(w, h)) return 1;
    if (paper.bears(w * scale, h * scale)) return scale;
  }
  const double more = kOverhangMax * paper.dots_per_mm;
  if (std::abs(w - paper.dots.width) <= more && std::abs(h - paper.dots.height) <= more) return 1;
  // Many programs write a resolution that means nothing: then the shape of the paper says more.
  const double across = paper.dots.width / w, down = paper.dots.height / h;
  if (std::abs(across / down - 1) < kSameShape) return std::min(across, down);
  if (picture.dots_per_mm == 0 && paper.bears(w, h)) return 1;
  return std::nullopt;
}

Refusal wrong_size(const Picture& picture, const Paper& paper) {
  const std::string dots = size_words(picture.width, picture.height);
  if (picture.dots_per_mm == 0)
    return {"is " + dots + " dots large and does not say how many of them make a millimetre",
            "是 " + dots + " 点，没写分辨率"};
  const std::string mm =
      size_words(picture.width / picture.dots_per_mm, picture.height / picture.dots_per_mm);
  return {
      "is " + mm + " mm large, the paper is " + size_words(paper.width(), paper.height()) + " mm",
      "是 " + mm + " 毫米，纸是 " + size_words(paper.width(), paper.height()) + " 毫米"};
}

Box ink_of(const Raster& page) {
  int left = page.width, right = 0, top = page.height, bottom = 0;
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      if (!page.black(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = y + 1;
    }
  }
  if (right == 0) return {};
  return {left, top, right - left, bottom - top};
}

// Where the first dot of the page comes to lie on `room` dots of paper: in the middle, or as near
// to it as all its ink stays on the paper. Nothing where that is too wide.
std::optional<int> place(int size, int ink_from, int ink_size, int room) {
  if (ink_size > room) return std::nullopt;
  const int middle = (room - size) / 2;
  return std::clamp(middle, -ink_from, room - ink_from - ink_size);
}

std::optional<Raster> on_paper(const Raster& page, const Box& paper) {
  const Box ink = ink_of(page);
  const auto left = place(page.width, ink.x, ink.width, paper.width);
  const auto top = place(page.height, ink.y, ink.height, paper.height);
  if (!left || !top) return std::nullopt;
  Raster out(paper.width, paper.height);
  for (int y = ink.y; y < ink.y + ink.height; ++y) {
    for (int x = ink.x; x < ink.x + ink.width; ++x) {
      if (page.black(x, y)) out.set(x + *left, y + *top);
    }
  }
  return out;
}

Taken<Raster> dots_on_paper(Picture& picture, const Paper& paper) {
  auto scale = meant_scale(picture, paper);
  if (!scale) {
    Picture sideways = turned(picture);
    scale = meant_scale(sideways, paper);
    if (!scale) return wrong_size(picture, paper);
    picture = std::move(sideways);
  }
  auto page = on_paper(scaled_dots(picture, *scale), paper.dots);
  if (page) return std::move(*page);
  return Refusal{"is larger than the paper and has no blank margin to cut off",
                 "比纸大，边上没有可以裁掉的空白"};
}

BarDemand demand_of(std::string_view number, const LabelStyle& style) {
  // A quarter of a millimetre: ISO/IEC 15416 grades bars that are finer badly on most scanners.
  constexpr int kUsualDpi = 203;
  return {number, dots_per_mm(style), style.printer.dpi > kUsualDpi ? 3 : 2};
}

}  // namespace

Error unprintable_file(const std::string& en, const std::string& zh) {
  return {"label_unprintable", "the supplied label " + en + " / 提供的面单" + zh};
}

Result<Label> supplied_label(std::string_view bytes, std::string_view number, const Box& paper_box,
                             const LabelStyle& style, const AskPdf& ask_pdf) {
  const Paper paper{paper_box, dots_per_mm(style)};
  auto picture = read_file(bytes, paper, ask_pdf);
  if (const auto* refusal = std::get_if<Refusal>(&picture)) return refused(*refusal, paper, style);
  const auto page = dots_on_paper(std::get<Picture>(picture), paper);
  if (const auto* refusal = std::get_if<Refusal>(&page)) return refused(*refusal, paper, style);
  const auto& dots = std::get<Raster>(page);
  if (const auto refusal =
          check_printed_bars(dots, std::get<Picture>(picture), demand_of(number, style)))
    return refused(*refusal, paper, style);
  return label_of(dots, style);
}

}  // namespace packbench::label
