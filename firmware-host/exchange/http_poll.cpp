#include "exchange/http_poll.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "base/check.h"
#include "exchange/curl.h"
#include "exchange/percent.h"
#include "exchange/poll_schedule.h"
#include "exchange/signature.h"

namespace packbench::exchange {
namespace {

constexpr int kNoContent = 204;

// RFC 3986: these mean the same wherever they stand.
bool is_unreserved(unsigned char byte) {
  const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  return letter || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' ||
         byte == '~';
}

// Path and query, as the request's first line is to have them.
std::string request_target(const std::string& url) {
  CURLU* const handle = curl_url();
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    std::string out;
    if (curl_url_get(handle, which, &text, 0) == CURLUE_OK) out = text;
    curl_free(text);
    return out;
  };
  std::string target;
  if (curl_url_set(handle, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK) {
    const std::string query = part(CURLUPART_QUERY);
    target = part(CURLUPART_PATH) + (query.empty() ? "" : "?" + query);
  }
  curl_url_cleanup(handle);
  return target;
}

class CurlPoll : public HttpPoll {
 public:
  explicit CurlPoll(HttpPollParts parts)
      : parts_(std::move(parts)),
        schedule_(parts_.interval, parts_.backoff),
        since_(parts_.since),
        multi_(curl_multi_init()),
        easy_(make_easy(parts_.target, body_)) {
    CHECK(multi_ != nullptr);
    thread_ = std::thread([this] { work(); });
  }
  ~CurlPoll() override {
    ending_ = true;
    curl_multi_wakeup(multi_.get());
    thread_.join();
  }

 private:
  Duration now() const { return parts_.clock().since_boot; }

  void work() {
    while (!ending_) {
      const Duration wait{schedule_.due().us - now().us};
      if (wait.us > 0)
        curl_multi_poll(multi_.get(), nullptr, 0, poll_ms(wait), nullptr);
      else
        ask();
    }
  }

  void ask() {
    const auto answer = answer_to(with_since(parts_.target.url, since_));
    if (!answer) return;
    std::optional<Error> problem = poll_problem(*answer);
    bool more = false;
    if (!problem && answer->status != kNoContent) problem = take(answer->body, more);
    if (ending_) return;
    if (problem)
      schedule_.failed(answer->retry_after, now(), parts_.random());
    else
      schedule_.succeeded(now(), more);
    tell(schedule_.in_trouble() ? problem : std::nullopt);
  }

  std::optional<Error> take(const std::string& body, bool& more) {
    const auto taken = parts_.take(body, [this] { return ending_.load(); });
    if (!taken) return taken.error();
    const std::string before = std::exchange(since_, taken.value().since);
    more = taken.value().more && since_ != before;
    return std::nullopt;
  }

  void tell(const std::optional<Error>& trouble) {
    const std::string word = trouble ? trouble->code : "";
    if (std::exchange(told_, word) != word) parts_.told(trouble);
  }

  // Nothing: the poll ends meanwhile.
  std::optional<PollAnswer> answer_to(const std::string& url) {
    const HeaderList headers = address(url);
    body_.text.clear();
    CHECK(curl_multi_add_handle(multi_.get(), easy_.get()) == CURLM_OK);
    std::optional<PollAnswer> answer;
    while (!ending_ && !answer) {
      int running = 0;
      int left = 0;
      curl_multi_perform(multi_.get(), &running);
      const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left);
      if (message != nullptr && message->msg == CURLMSG_DONE)
        answer = read_answer(message->data.result);
      else
        curl_multi_poll(multi_.get(), nullptr, 0, poll_ms(std::nullopt), nullptr);
    }
    curl_multi_remove_handle(multi_.get(), easy_.get());
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, nullptr);
    return answer;
  }

  HeaderList address(const std::string& url) {
    const std::string target = request_target(url);
    std::vector<std::string> lines{"Accept: application/json, text/csv"};
    if (!parts_.target.secret.empty()) {
      const std::string timestamp = std::to_string(parts_.clock().wall.us / 1'000'000);
      lines.push_back("Packbench-Timestamp: " + timestamp);
      lines.push_back("Packbench-Signature: " + signature(parts_.target.secret, timestamp, target));
    }
    HeaderList headers = header_list(lines);
    curl_easy_setopt(easy_.get(), CURLOPT_URL, url.c_str());
    // What is signed is what is sent.
    curl_easy_setopt(easy_.get(), CURLOPT_REQUEST_TARGET, target.c_str());
    curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers.get());
    return headers;
  }

  PollAnswer read_answer(CURLcode code) {
    if (code == CURLE_WRITE_ERROR) return {0, "too_big", "", std::nullopt};
    if (code != CURLE_OK) return {0, transport_word(code), "", std::nullopt};
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    PollAnswer answer{static_cast<int>(status), "", "",
                      retry_after_of(easy_.get(), parts_.clock().wall)};
    if (poll_problem(answer))
      answer.reason = reason_of(body_);
    else
      answer.body = std::exchange(body_.text, {});  // it may be large and is not kept
    return answer;
  }

  const HttpPollParts parts_;
  PollSchedule schedule_;
  std::string since_;
  std::string told_;  // the word of the trouble; empty: none
  AnswerBody body_{kAnswerMost};
  MultiHandle multi_;
  EasyHandle easy_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace

std::optional<Error> poll_problem(const PollAnswer& answer) {
  if (answer.status == 0) return Error{answer.reason, ""};
  if (answer.status == 200 || answer.status == kNoContent) return std::nullopt;
  return Error{"HTTP " + std::to_string(answer.status), answer.reason};
}

std::string with_since(const std::string& url, const std::string& since) {
  const std::string asked = url.substr(0, url.find('#'));
  if (since.empty()) return asked;
  return asked + (asked.find('?') == std::string::npos ? "?" : "&") +
         "since=" + percent_encoded(since, is_unreserved);
}

Result<std::unique_ptr<HttpPoll>> HttpPoll::start(HttpPollParts parts, const std::string& table) {
  if (const Status good = check_target(parts.target, table); !good) return good.error();
  return std::unique_ptr<HttpPoll>(std::make_unique<CurlPoll>(std::move(parts)));
}

}  // namespace packbench::exchange
