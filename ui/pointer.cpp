#include "ui/pointer.h"

namespace packbench::ui {

bool Pointer::take(const SDL_Event& event, int width_px, int height_px) {
  switch (event.type) {
    case SDL_MOUSEMOTION:
      x = static_cast<float>(event.motion.x);
      y = static_cast<float>(event.motion.y);
      return false;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      if (event.button.button != SDL_BUTTON_LEFT) return false;
      x = static_cast<float>(event.button.x);
      y = static_cast<float>(event.button.y);
      down = event.type == SDL_MOUSEBUTTONDOWN;
      return true;
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
      break;
    default:
      return false;
  }
  if (event.type == SDL_FINGERDOWN && fingered_) return false;
  if (event.type != SDL_FINGERDOWN && (!fingered_ || event.tfinger.fingerId != finger_))
    return false;
  x = event.tfinger.x * static_cast<float>(width_px);
  y = event.tfinger.y * static_cast<float>(height_px);
  if (event.type == SDL_FINGERMOTION) return false;
  down = event.type == SDL_FINGERDOWN;
  fingered_ = down;
  finger_ = event.tfinger.fingerId;
  return true;
}

}  // namespace packbench::ui
