// `packbench list`: what waits for somebody.
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "program/commands.h"

namespace packbench::program {
namespace {

constexpr std::size_t kListedMax = 10'000;

std::string line_of(const Trace& trace, bool json) {
  if (json) {
    const nlohmann::ordered_json row{{"carrier", trace.carrier},
                                     {"number", trace.number},
                                     {"at", format_utc(trace.at)},
                                     {"text", trace.text},
                                     {"status", trace.status}};
    return row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  return format_utc(trace.at) + "  " + trace.carrier + " " + trace.number + "  " + trace.text +
         (trace.status.empty() ? "" : "  [" + trace.status + "]");
}

}  // namespace

int run_list(const ListRequest& request) {
  if (::access((request.places.data + "/catalog.db").c_str(), F_OK) != 0)
    return fail({"no_bench", "there is no bench in " + request.places.data +
                                 "; name its data directory with --data"});
  auto catalog = store::Catalog::open({request.places.data, ""});
  if (!catalog) return fail(catalog.error());
  const auto traces = catalog.value()->unknown_traces(kListedMax);
  if (!traces) return fail(traces.error());
  std::string text;
  for (const Trace& trace : traces.value()) text += line_of(trace, request.json) + "\n";
  if (traces.value().empty() && !request.json) text = "every trace has a meaning\n";
  return deliver(text, "");
}

}  // namespace packbench::program
