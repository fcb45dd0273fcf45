#include "program/trace_poll.h"

#include <iostream>
#include <memory>
#include <utility>

#include "exchange/trace_answer.h"
#include "program/import_options.h"
#include "program/secret_file.h"
#include "station/reason_words.h"
#include "store/catalog_writer.h"

namespace packbench::program {
namespace {

constexpr const char* kTable = "traces";
// An import of everything takes less than that; then the answer is asked for again.
constexpr int kLockTries = 150;
constexpr Duration kLockTry = Duration::milliseconds(200);

// One line whoever writes meanwhile.
void log_line(const std::string& en, const std::string& zh) {
  std::cerr << "packbench: " + en + " (" + zh + ")\n" << std::flush;
}

// Takes answers into the catalog, on the poll's thread.
class TraceTaker {
 public:
  TraceTaker(std::string data, std::string source, std::string cursor,
             exchange::ImportOptions options)
      : data_(std::move(data)),
        source_(std::move(source)),
        cursor_(std::move(cursor)),
        options_(std::move(options)) {}

  Result<exchange::PollTaken> take(const std::string& body, const std::function<bool()>& ending) {
    auto read = exchange::read_trace_answer(body, options_);
    if (!read) return read.error();
    exchange::ImportOutcome& outcome = read.value();
    const std::string next = outcome.next.empty() ? cursor_ : outcome.next;
    if (next != cursor_) outcome.batch.cursors[source_] = next;
    if (!outcome.batch.traces.empty() || next != cursor_) {
      if (const Status stored = keep(outcome.batch, ending); !stored) return stored.error();
    }
    cursor_ = next;
    log_rejects(outcome.rejects);
    return exchange::PollTaken{next, outcome.more};
  }

 private:
  // Not held between answers, or no import could be made beside the bench.
  Status keep(const ImportBatch& batch, const std::function<bool()>& ending) {
    for (int i = 0; i < kLockTries && !ending(); ++i) {
      auto writer = store::CatalogWriter::open({data_, ""}, kLockTry);
      if (!writer && writer.error().code == "busy") continue;
      if (!writer) return writer.error();
      const auto applied = writer.value()->apply(batch, random_bytes);
      if (!applied) return applied.error();
      return Ok{};
    }
    return Error{"catalog_busy", "another import into " + data_ + " does not end"};
  }

  // The same ones may come with every answer.
  void log_rejects(const std::vector<exchange::Reject>& rejects) {
    if (rejects.empty()) return;
    const std::string number = std::to_string(rejects.size());
    const exchange::Reject& first = rejects.front();
    const std::string what =
        number + ", the first in place " + std::to_string(first.line) + ": " + first.reason;
    if (std::exchange(logged_, what) == what) return;
    log_line("entries that [traces] url answers and that cannot be taken: " + what +
                 " The others were taken; have these mended there",
             "[traces] 的回答里有 " + number + " 条收不了，其余已收；请对方改好");
  }

  const std::string data_, source_;
  std::string cursor_;
  const exchange::ImportOptions options_;
  std::string logged_;
};

void log_trouble(const std::optional<Error>& trouble) {
  using station::Language;
  using station::reason_word;
  if (!trouble) return log_line("carriers' traces come again", "又能取到快递轨迹了");
  const std::string word = reason_word(trouble->code, Language::en);
  const std::string more = trouble->text.empty() ? "" : ": " + trouble->text;
  log_line("no carriers' traces come from [traces] url: " + word + more +
               "; they are asked for again by themselves; if it lasts, look at the network and at "
               "[traces] in packbench.toml",
           "取不到快递轨迹：" + reason_word(trouble->code, Language::zh) +
               "；会自动再取；一直不通请看网络和 packbench.toml 的 [traces]");
}

}  // namespace

Result<std::unique_ptr<exchange::HttpPoll>> start_trace_poll(const TracePollParts& parts) {
  const host::TracePollConfig& traces = parts.config.traces;
  if (traces.url.empty()) return std::unique_ptr<exchange::HttpPoll>();
  const std::string& data = parts.places.data;
  auto secret = read_secret(parts.places, traces.secret_file, kTable);
  if (!secret) return secret.error();
  auto options = import_options(parts.places, parts.config);
  if (!options) return options.error();
  // Another address has its own way of counting.
  const std::string source = "traces " + traces.url;
  const auto cursor = parts.catalog.cursor(source);
  if (!cursor) return cursor.error();
  auto taker = std::make_shared<TraceTaker>(data, source, cursor.value(), options.value());
  exchange::HttpPollParts poll{
      {traces.url, secret.value(), in_data(data, traces.ca_file), traces.timeout},
      traces.interval,
      cursor.value(),
      machine_now,
      parts.random,
      [taker](const std::string& body, const std::function<bool()>& ending) {
        return taker->take(body, ending);
      },
      [told = parts.told](const std::optional<Error>& trouble) {
        log_trouble(trouble);
        told(trouble ? trouble->code : "");
      }};
  return exchange::HttpPoll::start(std::move(poll), kTable);
}

}  // namespace packbench::program
