// What the buyer is told and where a parcel is followed, from the files that the configuration
// names. Values; loaded once.
#pragma once

#include <map>
#include <string>

#include "exchange/confirmation.h"
#include "exchange/shipped_message.h"
#include "host/config.h"
#include "program/bench.h"

namespace packbench::program {

struct Shipped {
  std::map<std::string, exchange::MessageTemplate> templates;  // by language; none: no message
  exchange::TrackingLinks links;
};

// Errors: no_file, bad_message, bad_links.
Result<Shipped> load_shipped(const Places& places, const host::Config& config);

// By language.
std::map<std::string, std::string> shipped_message(const Shipped& shipped,
                                                   const host::Config& config,
                                                   const exchange::ConfirmationOut& confirmation);

}  // namespace packbench::program
