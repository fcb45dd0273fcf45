// DueWords: until when something has to leave, as short as a row has room for. The carrier's last
// visit counts before the promise. Pure functions.
#pragma once

#include <optional>
#include <string>

#include "ui/screen.h"

namespace packbench::ui {

enum class Urgency { none, at_risk, late };

struct DueWords {
  std::string text;  // "pickup by 18:30"; empty where no deadline is known
  Urgency urgency = Urgency::none;
};
DueWords due_words(const Frame& frame, const std::optional<Instant>& ship_by,
                   const std::optional<Instant>& last_visit);

// Under half an hour is left, or nothing: the clock warns.
bool is_soon(Instant deadline, Instant now);

// The words at the right-hand end of the box, on a tile where they warn; how wide they are.
float draw_due(Frame& frame, Box box, const DueWords& due);

}  // namespace packbench::ui
