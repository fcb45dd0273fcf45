// `packbench kiosk`: the host on a thread of its own behind the window; with --shift a demo shift
// plays itself through the window loop.
#pragma once

#include <optional>
#include <string>

#include "program/bench.h"

namespace packbench::program {

struct KioskRequest {
  Places places;
  bool data_given = false;  // else a demo gets a data directory of its own
  std::optional<station::Language> language;
  bool demo = false;
  int shift_orders = 0;     // play so many orders and end
  std::string out = "out";  // of the played shift
  bool fullscreen = false;
  std::string size = "1280x800";
};
int run_kiosk(const KioskRequest& request);

}  // namespace packbench::program
