#include "exchange/http_sender.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>

#include "base/check.h"
#include "exchange/curl.h"
#include "exchange/delivery_queue.h"
#include "exchange/percent.h"
#include "exchange/signature.h"

namespace packbench::exchange {
namespace {

constexpr std::size_t kAnswerRead = 64 * 1024;  // of a body; more is not waited for

// One try under way; used again for the next.
struct Transfer {
  AnswerBody answer{kAnswerRead};
  EasyHandle easy;
  HeaderList headers;
  const Delivery* delivery = nullptr;  // nothing: free
};

bool stands_in_header(unsigned char byte) {
  return byte > 0x20 && byte < 0x7F && byte != '%';
}

HeaderList headers_of(const Delivery& delivery, const std::string& secret, Instant now) {
  const std::string timestamp = std::to_string(now.us / 1'000'000);
  return header_list({"Content-Type: application/json", "Expect:",
                      "Idempotency-Key: " + percent_encoded(delivery.key, stands_in_header),
                      "Packbench-Timestamp: " + timestamp,
                      "Packbench-Signature: " + signature(secret, timestamp, delivery.body)});
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
    transfer.easy = make_easy(parts_.target, transfer.answer);
    curl_easy_setopt(transfer.easy.get(), CURLOPT_PRIVATE, &transfer);
  }

  void work() {
    while (!ending_) {
      take_submitted();
      start_due();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      tell_ended();
      curl_multi_poll(multi_.get(), nullptr, 0, poll_ms(queue_.wait(parts_.clock().since_boot)),
                      nullptr);
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
    free->answer.text.clear();
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
    answer.retry_after = retry_after_of(easy, parts_.clock().wall);
    return answer;
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

}  // namespace

Result<std::unique_ptr<HttpSender>> HttpSender::start(HttpSenderParts parts) {
  if (const Status good = check_target(parts.target, "delivery"); !good) return good.error();
  return std::unique_ptr<HttpSender>(std::make_unique<CurlSender>(std::move(parts)));
}

}  // namespace packbench::exchange
