#include "exchange/curl.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "base/check.h"
#include "base/utf8.h"
#include "exchange/next_try.h"

namespace packbench::exchange {
namespace {

constexpr std::size_t kReasonMost = 200;
constexpr long kConnectMost = 10'000;
constexpr int kLongestWait = 60'000;  // a clock may jump

std::size_t keep_answer(char* data, std::size_t, std::size_t size, void* body) {
  auto& answer = *static_cast<AnswerBody*>(body);
  if (answer.text.size() + size > answer.most) return 0;
  answer.text.append(data, size);
  return size;
}

bool is_url(const std::string& url) {
  CURLU* const handle = curl_url();
  const bool good = curl_url_set(handle, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
  curl_url_cleanup(handle);
  return good;
}

}  // namespace

Status check_target(const HttpTarget& target, const std::string& table) {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (global != CURLE_OK)
    return Error{"no_http", "libcurl does not start on this machine; install it again"};
  if (!is_url(target.url))
    return Error{"bad_target", "\"" + target.url +
                                   "\" is no address; write it as https://host/path in "
                                   "packbench.toml, [" +
                                   table + "] url"};
  if (!target.ca_file.empty() && ::access(target.ca_file.c_str(), R_OK) != 0)
    return Error{"bad_target", target.ca_file + " cannot be read; mend [" + table +
                                   "] ca_file in packbench.toml"};
  return Ok{};
}

EasyHandle make_easy(const HttpTarget& target, AnswerBody& body) {
  EasyHandle handle(curl_easy_init());
  CURL* const easy = handle.get();
  CHECK(easy != nullptr);
  const long timeout = std::max<long>(1, static_cast<long>(target.timeout.us / 1'000));
  curl_easy_setopt(easy, CURLOPT_URL, target.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // whatever the environment says
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, std::min(timeout, kConnectMost));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!target.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, target.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "packbench");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_answer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
  return handle;
}

HeaderList header_list(const std::vector<std::string>& lines) {
  curl_slist* list = nullptr;
  for (const std::string& line : lines) list = curl_slist_append(list, line.c_str());
  return HeaderList(list);
}

const char* transport_word(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return "timeout";
    case CURLE_COULDNT_RESOLVE_HOST:
      return "unknown_host";
    case CURLE_COULDNT_CONNECT:
      return "no_connection";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "certificate";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return "tls";
    default:
      return "connection_lost";
  }
}

std::string reason_of(const AnswerBody& body) {
  std::string text = printable(body.text.substr(0, kReasonMost));
  // A character that was cut in two at the end is left out.
  for (int i = 0; i < 4 && !text.empty() && !is_utf8(text); ++i) text.pop_back();
  return is_utf8(text) ? text : "";
}

int poll_ms(std::optional<Duration> wait) {
  if (!wait) return kLongestWait;
  return static_cast<int>(std::clamp<std::int64_t>(wait->us / 1'000 + 1, 0, kLongestWait));
}

std::optional<Duration> retry_after_of(CURL* easy, Instant now) {
  curl_header* header = nullptr;
  if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
    return std::nullopt;
  return parse_retry_after(header->value, now);
}

}  // namespace packbench::exchange
