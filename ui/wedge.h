// WedgeReader: a barcode scanner that types like a keyboard. Characters are collected to a line,
// which Enter or Tab ends. A value fed by the window; no clock of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace packbench::ui {

class WedgeReader {
 public:
  // Longer lines are cut here: enough for the core to see that it is no barcode.
  static constexpr std::size_t kBytesMax = 300;
  // A scanner pauses for milliseconds, a person for seconds. What lies longer was left behind by
  // a scan that lost its end, and would spoil the next one.
  static constexpr std::uint32_t kForgotten_ms = 10'000;

  void text(std::string_view utf8, std::uint32_t at_ms);
  // Enter, Tab: the line, if there is one.
  std::optional<std::string> end();
  void erase();  // Backspace: the last character
  void clear() { line_.clear(); }
  const std::string& line() const { return line_; }

 private:
  std::string line_;
  std::uint32_t last_ms_ = 0;
};

}  // namespace packbench::ui
