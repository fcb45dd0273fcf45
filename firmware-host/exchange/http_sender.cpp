#include "exchange/http_sender.h"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>

#include "base/utf8.h"
#include "exchange/delivery_queue.h"
#include "exchange/signature.h"

namespace packbench::exchange {
namespace {

constexpr std::size_t kAnswerRead = 64 * 1024;  // of a body; more is not waited for
constexpr std::size_t kReasonMost = 200;
constexpr long kConnectMost = 10'000;
constexpr int kLongestWait = 60'000;  // a clock may jump

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

// One try under way; used again for the next.
struct Transfer {
  EasyHandle easy;
  HeaderList headers;
  const Delivery* delivery = nullptr;  // nothing: free
  std::string answer;
};

std::size_t keep_answer(char* data, std::size_t, std::size_t size, void* transfer) {
  std::string& answer = static_cast<Transfer*>(transfer)->answer;
  if (answer.size() + size > kAnswerRead) return 0;
  answer.append(data, size);
  return size;
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

// What a server says of its refusal, without what no list can show.
std::string reason_of(const std::string& answer) {
  std::string text = printable(answer.substr(0, kReasonMost));
  // A character that was cut in two at the end is left out.
  for (int i = 0; i < 4 && !text.empty() && !is_utf8(text); ++i) text.pop_back();
  return is_utf8(text) ? text : "";
}

std::string header_value(const std::string& text) {
  constexpr const char* digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && c != '%') {
      out += c;
    } else {
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

HeaderList headers_of(const Delivery& delivery, const std::string& secret, Instant now) {
  const std::string timestamp = std::to_string(now.us / 1'000'000);
  curl_slist* list = nullptr;
  for (const std::string& line :
       {std::string("Content-Type: application/json"), std::string("Expect:"),
        "Idempotency-Key: " + header_value(delivery.key), "Packbench-Timestamp: " + timestamp,
        "Packbench-Signature: " + signature(secret, timestamp, delivery.body)})
    list = curl_slist_append(list, line.c_str());
  return HeaderList(list);
}

class CurlSender : public HttpSender {
 public:
  explicit CurlSender(HttpSenderParts parts)
      : parts_(std::move(parts)), queue_(parts_.backoff), multi_(curl_multi_init()) {
    CHECK(multi_ != nullptr);
    for (Transfer& transfer : transfers_) prepare(transfer);
    thread_ = std::thread([this] { work(); });
  }
  ~CurlSender() override {
    ending_ = true;
    curl_multi_wakeup(multi_.get());
    thread_.join();
    for (Transfer& transfer : transfers_) {
      if (transfer.delivery != nullptr) curl_multi_remove_handle(multi_.get(), transfer.easy.get());
    }
  }

  void submit(std::vector<Delivery> deliveries) override {
    {
      const std::lock_guard lock(mutex_);
      std::move(deliveries.begin(), deliveries.end(), std::back_inserter(submitted_));
    }
    curl_multi_wakeup(multi_.get());
  }

 private:
  void prepare(Transfer& transfer) {
    transfer.easy.reset(curl_easy_init());
    CURL* easy = transfer.easy.get();
    CHECK(easy != nullptr);
    const HttpTarget& target = parts_.target;
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
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
  }

  void work() {
    while (!ending_) {
      take_submitted();
      start_due();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      tell_ended();
      curl_multi_poll(multi_.get(), nullptr, 0, patience(), nullptr);
    }
  }

  void take_submitted() {
    std::vector<Delivery> fresh;
    {
      const std::lock_guard lock(mutex_);
      fresh.swap(submitted_);
    }
    for (Delivery& delivery : fresh) queue_.add(std::move(delivery));
  }

  void start_due() {
    while (const Delivery* delivery = queue_.next(parts_.clock().since_boot)) start(*delivery);
  }

  void start(const Delivery& delivery) {
    const auto free = std::find_if(transfers_.begin(), transfers_.end(),
                                   [](const Transfer& each) { return each.delivery == nullptr; });
    CHECK(free != transfers_.end());  // the queue lets no more go than there are
    free->delivery = &delivery;
    free->answer.clear();
    free->headers = headers_of(delivery, parts_.target.secret, parts_.clock().wall);
    CURL* easy = free->easy.get();
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, free->headers.get());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, delivery.body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(delivery.body.size()));
    CHECK(curl_multi_add_handle(multi_.get(), easy) == CURLM_OK);
  }

  void tell_ended() {
    std::vector<DeliveryResult> results;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode code = message->data.result;
      char* own = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &own);
      Transfer& transfer = *reinterpret_cast<Transfer*>(own);
      const DeliveryAnswer answer = answer_of(transfer, code);
      curl_multi_remove_handle(multi_.get(), easy);
      const Delivery* const sent = std::exchange(transfer.delivery, nullptr);
      results.push_back(queue_.ended(*sent, answer, parts_.clock().since_boot, parts_.random()));
    }
    if (results.empty()) return;
    start_due();
    parts_.told(std::move(results));
  }

  DeliveryAnswer answer_of(const Transfer& transfer, CURLcode code) const {
    CURL* easy = transfer.easy.get();
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    // We left off reading an answer that had no end; its status stands.
    const bool cut = code == CURLE_WRITE_ERROR;
    if (code != CURLE_OK && !cut) return {0, transport_word(code), std::nullopt};
    DeliveryAnswer answer{static_cast<int>(status), "", std::nullopt};
    if (outcome_of(answer.status) == DeliveryOutcome::refused)
      answer.reason = reason_of(transfer.answer);
    curl_header* header = nullptr;
    if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
      answer.retry_after = parse_retry_after(header->value, parts_.clock().wall);
    return answer;
  }

  int patience() const {
    const auto wait = queue_.wait(parts_.clock().since_boot);
    if (!wait) return kLongestWait;
    return static_cast<int>(std::min<std::int64_t>(wait->us / 1'000 + 1, kLongestWait));
  }

  const HttpSenderParts parts_;
  DeliveryQueue queue_;
  MultiHandle multi_;
  std::array<Transfer, DeliveryQueue::kInFlightMost> transfers_;
  std::atomic<bool> ending_ = false;
  std::mutex mutex_;
  std::vector<Delivery> submitted_;
  std::thread thread_;
};

bool is_url(const std::string& url) {
  CURLU* const handle = curl_url();
  const bool good = curl_url_set(handle, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
  curl_url_cleanup(handle);
  return good;
}

}  // namespace

Result<std::unique_ptr<HttpSender>> HttpSender::start(HttpSenderParts parts) {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (global != CURLE_OK)
    return Error{"no_http", "libcurl does not start on this machine; install it again"};
  const HttpTarget& target = parts.target;
  if (!is_url(target.url))
    return Error{"bad_target", "\"" + target.url +
                                   "\" is no address; write it as https://host/path in "
                                   "packbench.toml, [delivery] url"};
  if (!target.ca_file.empty() && ::access(target.ca_file.c_str(), R_OK) != 0)
    return Error{"bad_target",
                 target.ca_file + " cannot be read; mend [delivery] ca_file in packbench.toml"};
  return std::unique_ptr<HttpSender>(std::make_unique<CurlSender>(std::move(parts)));
}

}  // namespace packbench::exchange
