// Connector: the shop's server for confirmations by HTTP and the road to it, where three in ten
// tries meet a fault. What it does is told to the auditor. It has a chance of its own, so that the
// rest of a seed's day is the same with it and without. Thread rule: one thread.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "auditor.h"
#include "exchange/delivery.h"
#include "random.h"

namespace packbench::simulation {

class Connector {
 public:
  Connector(std::uint64_t seed, Auditor& auditor) : auditor_(auditor), chance_(seed ^ 0xC0FFEE) {}

  void take(std::vector<exchange::Delivery> deliveries);
  bool waits() const { return !waiting_.empty(); }
  // Tries a few of those that wait.
  std::vector<exchange::DeliveryResult> answers();
  // The sender is gone, and with it what it had in hand.
  void lose();

 private:
  exchange::DeliveryResult answer(const exchange::Delivery& delivery);

  Auditor& auditor_;
  Rng chance_;
  std::deque<exchange::Delivery> waiting_;
  std::set<std::string> told_;  // the sender knows that they were taken
};

}  // namespace packbench::simulation
