// DrawLog: what a frame wrote and offered to touch, so that a test can list clipped, overlapping
// or low-contrast text and targets that are too small. Plain values, in pixels of the window.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/box.h"
#include "ui/theme.h"

namespace packbench::ui {

struct TextDrawn {
  std::string text;
  Box box_px;  // where it may be
  Box ink_px;  // where it is
  Face face = Face::r24;
  Color color;
  std::optional<Color> ground;  // of the topmost area below it
  bool fits = true;
};
struct TargetDrawn {
  std::string id;
  Box box_px;
};
struct DrawLog {
  std::vector<TextDrawn> texts;
  std::vector<TargetDrawn> targets;
};

}  // namespace packbench::ui
