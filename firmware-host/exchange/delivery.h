// Delivery: one confirmation on its way to the shop's connector by HTTP, and what became of it.
// Plain values.
#pragma once

#include <optional>
#include <string>

#include "base/units.h"
#include "domain/delivery_id.h"

namespace packbench::exchange {

struct Delivery {
  DeliveryId id;
  std::string group;  // the parcel: what is of one group goes out in order
  std::string key;    // of the confirmation; a server that saw it does nothing a second time
  std::string body;   // JSON
};

enum class DeliveryOutcome { delivered, refused, later };

// What came back for one try.
struct DeliveryAnswer {
  int status = 0;      // of HTTP; 0: none came
  std::string reason;  // short; of the transport a word: timeout, certificate ...
  std::optional<Duration> retry_after;
};

struct DeliveryResult {
  DeliveryId id;
  DeliveryOutcome outcome = DeliveryOutcome::later;
  int status = 0;
  std::string reason;
  Duration retry_at;  // since boot, of `later`
};

// 2xx is delivered; no answer, 408, 425, 429 and 5xx pass; everything else stays as it is however
// often it is tried, a redirect too, for none is followed.
constexpr DeliveryOutcome outcome_of(int status) {
  if (status >= 200 && status < 300) return DeliveryOutcome::delivered;
  const bool passes =
      status == 0 || status == 408 || status == 425 || status == 429 || status >= 500;
  return passes ? DeliveryOutcome::later : DeliveryOutcome::refused;
}

}  // namespace packbench::exchange
