// A parcel that came back: its label is asked for. What is scanned goes to the bench, as anywhere;
// take_view asks for the reason when the bench says that it had left.
#include <algorithm>

#include "ui/widgets.h"

namespace packbench::ui {

void draw_came_back(Frame& frame) {
  const Box stage = frame.layout.stage;
  draw_card(frame, stage);
  const float side = std::min(320.0F, stage.h - 240);
  frame.canvas.picture("parcel_label", {stage.cx() - side / 2, stage.y + 32, side, side});
  const float y = stage.y + 48 + side;
  frame.canvas.text({stage.x + 24, y, stage.w - 48, 66}, frame.say(Msg::came_back_do),
                    {Face::b40, palette::ink, Align::center, Fit::step_down});
  frame.canvas.text({stage.x + 24, y + 76, stage.w - 48, 44}, frame.say(Msg::came_back_more),
                    {Face::r30, palette::ink2, Align::center, Fit::step_down});
}

}  // namespace packbench::ui
