// `packbench list`: what waits for somebody.
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "host/list_answer.h"
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

int list_unknown_traces(store::Catalog& catalog, const ListRequest& request) {
  const auto traces = catalog.unknown_traces(kListedMax);
  if (!traces) return fail(traces.error());
  std::string text;
  for (const Trace& trace : traces.value()) text += line_of(trace, request.json) + "\n";
  if (traces.value().empty() && !request.json) text = "every trace has a meaning\n";
  return deliver(text, "");
}

// A frozen bench stands where its newest record does.
Result<Now> time_at(const store::JournalReader& journal) {
  const auto clock = journal.clock();
  if (!clock) return clock.error();
  return clock.value().frozen ? Now{clock.value().last, {}, ""} : machine_now();
}

int list_of_bench(store::Catalog& catalog, const ListRequest& request) {
  const auto config = load_config(request.places);
  if (!config) return fail(config.error());
  const auto journal = store::JournalReader::open(request.places.data);
  if (!journal) return fail(journal.error());
  const auto now = time_at(*journal.value());
  if (!now) return fail(now.error());
  const auto& policy = config.value().policy;
  const auto form = request.json ? host::ListForm::lines : host::ListForm::text;
  const auto language = request.language.value_or(config.value().language);
  const auto list =
      host::answer_list({catalog, *journal.value(), policy},
                        {request.name, kListedMax, form, {language, policy.zone}}, now.value());
  if (!list) return fail(list.error());
  return deliver(list.value(), "");
}

}  // namespace

int run_list(const ListRequest& request) {
  if (::access((request.places.data + "/catalog.db").c_str(), F_OK) != 0)
    return fail({"no_bench", "there is no bench in " + request.places.data +
                                 "; name its data directory with --data"});
  auto catalog = store::Catalog::open({request.places.data, ""});
  if (!catalog) return fail(catalog.error());
  if (request.name == "unknown-traces") return list_unknown_traces(*catalog.value(), request);
  return list_of_bench(*catalog.value(), request);
}

}  // namespace packbench::program
