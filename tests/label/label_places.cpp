#include "tests/label/label_places.h"

#include <algorithm>
#include <cmath>

namespace packbench::label {

std::vector<Box> places(const LabelTemplate& on, FieldId field, const LabelStyle& style) {
  const double scale = dots_per_mm(style);
  const auto dots = [&](double mm) { return static_cast<int>(std::lround(mm * scale)); };
  std::vector<Box> out;
  for (const TextPart& part : on.texts) {
    if (part.field != field) continue;
    const Area& area = part.area;
    const int x = dots(area.x), y = dots(area.y);
    out.push_back({x, y, dots(area.x + area.width) - x, dots(area.y + area.height) - y});
  }
  return out;
}

std::string stray_dot(const Raster& a, const Raster& b, const std::vector<Box>& boxes) {
  for (int y = 0; y < a.height; ++y) {
    if (std::equal(a.row(y), a.row(y) + a.row_bytes(), b.row(y))) continue;
    for (int x = 0; x < a.width; ++x) {
      if (a.black(x, y) == b.black(x, y)) continue;
      const bool allowed = std::any_of(boxes.begin(), boxes.end(), [&](const Box& box) {
        return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
      });
      if (!allowed) return std::to_string(x) + ',' + std::to_string(y);
    }
  }
  return "";
}

}  // namespace packbench::label
