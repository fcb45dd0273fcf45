// Labels as platforms and carriers supply them, made by plain means of the test's own.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "label/raster.h"

namespace packbench::label {

inline const std::string kNumber = "SF1000000000001";

// Bars of a Code 128: `x` and `y` of the first bar's corner, `module` dots for the narrowest.
struct Bars {
  int x = 100, y = 100, module = 2, height = 120;
  bool operator==(const Bars&) const = default;
};
void draw_bars(Raster& page, const std::string& text, const Bars& at);
// Dots from the first bar to the last.
int bars_width(const std::string& text, int module);

// A carrier's label: the bars of a number, a frame and some boxes like lines of text.
Raster carrier_label(int width = 800, int height = 1200, const std::string& number = kNumber,
                     const Bars& at = {});

Raster quarter_turn(const Raster& page);

// A PNG of 32 bits a dot. The colours are red, green, blue and opacity, a byte each.
std::string colour_png(const Raster& page, std::uint32_t ink, std::uint32_t paper);

// The PNG with a chunk pHYs of so many dots to the metre in front of its picture.
std::string with_resolution(std::string png, std::uint32_t dots_per_metre);
std::string png_of(const Raster& page, std::uint32_t dots_per_metre = 0);

// Graphic ZPL that says neither its size nor how the printer is set.
std::string zpl_of(const Raster& page);

// A PDF of so many pages of one size in millimetres, each with this page's dots over all of it.
struct PdfSize {
  double width = 100, height = 150;
};
std::string pdf_of(const Raster& page, const PdfSize& size = {}, int pages = 1);

// A PDF of one page whose content stream is `content`, beside an image XObject /I of these sizes
// where they are not 0. Both are deflated.
struct RawPdf {
  std::string content;
  std::string media_box = "0 0 283 425";
  std::uint64_t image_width = 0, image_height = 0;
  std::string more = {};  // of the catalog
};
std::string raw_pdf(const RawPdf& parts);

}  // namespace packbench::label
