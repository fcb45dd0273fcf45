// A manifest on the label printer: what dispatcher and courier sign, on as many slips as it takes
// (which parcels stayed behind is on the PDF), each with the manifest's id as text and as Code 128.
// It is no label: the station takes its code for no parcel. Pure but for the fonts; any one thread
// at a time.
#pragma once

#include <string>

#include "base/result.h"
#include "domain/manifest.h"
#include "label/label.h"
#include "label/style.h"

namespace packbench::label {

struct SlipContent {
  StoredManifest manifest;
  std::string bench, op, carrier;  // as people call them
  std::string zone;                // of the site, IANA
  bool chinese = true;
};

// In millimetres.
struct SlipPaper {
  double width = 100, height = 150;
};

// Lower paper has no room for the head and the signatures.
inline constexpr double slip_height_min = 85;

// The same for printers of every resolution.
int slip_count(const SlipContent& content, const SlipPaper& paper);

// One of them, from 1, proven by reading its code from the dots that the job holds. Errors:
// label_unprintable.
Result<Label> make_slip(const SlipContent& content, const SlipPaper& paper, const LabelStyle& style,
                        int slip);

}  // namespace packbench::label
