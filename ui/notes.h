// Notes: cards in the stage that say what ails a device and what to do about it, or what a key will
// do. The band above is for the work.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/screen.h"

namespace packbench::ui {

struct Note {
  Icon icon = Icon::warning;
  std::string title, text;
  bool trouble = true;
};

// Of each device that is not well and of this kind; empty: of every kind.
std::vector<Note> device_notes(const Frame& frame, std::string_view kind = {});

// What is worth knowing and asks nothing: numbers that run out, a number that looks odd.
std::vector<Note> quiet_notes(const Frame& frame);

// Carriers that should be asked to come once more, the most urgent first.
std::vector<Note> pickup_notes(const Frame& frame);

// Of confirmations that are refused or do not get through.
std::vector<Note> outbox_notes(const Frame& frame);

// Draws them at the foot of `box`, one above the other, and returns what is left of it above them.
// The last ones are left out where less than `keep` would be left.
Box draw_notes(Frame& frame, Box box, std::vector<Note> notes, float keep);
// The same at its head.
Box draw_notes_above(Frame& frame, Box box, const std::vector<Note>& notes);

}  // namespace packbench::ui
