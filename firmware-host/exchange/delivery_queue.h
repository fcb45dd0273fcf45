// DeliveryQueue: which delivery goes out next. Those of one group go strictly one after the other,
// groups beside each other. When nothing gets through any more, one at a time is tried, ever more
// seldom, so that thousands that wait for days cost nothing. Pure but for its state: times and
// randomness are arguments. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "exchange/delivery.h"
#include "exchange/next_try.h"

namespace packbench::exchange {

class DeliveryQueue {
 public:
  static constexpr std::size_t kInFlightMost = 16;
  // So many tries in a row that came to nothing mean the server and not what was sent.
  static constexpr int kTrouble = 8;

  explicit DeliveryQueue(const Backoff& backoff = {}) : backoff_(backoff) {}

  void add(Delivery delivery);

  // The one to be sent now, which counts as in flight until `ended`; nothing: none may go. It
  // stays where it is until then.
  const Delivery* next(Duration now);

  // How long until `next` may have one; nothing: not before something is added or has ended.
  std::optional<Duration> wait(Duration now) const;

  // What became of a delivery in flight. What has to be tried again waits at the head of its
  // group.
  DeliveryResult ended(const Delivery& sent, const DeliveryAnswer& answer, Duration now,
                       std::uint64_t random);

  std::size_t in_flight() const { return in_flight_; }
  bool empty() const { return groups_.empty(); }

 private:
  struct Waiting {
    Delivery delivery;
    int failed = 0;  // tries
  };
  // When a group's head may go, and then in the order of arrival.
  using Turn = std::pair<std::int64_t, std::uint64_t>;

  bool in_trouble() const { return failures_ >= kTrouble; }
  bool is_full() const { return in_flight_ >= (in_trouble() ? 1 : kInFlightMost); }
  Duration earliest() const;
  void line_up(const std::string& group, Duration due);
  void count(const DeliveryAnswer& answer, DeliveryOutcome outcome, Duration now,
             std::uint64_t random);

  const Backoff backoff_;
  std::map<std::string, std::deque<Waiting>> groups_;  // none of them empty
  std::map<Turn, std::string> turns_;                  // of groups with nothing in flight
  std::uint64_t arrivals_ = 0;
  std::size_t in_flight_ = 0;
  int failures_ = 0;     // in a row
  Duration probe_at_;    // in trouble: not before
  Duration told_until_;  // the server asked to be left alone
};

}  // namespace packbench::exchange
