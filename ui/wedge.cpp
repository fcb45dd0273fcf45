#include "ui/wedge.h"

#include <utility>

namespace packbench::ui {

void WedgeReader::text(std::string_view utf8, std::uint32_t at_ms) {
  if (!line_.empty() && at_ms - last_ms_ > kForgotten_ms) line_.clear();
  last_ms_ = at_ms;
  if (line_.size() + utf8.size() <= kBytesMax) line_ += utf8;
}

std::optional<std::string> WedgeReader::end() {
  if (line_.empty()) return std::nullopt;
  return std::exchange(line_, {});
}

void WedgeReader::erase() {
  while (!line_.empty()) {
    const bool continuation = (static_cast<unsigned char>(line_.back()) & 0xC0U) == 0x80U;
    line_.pop_back();
    if (!continuation) break;
  }
}

}  // namespace packbench::ui
