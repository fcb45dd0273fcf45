// The carriers' traces that an address of the configuration has, asked for while the bench runs and
// taken into the catalog as `packbench import` takes them. The bench hears of them as of any
// import.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "exchange/http_poll.h"
#include "program/bench.h"

namespace packbench::program {

struct TracePollParts {
  const Places& places;
  const host::Config& config;
  store::Catalog& catalog;  // asked before this returns, never after
  std::function<std::uint64_t()> random;
  // On the poll's thread: a word where none come any more, empty where they do again.
  std::function<void(const std::string& trouble)> told;
};

// None where no address is configured; it ends when it goes. Errors: what is wrong with the
// configuration or one of its files.
Result<std::unique_ptr<exchange::HttpPoll>> start_trace_poll(const TracePollParts& parts);

}  // namespace packbench::program
