// The gift card: printed on the label's printer, before the box is closed. Cards are sent one after
// the other, and nothing waits for them: a card that is lost is asked for again.
#include <algorithm>

#include "station/draft.h"

namespace packbench::station {
namespace {

std::vector<OrderWork>::const_iterator first_under_way(const Work& work) {
  return std::find_if(work.orders.begin(), work.orders.end(), [](const OrderWork& order) {
    return order.card.state == CardState::requested;
  });
}

// Asks for the cards that `wanted` names; one is sent, the next follows when it has ended.
template <class Wanted>
bool request_cards(Draft& draft, Wanted wanted) {
  std::vector<OrderKey> keys;
  for (const OrderWork& order : draft.work->orders) {
    if (order.opened.order.has_gift_message && !order.stopped && wanted(order))
      keys.push_back(order.opened.order.key);
  }
  for (const OrderKey& key : keys) draft.add(CardRequested{key});
  if (keys.empty()) return false;
  const auto first = first_under_way(*draft.work);
  draft.effect(PrintCard{first->opened.order.key, first->card.copies});
  return true;
}

// The work on the bench or on the shelf whose card of this order is under way.
const Work* work_of_card(const Draft& draft, const OrderKey& key) {
  const auto waits = [&](const Work& work) {
    const auto index = find_order(work, key);
    return index && work.orders[*index].card.state == CardState::requested;
  };
  if (draft.work && waits(*draft.work)) return &*draft.work;
  for (const Work& work : draft.station.parked) {
    if (waits(work)) return &work;
  }
  return nullptr;
}

}  // namespace

void print_cards(Draft& draft) {
  if (!draft.work) return draft.refuse(AlertCode::not_ready, {{"reason", "no_order"}});
  if (in_flight(draft.parcel().label) || first_under_way(*draft.work) != draft.work->orders.end())
    return draft.refuse(AlertCode::not_ready, {{"reason", "printing"}});
  if (!request_cards(draft, [](const OrderWork&) { return true; }))
    draft.refuse(AlertCode::not_ready, {{"reason", "no_gift_message"}});
}

void start_cards(Draft& draft) {
  if (draft.policy.card_by_itself) request_cards(draft, [](const OrderWork&) { return true; });
}

void card_printed(Draft& draft, const CardPrinted& event) {
  const Work* found = work_of_card(draft, event.order);
  if (found == nullptr) return;
  const bool on_bench = draft.work && found == &*draft.work;
  const bool stopped = event.reason == "stopped";
  std::vector<OrderKey> waiting;
  for (const OrderWork& order : found->orders) {
    if (order.card.state == CardState::requested && order.opened.order.key != event.order)
      waiting.push_back(order.opened.order.key);
  }
  draft.add(CardEnded{event.order, event.result, event.reason});
  if (stopped) {
    for (const OrderKey& key : waiting) draft.add(CardEnded{key, "rejected", "stopped"});
  } else if (!waiting.empty()) {
    const OrderWork& next = found->orders[*find_order(*found, waiting.front())];
    draft.effect(PrintCard{waiting.front(), next.card.copies});
  }
  if (on_bench && !stopped && event.result != "printed")
    draft.alert(AlertCode::card_not_printed, {{"reason", event.reason}});
}

void retry_cards(Draft& draft) {
  const PrintState label = draft.parcel().label.state;
  const bool box_open = label == PrintState::none || label == PrintState::rejected;
  if (!box_open || first_under_way(*draft.work) != draft.work->orders.end()) return;
  request_cards(draft, [](const OrderWork& order) {
    return order.card.state == CardState::rejected && order.card.problem != "stopped";
  });
}

void end_cards_at_start(Draft& draft) {
  std::vector<OrderKey> open;
  const auto add_open = [&](const Work& work) {
    for (const OrderWork& order : work.orders) {
      if (order.card.state == CardState::requested) open.push_back(order.opened.order.key);
    }
  };
  if (draft.work) add_open(*draft.work);
  const bool on_bench = !open.empty();
  for (const Work& work : draft.station.parked) add_open(work);
  for (const OrderKey& key : open) draft.add(CardEnded{key, "unknown", "restart"});
  if (on_bench) draft.alert(AlertCode::card_not_printed, {{"reason", "restart"}});
}

bool stop_cards(Draft& draft) {
  if (!draft.work || first_under_way(*draft.work) == draft.work->orders.end()) return false;
  draft.effect(StopPrinting{draft.parcel().id, draft.parcel().label.attempt});
  return true;
}

}  // namespace packbench::station
