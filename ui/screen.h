// A screen draws one view of the bench and posts what is touched; it decides nothing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "station/messages.h"
#include "station/view.h"
#include "ui/canvas.h"
#include "ui/formats.h"
#include "ui/layout.h"
#include "ui/list_page.h"
#include "ui/state.h"
#include "ui/texts.h"

namespace packbench::ui {

// What the site has to choose from; the same for the life of the window.
struct SiteChoices {
  std::string bench_name;  // empty: the bench's id
  std::string zone = "Asia/Shanghai";
  std::vector<std::string> carriers;                 // codes, for the handover
  std::map<std::string, std::string> carrier_names;  // of those that the window does not know
  std::vector<std::string> short_reasons{"not_found", "out_of_stock", "damaged", "other"};
  std::vector<std::string> fail_reasons{"material_missing", "damaged", "does_not_fit", "other"};
};

struct Frame {
  Canvas& canvas;
  const Layout& layout;
  const station::StationView& view;
  const SiteChoices& site;
  UiState& state;
  std::vector<station::Input>& out;
  Instant now;
  std::int64_t ticks_ms = 0;
  const ListPage* list = nullptr;   // that was read last
  std::string* ask_list = nullptr;  // the name of one that is to be read

  Language language() const { return state.language; }
  std::string say(Msg msg) const { return std::string(ui_text(msg, state.language)); }
  std::string say(Msg msg, std::initializer_list<std::string> values) const {
    return ui_text(msg, state.language, values);
  }
  std::string say(const Text& text) const {
    return state.language == Language::zh ? text.zh : text.en;
  }
  std::string carrier(std::string_view code) const {
    return carrier_name(code, state.language, site.carrier_names);
  }
  std::string clock_time(Instant time) const { return time_of_day(time, site.zone); }
  // With its day where that is not today.
  std::string time_or_day(Instant time) const {
    return same_day(time, now, site.zone) ? clock_time(time) : day_and_time(time, site.zone);
  }
  void act(station::Verb verb, std::vector<std::string> args = {}) {
    out.push_back({state.lane, station::Command{verb, std::move(args)}});
  }
};

void draw_screen(Frame& frame);

// One a file, in ui/screens.
void draw_signed_out(Frame& frame);
void draw_pin(Frame& frame);
void draw_awaiting_order(Frame& frame);
void draw_packing(Frame& frame);
void draw_refusal(Frame& frame);
void draw_checks(Frame& frame);
void draw_weighing(Frame& frame);
void draw_printing(Frame& frame);
void draw_print_unknown(Frame& frame);
void draw_verifying_label(Frame& frame);
void draw_handover(Frame& frame);
void draw_left_behind(Frame& frame);
void draw_dock_lane(Frame& frame);  // beside packing, where the screen is wide
void draw_menu(Frame& frame);
void draw_came_back(Frame& frame);
void draw_list_choice(Frame& frame);
void draw_list(Frame& frame);

}  // namespace packbench::ui
