// Tray: for a demo without a scanner, a strip of things to scan below the bench. What makes sense
// now comes first. It only ever does what a scanner would.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/screen.h"

namespace packbench::ui {

enum class TrayKind { badge, order, product, material, label, command };

struct TrayItem {
  TrayKind kind = TrayKind::product;
  std::string title;
  std::string code;
  std::string sku;  // of a product: tells whether the order on the bench wants it
};

// The items in the order of their use now; the labels that the bench printed are added.
std::vector<TrayItem> tray_order(const std::vector<TrayItem>& items,
                                 const station::StationView& view, const UiState& state);

// Draws into a box of its own below the bench; the code that was "scanned".
std::optional<std::string> draw_tray(Canvas& canvas, Box box, const std::vector<TrayItem>& items,
                                     UiState& state);

}  // namespace packbench::ui
