#include "ui/layout.h"

#include <algorithm>

namespace packbench::ui {
namespace {

constexpr float kMargin = 24;
constexpr float kStageTop = 224;
constexpr float kActionWidth = 184;

Shape shape_of(Box area) {
  if (area.h > area.w) return Shape::portrait;
  return area.w / area.h > 1.7F ? Shape::wide : Shape::landscape;
}

float scale_of(Shape shape, Box area, float panel_width_mm) {
  float scale = shape == Shape::portrait ? area.w / 800
                : shape == Shape::wide   ? area.h / 900
                                         : area.h / 800;
  if (panel_width_mm > 0) {
    const float mm_per_px = panel_width_mm / area.w;
    // Beyond this the stage has no room for what it must show.
    const float most = shape == Shape::portrait ? area.w / 720 : area.h / 760;
    scale = std::max(scale, std::min(kTargetMmMin / (kTargetUnits * mm_per_px), most));
  }
  return scale;
}

void place_landscape(Layout& layout, bool dock_lane) {
  const float w = layout.width;
  const float h = layout.height;
  const float actions_x = w - kMargin - kActionWidth;
  layout.clock = {w - 240, 72, 232, 120};
  layout.stage = {kMargin, kStageTop, actions_x - 2 * kMargin, h - 240};
  if (dock_lane && layout.stage.w > 1300) {
    layout.stage.w -= 400;
    layout.dock_lane = {layout.stage.right() + kMargin, 208, 376, h - 208};
  }
  const float height = h > 880 ? 150 : 133;
  const float pitch = (h - 16 - 220 - height) / 3;
  for (std::size_t i = 0; i < layout.actions.size(); ++i)
    layout.actions[i] = {actions_x, 220 + pitch * static_cast<float>(i), kActionWidth, height};
}

void place_portrait(Layout& layout) {
  const float w = layout.width;
  const float h = layout.height;
  layout.clock = {w - 216, 72, 208, 120};
  layout.stage = {kMargin, kStageTop, w - 2 * kMargin, h - 164 - kStageTop};
  const float pitch = (w - 2 * kMargin + 12) / 4;
  for (std::size_t i = 0; i < layout.actions.size(); ++i)
    layout.actions[i] = {kMargin + pitch * static_cast<float>(i), h - 148, pitch - 12, 128};
}

}  // namespace

Layout make_layout(Box area_px, float panel_width_mm, bool dock_lane) {
  Layout layout;
  layout.shape = shape_of(area_px);
  layout.scale = scale_of(layout.shape, area_px, panel_width_mm);
  layout.width = area_px.w / layout.scale;
  layout.height = area_px.h / layout.scale;
  layout.left_px = area_px.x;
  layout.top_px = area_px.y;
  layout.rail = {0, 0, layout.width, 56};
  layout.cue = {0, 56, layout.width, 152};
  if (layout.shape == Shape::portrait) {
    place_portrait(layout);
  } else {
    place_landscape(layout, dock_lane);
  }
  return layout;
}

}  // namespace packbench::ui
