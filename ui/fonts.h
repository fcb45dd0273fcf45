// Fonts: the seven faces, with glyphs rendered when they are first wanted, because the whole of
// Noto Sans CJK in all sizes would take 84 MB. Thread rule: the screen's.
#pragma once

#include <imgui.h>

#include <array>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ui/textures.h"
#include "ui/theme.h"

namespace packbench::ui {

struct FontFile {
  std::string path;
  int face = 0;  // in a collection
};
struct FontFiles {
  FontFile regular, bold;
};

// The first readable regular and bold file of a list such as assets/fonts/list.txt.
Result<FontFiles> find_fonts(const std::string& list_path);

class MappedFile;

class Fonts {
 public:
  static Result<std::unique_ptr<Fonts>> open(const FontFiles& files);
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  // Asks for the characters; those that are not there yet make the fonts stale.
  void want(Face face, std::string_view utf8);
  void set_scale(float scale);
  bool stale() const { return stale_; }
  void spoil() { stale_ = true; }  // the renderer lost its textures
  // Renders what is wanted into the atlas of the current Dear ImGui context. Between frames only.
  Status rebuild(Textures& textures);
  // What the text is drawn with: characters beyond Dear ImGui's 16 bits become U+FFFD.
  static std::string drawable(std::string_view utf8);

  ImFont* font(Face face) const { return fonts_[static_cast<std::size_t>(face)]; }
  float size_px(Face face) const;
  float width_px(Face face, std::string_view utf8) const;

 private:
  Fonts(FontFiles files, std::unique_ptr<MappedFile> regular, std::unique_ptr<MappedFile> bold);

  FontFiles files_;
  std::unique_ptr<MappedFile> regular_, bold_;
  std::array<std::set<ImWchar>, kFaces> wanted_;
  std::array<ImFont*, kFaces> fonts_{};
  SDL_Texture* atlas_ = nullptr;
  float scale_ = 1;
  bool stale_ = true;
};

}  // namespace packbench::ui
