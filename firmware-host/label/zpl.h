// ZPL II (Zebra Programming Guide): a raster as one print job of graphic fields, and back.
// No text of an order ever reaches the printer's interpreter: the job holds nothing but a fixed
// frame and hexadecimal dots. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "label/raster.h"
#include "label/style.h"

namespace packbench::label {

// ^JZN is in the frame: after paper out or an opened head the printer must not print the label a
// second time by itself. The dots go in bands, for ^GF counts at most 99,999 bytes; each one is
// packed by zlib (the guide's :Z64:, base64 with a CRC-16), or in the guide's ASCII form where the
// printer knows no other.
std::string write_zpl(const Raster& page, const PrinterSetting& printer = {});

// The raster a printer makes of such a job, by a reader that shares nothing with the writer.
// Anything but the few commands that write_zpl() uses is an error (bad_format): a job that says
// more than dots is not one of ours. A page of more than 2,500 x 20,000 dots is refused.
Result<Raster> read_zpl(std::string_view job);

}  // namespace packbench::label
