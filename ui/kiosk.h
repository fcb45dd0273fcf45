// Kiosk: the bench's window. It draws the StationView that was published last and posts what is
// scanned and touched; it decides nothing and stores nothing.
// Thread rule: create, run, step and save_screenshot on one thread, the program's first; publish,
// close, scanned and lane may be called from any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "station/messages.h"
#include "station/view.h"
#include "ui/draw_log.h"
#include "ui/screen.h"
#include "ui/tray.h"

namespace packbench::ui {

struct KioskOptions {
  Language language = Language::zh;
  int width = 1280, height = 800;  // of the bench; a tray is added below
  bool fullscreen = false;
  bool accelerated = false;
  float panel_width_mm = 0;  // 0: unknown
  std::string font_list;     // assets/fonts/list.txt
  SiteChoices site;
  std::vector<TrayItem> tray;    // not empty: a demo, a strip of things to scan is shown
  std::function<Instant()> now;  // the wall clock, for the rail and the remaining time
};

class Kiosk {
 public:
  static Result<std::unique_ptr<Kiosk>> create(KioskOptions options);
  ~Kiosk();
  Kiosk(const Kiosk&) = delete;
  Kiosk& operator=(const Kiosk&) = delete;

  // Called on the window's thread with every scan and every touch that means something.
  void set_post(std::function<void(station::Input)> post);

  void publish(std::shared_ptr<const station::StationView> view);
  // Called on the window's thread with the name of a list that somebody wants to see; it comes by
  // publish_list, for which the screen waits.
  void set_ask_list(std::function<void(const std::string&)> ask);
  void publish_list(ListPage list);  // from any thread
  // A scanner that does not type has read something: whatever menu is open gives way to it.
  void scanned();
  void close();

  // Sleeps between events; returns when the window was closed.
  Status run();
  // Handles what has come within the time, draws if something changed. False: closed.
  Result<bool> step(int timeout_ms);

  // The surface as it was presented last, as PNG.
  Status save_screenshot(const std::string& path);

  // What that frame wrote and offered to touch.
  const DrawLog& drawn() const;
  Language language() const;
  // The lane that is shown, where a scan that names none is meant.
  station::LaneId lane() const;

 private:
  struct Inside;
  explicit Kiosk(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace packbench::ui
