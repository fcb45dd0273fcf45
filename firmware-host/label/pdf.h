// A raster as a PDF of one page, for people and files. Pure, any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "label/raster.h"

namespace packbench::label {

// The page is as large as the dots are on paper. The same dots give the same bytes.
Result<std::string> write_pdf(const Raster& page, double dots_per_mm);

}  // namespace packbench::label
