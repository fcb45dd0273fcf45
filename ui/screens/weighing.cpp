// The parcel must be weighed before its label is printed.
#include "ui/notes.h"
#include "ui/widgets.h"

namespace packbench::ui {

void draw_weighing(Frame& frame) {
  const auto& parcel = frame.view.parcel;
  const std::string due =
      parcel && parcel->weight_due_g
          ? frame.say(Msg::weight_due, {kilograms(*parcel->weight_due_g) + " kg"})
          : frame.say(Msg::weight_unknown);
  draw_top(frame, {Icon::scale, palette::ink, frame.say(Msg::put_on_scale), due});
  const Box stage = frame.layout.stage;
  const bool upright = frame.layout.shape == Shape::portrait;
  const Box place = upright ? Box{stage.x, stage.y, stage.w, stage.h - 316}
                            : Box{stage.x, stage.y, stage.w * 0.46F, stage.h};
  const Box picture = draw_notes(frame, place, device_notes(frame, "scale"), 160);
  draw_card(frame, picture);
  frame.canvas.picture("scale", picture.inset(40));
  draw_weight_card(
      frame, upright ? Box{stage.x, stage.bottom() - 300, stage.w, 284}
                     : Box{place.right() + 16, stage.y, stage.right() - place.right() - 16, 284});
  Actions actions;
  actions[0] = Action{"weight", Icon::scale, frame.say(Msg::key_weight),
                      [&frame] { frame.state.menu = Menu::weight_pad; }};
  actions[2] = undo_action(frame, true);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

}  // namespace packbench::ui
