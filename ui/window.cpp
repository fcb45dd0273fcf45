#include "ui/window.h"

#include <algorithm>
#include <cstddef>

namespace packbench::ui {
namespace {

Error no_screen(const std::string& what) {
  return {"no_screen", what + " (" + SDL_GetError() +
                           "). Connect a display, or run with SDL_VIDEODRIVER=offscreen to work "
                           "without one."};
}

void set_hints() {
  // On X11 the software renderer would otherwise go through a texture of its own and differ.
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");  // fingers are fed by hand
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");  // the program ends by its own rules
}

}  // namespace

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  set_hints();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return no_screen("No screen could be opened");
  int width = options.width;
  int height = options.height;
  SDL_Rect usable{};
  const std::string driver = SDL_GetCurrentVideoDriver();
  // The drivers without a display invent one of 1024x768.
  const bool display = driver != "dummy" && driver != "offscreen";
  if (display && SDL_GetDisplayUsableBounds(0, &usable) == 0 && usable.w > 0 && usable.h > 0) {
    width = std::min(width, usable.w);
    height = std::min(height, usable.h);
  }
  Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_SHOWN;
  if (options.fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
  SDL_Window* window = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED,
                                        SDL_WINDOWPOS_CENTERED, width, height, flags);
  if (window == nullptr) {
    const Error error = no_screen("The window could not be opened");
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return error;
  }
  SDL_Renderer* renderer = nullptr;
  if (options.accelerated)
    renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
  const bool software = renderer == nullptr;
  if (software) renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
  if (renderer == nullptr) {
    const Error error = no_screen("The window cannot be drawn to");
    SDL_DestroyWindow(window);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return error;
  }
  SDL_StartTextInput();  // a wedge scanner types
  return std::unique_ptr<Window>(new Window(window, renderer, software));
}

Window::~Window() {
  SDL_DestroyRenderer(renderer_);
  SDL_DestroyWindow(window_);
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

int Window::width() const {
  int width = 0;
  SDL_GetRendererOutputSize(renderer_, &width, nullptr);
  return width;
}

int Window::height() const {
  int height = 0;
  SDL_GetRendererOutputSize(renderer_, nullptr, &height);
  return height;
}

void Window::draw(const ImDrawData& data) {
  SDL_RenderSetClipRect(renderer_, nullptr);
  SDL_SetRenderDrawColor(renderer_, 0, 0, 0, 255);
  SDL_RenderClear(renderer_);
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const ImVec4 clip = command.ClipRect;
      const SDL_Rect rect{static_cast<int>(std::max(clip.x, 0.0F)),
                          static_cast<int>(std::max(clip.y, 0.0F)),
                          static_cast<int>(clip.z - std::max(clip.x, 0.0F)),
                          static_cast<int>(clip.w - std::max(clip.y, 0.0F))};
      if (rect.w <= 0 || rect.h <= 0 || command.ElemCount == 0) continue;
      SDL_RenderSetClipRect(renderer_, &rect);
      // One vertex is position, texture place and colour in a row.
      const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
      const int count = list.VtxBuffer.Size - static_cast<int>(command.VtxOffset);
      SDL_RenderGeometryRaw(
          renderer_, static_cast<SDL_Texture*>(command.GetTexID()), &vertex->pos.x,
          sizeof(ImDrawVert), reinterpret_cast<const SDL_Color*>(&vertex->col), sizeof(ImDrawVert),
          &vertex->uv.x, sizeof(ImDrawVert), count, list.IdxBuffer.Data + command.IdxOffset,
          static_cast<int>(command.ElemCount), sizeof(ImDrawIdx));
    }
  }
  SDL_RenderSetClipRect(renderer_, nullptr);
}

void Window::present() {
  SDL_RenderPresent(renderer_);
}

Result<Pixels> Window::read_back() const {
  Pixels pixels{width(), height(), {}};
  pixels.rgba.resize(static_cast<std::size_t>(pixels.width) *
                     static_cast<std::size_t>(pixels.height) * 4);
  if (SDL_RenderReadPixels(renderer_, nullptr, SDL_PIXELFORMAT_RGBA32, pixels.rgba.data(),
                           pixels.width * 4) != 0)
    return Error{"not_read", std::string("The screen cannot be read back: ") + SDL_GetError()};
  return pixels;
}

}  // namespace packbench::ui
