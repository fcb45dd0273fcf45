// Pointer: mouse or finger as one point that is down or not. Only the first finger counts, so that
// a resting palm does not press. Fed by the window.
#pragma once

#include <SDL.h>

namespace packbench::ui {

struct Pointer {
  float x = -1, y = -1;  // in pixels of the window
  bool down = false;

  // True where the event pressed or released: it must be seen by a frame of its own.
  bool take(const SDL_Event& event, int width_px, int height_px);

 private:
  SDL_FingerID finger_ = 0;
  bool fingered_ = false;
};

}  // namespace packbench::ui
