// Driver: a kiosk without a display whose touches and scans are SDL events, as they come from a
// real screen and a real wedge scanner.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ui/kiosk.h"
#include "ui_views.h"

namespace packbench::ui_test {

class Driver {
 public:
  Driver(station::Language language, int width, int height, std::vector<ui::TrayItem> tray = {},
         const char* video_driver = "dummy");

  ui::Kiosk& kiosk() { return *kiosk_; }
  void show(const station::StationView& view);
  void step();  // until nothing is left to do

  bool offers(const std::string& target) const;
  void press(const std::string& target);         // mouse
  void press_finger(const std::string& target);  // finger
  void type(const std::string& text);            // without Enter
  void key(int sdl_key, int modifiers = 0);

  bool shows(const std::string& text) const;
  std::vector<station::Input> posted;

 private:
  const ui::TargetDrawn* target(const std::string& id) const;
  int width_, height_;
  std::unique_ptr<ui::Kiosk> kiosk_;
};

}  // namespace packbench::ui_test
