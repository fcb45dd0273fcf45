#include "connector.h"

#include <utility>

namespace packbench::simulation {

using exchange::Delivery;
using exchange::DeliveryOutcome;
using exchange::DeliveryResult;

void Connector::take(std::vector<Delivery> deliveries) {
  for (Delivery& each : deliveries) {
    if (told_.count(each.key) > 0) auditor_.posted_again(each.key);
    waiting_.push_back(std::move(each));
  }
}

std::vector<DeliveryResult> Connector::answers() {
  std::vector<DeliveryResult> results;
  for (int tries = chance_.between(0, 4); tries > 0 && waits(); --tries) {
    Delivery delivery = std::move(waiting_.front());
    waiting_.pop_front();
    results.push_back(answer(delivery));
    // Tried again before anything that came later.
    if (results.back().outcome == DeliveryOutcome::later)
      waiting_.push_front(std::move(delivery));
    else
      told_.insert(delivery.key);
  }
  return results;
}

DeliveryResult Connector::answer(const Delivery& delivery) {
  const int fate = chance_.below(100);
  if (fate < 15) return {delivery.id, DeliveryOutcome::later, 503, "", {}};
  if (fate < 18) {
    auditor_.post_refused(delivery.key);
    return {delivery.id, DeliveryOutcome::refused, 422, "no such order", {}};
  }
  auditor_.posted(delivery.key, delivery.body);
  if (fate < 30) return {delivery.id, DeliveryOutcome::later, 0, "connection_lost", {}};
  return {delivery.id, DeliveryOutcome::delivered, 200, "", {}};
}

void Connector::lose() {
  waiting_.clear();
  told_.clear();
}

}  // namespace packbench::simulation
