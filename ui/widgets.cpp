#include "ui/widgets.h"

#include <algorithm>

namespace packbench::ui {

namespace {

constexpr float kButtonIcon = 44;

void draw_key_face(Frame& frame, Box box, bool held) {
  frame.canvas.fill(box, palette::edge, 10);
  const float down = held ? 4.0F : 0.0F;
  const Box face{box.x + 2, box.y + 2 + down, box.w - 4, box.h - 6 - (held ? 2.0F : 0.0F)};
  frame.canvas.fill({face.x, face.y, face.w, std::min(face.h, box.bottom() - 2 - face.y)},
                    palette::panel, 8);
}

void draw_key_content(Frame& frame, Box box, Icon icon, const std::string& label, Color color) {
  const float side = std::min(kButtonIcon, box.h * 0.36F);
  frame.canvas.icon(icon, {box.cx() - side / 2, box.y + box.h * 0.36F - side / 2, side, side},
                    color);
  const float height = box.h * 0.42F;
  frame.canvas.text({box.x + 8, box.y + box.h * 0.745F - height / 2, box.w - 16, height}, label,
                    {Face::b30, color, Align::center, Fit::step_down});
}

// Three storeys: the second line may take two.
void draw_tall_content(Frame& frame, Box box, Icon icon, const std::string& label,
                       const std::string& sub) {
  const float side = std::min(kButtonIcon, box.h * 0.26F);
  const float foot = 72;
  const float middle = box.bottom() - 6 - foot - 21;
  frame.canvas.icon(icon, {box.cx() - side / 2, (box.y + middle - 21 - side) / 2 + 2, side, side},
                    palette::ink);
  frame.canvas.text({box.x + 8, middle - 21, box.w - 16, 42}, label,
                    {Face::b30, palette::ink, Align::center, Fit::step_down});
  frame.canvas.text({box.x + 8, middle + 21, box.w - 16, foot}, sub,
                    {Face::r24, palette::ink, Align::center, Fit::step_down});
}

}  // namespace

bool draw_key(Frame& frame, std::string_view id, Box box, Icon icon, const std::string& label,
              const std::string& sub) {
  const Touch touch = frame.canvas.target(id, box);
  draw_key_face(frame, box, touch.held);
  Box content = box;
  if (touch.held) content.y += 4;
  if (sub.empty()) {
    draw_key_content(frame, content, icon, label, palette::ink);
  } else {
    draw_tall_content(frame, content, icon, label, sub);
  }
  return touch.clicked;
}

void draw_actions(Frame& frame, const Actions& actions) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const auto& action = actions[i];
    if (!action) continue;
    const Box box = frame.layout.actions[i];
    if (action->press) {
      if (draw_key(frame, action->id, box, action->icon, action->label)) action->press();
      continue;
    }
    frame.canvas.bordered(box, palette::paper, palette::line, 2, 10);
    draw_key_content(frame, box, action->icon, action->label, palette::ink2);
  }
}

Action more_action(Frame& frame) {
  return {"more", Icon::more, frame.say(Msg::key_more),
          [&frame] { frame.state.menu = Menu::more; }};
}

Action undo_action(Frame& frame, bool can) {
  Action action{"undo", Icon::undo, frame.say(Msg::key_undo), {}};
  if (can) action.press = [&frame] { frame.act(station::Verb::undo); };
  return action;
}

Action back_action(Frame& frame) {
  return {"back", Icon::undo, frame.say(Msg::key_back), [&frame] { close_menu(frame.state); }};
}

void draw_card(Frame& frame, Box box, Color color) {
  frame.canvas.fill(box, color, 8);
}

void draw_product_picture(Frame& frame, Box box, const std::string& image) {
  frame.canvas.fill(box, palette::picture, 4);
  const float edge = std::min(box.w, box.h) * 0.06F;
  frame.canvas.picture(image, box.inset(edge));
}

