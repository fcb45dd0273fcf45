#include "label/command_sheet.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "label/cairo_owned.h"
#include "label/canvas.h"
#include "label/code128.h"

namespace packbench::label {
namespace {

// The sheet is laid out in eighths of a millimetre, as labels are.
constexpr double kPointsPerUnit = 72.0 / 25.4 / 8.0;
constexpr int kPageWidth = 1680;  // A4
constexpr int kPageHeight = 2376;
constexpr int kMargin = 96;
constexpr int kColumns = 2;
constexpr int kRows = 7;
constexpr int kGap = 48;
constexpr int kCellWidth = (kPageWidth - 2 * kMargin - (kColumns - 1) * kGap) / kColumns;
constexpr int kCellHeight = (kPageHeight - 2 * kMargin - (kRows - 1) * kGap) / kRows;
constexpr int kPadding = 24;
constexpr int kModuleMax = 4;  // 0.5 mm
constexpr int kModuleMin = 2;

constexpr Field kTitle = {"Command sheet", "命令条码表"};

Box cell(std::size_t index) {
  const int at = static_cast<int>(index % (kColumns * kRows));
  return {kMargin + at % kColumns * (kCellWidth + kGap),
          kMargin + at / kColumns * (kCellHeight + kGap), kCellWidth, kCellHeight};
}

bool draw_bars(Canvas& canvas, const std::string& code, const Box& box) {
  const auto widths = code128_widths(code);
  if (!widths) return false;
  const int modules = total_modules(*widths) + 2 * kCode128QuietModules;
  const int unit = std::min(kModuleMax, box.width / modules);
  if (unit < kModuleMin) return false;
  int x = box.x + (box.width - modules * unit) / 2 + kCode128QuietModules * unit;
  for (std::size_t i = 0; i < widths->size(); ++i) {
    if (i % 2 == 0) canvas.fill({x, box.y, (*widths)[i] * unit, box.height});
    x += (*widths)[i] * unit;
  }
  return true;
}

std::optional<Error> draw_entry(Canvas& canvas, const CommandSheetEntry& entry, const Box& box) {
  canvas.frame(box, 2);
  const int x = box.x + kPadding;
  const int width = box.width - 2 * kPadding;
  const Box bars = {box.x, box.y + 124, box.width, 104};
  if (!draw_bars(canvas, entry.code, bars)) {
    return unprintable(kTitle,
                       "no bar code can be drawn of this code; it has to be ASCII and short",
                       "条码画不出来，代码要短，只能用英文字母和数字");
  }
  struct Line {
    const std::string& text;
    Box box;
    TextStyle style;
  };
  const Line lines[] = {
      {entry.title_zh,
       {x, box.y + 16, width, 58},
       {.size_max = 44, .size_min = 24, .bold = true, .align = Align::centre}},
      {entry.title_en,
       {x, box.y + 78, width, 36},
       {.size_max = 28, .size_min = 18, .align = Align::centre}},
      {entry.code,
       {x, box.y + 234, width, 32},
       {.size_max = 24, .size_min = 16, .align = Align::centre}},
  };
  for (const Line& line : lines) {
    const auto placed = canvas.text(kTitle, line.text, line.box, line.style);
    if (!placed) return placed.error();
  }
  return std::nullopt;
}

std::optional<Error> draw_pages(cairo_surface_t* surface,
                                const std::vector<CommandSheetEntry>& entries) {
  Canvas canvas(surface);
  cairo_scale(canvas.cairo(), kPointsPerUnit, kPointsPerUnit);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i > 0 && i % (kColumns * kRows) == 0) cairo_show_page(canvas.cairo());
    if (auto error = draw_entry(canvas, entries[i], cell(i))) return error;
  }
  cairo_show_page(canvas.cairo());
  return std::nullopt;
}

}  // namespace

Result<std::string> command_sheet_pdf(const std::vector<CommandSheetEntry>& entries) {
  if (entries.empty()) return Error{"bad_input", "There are no commands to print on a sheet."};
  std::string out;
  const Surface surface(cairo_pdf_surface_create_for_stream(
      append_to_text, &out, kPageWidth * kPointsPerUnit, kPageHeight * kPointsPerUnit));
  // Cairo stamps the time of writing; without it the same entries give the same file.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, "Packbench");
  if (auto error = draw_pages(surface.get(), entries)) return *error;
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return Error{"no_memory", "The command sheet could not be written."};
  }
  return out;
}

}  // namespace packbench::label
