// Icons: shapes that carry a state or name a deed, on a grid of 96. One colour, given when drawn.
#pragma once

#include <string_view>

namespace packbench::ui {

enum class Icon {
  scan_code,
  scan_label,
  scan_this,
  person,
  badge,
  truck,
  scanner,
  printer,
  printer_empty,
  scale,
  network,
  network_off,
  gift,
  check_disc,
  tick,
  refused,
  warning,
  doubt,
  box,
  bubble,
  tape,
  bag,
  battery,
  seal,
  undo,
  more,
  list,
  differs,
  box_short,
  box_damaged,
  two_boxes,
  supervisor,
  archive,
  sign_out,
  language,
  park,
  abandon,
  void_label,
  backspace,
  previous,
  next,
  note,
  take_in,
  count_
};

std::string_view icon_path(Icon icon);

// The icon that a data file names (box, bubble, tape, gift, bag ...); a box for an unknown word.
Icon icon_named(std::string_view word);

}  // namespace packbench::ui
