// UiState: what the window remembers between two frames and the bench does not know: which menu is
// open, which lane is looked at, what was typed. Never a fact of packing. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "station/view.h"

namespace packbench::ui {

enum class Menu {
  none,
  more,
  pick_item,
  reasons,
  carriers,
  left_behind,
  parked,
  weight_pad,
  count_pad,
  lists,      // to choose one of them
  list,       // that is `subject`
  came_back,  // the label of a parcel that came back is to be scanned
};
// What the item or the reason that is asked for will be used for.
enum class Deed {
  short_item,
  damaged,
  differs,
  by_hand,
  void_label,
  reprint,
  check_fails,
  courier_refuses,
  incident,
  came_back
};

struct UiState {
  station::Language language = station::Language::zh;
  station::LaneId lane = station::LaneId::bench;  // that the screen shows and scans go to
  Menu menu = Menu::none;
  Deed deed = Deed::short_item;
  std::string subject;      // SKU, check or waybill number of the deed; name of the list
  bool takes_back = false;  // the scan that is under way was asked for by the menu `came_back`
  std::size_t page = 0;     // of the list
  std::string digits;       // on the pad
  std::string badge;        // that the pad's digits are the PIN of
  bool pin_tried = false;   // of that badge
  std::string typed;        // not yet ended by Enter
  int tray_page = 0;
  std::int64_t done_until_ms = 0;  // the green band after a parcel was staged
  std::string flash_sku;           // the piece just accepted
  std::int64_t flash_until_ms = 0;

  bool operator==(const UiState&) const = default;
};

inline constexpr std::int64_t kDone_ms = 5'000;
inline constexpr std::int64_t kFlash_ms = 120;

// Back to the screen of the phase. Whatever is scanned or chosen does that as well.
void close_menu(UiState& state);
// What a scan does to it, before the bench has answered.
void leave_for_scan(UiState& state);

// What was scanned last came back: asks why, or for its label where that was something else.
void take_back(UiState& state, const station::StationView& view);

// What a new view makes of it.
void take_view(UiState& state, const station::StationView* before,
               const station::StationView& after, std::int64_t ticks_ms);

// Clears what has had its time.
void forget_past(UiState& state, std::int64_t ticks_ms);

// When the picture changes by itself next, or 0.
std::int64_t next_change_ms(const UiState& state, std::int64_t ticks_ms);

enum class Screen {
  signed_out,
  pin,
  awaiting_order,
  packing,
  checks,
  weighing,
  printing,
  print_unknown,
  verifying_label,
  handover,
  refusal,
  menu,
};
Screen screen_of(const station::StationView& view, const UiState& state);

// attention: something to look at while the work stands where it was; refusal: a scan was thrown
// out, and the whole stage says so.
enum class Tone { none, attention, refusal };
Tone tone_of(const station::StationView& view, station::LaneId lane);

// The question that must be answered now, if there is one.
const station::CheckView* asked_check(const station::StationView& view);

// A place of the orders where a piece is still missing; null where everything is packed.
struct Wanted {
  const station::OrderView* order = nullptr;
  const station::LineView* line = nullptr;
  const station::PartView* part = nullptr;
};
// What was scanned last, where it is the label of a parcel that left with its courier; else empty.
std::string left_parcel(const station::StationView& view);

std::vector<Wanted> pieces_of(const station::StationView& view);  // all that are to be packed
Wanted wanted_now(const station::StationView& view);

}  // namespace packbench::ui
