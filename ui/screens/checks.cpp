// A question of a risky parcel. It is answered by scanning the material, or by hand.
#include "ui/widgets.h"

namespace packbench::ui {

namespace {

std::string_view picture_of(const std::string& check) {
  if (check.find("gift") != std::string::npos) return "gift_bag";
  if (check.find("fragile") != std::string::npos) return "bubble_roll";
  return "parcel";
}

Icon icon_of(const std::string& check) {
  if (check.find("gift") != std::string::npos) return Icon::gift;
  if (check.find("fragile") != std::string::npos) return Icon::bubble;
  if (check.find("liquid") != std::string::npos) return Icon::bag;
  if (check.find("battery") != std::string::npos) return Icon::battery;
  if (check.find("seal") != std::string::npos) return Icon::seal;
  return check.find("note") != std::string::npos ? Icon::note : Icon::box;
}

void draw_answered_rows(Frame& frame, Box box, const station::CheckView& asked) {
  const auto& checks = frame.view.checks;
  float y = box.y;
  int number = 0;
  for (const station::CheckView& check : checks) {
    ++number;
    if (check.id == asked.id) continue;
    const bool done =
        check.answer == "pass" || check.answer == "na" || check.answer == "overridden";
    const Box row{box.x, y, box.w, 112};
    if (done) {
      draw_card(frame, row, palette::ok_tint);
      frame.canvas.icon(Icon::check_disc, {row.x + 24, row.cy() - 22, 44, 44}, palette::ok);
    } else {
      frame.canvas.bordered(row, palette::paper, palette::line, 3, 8);
      frame.canvas.text({row.x + 20, row.y, 50, row.h}, std::to_string(number),
                        {Face::b40, palette::ink2, Align::center});
    }
    frame.canvas.icon(icon_of(check.id), {row.x + 92, row.cy() - 24, 48, 48},
                      done ? palette::ok : palette::ink2);
    const std::string prompt = frame.say(check.prompt);
    frame.canvas.text({row.x + 164, row.y + 8, row.w - 184, row.h - 16},
                      done ? prompt : frame.say(Msg::then_next, {prompt}),
                      {Face::b30, palette::ink, Align::left, Fit::step_down});
    y += 124;
  }
}

}  // namespace

void draw_checks(Frame& frame) {
  const station::CheckView* asked = asked_check(frame.view);
  if (asked == nullptr) return draw_packing(frame);
  const auto& checks = frame.view.checks;
  std::size_t number = 1;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (&checks[i] == asked) number = i + 1;
  }
  const Msg waits = asked->blocks == "print" ? Msg::before_print : Msg::before_staging;
  const std::string gap = frame.language() == Language::zh ? "，" : ": ";
  std::string sub =
      frame.say(Msg::question_of, {std::to_string(number), std::to_string(checks.size())}) + gap +
      frame.say(waits);
  if (asked->answer == "fail") sub = frame.say(Msg::answered_no);
  draw_top(frame, {Icon::scan_code, palette::attn, frame.say(asked->prompt), sub, true, true});

  Box stage = frame.layout.stage;
  if (asked->id.find("gift") != std::string::npos && has_gift(frame.view)) {
    draw_gift_band(frame, {stage.x, stage.y, stage.w, 64});
    stage = {stage.x, stage.y + 80, stage.w, stage.h - 80};
  }
  const float rest = checks.size() > 1 ? 124.0F * static_cast<float>(checks.size() - 1) : 0;
  const Box card{stage.x, stage.y, stage.w, stage.h - rest};
  draw_card(frame, card);
  const bool upright = frame.layout.shape == Shape::portrait;
  const float side = upright ? card.h * 0.6F : card.h - 24;
  const Box image = upright ? Box{card.x + 12, card.y + 12, card.w - 24, side}
                            : Box{card.x + 12, card.y + 12, side, side};
  frame.canvas.fill(image, palette::picture, 4);
  frame.canvas.picture(picture_of(asked->id), image.inset(image.h * 0.1F));
  const Box words =
      upright
          ? Box{card.x + 28, image.bottom() + 16, card.w - 56, card.bottom() - image.bottom() - 32}
          : Box{image.right() + 28, card.y + 24, card.right() - image.right() - 52, card.h - 48};
  frame.canvas.text(words, frame.say(asked->prompt),
                    {Face::b64, palette::ink, Align::left, Fit::step_down});
  draw_answered_rows(frame, {stage.x, card.bottom() + 12, stage.w, rest}, *asked);

  Actions actions;
  const std::string id = asked->id;
  actions[0] = Action{"pass", Icon::tick, frame.say(Msg::key_done_it), [&frame, id] {
                        frame.act(station::Verb::check, {id, "pass"});
                      }};
  actions[1] = Action{"fail", Icon::refused, frame.say(Msg::key_cannot), [&frame, id] {
                        frame.state.menu = Menu::reasons;
                        frame.state.deed = Deed::check_fails;
                        frame.state.subject = id;
                      }};
  actions[2] = undo_action(frame, frame.view.phase == station::Phase::checks);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

}  // namespace packbench::ui
