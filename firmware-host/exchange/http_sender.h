// HttpSender: posts deliveries to the shop's connector, each again until it is taken or refused for
// good. A thread of its own (libcurl), made only where there is an address.
//
// A delivery is a POST of its JSON body with the headers Idempotency-Key (its key, bytes outside
// printable ASCII and % as %XX), Packbench-Timestamp (seconds since 1970) and Packbench-Signature
// (exchange/signature.h). Certificates are always verified, redirects never followed.
// Thread rule: submit from any thread; `told` is called on the sender's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "exchange/delivery.h"
#include "exchange/http_target.h"
#include "exchange/next_try.h"

namespace packbench::exchange {

struct HttpSenderParts {
  HttpTarget target;
  std::function<Now()> clock;
  std::function<std::uint64_t()> random;
  // Every result as it comes, `later` too; never empty.
  std::function<void(std::vector<DeliveryResult>)> told;
  Backoff backoff = {};
};

class HttpSender {
 public:
  // Errors: bad_target (address or file of authorities), no_http.
  static Result<std::unique_ptr<HttpSender>> start(HttpSenderParts parts);
  // What is in flight is abandoned: it counts as never answered.
  virtual ~HttpSender() = default;
  virtual void submit(std::vector<Delivery> deliveries) = 0;
};

}  // namespace packbench::exchange
