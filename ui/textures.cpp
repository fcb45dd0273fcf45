#include "ui/textures.h"

namespace packbench::ui {

SDL_Texture* Textures::get(const std::string& key, const std::function<Pixels()>& draw) {
  const auto found = kept_.find(key);
  if (found != kept_.end()) return found->second.get();
  if (kept_.size() >= kKeptMax) return nullptr;  // those of this frame are still referred to
  const Pixels pixels = draw();
  SDL_Texture* texture = upload(pixels.width, pixels.height, pixels.rgba.data());
  return kept_.emplace(key, texture).first->second.get();
}

SDL_Texture* Textures::upload(int width, int height, const std::uint8_t* rgba) {
  SDL_Texture* texture =
      SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_RGBA32, SDL_TEXTUREACCESS_STATIC, width, height);
  if (texture == nullptr) return nullptr;
  SDL_UpdateTexture(texture, nullptr, rgba, width * 4);
  SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
  return texture;
}

}  // namespace packbench::ui
