// What an address answered that was asked for carriers' traces: what `packbench import` takes for
// traces, and nothing else. Pure. Any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "exchange/import.h"

namespace packbench::exchange {

// `next` of the outcome is where to go on; empty: it says nothing of it; `more`: it can
// be asked for at once. An entry that cannot be
// taken is a reject as in a file. Error not_traces: it is something else, or none of it can be
// taken; nothing of it may be.
Result<ImportOutcome> read_trace_answer(std::string_view body, const ImportOptions& options);

}  // namespace packbench::exchange
