// How this bench reads what comes from outside: its time zone, its fees, what traces mean to it.
// The same for `packbench import` and for what is asked for by HTTP.
#pragma once

#include "base/result.h"
#include "exchange/import.h"
#include "program/bench.h"

namespace packbench::program {

// Errors: no_file, bad_trace_rules.
Result<exchange::ImportOptions> import_options(const Places& places, const host::Config& config);

}  // namespace packbench::program
