// Layout: where rail, cue, stage and actions lie for a given screen. Pure functions.
#pragma once

#include <array>

#include "ui/box.h"

namespace packbench::ui {

enum class Shape { landscape, wide, portrait };  // 16:10, 16:9, upright

struct Layout {
  Shape shape = Shape::landscape;
  float scale = 1;     // pixels of a base unit
  float width = 1280;  // of the whole, in base units
  float height = 800;
  float left_px = 0, top_px = 0;  // of the whole, in the window
  Box rail, cue, clock, stage;
  Box dock_lane;  // beside the stage; empty where there is no room for it
  std::array<Box, 4> actions;
};

// A target is 118 base units; on a panel of known width it is at least this long.
inline constexpr float kTargetUnits = 118;
inline constexpr float kTargetMmMin = 20;

// `panel_width_mm` 0: unknown, the size of a target is not looked after. `dock_lane`: leave room
// for the other lane where the screen is wide enough.
Layout make_layout(Box area_px, float panel_width_mm, bool dock_lane);

}  // namespace packbench::ui
