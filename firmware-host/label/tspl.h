// TSPL (TSC's TSPL/TSPL2 Programming Manual): a raster as one print job, and back.
// No text of an order ever reaches the printer's interpreter: the job holds nothing but a fixed
// frame of numbers and the dots of BITMAP. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "label/raster.h"
#include "label/style.h"

namespace packbench::label {

// White paper is not sent: the ink goes in a few rectangles. In BITMAP a 0 is black, the opposite
// of Raster and of ZPL. SET REPRINT OFF is in the frame: after paper out or an opened head the
// printer must not print the label a second time by itself. <ESC>! is carried out wherever it
// stands, so the dots never hold these two bytes side by side: the first of them is left white and
// drawn afterwards. The job begins with a line's end, because a printer that does not know the
// status questions takes them for the beginning of a command.
std::string write_tspl(const Raster& page, const PrinterSetting& printer = {});

// The raster that a printer of this resolution makes of such a job, by a reader that shares nothing
// with the writer. Anything but the few commands that write_tspl() uses is an error (bad_format): a
// job that says more than dots is not one of ours. A page of more than 2,500 x 20,000 dots is
// refused.
Result<Raster> read_tspl(std::string_view job, int dpi = 203);

}  // namespace packbench::label
