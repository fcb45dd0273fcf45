// What a row of a list says, in the order in which it matters: the end of `detail` is cut first.
// Pure functions.
#pragma once

#include <string>

#include "ui/due_words.h"
#include "ui/screen.h"

namespace packbench::ui {

struct RowWords {
  std::string title;
  std::string kind;   // of several that one list has; may be empty
  std::string money;  // may be empty
  std::string detail;
  Urgency urgency = Urgency::none;
};
RowWords row_words(const Frame& frame, const ListRow& row);

}  // namespace packbench::ui
