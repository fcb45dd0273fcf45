// What `printer` and `fallback_printer` of the configuration name.
#pragma once

#include <optional>

#include "base/result.h"
#include "host/config.h"

namespace packbench::host {

// Once devices are known: `usb` alone becomes `usb:NAME` where just one [[device]] printer can be
// meant. Error bad_config names the key and what can be written.
std::optional<Error> settle_printers(Config& config);

}  // namespace packbench::host
