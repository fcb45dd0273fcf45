// Canvas: what the screens draw with, in base units; every final coordinate is a whole pixel.
// Lives for one frame. Thread rule: the screen's.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <vector>

#include "ui/box.h"
#include "ui/draw_log.h"
#include "ui/fonts.h"
#include "ui/icons.h"
#include "ui/textures.h"
#include "ui/theme.h"

namespace packbench::ui {

enum class Align { left, center, right };
enum class Fit {
  line,       // one line that must fit: for what is ours to keep short
  wrap,       // as many lines as the box has room for
  ellipsis,   // the same, the rest given up with "…": listing titles and buyers' words
  step_down,  // the next smaller face where it does not fit, then more lines: names, numbers, cues
};

struct TextStyle {
  Face face = Face::r24;
  Color color = palette::ink;
  Align align = Align::left;
  Fit fit = Fit::line;
  bool from_top = false;  // else the block's middle is the box's
};

struct Touch {
  bool clicked = false;
  bool held = false;
};

class Canvas {
 public:
  // `origin`: the window's pixel where base unit 0, 0 lies.
  Canvas(ImDrawList& list, Fonts& fonts, Textures& textures, DrawLog& log, float scale,
         float origin_x_px, float origin_y_px);

  void fill(Box box, Color color, float radius = 0);
  void bordered(Box box, Color face, Color border, float thickness, float radius);
  void polygon(const std::vector<ImVec2>& convex, Color color);
  void icon(Icon icon, Box box, Color color);
  void picture(std::string_view name, Box box);

  // Returns the width of the widest line.
  float text(Box box, std::string_view utf8, const TextStyle& style);
  float measure(std::string_view utf8, Face face);

  Touch target(std::string_view id, Box box);

  Box px(Box box) const;

 private:
  struct Block {
    Face face = Face::r24;
    std::vector<std::string> lines;
    bool words_whole = true;
    bool fits = true;
  };
  struct Ground {
    Box box_px;
    Color color;
  };
  float scaled(float units) const;
  void fill_px(const Box& box_px, Color color, float radius_px);
  SDL_Texture* disc_of(int radius_px);
  Block fit(const Box& box_px, std::string_view utf8, const TextStyle& style);
  Block lines_in(const Box& box_px, std::string_view utf8, Face face);
  void draw_line(const std::string& line, Face face, const Box& box_px, float cy_px,
                 const TextStyle& style, bool fits);

  ImDrawList& list_;
  Fonts& fonts_;
  Textures& textures_;
  DrawLog& log_;
  float scale_, origin_x_, origin_y_;
  std::vector<Ground> grounds_;
};

}  // namespace packbench::ui
