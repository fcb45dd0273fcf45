// Words for the reason codes that alerts and printers carry, in both languages.
#pragma once

#include <string>
#include <string_view>

#include "station/alert.h"

namespace packbench::station {

// The word; a code without one stands for itself.
std::string reason_word(std::string_view code, Language language);

}  // namespace packbench::station
