// The gift card: printed on the label's printer, before the box is closed. Cards go to the printer
// before the label that is asked for after them, and nothing waits for them: a card that is lost is
// asked for again.
#include <algorithm>

#include "station/draft.h"

namespace packbench::station {
namespace {

bool any_under_way(const Work& work) {
  return std::any_of(work.orders.begin(), work.orders.end(),
                     [](const OrderWork& order) { return order.card.under_way; });
}

// False where no order on the bench has a card that is wanted.
template <class Wanted>
bool request_cards(Draft& draft, Wanted wanted) {
  const std::int64_t batch = draft.station.seq + 1;
  bool any = false;
  for (std::size_t i = 0; i < draft.work->orders.size(); ++i) {
    const OrderWork& order = draft.work->orders[i];
    if (!order.opened.order.has_gift_message || order.stopped || !wanted(order.card)) continue;
    const OrderKey key = order.opened.order.key;
    draft.add(CardRequested{key});
    draft.effect(PrintCard{draft.work->id, key, draft.work->orders[i].card.copies, batch});
    any = true;
  }
  return any;
}

bool is_printed(const GiftCard& card) {
  return card.ended == CardResult::printed;
}

// The work, on the bench or on the shelf, that waits for just this card.
const Work* work_of_card(const Draft& draft, const CardPrinted& event) {
  const auto waits = [&](const Work& work) {
    const auto index = find_order(work, event.order);
    if (work.id != event.work || !index) return false;
    const GiftCard& card = work.orders[*index].card;
    return card.under_way && card.copies == event.copy;
  };
  if (draft.work && waits(*draft.work)) return &*draft.work;
  for (const Work& work : draft.station.parked) {
    if (waits(work)) return &work;
  }
  return nullptr;
}

}  // namespace

// Those that have not come out; who asks once more when all have, wants them again.
void print_cards(Draft& draft) {
  if (!draft.work) return draft.refuse(AlertCode::not_ready, {{"reason", "no_order"}});
  if (in_flight(draft.parcel().label) || any_under_way(*draft.work))
    return draft.refuse(AlertCode::not_ready, {{"reason", "printing"}});
  if (request_cards(draft, [](const GiftCard& card) { return !is_printed(card); })) return;
  if (!request_cards(draft, [](const GiftCard&) { return true; }))
    draft.refuse(AlertCode::not_ready, {{"reason", "no_gift_message"}});
}

void start_cards(Draft& draft) {
  if (draft.policy.card_by_itself) request_cards(draft, [](const GiftCard&) { return true; });
}

void card_printed(Draft& draft, const CardPrinted& event) {
  const Work* found = work_of_card(draft, event);
  if (found == nullptr) return;
  const bool on_bench = draft.work && found == &*draft.work;
  draft.add(CardEnded{event.order, event.result, event.reason});
  if (on_bench && event.result != CardResult::printed && event.reason != "stopped")
    draft.alert(AlertCode::card_not_printed, {{"reason", event.reason}});
}

void retry_cards(Draft& draft) {
  const PrintState label = draft.parcel().label.state;
  const bool box_open = label == PrintState::none || label == PrintState::rejected;
  if (!box_open || any_under_way(*draft.work) || first_held(*draft.work) != nullptr) return;
  request_cards(draft, [](const GiftCard& card) {
    return card.ended == CardResult::rejected && card.problem != "stopped";
  });
}

void end_cards_at_start(Draft& draft) {
  std::vector<OrderKey> open;
  const auto add_open = [&](const Work& work) {
    for (const OrderWork& order : work.orders) {
      if (order.card.under_way) open.push_back(order.opened.order.key);
    }
  };
  if (draft.work) add_open(*draft.work);
  const bool on_bench = !open.empty();
  for (const Work& work : draft.station.parked) add_open(work);
  for (const OrderKey& key : open) draft.add(CardEnded{key, CardResult::unknown, "restart"});
  if (on_bench) draft.alert(AlertCode::card_not_printed, {{"reason", "restart"}});
}

bool cards_under_way(const Draft& draft) {
  return draft.work && any_under_way(*draft.work);
}

void stop_cards(Draft& draft) {
  if (cards_under_way(draft))
    draft.effect(StopPrinting{draft.parcel().id, draft.parcel().label.attempt});
}

}  // namespace packbench::station
