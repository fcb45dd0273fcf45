#include "exchange/delivery_queue.h"

#include <algorithm>

#include "base/check.h"

namespace packbench::exchange {

void DeliveryQueue::add(Delivery delivery) {
  std::deque<Waiting>& group = groups_[delivery.group];
  const std::string name = delivery.group;
  group.push_back({std::move(delivery), 0});
  if (group.size() == 1) line_up(name, {});
}

void DeliveryQueue::line_up(const std::string& group, Duration due) {
  turns_[{due.us, ++arrivals_}] = group;
}

Duration DeliveryQueue::earliest() const {
  const Duration due{turns_.begin()->first.first};
  return std::max({due, told_until_, in_trouble() ? probe_at_ : Duration{}});
}

const Delivery* DeliveryQueue::next(Duration now) {
  if (turns_.empty() || is_full() || earliest() > now) return nullptr;
  const auto turn = turns_.begin();
  const Delivery& delivery = groups_.at(turn->second).front().delivery;
  turns_.erase(turn);
  ++in_flight_;
  return &delivery;
}

std::optional<Duration> DeliveryQueue::wait(Duration now) const {
  if (turns_.empty() || is_full()) return std::nullopt;
  return std::max(Duration{}, Duration{earliest().us - now.us});
}

DeliveryResult DeliveryQueue::ended(const Delivery& sent, const DeliveryAnswer& answer,
                                    Duration now, std::uint64_t random) {
  const auto group = groups_.find(sent.group);
  CHECK(group != groups_.end() && group->second.front().delivery.id == sent.id);
  CHECK(in_flight_ > 0);
  --in_flight_;
  DeliveryResult result{sent.id, outcome_of(answer.status), answer.status, answer.reason, {}};
  count(answer, result.outcome, now, random);
  Waiting& head = group->second.front();
  if (result.outcome == DeliveryOutcome::later) {
    result.retry_at = next_try(++head.failed, answer.retry_after, now, random, backoff_);
    line_up(group->first, result.retry_at);
    return result;
  }
  group->second.pop_front();
  if (group->second.empty())
    groups_.erase(group);
  else
    line_up(group->first, {});
  return result;
}

// An answer that says anything about what was sent shows that the server is well.
void DeliveryQueue::count(const DeliveryAnswer& answer, DeliveryOutcome outcome, Duration now,
                          std::uint64_t random) {
  if (outcome != DeliveryOutcome::later) {
    failures_ = 0;
    return;
  }
  // What was under way with others when the trouble began says nothing new.
  const bool is_probe = in_flight_ == 0;
  if (!in_trouble() || is_probe) ++failures_;
  if (in_trouble())
    probe_at_ = next_try(failures_ - kTrouble + 1, answer.retry_after, now, random, backoff_);
  // Of these the time that is asked for holds for all, not for this one alone.
  const bool of_all = answer.status == 429 || answer.status == 503;
  if (of_all && answer.retry_after)
    told_until_ = std::max(told_until_, now + std::min(*answer.retry_after, kRetryAfterMost));
}

}  // namespace packbench::exchange
