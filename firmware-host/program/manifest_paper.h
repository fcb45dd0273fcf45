// ManifestPaper: a courier's visit as a PDF, for `packbench manifest` and for the folder that the
// bench keeps of them.
#pragma once

#include <string>

#include "base/result.h"
#include "host/config.h"
#include "report/manifest.h"
#include "station/alert.h"
#include "store/catalog.h"

namespace packbench::program {

// With the operator's name, which only the catalog knows.
report::ManifestPaper manifest_paper(StoredManifest manifest, const std::string& bench,
                                     const host::Config& config, store::Catalog& catalog);

}  // namespace packbench::program
