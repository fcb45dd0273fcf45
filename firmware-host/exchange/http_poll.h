// HttpPoll: asks an address for what is new, again and again. A thread of its own (libcurl), made
// only where there is an address.
//
// A question is a GET. Where an earlier answer said where to go on, that stands in the query as
// since=... With a secret it has the headers Packbench-Timestamp (seconds since 1970) and
// Packbench-Signature (exchange/signature.h), which signs what the request asks for, path and
// query, in place of a body. Certificates are always verified, redirects never followed.
// Thread rule: `take` and `told` are called on the poll's own thread; `take` may be slow.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "exchange/http_target.h"
#include "exchange/next_try.h"

namespace packbench::exchange {

// What came back for one question.
struct PollAnswer {
  int status = 0;      // of HTTP; 0: none came
  std::string reason;  // of the transport a word, else what the server says of a refusal
  std::string body;    // of a good one
  std::optional<Duration> retry_after;
};

// Why there is nothing in it to take; nothing: there is. code: a word for a person, with a row in
// station/reason_words.cpp, or "HTTP 500". text: what else is known, often nothing.
std::optional<Error> poll_problem(const PollAnswer& answer);

// The address with where to go on in its query; `since` empty: from the start.
std::string with_since(const std::string& url, const std::string& since);

// What was taken of a good answer.
struct PollTaken {
  std::string since;  // where to go on
  bool more = false;  // whether to ask at once; heeded only where `since` is another than before
};

struct HttpPollParts {
  HttpTarget target;
  Duration interval;
  std::string since;  // what an earlier run was told last
  std::function<Now()> clock;
  std::function<std::uint64_t()> random;
  // Takes what a good answer holds. An Error (as poll_problem's) leaves everything as it was, and
  // it is asked again. Must come back soon where `ending` says so.
  std::function<Result<PollTaken>(const std::string& body, const std::function<bool()>& ending)>
      take;
  // From now on nothing comes through, and why; nothing: now it does again.
  std::function<void(const std::optional<Error>& trouble)> told;
  Backoff backoff = {};
};

class HttpPoll {
 public:
  static constexpr std::size_t kAnswerMost = 16 * 1024 * 1024;

  // `table` of packbench.toml has the target. Errors: bad_target (address or file of authorities),
  // no_http.
  static Result<std::unique_ptr<HttpPoll>> start(HttpPollParts parts, const std::string& table);
  // What is in flight is abandoned.
  virtual ~HttpPoll() = default;
};

}  // namespace packbench::exchange
