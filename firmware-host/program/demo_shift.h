// A demo shift that plays itself: a packer made of rules looks at the view, and what he scans and
// touches goes into the window as SDL events, as from a scanner and a finger.
// Thread rule: the window's.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "station/view.h"
#include "ui/kiosk.h"
#include "ui/tray.h"

namespace packbench::program {

struct DemoShift {
  ui::Kiosk& kiosk;
  std::function<std::shared_ptr<const station::StationView>()> view;
  const std::vector<ui::TrayItem>& tray;
  int orders = 20;
  std::string out;
};

// Packs the orders, hands the parcels over and leaves pictures of what it met in `out`.
Status play_shift(const DemoShift& shift);

}  // namespace packbench::program
