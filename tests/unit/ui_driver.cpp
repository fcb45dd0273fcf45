#include "ui_driver.h"

#include <SDL.h>

#include <cstdlib>

namespace packbench::ui_test {

Driver::Driver(station::Language language, int width, int height, std::vector<ui::TrayItem> tray,
               const char* video_driver)
    : width_(width), height_(height) {
  setenv("SDL_VIDEODRIVER", video_driver, 1);
  ui::KioskOptions options;
  options.language = language;
  options.width = width;
  options.height = height;
  options.font_list = PACKBENCH_ASSETS "/fonts/list.txt";
  options.site.carriers = {"SF", "YTO", "ZTO"};
  options.tray = std::move(tray);
  options.now = [] { return kSampleNow; };
  auto kiosk = ui::Kiosk::create(std::move(options));
  if (!kiosk) {
    ADD_FAILURE() << kiosk.error().text;
    std::abort();
  }
  kiosk_ = std::move(kiosk).value();
  kiosk_->set_post([this](station::Input input) { posted.push_back(std::move(input)); });
}

void Driver::step() {
  for (int i = 0; i < 3; ++i) {
    const auto open = kiosk_->step(0);
    ASSERT_TRUE(open.ok()) << open.error().text;
  }
}

void Driver::show(const station::StationView& view) {
  kiosk_->publish(std::make_shared<const station::StationView>(view));
  step();
}

const ui::TargetDrawn* Driver::target(const std::string& id) const {
  for (const ui::TargetDrawn& drawn : kiosk_->drawn().targets) {
    if (drawn.id == id) return &drawn;
  }
  return nullptr;
}

bool Driver::offers(const std::string& id) const {
  return target(id) != nullptr;
}

bool Driver::shows(const std::string& text) const {
  for (const ui::TextDrawn& drawn : kiosk_->drawn().texts) {
    if (drawn.text.find(text) != std::string::npos) return true;
  }
  return false;
}

void Driver::press(const std::string& id) {
  const ui::TargetDrawn* drawn = target(id);
  ASSERT_NE(drawn, nullptr) << "nothing to press: " << id;
  SDL_Event event{};
  event.type = SDL_MOUSEBUTTONDOWN;
  event.button.button = SDL_BUTTON_LEFT;
  event.button.x = static_cast<int>(drawn->box_px.cx());
  event.button.y = static_cast<int>(drawn->box_px.cy());
  SDL_PushEvent(&event);
  event.type = SDL_MOUSEBUTTONUP;
  SDL_PushEvent(&event);
  step();
}

void Driver::press_finger(const std::string& id) {
  const ui::TargetDrawn* drawn = target(id);
  ASSERT_NE(drawn, nullptr) << "nothing to press: " << id;
  SDL_Event event{};
  event.type = SDL_FINGERDOWN;
  event.tfinger.fingerId = 7;
  event.tfinger.x = drawn->box_px.cx() / static_cast<float>(width_);
  event.tfinger.y = drawn->box_px.cy() / static_cast<float>(height_);
  SDL_PushEvent(&event);
  event.type = SDL_FINGERUP;
  SDL_PushEvent(&event);
  step();
}

void Driver::type(const std::string& text) {
  // SDL hands over at most 31 bytes at a time.
  for (std::size_t at = 0; at < text.size(); at += 16) {
    SDL_Event event{};
    event.type = SDL_TEXTINPUT;
    const std::string part = text.substr(at, 16);
    part.copy(event.text.text, part.size());
    SDL_PushEvent(&event);
  }
  step();
}

void Driver::key(int sdl_key, int modifiers) {
  SDL_Event event{};
  event.type = SDL_KEYDOWN;
  event.key.keysym.sym = sdl_key;
  event.key.keysym.mod = static_cast<Uint16>(modifiers);
  SDL_PushEvent(&event);
  step();
}

}  // namespace packbench::ui_test