std::optional<std::size_t> draw_choices(Frame& frame, Box box, const std::vector<Choice>& choices) {
  std::optional<std::size_t> pressed;
  if (choices.empty()) return pressed;
  constexpr float kGap = 16;
  const std::size_t most = frame.layout.shape == Shape::portrait ? 3 : 4;
  const std::size_t columns = std::min(most, choices.size() > 3 ? most : choices.size());
  const std::size_t rows = (choices.size() + columns - 1) / columns;
  const float width =
      (box.w - kGap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float room = (box.h - kGap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  const float height = std::min(room, 180.0F);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const Box key{box.x + (width + kGap) * static_cast<float>(i % columns),
                  box.y + (height + kGap) * static_cast<float>(i / columns), width, height};
    if (draw_key(frame, choices[i].id, key, choices[i].icon, choices[i].label, choices[i].sub))
      pressed = i;
  }
  return pressed;
}

bool draw_pad(Frame& frame, Box box, bool hidden) {
  constexpr float kGap = 12;
  std::string& digits = frame.state.digits;
  const bool upright = box.h > box.w;
  const Box shown{box.x, box.y, upright ? box.w : box.w * 0.4F, upright ? 120 : box.h};
  draw_card(frame, shown);
  std::string text = digits;
  if (hidden) text = std::string(digits.size(), '*');
  frame.canvas.text(shown.inset(20), text.empty() ? std::string("-") : text,
                    {Face::b64, palette::ink, Align::center, Fit::step_down});
  const Box keys = upright ? Box{box.x, box.y + 136, box.w, box.h - 136}
                           : Box{shown.right() + 16, box.y, box.w - shown.w - 16, box.h};
  const float w = (keys.w - 2 * kGap) / 3;
  const float h = std::min((keys.h - 3 * kGap) / 4, 180.0F);
  bool confirmed = false;
  const std::size_t most = hidden ? 32 : 7;  // of a PIN, of a weight in grams
  for (int i = 0; i < 12; ++i) {
    const Box key{keys.x + static_cast<float>(i % 3) * (w + kGap),
                  keys.y + static_cast<float>(i / 3) * (h + kGap), w, h};
    if (i == 9) {
      if (draw_key(frame, "pad delete", key, Icon::backspace, frame.say(Msg::delete_key)) &&
          !digits.empty())
        digits.pop_back();
    } else if (i == 11) {
      confirmed = draw_key(frame, "pad confirm", key, Icon::tick, frame.say(Msg::confirm_key));
    } else {
      const std::string digit = std::to_string(i == 10 ? 0 : i + 1);
      const Touch touch = frame.canvas.target("pad " + digit, key);
      draw_key_face(frame, key, touch.held);
      frame.canvas.text(key, digit, {Face::b64, palette::ink, Align::center, Fit::step_down});
      if (touch.clicked && digits.size() < most) digits += digit;
    }
  }
  return confirmed && !digits.empty();
}

void draw_figure(Frame& frame, Box box, std::int64_t count, const std::string& label) {
  const float used = frame.canvas.text({box.x, box.y, box.w, box.h}, std::to_string(count),
                                       {Face::b40, palette::ink, Align::left, Fit::line});
  frame.canvas.text({box.x + used + 12, box.y, box.w - used - 12, box.h}, label,
                    {Face::r24, palette::ink2, Align::left, Fit::line});
}

std::string order_line(const Frame& frame) {
  if (frame.view.orders.empty()) return "";
  const station::OrderView& first = frame.view.orders.front();
  std::string line = platform_name(first.key.platform, frame.language());
  if (!first.key.shop.empty()) line += " · " + first.key.shop;
  for (const station::OrderView& order : frame.view.orders)
    line += " · " + short_number(order.key.number);
  return line;
}

void draw_weight_card(Frame& frame, Box box) {
  Canvas& canvas = frame.canvas;
  draw_card(frame, box);
  const auto& parcel = frame.view.parcel;
  const bool known = parcel && parcel->weight_g.has_value();
  canvas.text({box.x + 24, box.y + 14, 300, 36}, frame.say(Msg::weight),
              {Face::r24, palette::ink2});
  if (known) {
    // Beside a scale that is not well somebody may doubt which of the two holds.
    const auto& devices = frame.view.devices;
    const bool off = std::any_of(devices.begin(), devices.end(), [](const auto& device) {
      return device.kind == "scale" && !device.ok;
    });
    const std::string word = frame.say(off ? Msg::weight_counts : Msg::weight_taken);
    const float width = canvas.measure(word, Face::b24);
    canvas.icon(Icon::check_disc, {box.right() - 20 - width - 46, box.y + 15, 34, 34}, palette::ok);
    canvas.text({box.right() - 20 - width, box.y + 14, width + 1, 36}, word,
                {Face::b24, palette::ok, Align::right});
    const float used =
        canvas.text({box.x + 24, box.y + 56, box.w - 160, 120}, kilograms(*parcel->weight_g),
                    {Face::b112, palette::ink, Align::left, Fit::step_down});
    canvas.text({box.x + 40 + used, box.y + 110, 80, 50}, "kg", {Face::b40, palette::ink2});
  } else {
    canvas.text({box.x + 24, box.y + 60, box.w - 48, 110}, frame.say(Msg::weight_unknown),
                {Face::b40, palette::ink, Align::left, Fit::step_down});
  }
  if (!parcel || !parcel->weight_due_g) return;
  const Box bar{box.x + 24, box.y + 196, box.w - 48, 20};
  canvas.fill(bar, palette::track, 4);
  canvas.fill({bar.x + bar.w * 0.25F, bar.y, bar.w * 0.5F, bar.h}, palette::ok, 2);
  const auto due = static_cast<float>(*parcel->weight_due_g);
  canvas.text({bar.x, bar.bottom() + 14, bar.w, 36},
              frame.say(Msg::weight_due, {kilograms(*parcel->weight_due_g) + " kg"}),
              {Face::b24, palette::ink, Align::center});
  if (!known || due <= 0) return;
  // The middle of the bar is what is due, its ends are 20 % off.
  const float off = (static_cast<float>(*parcel->weight_g) - due) / due / 0.4F;
  const float x = bar.cx() + bar.w * std::clamp(off, -0.48F, 0.48F);
  canvas.polygon({{x - 16, bar.y - 22}, {x + 16, bar.y - 22}, {x, bar.y - 2}}, palette::ink);
  canvas.fill({x - 3, bar.y - 10, 6, bar.h + 14}, palette::ink);
}

}  // namespace packbench::ui
