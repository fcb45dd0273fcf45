// Curl: what all our requests have in common, over libcurl. Certificates are always verified,
// redirects never followed, proxies of the environment never asked, and every time and size has a
// bound. For this room's source files only. Thread rule: a handle is used on one thread.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "exchange/http_target.h"

namespace packbench::exchange {

struct EasyGone {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiGone {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListGone {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using EasyHandle = std::unique_ptr<CURL, EasyGone>;
using MultiHandle = std::unique_ptr<CURLM, MultiGone>;
using HeaderList = std::unique_ptr<curl_slist, ListGone>;

// The body of an answer. What does not fit is not waited for: the transfer then ends with
// CURLE_WRITE_ERROR.
struct AnswerBody {
  std::size_t most = 0;  // bytes
  std::string text = {};
};

// Starts libcurl where nobody has yet. `table` of packbench.toml has the target, for what is to be
// mended. Errors: bad_target (address or file of authorities), no_http.
Status check_target(const HttpTarget& target, const std::string& table);

// For requests to this target, one after the other; `body` gets their answers and outlives it.
EasyHandle make_easy(const HttpTarget& target, AnswerBody& body);

HeaderList header_list(const std::vector<std::string>& lines);

// Why no answer came, as a word with a row in station/reason_words.cpp.
const char* transport_word(CURLcode code);

// What the server says of its refusal: a short text that any list can show; empty: nothing.
std::string reason_of(const AnswerBody& body);

// How long curl_multi_poll may wait for what is due after `wait`; nothing: for nothing in
// particular.
int poll_ms(std::optional<Duration> wait);

// What the last answer says of when to come again.
std::optional<Duration> retry_after_of(CURL* easy, Instant now);

}  // namespace packbench::exchange
