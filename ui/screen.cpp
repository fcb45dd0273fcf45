#include "ui/screen.h"

#include "ui/widgets.h"

namespace packbench::ui {

void draw_screen(Frame& frame) {
  frame.canvas.fill({0, 0, frame.layout.width, frame.layout.height}, palette::paper);
  switch (screen_of(frame.view, frame.state)) {
    case Screen::signed_out:
      draw_signed_out(frame);
      break;
    case Screen::pin:
      draw_pin(frame);
      break;
    case Screen::awaiting_order:
      draw_awaiting_order(frame);
      break;
    case Screen::packing:
      draw_packing(frame);
      break;
    case Screen::checks:
      draw_checks(frame);
      break;
    case Screen::weighing:
      draw_weighing(frame);
      break;
    case Screen::printing:
      draw_printing(frame);
      break;
    case Screen::print_unknown:
      draw_print_unknown(frame);
      break;
    case Screen::verifying_label:
      draw_verifying_label(frame);
      break;
    case Screen::handover:
      draw_handover(frame);
      break;
    case Screen::refusal:
      draw_refusal(frame);
      break;
    case Screen::menu:
      draw_menu(frame);
      break;
  }
  if (frame.layout.dock_lane.w > 0 && frame.view.manifest) draw_dock_lane(frame);
}

}  // namespace packbench::ui
