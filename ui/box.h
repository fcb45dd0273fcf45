// Box: a place on the screen. In base units (the 1280x800 grid) unless a name says px.
#pragma once

namespace packbench::ui {

struct Box {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  float cx() const { return x + w / 2; }
  float cy() const { return y + h / 2; }
  Box inset(float d) const { return {x + d, y + d, w - 2 * d, h - 2 * d}; }
  bool contains(float px, float py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }
  bool operator==(const Box&) const = default;
};

}  // namespace packbench::ui
