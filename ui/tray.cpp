#include "ui/tray.h"

#include <algorithm>

#include "ui/widgets.h"

namespace packbench::ui {

namespace {

using station::Phase;
using station::StationView;

Icon icon_of(TrayKind kind) {
  switch (kind) {
    case TrayKind::badge:
      return Icon::badge;
    case TrayKind::order:
      return Icon::list;
    case TrayKind::material:
      return Icon::bubble;
    case TrayKind::label:
      return Icon::scan_label;
    case TrayKind::command:
      return Icon::more;
    case TrayKind::product:
      break;
  }
  return Icon::box;
}

bool wants_sku(const StationView& view, const std::string& sku) {
  const auto pieces = pieces_of(view);
  return std::any_of(pieces.begin(), pieces.end(), [&](const Wanted& piece) {
    return piece.part->sku == sku && piece.part->packed < piece.part->wanted;
  });
}

// Small is soon.
int rank(const TrayItem& item, const StationView& view, const UiState& state) {
  const bool dock = view.manifest && state.lane == station::LaneId::dock;
  if (item.kind == TrayKind::label) return dock || view.phase == Phase::verifying_label ? 0 : 8;
  switch (view.phase) {
    case Phase::signed_out:
      return item.kind == TrayKind::badge ? 0 : 5;
    case Phase::awaiting_order:
      return item.kind == TrayKind::order ? 0 : item.kind == TrayKind::product ? 2 : 5;
    case Phase::packing:
      if (item.kind == TrayKind::product) return wants_sku(view, item.sku) ? 0 : 1;
      return 5;
    case Phase::checks:
    case Phase::verifying_label:
      return item.kind == TrayKind::material ? 1 : 5;
    default:
      return 5;
  }
}

}  // namespace

std::vector<TrayItem> tray_order(const std::vector<TrayItem>& items, const StationView& view,
                                 const UiState& state) {
  std::vector<TrayItem> all = items;
  const auto label = [&](const std::string& number) {
    all.push_back({TrayKind::label, grouped_waybill(number), number, ""});
  };
  const bool on_bench = view.waybill && !view.waybill->number.empty() &&
                        view.waybill->attempt > 0 && view.waybill->state != "void";
  if (on_bench && view.phase != Phase::awaiting_order) label(view.waybill->number);
  if (view.manifest) {
    for (const station::ManifestRow& row : view.manifest->left) label(row.number);
  }
  std::stable_sort(all.begin(), all.end(), [&](const TrayItem& a, const TrayItem& b) {
    return rank(a, view, state) < rank(b, view, state);
  });
  return all;
}

std::optional<std::string> draw_tray(Canvas& canvas, Box box, const std::vector<TrayItem>& items,
                                     UiState& state) {
  canvas.fill(box, palette::ink2);
  canvas.text({box.x + 24, box.y + 4, box.w - 48, 36}, ui_text(Msg::tray_title, state.language),
              {Face::r24, palette::panel, Align::left, Fit::ellipsis});
  constexpr float kGap = 12;
  constexpr float kTurn = 80;
  const Box row{box.x + 24, box.y + 42, box.w - 48, box.h - 54};
  const float room = row.w - 2 * (kTurn + kGap);
  const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((room + kGap) / 216));
  const std::size_t pages = items.empty() ? 1 : (items.size() + columns - 1) / columns;
  state.tray_page = std::clamp(state.tray_page, 0, static_cast<int>(pages) - 1);
  const auto turn = [&](std::string_view id, Box key, Icon icon, int by) {
    canvas.bordered(key, palette::panel, palette::edge, 2, 8);
    canvas.icon(icon, {key.cx() - 20, key.cy() - 20, 40, 40}, palette::ink);
    if (canvas.target(id, key).clicked)
      state.tray_page = std::clamp(state.tray_page + by, 0, static_cast<int>(pages) - 1);
  };
  turn("tray back", {row.x, row.y, kTurn, row.h}, Icon::previous, -1);
  turn("tray on", {row.right() - kTurn, row.y, kTurn, row.h}, Icon::next, 1);
  const float width = (room - kGap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  std::optional<std::string> scanned;
  const std::size_t first = static_cast<std::size_t>(state.tray_page) * columns;
  for (std::size_t i = first; i < items.size() && i < first + columns; ++i) {
    const TrayItem& item = items[i];
    const Box key{row.x + kTurn + kGap + static_cast<float>(i - first) * (width + kGap), row.y,
                  width, row.h};
    const Touch touch = canvas.target("tray " + item.code, key);
    canvas.bordered(key, touch.held ? palette::attn_tint : palette::panel, palette::edge, 2, 8);
    canvas.icon(icon_of(item.kind), {key.x + 12, key.y + 12, 36, 36}, palette::ink);
    canvas.text({key.x + 56, key.y + 6, key.w - 64, 44}, item.title,
                {Face::b24, palette::ink, Align::left, Fit::ellipsis});
    canvas.text({key.x + 12, key.y + 52, key.w - 24, key.h - 60}, item.code,
                {Face::r24, palette::ink2, Align::left, Fit::ellipsis});
    if (touch.clicked) scanned = item.code;
  }
  return scanned;
}

}  // namespace packbench::ui
