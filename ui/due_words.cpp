#include "ui/due_words.h"

#include "domain/deadlines.h"

namespace packbench::ui {
namespace {

constexpr float kWarning = 26;  // the sign before words that warn

}  // namespace

bool is_soon(Instant deadline, Instant now) {
  return deadline - now < Duration::minutes(30);
}

DueWords due_words(const Frame& frame, const std::optional<Instant>& ship_by,
                   const std::optional<Instant>& last_visit) {
  const auto due = true_deadline(ship_by, last_visit);
  if (!due) return {};
  if (ship_by && frame.now > *ship_by)
    return {frame.say(Msg::due_late, {frame.time_or_day(*ship_by)}), Urgency::late};
  const std::string time = frame.time_or_day(*due);
  if (last_visit && frame.now > *last_visit)
    return {frame.say(Msg::due_missed, {time}), Urgency::at_risk};
  return {frame.say(last_visit ? Msg::due_pickup : Msg::due_ship, {time}),
          is_soon(*due, frame.now) ? Urgency::at_risk : Urgency::none};
}

float draw_due(Frame& frame, Box box, const DueWords& due) {
  if (due.text.empty()) return 0;
  const bool warns = due.urgency != Urgency::none;
  const Face face = warns ? Face::b24 : Face::r24;
  const float words = frame.canvas.measure(due.text, face) + 2;
  const Color on = palette::ink;
  if (!warns) {
    frame.canvas.text({box.right() - words, box.y, words, box.h}, due.text,
                      {face, on, Align::right});
    return words;
  }
  const Box tile{box.right() - words - kWarning - 28, box.cy() - 20, words + kWarning + 28, 40};
  frame.canvas.fill(tile, palette::attn, 6);
  frame.canvas.icon(Icon::warning, {tile.x + 10, tile.y + 7, kWarning, kWarning}, on);
  frame.canvas.text({tile.x + kWarning + 18, tile.y, words, tile.h}, due.text, {face, on});
  return tile.w;
}

}  // namespace packbench::ui
