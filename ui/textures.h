// Textures: pictures drawn once for a size and kept for the renderer. Thread rule: the screen's.
#pragma once

#include <SDL.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace packbench::ui {

// Straight (not premultiplied) RGBA, one byte each, rows from the top.
struct Pixels {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;
};

class Textures {
 public:
  explicit Textures(SDL_Renderer* renderer) : renderer_(renderer) {}

  // The texture of that key, drawn by `draw` when it is not there yet. Null where the renderer
  // has no room for it.
  SDL_Texture* get(const std::string& key, const std::function<Pixels()>& draw);
  // Of width x height x 4 bytes as in Pixels; the caller's to destroy.
  SDL_Texture* upload(int width, int height, const std::uint8_t* rgba);
  void clear() { kept_.clear(); }
  // Between two frames: makes room where the next frame might find none.
  void trim() {
    if (kept_.size() > kKeptMax / 2) kept_.clear();
  }

 private:
  struct Destroy {
    void operator()(SDL_Texture* texture) const { SDL_DestroyTexture(texture); }
  };
  // Twice what a screen ever shows.
  static constexpr std::size_t kKeptMax = 400;

  SDL_Renderer* renderer_;
  std::map<std::string, std::unique_ptr<SDL_Texture, Destroy>> kept_;
};

}  // namespace packbench::ui
