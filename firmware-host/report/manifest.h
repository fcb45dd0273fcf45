// Manifest: the paper that dispatcher and courier sign: which parcels were taken along, how many
// both sides counted, what stayed and why. Pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/manifest.h"
#include "report/texts.h"

namespace packbench::report {

struct ManifestPaper {
  StoredManifest manifest;
  std::string bench;                            // as people call it
  std::string op;                               // name of who opened it
  std::map<std::string, std::string> carriers;  // SF -> 顺丰速运; absent: the code itself
  std::vector<std::uint8_t> bars;               // of its id: bar, space, bar ... in modules
  std::string zone;                             // of the site, IANA
};

// A PDF of A4 pages. Errors: font_missing, no_memory.
Result<std::string> manifest_pdf(const ManifestPaper& paper, Language language);

}  // namespace packbench::report
