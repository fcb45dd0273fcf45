// The host's confirmations by HTTP: handed to the sender until a record says what became of them.
#include <algorithm>
#include <iterator>

#include "exchange/delivery_queue.h"
#include "host/confirmation_out.h"
#include "host/host.h"

namespace packbench::host {

using namespace station;

namespace {

// A scan that comes meanwhile waits for their commit.
constexpr std::size_t kAnswersAtOnce = 256;

}  // namespace

// In the order of their release, so that those of one parcel go out in order.
void Host::send_owed() {
  if (!parts_.deliver || !owes_more_ || with_sender_.size() > kWithSender / 2) return;
  if (!unreadable_.empty() && now().since_boot >= read_again_) unreadable_.clear();
  std::vector<exchange::Delivery> out;
  bool all = unreadable_.empty();
  for (const auto& [release, places] : station_.deliveries) {
    if (with_sender_.size() >= kWithSender) {
      all = false;
      break;
    }
    if (unreadable_.count(release) == 0) send_release(release, places, out);
  }
  owes_more_ = !all || !unreadable_.empty();
  if (!out.empty()) parts_.deliver(std::move(out));
}

void Host::send_release(std::int64_t release, const std::set<int>& places,
                        std::vector<exchange::Delivery>& out) {
  std::set<int> missing;
  for (const int place : places) {
    if (with_sender_.count({release, place}) == 0) missing.insert(place);
  }
  if (missing.empty()) return;
  const auto rows = parts_.journal.read().release(release);
  if (!rows) {
    answer_fault(rows.error(), false);
    unreadable_.insert(release);
    read_again_ = now().since_boot + Duration::seconds(10);
    return;
  }
  const auto made = confirmations(rows.value());
  for (const int place : missing) {
    const auto index = static_cast<std::size_t>(place - 1);
    CHECK(index < made.size());  // the record that owes them counted them
    const exchange::ConfirmationOut& each = made[index];
    out.push_back({{release, place},
                   each.parcel,
                   exchange::confirmation_key(each),
                   exchange::confirmation_json(each)});
    with_sender_.insert({release, place});
  }
}

void Host::delivered(std::vector<exchange::DeliveryResult> results) {
  bool first = false;
  {
    const std::lock_guard lock(answers_mutex_);
    first = answers_.empty();
    std::move(results.begin(), results.end(), std::back_inserter(answers_));
  }
  // Where the inbox is full it is found when the bench has time.
  if (first) static_cast<void>(post({LaneId::bench, DeliveriesAnswered{}}));
}

std::vector<exchange::DeliveryResult> Host::next_answers() {
  const std::lock_guard lock(answers_mutex_);
  const auto end =
      answers_.begin() + static_cast<std::ptrdiff_t>(std::min(answers_.size(), kAnswersAtOnce));
  std::vector<exchange::DeliveryResult> results(std::make_move_iterator(answers_.begin()),
                                                std::make_move_iterator(end));
  answers_.erase(answers_.begin(), end);
  // What is left comes after whatever waits by now, a packer's scan for one.
  if (!answers_.empty()) static_cast<void>(post({LaneId::bench, DeliveriesAnswered{}}));
  return results;
}

// As many as came meanwhile make one record.
bool Host::take_delivered() {
  const std::vector<exchange::DeliveryResult> results = next_answers();
  if (results.empty()) return true;
  DeliveriesAnswered event;
  for (const exchange::DeliveryResult& each : results) {
    if (each.outcome == exchange::DeliveryOutcome::later) continue;
    const bool refused = each.outcome == exchange::DeliveryOutcome::refused;
    event.ends.push_back({each.id, refused, each.status, each.reason});
  }
  const int late_before = late_in_a_row_;
  event.trouble = new_trouble(results);
  if (event.ends.empty() && event.trouble.empty()) return true;
  if (!dispatch({LaneId::bench, event}, false)) {
    late_in_a_row_ = late_before;
    const std::lock_guard lock(answers_mutex_);
    answers_.insert(answers_.begin(), results.begin(), results.end());
    return false;
  }
  for (const DeliveryEnd& end : event.ends) with_sender_.erase(end.delivery);
  send_owed();
  return true;
}

// Told once, when so many came to nothing that it is the server and not what was sent.
std::string Host::new_trouble(const std::vector<exchange::DeliveryResult>& results) {
  std::string trouble;
  for (const exchange::DeliveryResult& each : results) {
    if (each.outcome != exchange::DeliveryOutcome::later)
      late_in_a_row_ = 0;
    else if (++late_in_a_row_ == exchange::DeliveryQueue::kTrouble)
      trouble = each.status == 0 ? each.reason : "HTTP " + std::to_string(each.status);
  }
  return late_in_a_row_ == 0 ? "" : trouble;
}

}  // namespace packbench::host
