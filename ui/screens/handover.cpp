// The dock lane: parcels scanned out one after the other, a refusal on the right while the count on
// the left goes on; and the same in small beside packing.
#include <algorithm>
#include <cmath>

#include "ui/due_words.h"
#include "ui/notes.h"
#include "ui/widgets.h"

namespace packbench::ui {

namespace {

// That much of the list of what is left is kept beside notes.
constexpr float kLeftCard = 220;

void draw_progress(Frame& frame, Box bar, Color track, Color done) {
  const auto& manifest = *frame.view.manifest;
  frame.canvas.fill(bar, track, 4);
  if (manifest.expected <= 0 || manifest.count <= 0) return;
  const float part = static_cast<float>(manifest.count) / static_cast<float>(manifest.expected);
  frame.canvas.fill({bar.x, bar.y, bar.w * std::min(part, 1.0F), bar.h}, done, 4);
}

void draw_count_card(Frame& frame, Box box) {
  Canvas& canvas = frame.canvas;
  const auto& manifest = *frame.view.manifest;
  draw_card(frame, box);
  canvas.text({box.x + 24, box.y + 14, box.w - 48, 48}, frame.say(Msg::both_counted),
              {Face::b30, palette::ink2});
  const std::string rest = "/ " + std::to_string(manifest.expected) + " " + frame.say(Msg::parcels);
  const float rest_width = canvas.measure(rest, Face::b40);
  const float used = canvas.text({box.x + 22, box.y + 76, box.w - 52 - rest_width, 124},
                                 std::to_string(manifest.count),
                                 {Face::b112, palette::ink, Align::left, Fit::step_down});
  canvas.text({box.x + 40 + used, box.y + 128, rest_width + 2, 56}, rest,
              {Face::b40, palette::ink2});
  draw_progress(frame, {box.x + 24, box.y + 216, box.w - 48, 24}, palette::track, palette::dock);
  float y = box.y + 262;
  for (const station::ManifestRow& row : manifest.last) {
    if (y + 44 > box.bottom() - 8) break;
    canvas.icon(Icon::check_disc, {box.x + 24, y + 6, 32, 32}, palette::ok);
    canvas.text({box.x + 72, y, box.w - 96, 44}, short_number(row.number),
                {&row == &manifest.last.front() ? Face::b24 : Face::r24, palette::ink, Align::left,
                 Fit::step_down});
    y += 48;
  }
}

void draw_taken_off(Frame& frame, Box box) {
  Canvas& canvas = frame.canvas;
  canvas.fill(box, palette::refuse, 8);
  canvas.icon(Icon::refused, {box.x + 32, box.y + 30, 112, 112}, palette::panel);
  const Box words{box.x + 176, box.y, box.w - 200, 0};
  canvas.text({words.x, box.y + 14, words.w, 96}, frame.say(Msg::take_it_off),
              {Face::b64, palette::panel, Align::left, Fit::step_down});
  canvas.text({words.x, box.y + 104, words.w, 66}, frame.say(Msg::go_on_scanning),
              {Face::r30, palette::panel, Align::left, Fit::step_down});
  const Box card{box.x + 16, box.y + 180, box.w - 32, box.h - 196};
  draw_card(frame, card);
  canvas.text({card.x + 24, card.y + 10, card.w - 48, 64}, grouped_waybill(frame.view.scanned),
              {Face::b40, palette::ink, Align::left, Fit::step_down});
  canvas.text({card.x + 24, card.y + 76, card.w - 48, 100}, alert_title(frame),
              {Face::b40, palette::refuse, Align::left, Fit::step_down, true});
  canvas.text({card.x + 24, card.y + 180, card.w - 48, card.h - 190}, alert_next(frame),
              {Face::r24, palette::ink, Align::left, Fit::wrap, true});
}

// What is still on the shelf, so that the last ones are found.
void draw_left_card(Frame& frame, Box box) {
  Canvas& canvas = frame.canvas;
  const auto& manifest = *frame.view.manifest;
  draw_card(frame, box);
  if (manifest.left.empty()) {
    canvas.icon(Icon::check_disc, {box.cx() - 48, box.cy() - 100, 96, 96}, palette::ok);
    canvas.text({box.x + 24, box.cy() + 10, box.w - 48, 90}, frame.say(Msg::all_there),
                {Face::b64, palette::ink, Align::center, Fit::step_down});
    return;
  }
  const std::int64_t left = manifest.expected - manifest.count;
  canvas.text({box.x + 24, box.y + 14, box.w - 48, 48},
              frame.say(Msg::left_count, {std::to_string(left)}), {Face::b30, palette::ink});
  float y = box.y + 76;
  for (const station::ManifestRow& row : manifest.left) {
    if (y + 44 > box.bottom() - 8) break;
    const Box line{box.x + 24, y, box.w - 48, 44};
    const float due = draw_due(frame, line, due_words(frame, {}, row.last_visit));
    canvas.text({line.x, line.y, line.w - due - 16, line.h}, grouped_waybill(row.number),
                {Face::r24, palette::ink, Align::left, Fit::step_down});
    y += 46;
  }
}

void draw_packing_strip(Frame& frame, Box box) {
  draw_card(frame, box);
  frame.canvas.icon(Icon::box, {box.x + 20, box.cy() - 20, 40, 40}, palette::ink);
  const bool packing = !frame.view.orders.empty();
  const float used =
      frame.canvas.text({box.x + 78, box.y, 330, box.h},
                        frame.say(packing ? Msg::packing_goes_on : Msg::nothing_packing),
                        {Face::b30, palette::ink, Align::left, Fit::step_down});
  std::string line = packing ? order_line(frame) : std::string();
  if (packing && frame.view.op) line = frame.view.op->name + " · " + line;
  frame.canvas.text({box.x + 100 + used, box.y, box.w - used - 120, box.h}, line,
                    {Face::r24, palette::ink2, Align::left, Fit::ellipsis});
}

void draw_handover_actions(Frame& frame) {
  const auto& manifest = *frame.view.manifest;
  Actions actions;
  actions[0] = Action{"close manifest", Icon::archive, frame.say(Msg::key_close_manifest),
                      [&frame] { frame.act(station::Verb::close_manifest); }};
  if (!manifest.left.empty())
    actions[1] =
        Action{"left", Icon::list,
               frame.say(Msg::key_left, {std::to_string(manifest.expected - manifest.count)}),
               [&frame] { frame.state.menu = Menu::left_behind; }};
  actions[2] = undo_action(frame, manifest.count > 0);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

// What is left and until when, where there is no room for the rows.
void draw_left_line(Frame& frame, Box line) {
  const auto& manifest = *frame.view.manifest;
  const DueWords due = due_words(frame, {}, manifest.left.front().last_visit);
  const std::string left =
      frame.say(Msg::left_count, {std::to_string(manifest.expected - manifest.count)});
  if (due.urgency != Urgency::none) {
    const float used = draw_due(frame, line, due);
    frame.canvas.text({line.x, line.y, line.w - used - 12, line.h}, left,
                      {Face::b24, palette::panel, Align::left, Fit::step_down});
    return;
  }
  frame.canvas.text(line, due.text.empty() ? left : left + " · " + due.text,
                    {Face::b24, palette::panel, Align::left, Fit::ellipsis});
}

}  // namespace

void draw_handover(Frame& frame) {
  const auto& manifest = *frame.view.manifest;
  std::string sub = frame.carrier(manifest.carrier);
  if (!manifest.courier.empty()) sub += " · " + manifest.courier;
  sub += " · " + frame.say(Msg::courier_since, {frame.clock_time(manifest.opened_at)});
  draw_top(frame, {Icon::scan_code, palette::dock, frame.say(Msg::scan_next_parcel), sub});
  const Box stage = frame.layout.stage;
  const float strip = 76;
  const bool upright = frame.layout.shape == Shape::portrait;
  const float height = stage.h - strip - 12;
  const Box count =
      upright ? Box{stage.x, stage.y, stage.w, height * 0.48F} : Box{stage.x, stage.y, 388, height};
  const Box right =
      upright ? Box{stage.x, count.bottom() + 16, stage.w, height - count.h - 16}
              : Box{count.right() + 16, stage.y, stage.right() - count.right() - 16, height};
  draw_count_card(frame, count);
  if (tone_of(frame.view, station::LaneId::dock) == Tone::refusal) {
    draw_taken_off(frame, right);
  } else {
    std::vector<Note> notes = pickup_notes(frame);
    for (Note& note : outbox_notes(frame)) notes.push_back(std::move(note));
    draw_left_card(frame, draw_notes(frame, right, std::move(notes), kLeftCard));
  }
  draw_packing_strip(frame, {stage.x, stage.bottom() - strip, stage.w, strip});
  draw_handover_actions(frame);
}

void draw_left_behind(Frame& frame) {
  if (!frame.view.manifest) return;
  const Box stage = frame.layout.stage;
  draw_card(frame, stage);
  constexpr float kLeast = 430;  // of a column: number and deadline
  const float width = (stage.w - 48) / std::floor((stage.w - 48) / kLeast);
  float x = stage.x + 24;
  float y = stage.y + 16;
  for (const station::ManifestRow& row : frame.view.manifest->left) {
    if (y + 44 > stage.bottom() - 8) {
      y = stage.y + 16;
      x += width;
      if (x + width > stage.right() + 1) break;
    }
    const Box line{x, y, width - 24, 44};
    const float due = draw_due(frame, line, due_words(frame, {}, row.last_visit));
    // One way of writing for all rows that have a deadline.
    const bool whole = due == 0 || width > 500;
    frame.canvas.text({x, y, line.w - due - 8, 44},
                      whole ? grouped_waybill(row.number) : short_number(row.number),
                      {Face::b24, palette::ink, Align::left, Fit::step_down});
    y += 46;
  }
}

void draw_dock_lane(Frame& frame) {
  Canvas& canvas = frame.canvas;
  const auto& manifest = *frame.view.manifest;
  const Box lane = frame.layout.dock_lane;
  canvas.fill(lane, palette::dock);
  canvas.icon(Icon::truck, {lane.x + 20, lane.y + 18, 40, 40}, palette::panel);
  canvas.text({lane.x + 76, lane.y + 14, lane.w - 96, 48},
              frame.say(Msg::key_handover) + " " + frame.carrier(manifest.carrier),
              {Face::b30, palette::panel, Align::left, Fit::step_down});
  const std::string rest = "/ " + std::to_string(manifest.expected);
  const float used =
      canvas.text({lane.x + 20, lane.y + 76, lane.w - 150, 124}, std::to_string(manifest.count),
                  {Face::b112, palette::panel, Align::left, Fit::step_down});
  canvas.text({lane.x + 40 + used, lane.y + 134, 120, 56}, rest,
              {Face::b40, palette::panel, Align::left, Fit::step_down});
  draw_progress(frame, {lane.x + 20, lane.y + 212, lane.w - 40, 20}, palette::ink, palette::panel);
  canvas.text({lane.x + 20, lane.y + 246, lane.w - 40, 44},
              manifest.courier.empty()
                  ? frame.say(Msg::courier_since, {frame.clock_time(manifest.opened_at)})
                  : manifest.courier + " · " + frame.clock_time(manifest.opened_at),
              {Face::r24, palette::panel, Align::left, Fit::ellipsis});
  const bool refused = tone_of(frame.view, station::LaneId::dock) == Tone::refusal;
  float y = lane.y + 300;
  if (!manifest.left.empty()) {
    draw_left_line(frame, {lane.x + 20, y, lane.w - 40, 44});
    y += 52;
  }
  const float bottom = refused ? lane.bottom() - 210 : lane.bottom() - 10;
  for (const station::ManifestRow& row : manifest.last) {
    if (y + 44 > bottom) break;
    canvas.icon(Icon::check_disc, {lane.x + 20, y + 6, 32, 32}, palette::panel);
    canvas.text({lane.x + 68, y, lane.w - 88, 44}, short_number(row.number),
                {Face::r24, palette::panel, Align::left, Fit::step_down});
    y += 50;
  }
  if (!refused) return;
  const Box card{lane.x + 12, lane.bottom() - 200, lane.w - 24, 184};
  draw_card(frame, card);
  canvas.fill({card.x, card.y, 12, card.h}, palette::refuse, 4);
  canvas.icon(Icon::refused, {card.x + 28, card.y + 16, 48, 48}, palette::refuse);
  canvas.text({card.x + 92, card.y + 14, card.w - 104, 52}, frame.say(Msg::take_it_off),
              {Face::b30, palette::refuse, Align::left, Fit::step_down});
  canvas.text({card.x + 28, card.y + 76, card.w - 40, 40}, short_number(frame.view.scanned),
              {Face::b24, palette::ink, Align::left, Fit::step_down});
  canvas.text({card.x + 28, card.y + 112, card.w - 40, 66}, alert_title(frame),
              {Face::r24, palette::ink, Align::left, Fit::wrap, true});
}

}  // namespace packbench::ui
