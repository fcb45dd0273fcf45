// No order on the bench: what may be scanned, what the shift came to; done after a parcel.
#include <algorithm>

#include "ui/notes.h"
#include "ui/widgets.h"

namespace packbench::ui {

namespace {

std::int64_t counter(const Frame& frame, const std::string& name) {
  const auto found = frame.view.counters.find(name);
  return found == frame.view.counters.end() ? 0 : found->second;
}

Cue cue_of(const Frame& frame) {
  if (frame.state.done_until_ms > frame.ticks_ms && frame.view.waybill) {
    const auto& waybill = *frame.view.waybill;
    return {
        Icon::check_disc,
        palette::ok,
        frame.say(Msg::done),
        frame.say(Msg::done_sub, {grouped_waybill(waybill.number), frame.carrier(waybill.carrier)}),
        false,
        true};
  }
  return {Icon::scan_code, palette::ink, frame.say(Msg::scan_first), frame.say(Msg::scan_first_sub),
          false};
}

void draw_way_in(Frame& frame, Box box, std::string_view picture, Msg title, Msg sub) {
  draw_card(frame, box);
  const float side = box.h - 24;
  const Box image{box.x + 12, box.y + 12, side * 1.2F, side};
  frame.canvas.fill(image, palette::picture, 4);
  frame.canvas.picture(picture, image.inset(10));
  const float x = image.right() + 28;
  frame.canvas.text({x, box.cy() - 58, box.right() - x - 16, 66}, frame.say(title),
                    {Face::b40, palette::ink, Align::left, Fit::step_down});
  frame.canvas.text({x, box.cy() + 14, box.right() - x - 16, 36}, frame.say(sub),
                    {Face::r24, palette::ink2, Align::left, Fit::step_down});
}

void draw_figures(Frame& frame, Box box) {
  struct Figure {
    std::int64_t count;
    Msg label;
  };
  const std::array<Figure, 4> figures{{{counter(frame, "parcels_staged"), Msg::packed_shift},
                                       {counter(frame, "refused:wrong_item"), Msg::caught_shift},
                                       {counter(frame, "pickups"), Msg::handed_shift},
                                       {frame.view.staged_count, Msg::waiting_pickup}}};
  const bool upright = frame.layout.shape == Shape::portrait;
  const int columns = upright ? 2 : 4;
  const float w = box.w / static_cast<float>(columns);
  const float h = upright ? box.h / 2 : box.h;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const auto column = static_cast<float>(i % static_cast<std::size_t>(columns));
    const auto row = static_cast<float>(i / static_cast<std::size_t>(columns));
    draw_figure(frame, {box.x + 4 + column * w, box.y + row * h, w - 12, h}, figures[i].count,
                frame.say(figures[i].label));
  }
}

}  // namespace

void draw_awaiting_order(Frame& frame) {
  draw_top(frame, cue_of(frame));
  // Between two orders is the time to mend a device.
  std::vector<Note> notes = device_notes(frame);
  for (Note& note : pickup_notes(frame)) notes.push_back(std::move(note));
  for (Note& note : outbox_notes(frame)) notes.push_back(std::move(note));
  for (Note& note : quiet_notes(frame)) notes.push_back(std::move(note));
  const std::size_t most = frame.layout.shape == Shape::portrait ? 2 : 1;
  if (notes.size() > most) notes.resize(most);
  const Box stage = draw_notes_above(frame, frame.layout.stage, notes);
  const float figures = frame.layout.shape == Shape::portrait ? 120 : 64;
  const float rows = stage.h - figures - 8;
  const float pitch = (rows + 16) / 3;
  const float height = pitch - 16;
  draw_way_in(frame, {stage.x, stage.y, stage.w, height}, "drawn:mug", Msg::start_item,
              Msg::start_item_sub);
  draw_way_in(frame, {stage.x, stage.y + pitch, stage.w, height}, "order_slip", Msg::start_order,
              Msg::start_order_sub);
  draw_way_in(frame, {stage.x, stage.y + 2 * pitch, stage.w, height}, "parcel_label",
              Msg::start_label, Msg::start_label_sub);
  draw_figures(frame, {stage.x, stage.bottom() - figures, stage.w, figures});

  Actions actions;
  actions[0] = Action{"handover", Icon::truck, frame.say(Msg::key_handover), [&frame] {
                        if (frame.view.manifest) {
                          frame.state.lane = station::LaneId::dock;
                        } else {
                          frame.state.menu = Menu::carriers;
                        }
                      }};
  if (!frame.view.parked.empty())
    actions[1] = Action{"parked", Icon::park, frame.say(Msg::key_parked),
                        [&frame] { frame.state.menu = Menu::parked; }};
  actions[2] = undo_action(frame, false);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

}  // namespace packbench::ui
