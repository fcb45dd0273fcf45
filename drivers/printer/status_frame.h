// FrameReader: splits a stream into the texts between <STX> and <ETX>, as printers frame their
// answers. A new <STX> begins anew; a frame that grows beyond kFrameMax is dropped. One thread at a
// time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace packbench::drivers {

constexpr char kStx = '\x02';
constexpr char kEtx = '\x03';

class FrameReader {
 public:
  static constexpr std::size_t kFrameMax = 256;
  // The frame that this byte completes; good until the next call.
  std::optional<std::string_view> take(char byte);

 private:
  std::string frame_;
  bool inside_ = false;
};

}  // namespace packbench::drivers
