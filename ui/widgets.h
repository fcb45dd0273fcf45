// Widgets: the parts that screens have in common.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/screen.h"

namespace packbench::ui {

struct Cue {
  Icon icon = Icon::scan_code;
  Color band = palette::ink;
  std::string title, sub;
  bool clock = true;
  bool own = false;  // this cue says it itself: no alert takes its place
};
// Rail, band and clock. An alert that asks for attention takes the band.
void draw_top(Frame& frame, const Cue& cue);
Color text_on(Color band);      // white or ink
Color sub_text_on(Color band);  // the second line

// The alert's two lines, codes put into words.
std::string alert_title(const Frame& frame);
std::string alert_next(const Frame& frame);
Icon device_icon(const station::DeviceView& device);

// Pressed and let go.
bool draw_key(Frame& frame, std::string_view id, Box box, Icon icon, const std::string& label,
              const std::string& sub = {});

struct Action {
  std::string id;
  Icon icon = Icon::more;
  std::string label;
  std::function<void()> press;  // none: it cannot act now
};
using Actions = std::array<std::optional<Action>, 4>;
void draw_actions(Frame& frame, const Actions& actions);
Action more_action(Frame& frame);
Action undo_action(Frame& frame, bool can);
Action back_action(Frame& frame);

void draw_card(Frame& frame, Box box, Color color = palette::panel);
void draw_product_picture(Frame& frame, Box box, const std::string& image);

// Of the menu's lists.
Cue list_cue(const Frame& frame);
Actions list_actions(Frame& frame);

// Rows of a few big keys that fill a box; the one that was pressed, by its place.
struct Choice {
  std::string id;
  Icon icon = Icon::more;
  std::string label;
  std::string sub = {};  // what is to be known before it is pressed
};
std::optional<std::size_t> draw_choices(Frame& frame, Box box, const std::vector<Choice>& choices);

// A pad of digits under `state.digits`; true when it was confirmed.
bool draw_pad(Frame& frame, Box box, bool hidden);

// Title and figure of something counted.
void draw_figure(Frame& frame, Box box, std::int64_t count, const std::string& label);

// "Taobao · Qingyou Home · …0946 318" of the orders on the bench.
std::string order_line(const Frame& frame);

// The band over the stage while there is a gift on the bench.
bool has_gift(const station::StationView& view);
void draw_gift_band(Frame& frame, Box box);

// Grams on the big face with the band of what is due.
void draw_weight_card(Frame& frame, Box box);

}  // namespace packbench::ui
