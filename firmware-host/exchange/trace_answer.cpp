#include "exchange/trace_answer.h"

#include <string>
#include <utility>

#include "exchange/detect.h"
#include "exchange/fields.h"
#include "exchange/table.h"

namespace packbench::exchange {
namespace {

constexpr std::size_t kNextMost = 2'048;  // it has to fit into an address

// A list of nothing is what a server has when there is no news.
bool is_empty_list(std::string_view body) {
  const std::string_view list = trim(without_bom(body));
  return list.size() >= 2 && list.front() == '[' && list.back() == ']' &&
         trim(list.substr(1, list.size() - 2)).empty();
}

Error not_traces(const std::string& why) {
  return {"not_traces", why};
}

}  // namespace

Result<ImportOutcome> read_trace_answer(std::string_view body, const ImportOptions& options) {
  if (is_empty_list(body)) {
    ImportOutcome nothing;
    nothing.kind = "traces";
    return nothing;
  }
  Table table(body);
  const auto kind = detect(body, table.header(), options);
  if (!kind) return not_traces(kind.error().text);
  // Nothing else is even read.
  if (kind.value() != FileKind::traces && kind.value() != FileKind::traces_json)
    return not_traces(std::string("It holds ") + kind_name(kind.value()) + ".");
  auto read = import_text(body, options);
  if (!read) return not_traces(read.error().text);
  const ImportOutcome& outcome = read.value();
  if (outcome.batch.traces.empty() && !outcome.rejects.empty())
    return not_traces(outcome.rejects.front().reason);
  if (outcome.next.size() > kNextMost)
    return not_traces("Its next has more than " + std::to_string(kNextMost) + " bytes.");
  return read;
}

}  // namespace packbench::exchange
