// Nobody is signed in: a badge, and a PIN where the badge has one.
#include "ui/notes.h"
#include "ui/widgets.h"

namespace packbench::ui {

namespace {

Action language_action(Frame& frame) {
  return {"language", Icon::language, frame.say(Msg::key_language), [&frame] {
            frame.state.language = frame.language() == Language::zh ? Language::en : Language::zh;
          }};
}

}  // namespace

void draw_signed_out(Frame& frame) {
  draw_top(frame, {Icon::scan_code, palette::ink, frame.say(Msg::scan_badge),
                   frame.say(Msg::scan_badge_sub)});
  const Box stage = draw_notes_above(frame, frame.layout.stage, device_notes(frame));
  draw_card(frame, stage);
  frame.canvas.picture("badge", stage.inset(stage.h * 0.09F));
  Actions actions;
  actions[3] = language_action(frame);
  if (frame.view.manifest)
    actions[0] = Action{"to dock", Icon::truck, frame.say(Msg::key_handover),
                        [&frame] { frame.state.lane = station::LaneId::dock; }};
  draw_actions(frame, actions);
}

void draw_pin(Frame& frame) {
  Cue cue{Icon::supervisor,
          palette::attn,
          frame.say(Msg::enter_pin),
          frame.say(Msg::enter_pin_sub, {frame.state.badge}),
          true,
          true};
  if (frame.state.pin_tried) cue.title = frame.say(Msg::pin_wrong);
  draw_top(frame, cue);
  if (draw_pad(frame, frame.layout.stage, true)) {
    frame.act(station::Verb::sign_in, {frame.state.badge, frame.state.digits});
    frame.state.digits.clear();
    frame.state.pin_tried = true;
  }
  Actions actions;
  actions[2] = Action{"back", Icon::undo, frame.say(Msg::key_back), [&frame] {
                        frame.state.badge.clear();
                        close_menu(frame.state);
                      }};
  actions[3] = language_action(frame);
  draw_actions(frame, actions);
}

}  // namespace packbench::ui
