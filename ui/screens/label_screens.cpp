// The label's three screens: it prints, it may or may not have printed, it is to be stuck on and
// scanned.
#include <algorithm>

#include "ui/notes.h"
#include "ui/widgets.h"

namespace packbench::ui {

namespace {

using station::Verb;

void draw_waybill_card(Frame& frame, Box box) {
  draw_card(frame, box);
  const auto& waybill = frame.view.waybill;
  const std::string number = waybill && !waybill->number.empty() ? grouped_waybill(waybill->number)
                                                                 : frame.say(Msg::no_number_yet);
  frame.canvas.text({box.x + 24, box.y + 10, box.w - 48, 64}, number,
                    {Face::b40, palette::ink, Align::left, Fit::step_down});
  if (!waybill) return;
  std::string sub = frame.carrier(waybill->carrier);
  if (waybill->attempt > 0)
    sub += " · " + frame.say(Msg::print_attempt, {std::to_string(waybill->attempt)});
  frame.canvas.text({box.x + 24, box.y + 76, box.w - 48, 40}, sub,
                    {Face::r24, palette::ink2, Align::left, Fit::ellipsis});
}

// What the scan of the label attests, so that nobody has to be asked.
void draw_attest_card(Frame& frame, Box box) {
  draw_card(frame, box, palette::ok_tint);
  const bool older = frame.view.waybill && frame.view.waybill->attempt > 1;
  frame.canvas.text({box.x + 24, box.y + 12, box.w - 48, 40},
                    frame.say(older ? Msg::void_older : Msg::scanning_attests),
                    {older ? Face::b24 : Face::r24, palette::ink, Align::left, Fit::step_down});
  const auto& cards = frame.view.cards;
  float needed = 0;
  for (const station::CardView& card : cards)
    needed += 62 + frame.canvas.measure(frame.say(card.title), Face::b24);
  const bool icons = needed <= box.w - 24;
  float x = box.x + 24;
  for (const station::CardView& card : cards) {
    if (icons) frame.canvas.icon(icon_named(card.icon), {x, box.y + 60, 32, 32}, palette::ok);
    if (icons) x += 40;
    x += 22 + frame.canvas.text({x, box.y + 54, box.right() - 12 - x, 44}, frame.say(card.title),
                                {Face::b24, palette::ink, Align::left, Fit::step_down});
  }
}

struct Places {
  Box picture, weight, waybill, attest;
};
Places places_of(const Frame& frame) {
  const Box stage = frame.layout.stage;
  if (frame.layout.shape == Shape::portrait) {
    const float bottom = stage.bottom();
    return {{stage.x, stage.y, stage.w, stage.h - 580},
            {stage.x, bottom - 564, stage.w, 284},
            {stage.x, bottom - 264, stage.w, 128},
            {stage.x, bottom - 120, stage.w, 116}};
  }
  const float x = stage.x + stage.w * 0.46F + 16;
  const float w = stage.right() - x;
  const float weight = stage.h - 276;
  return {{stage.x, stage.y, stage.w * 0.46F, stage.h},
          {x, stage.y, w, weight},
          {x, stage.y + weight + 16, w, 128},
          {x, stage.bottom() - 116, w, 116}};
}

// A bench without a scale has nothing to say of weights.
bool shows_weight(const Frame& frame) {
  const auto& devices = frame.view.devices;
  const bool scale = std::any_of(devices.begin(), devices.end(),
                                 [](const auto& device) { return device.kind == "scale"; });
  const auto& parcel = frame.view.parcel;
  return parcel && (parcel->weight_g || (scale && parcel->weight_due_g));
}

void draw_contents_card(Frame& frame, Box box) {
  draw_card(frame, box);
  frame.canvas.text({box.x + 24, box.y + 12, box.w - 48, 40}, order_line(frame),
                    {Face::r24, palette::ink2, Align::left, Fit::ellipsis});
  float y = box.y + 62;
  for (const Wanted& piece : pieces_of(frame.view)) {
    if (piece.part->packed == 0) continue;
    if (y + 48 > box.bottom() - 8) break;
    const std::string count = "×" + std::to_string(piece.part->packed);
    const float width = frame.canvas.measure(count, Face::b30);
    frame.canvas.text({box.x + 24, y, box.w - 72 - width, 48},
                      piece.part->name + "  " + piece.part->variant,
                      {Face::b30, palette::ink, Align::left, Fit::ellipsis});
    frame.canvas.text({box.right() - 24 - width, y, width + 1, 48}, count,
                      {Face::b30, palette::ink, Align::right});
    y += 52;
  }
}

void draw_label_stage(Frame& frame, std::string_view picture, std::vector<Note> notes) {
  const Places places = places_of(frame);
  const Box shown = draw_notes(frame, places.picture, std::move(notes), 64);
  draw_card(frame, shown);
  frame.canvas.picture(picture, shown.inset(std::min(30.0F, shown.h * 0.1F)));
  if (shows_weight(frame)) {
    draw_weight_card(frame, places.weight);
  } else {
    draw_contents_card(frame, places.weight);
  }
  draw_waybill_card(frame, places.waybill);
  draw_attest_card(frame, places.attest);
}

std::function<void()> ask_reason(Frame& frame, Deed deed) {
  return [&frame, deed] {
    frame.state.menu = Menu::reasons;
    frame.state.deed = deed;
  };
}

// One of the two answers: as big as a card, because much hangs on it.
bool draw_answer(Frame& frame, Box box, std::string_view id, bool came, const std::string& deed,
                 const std::string& more) {
  Canvas& canvas = frame.canvas;
  const Touch touch = canvas.target(id, box);
  canvas.fill(box, palette::edge, 10);
  const Box face{box.x, box.y + (touch.held ? 4.0F : 0.0F), box.w, box.h - 6};
  canvas.bordered(face, palette::panel, came ? palette::ink : palette::edge, came ? 6.0F : 2.0F,
                  10);
  const float words = 190;
  canvas.picture(came ? "printer_label" : "printer_none",
                 {face.x + 40, face.y + 18, face.w - 80, face.h - words - 30});
  const float y = face.bottom() - words;
  canvas.icon(came ? Icon::scan_label : Icon::printer, {face.x + 28, y + 14, 60, 60}, palette::ink);
  canvas.text({face.x + 108, y, face.w - 128, 90}, frame.say(came ? Msg::it_came : Msg::no_label),
              {Face::b64, palette::ink, Align::left, Fit::step_down});
  canvas.text({face.x + 28, y + 90, face.w - 48, 44}, deed,
              {Face::b30, palette::ink, Align::left, Fit::step_down});
  canvas.text({face.x + 28, y + 136, face.w - 48, 40}, more,
              {Face::r24, palette::ink2, Align::left, Fit::step_down});
  return touch.clicked;
}

const station::DeviceView* faulty_printer(const Frame& frame) {
  for (const station::DeviceView& device : frame.view.devices) {
    if (device.kind == "printer" && !device.ok) return &device;
  }
  return nullptr;
}

}  // namespace

void draw_printing(Frame& frame) {
  const bool under_way = frame.view.waybill && frame.view.waybill->state == "printing";
  Cue cue{Icon::printer, palette::ink, frame.say(Msg::printing), frame.say(Msg::printing_sub)};
  if (!under_way)
    cue = {Icon::warning, palette::attn, frame.say(Msg::not_printed),
           frame.say(Msg::not_printed_sub)};
  const station::DeviceView* fault = faulty_printer(frame);
  if (fault != nullptr)
    cue = {Icon::warning, palette::attn, frame.say(Msg::printer_says, {frame.say(fault->word)}),
           frame.say(fault->advice)};
  draw_top(frame, cue);
  std::vector<Note> notes = device_notes(frame);
  // The band speaks of the printer.
  std::erase_if(notes, [](const Note& note) { return note.icon == Icon::printer; });
  if (under_way && fault != nullptr)
    notes.insert(notes.begin(), {Icon::printer_empty, frame.say(Msg::goes_on),
                                 frame.say(Msg::stop_waiting_asks), false});
  draw_label_stage(frame, under_way ? "printer" : "printer_none", std::move(notes));
  Actions actions;
  if (!under_way)
    actions[0] = Action{"print", Icon::printer, frame.say(Msg::key_print),
                        [&frame] { frame.act(Verb::print); }};
  else if (fault != nullptr)
    actions[0] = Action{"stop printing", Icon::printer_empty, frame.say(Msg::key_stop_waiting),
                        [&frame] { frame.act(Verb::printed, {"no"}); }};
  actions[2] = undo_action(frame, !under_way);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

void draw_print_unknown(Frame& frame) {
  draw_top(frame, {Icon::doubt, palette::attn, frame.say(Msg::did_it_print),
                   frame.say(Msg::did_it_print_sub), true, true});
  const Box stage = frame.layout.stage;
  const int attempt = frame.view.waybill ? frame.view.waybill->attempt : 1;
  const bool upright = frame.layout.shape == Shape::portrait;
  const float strip = 92;
  const float w = upright ? stage.w : (stage.w - 16) / 2;
  const float h = upright ? (stage.h - strip - 16) / 2 : stage.h - strip;
  if (draw_answer(frame, {stage.x, stage.y, w, h}, "printed yes", true, frame.say(Msg::it_came_do),
                  frame.say(Msg::it_came_more)))
    frame.act(Verb::printed, {"yes"});
  const Box second =
      upright ? Box{stage.x, stage.y + h + 16, w, h} : Box{stage.x + w + 16, stage.y, w, h};
  if (draw_answer(frame, second, "printed no", false,
                  frame.say(Msg::no_label_do, {std::to_string(attempt + 1)}),
                  frame.say(Msg::no_label_more, {std::to_string(attempt)})))
    frame.act(Verb::printed, {"no"});
  const Box foot{stage.x, stage.bottom() - strip + 16, stage.w, strip - 16};
  draw_card(frame, foot);
  const std::string number =
      frame.view.waybill ? grouped_waybill(frame.view.waybill->number) : std::string();
  frame.canvas.text({foot.x + 24, foot.y, foot.w - 48, foot.h}, number,
                    {Face::b30, palette::ink, Align::left, Fit::step_down});
  Actions actions;
  actions[2] = undo_action(frame, false);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

void draw_verifying_label(Frame& frame) {
  draw_top(frame, {Icon::scan_label, palette::ink, frame.say(Msg::stick_and_scan),
                   frame.say(Msg::stick_and_scan_sub)});
  std::vector<Note> notes = device_notes(frame, "scanner");
  const std::vector<Note> scale = device_notes(frame, "scale");
  notes.insert(notes.end(), scale.begin(), scale.end());
  for (Note& note : quiet_notes(frame)) notes.push_back(std::move(note));
  draw_label_stage(frame, "parcel_label", std::move(notes));
  Actions actions;
  actions[0] = Action{"not printed", Icon::printer_empty, frame.say(Msg::key_not_printed),
                      [&frame] { frame.act(Verb::reprint, {"not_printed"}); }};
  actions[1] = Action{"reprint", Icon::printer, frame.say(Msg::key_reprint),
                      ask_reason(frame, Deed::reprint)};
  actions[2] = undo_action(frame, false);
  actions[3] = more_action(frame);
  draw_actions(frame, actions);
}

}  // namespace packbench::ui
