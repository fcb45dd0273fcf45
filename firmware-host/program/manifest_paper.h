// ManifestPaper: a courier's visit as a PDF, for `packbench manifest` and for the folder that the
// bench keeps of them; and its slips, for the label printer.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "host/config.h"
#include "host/host.h"
#include "label/template.h"
#include "report/manifest.h"
#include "station/alert.h"
#include "store/catalog.h"

namespace packbench::program {

// With the operator's name, which only the catalog knows.
report::ManifestPaper manifest_paper(StoredManifest manifest, const std::string& bench,
                                     const host::Config& config, store::Catalog& catalog);

// The same for the label printer, on the paper of the carrier's labels. Error no_template.
Result<host::ManifestSlips> manifest_slips(report::ManifestPaper paper, const host::Config& config,
                                           const std::vector<label::LabelTemplate>& templates);

}  // namespace packbench::program
