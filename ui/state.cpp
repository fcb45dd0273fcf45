#include "ui/state.h"

#include <algorithm>
#include <utility>

namespace packbench::ui {
namespace {

using station::AlertCode;
using station::LaneId;
using station::Phase;
using station::Sound;
using station::StationView;

int packed_of(const StationView* view, const std::string& sku) {
  int packed = 0;
  if (view == nullptr) return packed;
  for (const Wanted& piece : pieces_of(*view)) {
    if (piece.part->sku == sku) packed += piece.part->packed;
  }
  return packed;
}

std::string newly_packed(const StationView* before, const StationView& after) {
  const bool same_work = before != nullptr && !before->orders.empty() && !after.orders.empty() &&
                         before->orders.front().key == after.orders.front().key;
  if (!same_work) return "";
  for (const Wanted& piece : pieces_of(after)) {
    const std::string& sku = piece.part->sku;
    if (packed_of(&after, sku) > packed_of(before, sku)) return sku;
  }
  return "";
}

// The badge whose PIN is asked for: its sign-in was refused for want of the right one.
std::string badge_asked(const StationView& view) {
  if (!view.alert || view.alert->code != AlertCode::bad_credentials) return "";
  const auto badge = view.alert->params.find("badge");
  return badge == view.alert->params.end() ? "" : badge->second;
}

}  // namespace

std::vector<Wanted> pieces_of(const StationView& view) {
  std::vector<Wanted> pieces;
  for (const station::OrderView& order : view.orders) {
    for (const station::LineView& line : order.lines) {
      if (line.stopped) continue;
      for (const station::PartView& part : line.parts) pieces.push_back({&order, &line, &part});
    }
  }
  return pieces;
}

Wanted wanted_now(const StationView& view) {
  for (const Wanted& piece : pieces_of(view)) {
    if (piece.part->packed < piece.part->wanted) return piece;
  }
  return {};
}

std::string left_parcel(const StationView& view) {
  if (!view.alert || view.accepted) return "";
  if (view.alert->code == AlertCode::already_picked_up) return view.scanned;
  const auto reason = view.alert->params.find("reason");
  const bool left = reason != view.alert->params.end() && reason->second == "left";
  return left && view.alert->code == AlertCode::order_already_packed ? view.scanned : "";
}

const station::CheckView* asked_check(const StationView& view) {
  const bool printed = view.phase == Phase::verifying_label;
  if (view.phase != Phase::checks && !printed) return nullptr;
  for (const station::CheckView& check : view.checks) {
    const bool open = check.answer.empty() || check.answer == "fail";
    if (open && (printed || check.blocks == "print")) return &check;
  }
  return nullptr;
}

void close_menu(UiState& state) {
  state.menu = Menu::none;
  state.subject.clear();
  state.page = 0;
  state.digits.clear();
}

void take_back(UiState& state, const StationView& view) {
  state.subject = left_parcel(view);
  state.menu = Menu::reasons;
  state.deed = Deed::came_back;
}

void leave_for_scan(UiState& state) {
  state.takes_back = state.menu == Menu::came_back;
  close_menu(state);
}

void take_view(UiState& state, const StationView* before, const StationView& after,
               std::int64_t ticks_ms) {
  // The view may be there before the window has heard that something was scanned.
  const bool takes_back = std::exchange(state.takes_back, false) || state.menu == Menu::came_back;
  if (before == nullptr || before->phase != after.phase) close_menu(state);
  if (takes_back && !left_parcel(after).empty()) take_back(state, after);
  const std::string badge = badge_asked(after);
  if (badge != state.badge) {
    state.badge = badge;
    state.pin_tried = false;
    state.digits.clear();
  }
  const bool was_open = before != nullptr && before->manifest.has_value();
  if (after.manifest && !was_open) state.lane = LaneId::dock;
  if (!after.manifest) state.lane = LaneId::bench;
  const bool same = before != nullptr && before->just_staged == after.just_staged;
  if (after.just_staged.empty() || after.phase != Phase::awaiting_order) {
    state.done_until_ms = 0;
  } else if (!same) {
    state.done_until_ms = ticks_ms + kDone_ms;
  }
  state.flash_sku = newly_packed(before, after);
  state.flash_until_ms = state.flash_sku.empty() ? 0 : ticks_ms + kFlash_ms;
}

void forget_past(UiState& state, std::int64_t ticks_ms) {
  if (state.done_until_ms <= ticks_ms) state.done_until_ms = 0;
  if (state.flash_until_ms <= ticks_ms) {
    state.flash_until_ms = 0;
    state.flash_sku.clear();
  }
}

std::int64_t next_change_ms(const UiState& state, std::int64_t ticks_ms) {
  std::int64_t next = 0;
  for (const std::int64_t at : {state.done_until_ms, state.flash_until_ms}) {
    if (at > ticks_ms && (next == 0 || at < next)) next = at;
  }
  return next;
}

Tone tone_of(const StationView& view, LaneId lane) {
  if (!view.alert || view.lane != lane) return Tone::none;
  if (view.accepted || view.scanned.empty()) return Tone::attention;
  if (lane == LaneId::dock) {
    // Scanned twice or misread: the parcel may stay where it is.
    const AlertCode code = view.alert->code;
    const bool harmless = code == AlertCode::duplicate_scan || code == AlertCode::bad_barcode;
    return harmless ? Tone::attention : Tone::refusal;
  }
  switch (view.alert->sound) {
    case Sound::wrong_item:
    case Sound::over_scan:
    case Sound::unknown:
    case Sound::dock_refused:
      return Tone::refusal;
    case Sound::none:
    case Sound::attention:
      break;
  }
  return Tone::attention;
}

Screen screen_of(const StationView& view, const UiState& state) {
  if (state.menu != Menu::none) return Screen::menu;
  if (!state.badge.empty()) return Screen::pin;
  if (view.manifest && state.lane == LaneId::dock) return Screen::handover;
  if (tone_of(view, LaneId::bench) == Tone::refusal) return Screen::refusal;
  if (asked_check(view) != nullptr) return Screen::checks;
  switch (view.phase) {
    case Phase::signed_out:
      return Screen::signed_out;
    case Phase::awaiting_order:
      return Screen::awaiting_order;
    case Phase::packing:
      return Screen::packing;
    case Phase::checks:
      return Screen::checks;
    case Phase::weighing:
      return Screen::weighing;
    case Phase::printing:
      return Screen::printing;
    case Phase::print_unknown:
      return Screen::print_unknown;
    case Phase::verifying_label:
      return Screen::verifying_label;
    case Phase::handover:
      break;
  }
  return Screen::handover;
}

}  // namespace packbench::ui
