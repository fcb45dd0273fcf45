#include "ui/canvas.h"

#include <algorithm>
#include <cmath>

#include "ui/line_break.h"
#include "ui/pictures.h"
#include "ui/vector_picture.h"

namespace packbench::ui {
namespace {

ImU32 packed(Color c) {
  return IM_COL32(c.r, c.g, c.b, 255);
}

float line_pitch(Face face) {
  const float em = face_info(face).em;
  return em >= 40 ? em * 1.25F : em * 1.375F;
}

// The face itself and the smaller ones of its weight.
std::vector<Face> ladder(Face face) {
  switch (face) {
    case Face::b112:
      return {Face::b112, Face::b64, Face::b40};
    case Face::b64:
      return {Face::b64, Face::b40, Face::b30, Face::b24};
    case Face::b40:
      return {Face::b40, Face::b30, Face::b24};
    case Face::b30:
      return {Face::b30, Face::b24};
    case Face::r30:
      return {Face::r30, Face::r24};
    case Face::r24:
    case Face::b24:
      break;
  }
  return {face};
}

}  // namespace

Canvas::Canvas(ImDrawList& list, Fonts& fonts, Textures& textures, DrawLog& log, float scale,
               float origin_x_px, float origin_y_px)
    : list_(list),
      fonts_(fonts),
      textures_(textures),
      log_(log),
      scale_(scale),
      origin_x_(origin_x_px),
      origin_y_(origin_y_px) {}

float Canvas::scaled(float units) const {
  return std::round(units * scale_);
}

Box Canvas::px(Box box) const {
  const float left = std::round(origin_x_ + box.x * scale_);
  const float top = std::round(origin_y_ + box.y * scale_);
  return {left, top, std::round(origin_x_ + box.right() * scale_) - left,
          std::round(origin_y_ + box.bottom() * scale_) - top};
}

// Straight edges are whole pixels and corners are quarters of a disc from the textures: Dear
// ImGui's own smoothed corners blur every edge of a software renderer, which samples pixels at
// their corner.
void Canvas::fill_px(const Box& p, Color color, float radius) {
  grounds_.push_back({p, color});
  const ImU32 c = packed(color);
  const float r = std::min({std::round(radius), p.w / 2, p.h / 2});
  SDL_Texture* disc = r < 1 ? nullptr : disc_of(static_cast<int>(r));
  if (disc == nullptr) {
    list_.AddRectFilled({p.x, p.y}, {p.right(), p.bottom()}, c);
    return;
  }
  list_.AddRectFilled({p.x + r, p.y}, {p.right() - r, p.bottom()}, c);
  list_.AddRectFilled({p.x, p.y + r}, {p.x + r, p.bottom() - r}, c);
  list_.AddRectFilled({p.right() - r, p.y + r}, {p.right(), p.bottom() - r}, c);
  const auto corner = [&](float x, float y, float u, float v) {
    list_.AddImage(disc, {x, y}, {x + r, y + r}, {u, v}, {u + 0.5F, v + 0.5F}, c);
  };
  corner(p.x, p.y, 0, 0);
  corner(p.right() - r, p.y, 0.5F, 0);
  corner(p.x, p.bottom() - r, 0, 0.5F);
  corner(p.right() - r, p.bottom() - r, 0.5F, 0.5F);
}

SDL_Texture* Canvas::disc_of(int radius_px) {
  return textures_.get("disc " + std::to_string(radius_px), [&] {
    return draw_vector({2, 2, {{palette::panel, "O1 1 1"}}}, 2 * radius_px, 2 * radius_px);
  });
}

void Canvas::fill(Box box, Color color, float radius) {
  fill_px(px(box), color, radius * scale_);
}

void Canvas::bordered(Box box, Color face, Color border, float thickness, float radius) {
  fill(box, border, radius);
  fill_px(px(box).inset(scaled(thickness)), face, std::max(0.0F, radius - thickness) * scale_);
}

void Canvas::polygon(const std::vector<ImVec2>& convex, Color color) {
  std::vector<ImVec2> points;
  for (const ImVec2& p : convex)
    points.push_back({std::round(origin_x_ + p.x * scale_), std::round(origin_y_ + p.y * scale_)});
  list_.AddConvexPolyFilled(points.data(), static_cast<int>(points.size()), packed(color));
}

void Canvas::icon(Icon icon, Box box, Color color) {
  const Box p = px(box);
  const int side = static_cast<int>(std::min(p.w, p.h));
  const std::string key =
      "icon " + std::to_string(static_cast<int>(icon)) + " " + std::to_string(side);
  SDL_Texture* texture = textures_.get(key, [&] {
    return draw_vector({96, 96, {{palette::panel, std::string(icon_path(icon))}}}, side, side);
  });
  if (texture == nullptr) return;
  const float x = std::round(p.cx() - static_cast<float>(side) / 2);
  const float y = std::round(p.cy() - static_cast<float>(side) / 2);
  const float end = static_cast<float>(side);
  list_.AddImage(texture, {x, y}, {x + end, y + end}, {0, 0}, {1, 1}, packed(color));
}

void Canvas::picture(std::string_view name, Box box) {
  const Box p = px(box);
  const int w = static_cast<int>(p.w);
  const int h = static_cast<int>(p.h);
  const std::string key =
      "picture " + std::string(name) + " " + std::to_string(w) + " " + std::to_string(h);
  SDL_Texture* texture = textures_.get(key, [&] { return draw_vector(picture_named(name), w, h); });
  if (texture != nullptr) list_.AddImage(texture, {p.x, p.y}, {p.right(), p.bottom()});
}

float Canvas::measure(std::string_view utf8, Face face) {
  const std::string drawn = Fonts::drawable(utf8);
  fonts_.want(face, drawn);
  return fonts_.width_px(face, drawn) / scale_;
}

Canvas::Block Canvas::lines_in(const Box& box_px, std::string_view utf8, Face face) {
  fonts_.want(face, utf8);
  const auto width = [&](std::string_view part) { return fonts_.width_px(face, part); };
  BrokenText broken = break_lines(utf8, box_px.w, width);
  Block block{face, std::move(broken.lines), !broken.word_cut, true};
  const float height = static_cast<float>(block.lines.size()) * scaled(line_pitch(face));
  const bool one_line = block.lines.size() <= 1;
  block.fits = one_line ? block.lines.empty() || width(block.lines.front()) <= box_px.w
                        : height <= box_px.h + 1;
  return block;
}

Canvas::Block Canvas::fit(const Box& box_px, std::string_view utf8, const TextStyle& style) {
  const auto width = [&](std::string_view part) { return fonts_.width_px(style.face, part); };
  fonts_.want(style.face, utf8);
  if (style.fit == Fit::line)
    return {style.face, {std::string(utf8)}, true, width(utf8) <= box_px.w + 1};
  if (style.fit == Fit::wrap) return lines_in(box_px, utf8, style.face);
  if (style.fit == Fit::ellipsis) {
    Block block = lines_in(box_px, utf8, style.face);
    const float pitch = scaled(line_pitch(style.face));
    const auto room = std::max<std::size_t>(1, static_cast<std::size_t>(box_px.h / pitch));
    fonts_.want(style.face, "…");
    if (block.lines.size() > room) {
      std::string rest = block.lines[room - 1];
      for (std::size_t i = room; i < block.lines.size(); ++i) rest += block.lines[i];
      block.lines.resize(room);
      block.lines.back() = with_ellipsis(rest, box_px.w, width);
    }
    block.fits = true;
    return block;
  }
  Block block;
  for (const Face face : ladder(style.face)) {
    block = lines_in(box_px, utf8, face);
    if (block.fits && block.words_whole) break;
  }
  return block;
}

void Canvas::draw_line(const std::string& line, Face face, const Box& box_px, float cy_px,
                       const TextStyle& style, bool fits) {
  const float size = fonts_.size_px(face);
  const float width = fonts_.width_px(face, line);
  const float free = box_px.w - width;
  const float x = std::round(style.align == Align::left     ? box_px.x
                             : style.align == Align::center ? box_px.x + free / 2
                                                            : box_px.x + free);
  const float y = std::round(cy_px - kMiddleOfLineBox * size);
  ImFont* font = fonts_.font(face);
  if (font == nullptr) return;  // the frame is drawn again as soon as the fonts are there
  list_.AddText(font, font->FontSize, {x, y}, packed(style.color), line.data(),
                line.data() + line.size());
  const float em = scaled(face_info(face).em);
  TextDrawn drawn{line, box_px, {x, cy_px - em / 2, width, em}, face, style.color, {}, fits};
  for (const Ground& ground : grounds_) {
    if (ground.box_px.contains(drawn.ink_px.cx(), drawn.ink_px.cy())) drawn.ground = ground.color;
  }
  log_.texts.push_back(std::move(drawn));
}

float Canvas::text(Box box, std::string_view utf8, const TextStyle& style) {
  if (utf8.empty()) return 0;
  const std::string drawn = Fonts::drawable(utf8);
  const Box p = px(box);
  const Block block = fit(p, drawn, style);
  const float pitch = scaled(line_pitch(block.face));
  const float height = pitch * static_cast<float>(block.lines.size());
  const bool top = style.from_top && (block.lines.size() > 1 || style.fit != Fit::line);
  float cy = top ? p.y + pitch / 2 : p.cy() - height / 2 + pitch / 2;
  float widest = 0;
  for (const std::string& line : block.lines) {
    draw_line(line, block.face, p, cy, style, block.fits);
    widest = std::max(widest, fonts_.width_px(block.face, line));
    cy += pitch;
  }
  return widest / scale_;
}

Touch Canvas::target(std::string_view id, Box box) {
  const Box p = px(box);
  ImGui::SetCursorScreenPos({p.x, p.y});
  const std::string name(id);
  const bool clicked = ImGui::InvisibleButton(name.c_str(), {p.w, p.h});
  log_.targets.push_back({name, p});
  return {clicked, ImGui::IsItemActive() && ImGui::IsItemHovered()};
}

}  // namespace packbench::ui
