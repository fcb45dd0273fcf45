// A scan was refused: the whole stage says so, what was scanned beside what is wanted. It is left
// by the right scan, so there is nothing to press away.
#include <algorithm>

#include "ui/widgets.h"

namespace packbench::ui {

namespace {

struct Side {
  bool scanned = false;
  std::string image;     // of a product or of a thing of the bench
  std::string deciding;  // the line that tells the two apart
  std::string name, shared, note, code;
};

std::string param(const Frame& frame, const std::string& name) {
  const auto found = frame.view.alert->params.find(name);
  return found == frame.view.alert->params.end() ? "" : found->second;
}

bool same_but_variant(const std::string& name, const std::string& variant,
                      const station::PartView& wanted) {
  return name == wanted.name && !variant.empty() && variant != wanted.variant;
}

// What two variants do not share is what tells them apart: "雾蓝 350 ml" and "奶白 350 ml" differ
// in their first word.
struct Parted {
  std::string own, shared;
};
Parted part_variants(const std::string& variant, const std::string& other) {
  std::size_t same = 0;
  const std::size_t most = std::min(variant.size(), other.size());
  while (same < most && variant[variant.size() - 1 - same] == other[other.size() - 1 - same])
    ++same;
  const std::size_t space = variant.find(' ', variant.size() - same);
  if (space == std::string::npos || space == 0) return {variant, ""};
  return {variant.substr(0, space), variant.substr(space + 1)};
}

Side scanned_side(const Frame& frame, const Wanted& wanted) {
  Side side;
  side.scanned = true;
  side.image = param(frame, "image");
  side.name = param(frame, "name");
  side.code = frame.view.scanned;
  const std::string variant = param(frame, "variant");
  if (wanted.part != nullptr && same_but_variant(side.name, variant, *wanted.part)) {
    const Parted parted = part_variants(variant, wanted.part->variant);
    side.deciding = parted.own;
    side.shared = parted.shared;
  } else {
    side.deciding = side.name;
    side.name = variant;
  }
  // Of what nobody knows there is only the code.
  if (side.deciding.empty()) {
    side.deciding = shown_code(frame.view.scanned);
    side.code.clear();
  }
  if (frame.view.alert->code == station::AlertCode::wrong_item)
    side.note = frame.say(Msg::not_in_order);
  return side;
}

Side wanted_side(const Frame& frame, const Wanted& wanted) {
  Side side;
  const auto& view = frame.view;
  if (view.waybill && (view.phase == station::Phase::verifying_label ||
                       view.phase == station::Phase::print_unknown)) {
    side.image = "parcel_label";
    side.deciding = grouped_waybill(view.waybill->number);
    side.name = frame.say(Msg::this_label);
    side.note = frame.say(Msg::print_attempt, {std::to_string(view.waybill->attempt)});
    return side;
  }
  if (wanted.part != nullptr) {
    side.image = wanted.part->image;
    const std::string other = param(frame, "variant");
    if (same_but_variant(param(frame, "name"), other, *wanted.part)) {
      const Parted parted = part_variants(wanted.part->variant, other);
      side.deciding = parted.own;
      side.shared = parted.shared;
      side.name = wanted.part->name;
    } else {
      side.deciding = wanted.part->name;
      side.name = wanted.part->variant;
    }
    side.note =
        frame.say(Msg::still_missing, {std::to_string(wanted.part->wanted - wanted.part->packed)});
    return side;
  }
  const bool nobody = view.phase == station::Phase::signed_out;
  side.image = nobody ? "badge" : "order_slip";
  side.deciding = frame.say(nobody ? Msg::a_badge : Msg::an_order);
  return side;
}

// Stripes that look like the code and that no scanner reads: a screen must not be scannable.
void draw_stripes(Frame& frame, Box box, const std::string& code) {
  float x = box.x;
  for (std::size_t i = 0; x < box.right() - 12; ++i) {
    const auto c = static_cast<unsigned char>(code[i % code.size()]);
    const float bar = 3 + static_cast<float>((c + i) % 4) * 3;
    frame.canvas.fill({x, box.y, bar, box.h}, palette::ink);
    x += bar + 4 + static_cast<float>((c / 4 + i) % 3) * 3;
  }
}

void draw_side(Frame& frame, Box box, const Side& side) {
  Canvas& canvas = frame.canvas;
  const Color tone = side.scanned ? palette::refuse : palette::ink;
  if (side.scanned) {
    draw_card(frame, box);
  } else {
    canvas.bordered(box, palette::panel, palette::ink, 8, 8);
  }
  canvas.icon(side.scanned ? Icon::refused : Icon::scan_this, {box.x + 22, box.y + 20, 42, 42},
              tone);
  canvas.text({box.x + 78, box.y + 18, box.w - 98, 46},
              frame.say(side.scanned ? Msg::you_scanned : Msg::wanted), {Face::b30, tone});
  const bool upright = frame.layout.shape == Shape::portrait;
  const float room = box.h - (upright ? 100 : 228);
  const float picture = std::min(room, box.w * 0.46F);
  const Box image{box.x + 20, box.y + 76, picture, picture};
  if (side.scanned && side.image.empty()) {
    canvas.fill(image, palette::picture, 4);
    draw_stripes(frame, image.inset(image.w * 0.2F), frame.view.scanned);
  } else {
    draw_product_picture(frame, image, side.image);
  }
  if (side.scanned) {
    const float e = 9;
    const Box p = image.inset(8);
    canvas.polygon(
        {{p.x, p.y + e}, {p.x + e, p.y}, {p.right(), p.bottom() - e}, {p.right() - e, p.bottom()}},
        palette::refuse);
    canvas.polygon(
        {{p.right() - e, p.y}, {p.right(), p.y + e}, {p.x + e, p.bottom()}, {p.x, p.bottom() - e}},
        palette::refuse);
  }
  const float x = image.right() + 24;
  const float w = box.right() - 16 - x;
  canvas.text({x, image.y - 8, w, 104}, side.deciding,
              {Face::b64, tone, Align::left, Fit::step_down});
  float y = image.y + 96;
  for (const std::string& line : {side.name, side.shared}) {
    if (line.empty()) continue;
    const float h = side.shared.empty() ? 84 : 52;
    canvas.text({x, y, w, h}, line, {Face::b40, palette::ink, Align::left, Fit::step_down});
    y += h + 2;
  }
  canvas.text({x, y, w, 66}, side.note, {Face::r24, palette::ink, Align::left, Fit::wrap, true});
  if (side.code.empty()) return;
  if (upright) {
    canvas.text({x, image.bottom() - 40, w, 44}, shown_code(side.code),
                {Face::b30, tone, Align::left, Fit::step_down});
    return;
  }
  const float foot = box.bottom() - 118;
  canvas.fill({box.x + 20, foot, box.w - 40, 2}, palette::line);
  draw_stripes(frame, {box.x + 20, foot + 24, box.w * 0.4F, 64}, side.code);
  canvas.text({box.x + 36 + box.w * 0.4F, foot + 18, box.w * 0.6F - 52, 76}, shown_code(side.code),
              {Face::b30, tone, Align::left, Fit::step_down});
}

}  // namespace

void draw_refusal(Frame& frame) {
  frame.canvas.fill({0, 0, frame.layout.width, frame.layout.height}, palette::refuse);
  draw_top(frame,
           {Icon::refused, palette::refuse, alert_title(frame), alert_next(frame), false, true});
  const Wanted wanted = wanted_now(frame.view);
  const Side scanned = scanned_side(frame, wanted);
  const Side other = wanted_side(frame, wanted);
  const Box stage = frame.layout.stage;
  const float strip = 76;
  if (frame.layout.shape == Shape::portrait) {
    const float h = (stage.h - strip - 32) / 2;
    draw_side(frame, {stage.x, stage.y, stage.w, h}, scanned);
    draw_side(frame, {stage.x, stage.y + h + 16, stage.w, h}, other);
  } else {
    const float w = (stage.w - 16) / 2;
    const float h = stage.h - strip - 16;
    draw_side(frame, {stage.x, stage.y, w, h}, scanned);
    draw_side(frame, {stage.x + w + 16, stage.y, w, h}, other);
  }
  const Box caught{stage.x, stage.bottom() - strip, stage.w, strip};
  frame.canvas.fill(caught, palette::refuse_strip, 8);
  frame.canvas.icon(Icon::check_disc, {caught.x + 22, caught.y + 18, 40, 40}, palette::panel);
  const bool picked = frame.view.alert->code == station::AlertCode::wrong_item;
  frame.canvas.text({caught.x + 80, caught.y, caught.w - 100, caught.h},
                    frame.say(picked ? Msg::caught : Msg::put_right),
                    {Face::r30, palette::panel, Align::left, Fit::step_down});
  Actions actions;
  if (!left_parcel(frame.view).empty())
    actions[0] = Action{"take in", Icon::take_in, frame.say(Msg::key_take_in),
                        [&frame] { take_back(frame.state, frame.view); }};
  actions[2] = undo_action(frame, false);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

}  // namespace packbench::ui
