#include "label/bars.h"

#include <algorithm>

#include "label/code128.h"

namespace packbench::label {

std::optional<Box> draw_code128(Raster& raster, std::string_view text, const Box& where,
                                const BarWidth& module) {
  const auto widths = code128_widths(text);
  if (!widths) return std::nullopt;
  const int modules = total_modules(*widths) + 2 * kCode128QuietModules;
  const int each = std::min(module.most, where.width / modules);
  if (each < module.least) return std::nullopt;
  const int width = modules * each;
  const Box placed = {where.x + (where.width - width) / 2, where.y, width, where.height};
  int x = placed.x + kCode128QuietModules * each;
  for (std::size_t i = 0; i < widths->size(); ++i) {
    const int bar = (*widths)[i] * each;
    if (i % 2 == 0) raster.fill({x, placed.y, bar, placed.height});
    x += bar;
  }
  return placed;
}

}  // namespace packbench::label
