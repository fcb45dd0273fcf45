#include "ui/notes.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets.h"

namespace packbench::ui {

namespace {

constexpr float kTitle = 44;
constexpr float kLine = 36;
constexpr float kPad = 12;
constexpr float kGap = 16;
constexpr float kText = 76;  // where the words begin, right of bar and icon

float text_width(Box box) {
  return box.w - kText - 16;
}

float lines_of(Frame& frame, const std::string& text, Face face, float width) {
  const float whole = frame.canvas.measure(text, face);
  // A line is broken at a word, so it is seldom full.
  return whole <= width ? 1 : std::ceil(whole / (width * 0.9F));
}

// A title that is too long for one line is set like the rest, but bold.
Face title_face(Frame& frame, const Note& note, float width) {
  return frame.canvas.measure(note.title, Face::b30) <= width ? Face::b30 : Face::b24;
}

float title_height(Frame& frame, const Note& note, float width) {
  if (title_face(frame, note, width) == Face::b30) return kTitle;
  return kLine * lines_of(frame, note.title, Face::b24, width);
}

float height_of(Frame& frame, const Note& note, float width) {
  const float text = note.text.empty() ? 0 : lines_of(frame, note.text, Face::r24, width);
  return 2 * kPad + title_height(frame, note, width) + kLine * text;
}

void draw_note(Frame& frame, Box box, const Note& note) {
  frame.canvas.fill(box, note.trouble ? palette::attn_tint : palette::panel, 8);
  frame.canvas.fill({box.x, box.y, 10, box.h}, note.trouble ? palette::attn : palette::edge);
  frame.canvas.icon(note.icon, {box.x + 26, box.y + kPad + 4, 36, 36}, palette::ink);
  const float width = text_width(box);
  const float title = title_height(frame, note, width);
  frame.canvas.text({box.x + kText, box.y + kPad, width, title}, note.title,
                    {title_face(frame, note, width), palette::ink, Align::left, Fit::wrap, true});
  const float y = box.y + kPad + title;
  frame.canvas.text({box.x + kText, y, width, box.bottom() - kPad - y}, note.text,
                    {Face::r24, palette::ink, Align::left, Fit::wrap, true});
}

}  // namespace

std::vector<Note> device_notes(const Frame& frame, std::string_view kind) {
  std::vector<Note> notes;
  for (const station::DeviceView& device : frame.view.devices) {
    if (device.ok || (!kind.empty() && device.kind != kind) || device.kind == "network") continue;
    const Msg name = device.kind == "printer" ? Msg::printer
                     : device.kind == "scale" ? Msg::scale
                                              : Msg::scanner;
    notes.push_back({device_icon(device),
                     frame.say(Msg::device_says, {frame.say(name), frame.say(device.word)}),
                     frame.say(device.advice)});
  }
  return notes;
}

std::vector<Note> quiet_notes(const Frame& frame) {
  std::vector<Note> notes;
  for (const station::NoteView& note : frame.view.notes)
    notes.push_back({Icon::note, frame.say(note.text), frame.say(note.next), false});
  return notes;
}

std::vector<Note> pickup_notes(const Frame& frame) {
  std::vector<Note> notes;
  for (const station::NoteView& note : frame.view.pickups)
    notes.push_back({Icon::truck, frame.say(note.text), frame.say(note.next)});
  return notes;
}

std::vector<Note> outbox_notes(const Frame& frame) {
  const auto note = station::outbox_note(frame.view.outbox);
  if (!note) return {};
  const Icon icon = frame.view.outbox.refused > 0 ? Icon::warning : Icon::network_off;
  return {{icon, frame.say(note->text), frame.say(note->next)}};
}

Box draw_notes(Frame& frame, Box box, std::vector<Note> notes, float keep) {
  const auto needed = [&] {
    float sum = 0;
    for (const Note& note : notes) sum += kGap + height_of(frame, note, text_width(box));
    return sum;
  };
  while (!notes.empty() && box.h - needed() < keep) notes.pop_back();
  const Box rest{box.x, box.y, box.w, box.h - needed()};
  float y = rest.bottom() + kGap;
  for (const Note& note : notes) {
    const float height = height_of(frame, note, text_width(box));
    draw_note(frame, {box.x, y, box.w, height}, note);
    y += height + kGap;
  }
  return rest;
}

Box draw_notes_above(Frame& frame, Box box, const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    const float height = height_of(frame, note, text_width(box));
    draw_note(frame, {box.x, box.y, box.w, height}, note);
    box = {box.x, box.y + height + kGap, box.w, box.h - height - kGap};
  }
  return box;
}

}  // namespace packbench::ui
