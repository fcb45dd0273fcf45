// PollSchedule: when an address is asked the next time, and whether it has been well lately. After
// a good answer it is asked when the interval has passed, or at once where there is more; after a
// bad one soon, then ever more
// seldom. Pure but for its state: times and randomness are arguments. One thread.
#pragma once

#include <cstdint>
#include <optional>

#include "base/units.h"
#include "exchange/next_try.h"

namespace packbench::exchange {

class PollSchedule {
 public:
  // So many bad answers in a row are worth telling somebody.
  static constexpr int kTrouble = 3;

  explicit PollSchedule(Duration interval, const Backoff& backoff = {})
      : interval_(interval), backoff_(backoff) {}

  // Not before; since boot. The first time at once.
  Duration due() const { return due_; }

  void succeeded(Duration now, bool more);
  void failed(std::optional<Duration> retry_after, Duration now, std::uint64_t random);

  // Several answers in a row were bad, or one let the next question wait for longer than the
  // interval; until an answer is good.
  bool in_trouble() const { return in_trouble_; }

 private:
  const Duration interval_;
  const Backoff backoff_;
  Duration due_;
  int failures_ = 0;  // in a row
  bool in_trouble_ = false;
};

}  // namespace packbench::exchange
