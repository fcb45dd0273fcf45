#include "exchange/poll_schedule.h"

namespace packbench::exchange {

void PollSchedule::succeeded(Duration now, bool more) {
  failures_ = 0;
  in_trouble_ = false;
  due_ = more ? now : now + interval_;
}

void PollSchedule::failed(std::optional<Duration> retry_after, Duration now, std::uint64_t random) {
  due_ = next_try(++failures_, retry_after, now, random, backoff_);
  in_trouble_ = in_trouble_ || failures_ >= kTrouble || now + interval_ < due_;
}

}  // namespace packbench::exchange
