#include "label/label.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "label/code128.h"
#include "label/pdf.h"
#include "label/png.h"
#include "label/symbol.h"
#include "label/tspl.h"
#include "label/zpl.h"

namespace packbench::label {
namespace {

constexpr std::size_t kHashBytes = 32;

Error failed(const std::string& what) {
  return {"label_unprintable",
          "Self-check: " + what +
              "; the label was not printed, void it and tell the supervisor / 面单自检不通过，"
              "没有打印，请作废并告诉主管"};
}

bool is_blank(const Raster& page, const Box& box) {
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      if (page.black(x, y)) return false;
    }
  }
  return true;
}

// Whether all rows of the box are alike: then reading one row has read them all.
bool is_uniform(const Raster& page, const Box& box) {
  const int first = box.x / 8, last = (box.x + box.width - 1) / 8;
  const unsigned left = 0xFFU >> static_cast<unsigned>(box.x % 8);
  const unsigned right = 0xFF00U >> static_cast<unsigned>((box.x + box.width - 1) % 8 + 1);
  for (int y = box.y + 1; y < box.y + box.height; ++y) {
    for (int i = first; i <= last; ++i) {
      const unsigned mask = (i == first ? left : 0xFFU) & (i == last ? right : 0xFFU);
      if (((page.row(y)[i] ^ page.row(box.y)[i]) & mask) != 0) return false;
    }
  }
  return true;
}

int first_black(const Raster& page, const Box& box) {
  int x = box.x;
  while (x < box.x + box.width && !page.black(x, box.y)) ++x;
  return x;
}

// Whether the bars stand where a reader counts them: ten blank modules, then stripes of one to four
// whole modules, ten blank ones again. A quiet zone with a line in it fails, and so does a bar that
// is too thin although it still reads. The first bar is two modules wide.
bool is_on_its_grid(const Raster& page, const Box& box) {
  const int left = first_black(page, box) - box.x;
  const int module = left / kCode128QuietModules;
  if (module < 1 || left != module * kCode128QuietModules) return false;
  int start = box.x + left;
  for (int x = start + 1; x <= box.x + box.width; ++x) {
    const bool end = x == box.x + box.width;
    if (!end && page.black(x, box.y) == page.black(start, box.y)) continue;
    const int run = x - start;
    if (end) return run == left && !page.black(start, box.y);
    if (run % module != 0 || run > 4 * module) return false;
    start = x;
  }
  return false;
}

Status check_bars(const Raster& page, const PlacedCode& code) {
  if (!page.holds(code.box) || code.box.height < 1) return failed("the bar code is off the page");
  if (!is_uniform(page, code.box)) return failed("the bars have gaps");
  if (!is_on_its_grid(page, code.box)) {
    return failed("the bar code has no room beside it or bars of a wrong width");
  }
  constexpr int kRows = 3;
  Box rows = code.box;
  rows.height = std::min(rows.height, kRows);
  if (read_symbol(page, rows, Symbology::code128) != code.text) {
    return failed("the bar code does not read as this waybill");
  }
  return Ok{};
}

Status check_dots(const Raster& page, const PlacedCode& code) {
  if (!page.holds(code.box)) return failed("the small code is off the page");
  // The first module row of a QR code starts with a bar of 7 modules: its finder pattern.
  const Box& box = code.box;
  int top = box.y;
  while (top < box.y + box.height && is_blank(page, {box.x, top, box.width, 1})) ++top;
  if (top == box.y + box.height) return failed("the small code is missing");
  const int left = first_black(page, {box.x, top, box.width, 1});
  int after = left;
  while (after < box.x + box.width && page.black(after, top)) ++after;
  const int quiet = kQrQuietModules * (after - left) / 7;
  const bool blank = quiet > 0 && left - box.x >= quiet && top - box.y >= quiet &&
                     is_blank(page, {box.x, box.y, quiet, box.height}) &&
                     is_blank(page, {box.x + box.width - quiet, box.y, quiet, box.height}) &&
                     is_blank(page, {box.x, box.y + box.height - quiet, box.width, quiet});
  if (!blank) return failed("the small code has no room around it");
  if (read_symbol(page, box, Symbology::qr) != code.text) {
    return failed("the small code does not read as this waybill and attempt");
  }
  return Ok{};
}

}  // namespace

Status check_codes(const Raster& printed, const PlacedCode& waybill, const PlacedCode& small) {
  if (auto status = check_bars(printed, waybill); !status) return status;
  return small.kind == SmallCode::qr ? check_dots(printed, small) : check_bars(printed, small);
}

std::string content_hash(std::string_view bytes) {
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::array<char, 2 * kHashBytes + 1> text{};
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  return text.data();
}

Result<std::string> label_png(const Label& label) {
  return write_png(label.raster);
}

Result<std::string> label_pdf(const Label& label, const LabelStyle& style) {
  return write_pdf(label.raster, dots_per_mm(style));
}

Result<Label> label_of(const Raster& page, const LabelStyle& style) {
  const bool tspl = style.language == LabelLanguage::tspl;
  Label label;
  label.language = style.language;
  label.job = tspl ? write_tspl(page, style.printer) : write_zpl(page, style.printer);
  auto printed = tspl ? read_tspl(label.job, style.printer.dpi) : read_zpl(label.job);
  if (!printed || printed.value() != page) return failed("the print job does not hold the label");
  label.raster = std::move(printed).value();
  label.hash = content_hash(label.job);
  return label;
}

Result<Label> make_label(const LabelContent& content, const LabelTemplate& on,
                         const LabelStyle& style) {
  const auto page = draw_page(content, on, style);
  if (!page) return page.error();
  auto label = label_of(page.value().raster, style);
  if (!label) return label;
  const auto checked = check_codes(label.value().raster, page.value().waybill, page.value().small);
  if (!checked) return checked.error();
  return label;
}

Result<Label> make_card(const LabelContent& content, const LabelTemplate& on,
                        const LabelStyle& style) {
  const auto page = draw_card(content, on, style);
  if (!page) return page.error();
  return label_of(page.value(), style);
}

}  // namespace packbench::label
