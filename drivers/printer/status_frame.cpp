#include "drivers/printer/status_frame.h"

namespace packbench::drivers {

std::optional<std::string_view> FrameReader::take(char byte) {
  if (byte == kStx) {
    frame_.clear();
    inside_ = true;
    return std::nullopt;
  }
  if (!inside_) return std::nullopt;
  if (byte == kEtx) {
    inside_ = false;
    return frame_;
  }
  inside_ = frame_.size() < kFrameMax;
  if (inside_) frame_ += byte;
  return std::nullopt;
}

}  // namespace packbench::drivers
