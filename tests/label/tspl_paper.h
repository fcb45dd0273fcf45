// What a TSPL printer leaves on paper, by a reader of its own: written from TSC's TSPL/TSPL2
// Programming Manual without a look at the product's, so that the two cannot share a mistake.
//
// Lengths are inches, "mm" or "dot"; BAR and BITMAP count dots from REFERENCE. In BITMAP the width
// is in bytes, a 0 prints, and mode 0 overwrites, 1 adds ink, 2 turns dots over where the bitmap
// has ink. PRINT m,n gives m labels of n copies. Commands end with CR LF or LF, words are in any
// case. The printer looks for <ESC>! in everything it receives, dots included.
// A reader of test data: what a command may not be is said in `complaints`, and reading goes on.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "label/raster.h"

namespace packbench::label {

struct TsplPaper {
  std::vector<Raster> labels;                  // each printed label, copies included
  double width = 0, height = 0, gap = 0;       // in millimetres
  std::map<std::string, std::string> setting;  // last parameters of DENSITY, SPEED, SET x, ...
  std::vector<std::string> frame;              // every command as sent, BITMAP without its dots
  int immediate = 0;                           // times that <ESC>! stands in the job
  std::vector<std::string> complaints;
};

TsplPaper print_tspl(std::string_view job, double dots_per_mm);

}  // namespace packbench::label
