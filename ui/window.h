// Window: an SDL window and its renderer, and Dear ImGui's triangles drawn with it. Works with the
// drivers x11, wayland, kmsdrm, offscreen and dummy. Thread rule: the screen's.
#pragma once

#include <SDL.h>
#include <imgui.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "ui/textures.h"

namespace packbench::ui {

struct WindowOptions {
  std::string title = "Packbench";
  int width = 1280, height = 800;  // less where the display is smaller
  bool fullscreen = false;
  bool accelerated = false;  // else SDL's software renderer: the same pixels on every machine
};

class Window {
 public:
  static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  SDL_Renderer* renderer() const { return renderer_; }
  int width() const;  // in pixels
  int height() const;

  void draw(const ImDrawData& data);
  void present();
  // The surface as it is: of the software renderer also after it was presented, of an accelerated
  // one only between draw and present.
  Result<Pixels> read_back() const;
  bool is_software() const { return software_; }

 private:
  Window(SDL_Window* window, SDL_Renderer* renderer, bool software)
      : window_(window), renderer_(renderer), software_(software) {}

  SDL_Window* window_;
  SDL_Renderer* renderer_;
  bool software_;
};

}  // namespace packbench::ui
