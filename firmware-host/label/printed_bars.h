// The codes of a label that somebody else drew, looked at as our print head will print them.
// Pure functions, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "label/picture.h"
#include "label/raster.h"
#include "label/refusal.h"

namespace packbench::label {

struct BarDemand {
  std::string_view number;  // of the waybill, normalised
  double dots_per_mm = 0;
  int bar_min = 0;  // dots of the narrowest bar and the narrowest space
};

// Nothing where one Code 128 on the page reads as the number, is printed well (bars wide enough,
// unbroken, at least 5 mm high, ten modules of white on either side), and no other Code 128 and no
// QR code looks like the number of another waybill; codes of other kinds are not looked for.
// `source` is the file's own picture: it tells whether what cannot be read was lost on the way to
// the dots.
std::optional<Refusal> check_printed_bars(const Raster& page, const Picture& source,
                                          const BarDemand& demand);

}  // namespace packbench::label
