// Words for the reason codes that alerts and printers carry, in both languages.
#pragma once

#include <string>
#include <string_view>

#include "station/alert.h"

namespace packbench::station {

// The word; a code without one stands for itself.
std::string reason_word(std::string_view code, Language language);

// The word where there is little room; empty: the word itself is short, or there is none.
std::string reason_brief(std::string_view code, Language language);

// What to do about a device in this state; empty where there is nothing particular to do.
std::string reason_advice(std::string_view code, Language language);

}  // namespace packbench::station
