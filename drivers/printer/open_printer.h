// Which printer a configuration means.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "ports/label_printer.h"

namespace packbench::drivers {

// "file:DIR": a folder (folder_printer.h). "raw:PATH": a device node, FIFO or file
// (raw_printer.h). Empty or "none": a printer whose ready() says that none is configured.
// Anything else is bad_config. Nothing is opened or created yet.
// The code of an error of ready() is the same word that a PrintOutcome has as its reason: offline,
// media-empty, not-permitted, busy, no-space, no-printer.
Result<std::unique_ptr<ports::LabelPrinter>> open_printer(std::string_view spec);

}  // namespace packbench::drivers
