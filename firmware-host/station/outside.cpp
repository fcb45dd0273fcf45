// What comes from outside at any moment: refunds, cancellations, holds, and their release.
#include <algorithm>

#include "station/draft.h"

namespace packbench::station {
namespace {

bool in_works(const Station& station, const OrderKey& key) {
  if (station.work && find_order(*station.work, key)) return true;
  return std::any_of(station.parked.begin(), station.parked.end(),
                     [&](const Work& work) { return find_order(work, key).has_value(); });
}

bool known_here(const Draft& draft, const OrderKey& key) {
  if (in_works(draft.station, key) || draft.station.by_order.count(key) > 0) return true;
  return !draft.facts.orders.empty() && !draft.facts.orders.front().history.parcels.empty();
}

bool is_gone(const Draft& draft, const StagedParcel& parcel, const OrderKey& order, int line) {
  return std::all_of(parcel.contents.begin(), parcel.contents.end(), [&](const Content& content) {
    const bool now = content.order == order && (line == 0 || content.line == line);
    return now || is_stopped(draft.station, content);
  });
}

// Whether the box on the bench or on the shelf holds pieces of the order, or of its line.
bool has_pieces(const Work& work, const OrderKey& key, int line) {
  const auto order = find_order(work, key);
  return order && std::any_of(work.parcel.items.begin(), work.parcel.items.end(),
                              [&](const PackedItem& item) {
                                return item.order == *order && (line == 0 || item.line == line);
                              });
}

// Boxes that go on without what was stopped, which somebody has to take out of them first.
std::vector<ParcelId> boxes_to_open(const Draft& draft, const OrderStopped& stopped) {
  std::vector<ParcelId> boxes;
  const auto look_at = [&](Work work) {
    if (!has_pieces(work, stopped.order, stopped.line)) return;
    fold_work(work, stopped);
    if (!all_stopped(work)) boxes.push_back(work.parcel.id);
  };
  if (draft.work) look_at(*draft.work);
  for (const Work& work : draft.station.parked) look_at(work);
  return boxes;
}

void stop(Draft& draft, const OrderKey& key, const std::string& reason, int line,
          std::int64_t revision, std::int64_t feed) {
  OrderStopped stopped{key, reason, line, revision, feed, {}, {}};
  const auto staged = draft.station.by_order.find(key);
  if (staged != draft.station.by_order.end()) {
    for (const ParcelId& id : staged->second) {
      const StagedParcel& parcel = draft.station.staged.at(id);
      if (!parcel.picked_up.empty())
        stopped.picked_up.push_back(id);
      else if (is_gone(draft, parcel, key, line))
        stopped.voided.push_back(id);
    }
  }
  if (!draft.facts.orders.empty()) {
    for (const OrderHistory::Parcel& parcel : draft.facts.orders.front().history.parcels) {
      const auto& listed = stopped.picked_up;
      if (parcel.picked_up && std::find(listed.begin(), listed.end(), parcel.id) == listed.end())
        stopped.picked_up.push_back(parcel.id);
    }
  }
  const bool here = draft.work && find_order(*draft.work, key).has_value();
  const std::vector<ParcelId> boxes = boxes_to_open(draft, stopped);
  const std::vector<ParcelId> voided = stopped.voided;
  draft.add(std::move(stopped));
  for (const ParcelId& id : voided)
    give_back(draft, id, draft.station.staged.at(id).waybill, reason);
  for (const ParcelId& box : boxes)
    draft.add(CheckRaised{box, {std::string(take_out_check), true, {}, false}});
  if (!here) return;
  const OpenParcel& parcel = draft.work->parcel;
  // A printer that is still waited for need not print what nobody will send.
  if (parcel.label.state == PrintState::sent && all_stopped(*draft.work))
    draft.effect(StopPrinting{parcel.id, parcel.label.attempt});
  if (all_stopped(*draft.work)) stop_cards(draft);
  go_on(draft);
  draft.alert(AlertCode::order_cancelled, {{"order", key.number}});
}

void hold(Draft& draft, const FeedRow& row, const std::string& code) {
  if (!known_here(draft, row.order)) return draft.add(FeedPassed{row.id});
  const std::string detail = row.line > 0 ? "line " + std::to_string(row.line) : "";
  const bool here = draft.work && find_order(*draft.work, row.order).has_value();
  draft.add(OrderHeld{row.order, {code, detail}, row.revision, row.id});
  if (here) draft.alert(AlertCode::order_on_hold, {{"order", row.order.number}, {"reason", code}});
}

bool stops(const std::string& reason) {
  return reason == "refunded" || reason == "cancelled";
}

bool resumes(const FeedRow& row) {
  const bool word = row.reason == "paid" || row.reason == "cod" || row.reason == "active";
  return row.kind != "stop" && word;
}

// The hold on the order at this bench, in a work or on staged parcels.
std::optional<Hold> hold_here(const Draft& draft, const OrderKey& key) {
  const auto of = [&](const Work& work) -> std::optional<Hold> {
    const auto index = find_order(work, key);
    return index ? work.orders[*index].held : std::nullopt;
  };
  if (draft.station.work) {
    if (const auto hold = of(*draft.station.work)) return hold;
  }
  for (const Work& work : draft.station.parked) {
    if (const auto hold = of(work)) return hold;
  }
  const auto staged = draft.station.held.find(key);
  if (staged == draft.station.held.end()) return std::nullopt;
  return staged->second;
}

// What the order had kept from printing goes on, where it lies on the bench.
void go_on_with(Draft& draft, const OrderKey& key) {
  if (draft.work && find_order(*draft.work, key)) go_on(draft);
}

// The outside took its own hold back. What a supervisor must look at stays.
void resume(Draft& draft, const FeedRow& row) {
  const auto held = hold_here(draft, row.order);
  const bool still = !draft.facts.orders.empty() && effective_hold(draft.facts.orders.front());
  if (!held || held->code == "order_changed" || still) return draft.add(FeedPassed{row.id});
  draft.add(OrderReleased{row.order, -1, row.id, {}});
  go_on_with(draft, row.order);
}

// Stopped pieces in staged boxes that have something else in them as well.
std::vector<TakenOut> stopped_pieces(const Draft& draft, const OrderKey& key) {
  std::vector<TakenOut> out;
  const auto parcels = draft.station.by_order.find(key);
  if (parcels == draft.station.by_order.end()) return out;
  for (const ParcelId& id : parcels->second) {
    const StagedParcel& parcel = draft.station.staged.at(id);
    if (!parcel.picked_up.empty()) continue;
    for (const Content& content : parcel.contents) {
      if (content.order == key && is_stopped(draft.station, content))
        out.push_back({id, content.line});
    }
  }
  return out;
}

}  // namespace

bool is_stopped(const Station& station, const Content& content) {
  const auto stopped = station.stopped.find(content.order);
  return stopped != station.stopped.end() &&
         (stopped->second.count(0) > 0 || stopped->second.count(content.line) > 0);
}

bool has_stopped_content(const Station& station, const StagedParcel& parcel, const OrderKey* only) {
  return std::any_of(parcel.contents.begin(), parcel.contents.end(), [&](const Content& content) {
    return (only == nullptr || content.order == *only) && is_stopped(station, content);
  });
}

bool is_cancelled(const OrderFact& fact) {
  return fact.history.stopped || fact.order.status == OrderStatus::refunded ||
         fact.order.status == OrderStatus::cancelled;
}

std::optional<Hold> effective_hold(const OrderFact& fact) {
  if (fact.history.released_revision >= fact.order.revision) return std::nullopt;
  if (!fact.order.holds.empty()) return fact.order.holds.front();
  if (fact.order.status == OrderStatus::pending) return Hold{"payment_pending", ""};
  if (fact.order.status == OrderStatus::refund_requested) return Hold{"refund_requested", ""};
  for (const OrderLine& line : fact.order.lines) {
    if (line.status == LineStatus::refund_requested)
      return Hold{"refund_requested", "line " + std::to_string(line.ordinal)};
  }
  return std::nullopt;
}

const OrderFact* named_order(Draft& draft) {
  if (draft.facts.orders.size() == 1) return &draft.facts.orders.front();
  draft.refuse(draft.facts.orders.empty() ? AlertCode::order_not_found
                                          : AlertCode::order_ambiguous);
  return nullptr;
}

void feed_row(Draft& draft, const FeedRow& row) {
  if (row.id <= draft.station.feed_cursor) return;
  if (row.kind == "retry") return retry_deliveries(draft, row);
  if (row.kind == "changed") return hold(draft, row, "order_changed");
  if (stops(row.reason)) return stop(draft, row.order, row.reason, row.line, row.revision, row.id);
  if (resumes(row)) return resume(draft, row);
  const bool by_status = row.reason == "pending" || row.reason == "refund_requested";
  hold(draft, row, by_status ? row.reason : "stop_list");
}

void release_order(Draft& draft) {
  if (!is_supervisor(draft)) return draft.refuse(AlertCode::not_permitted);
  const OrderFact* fact = named_order(draft);
  if (fact == nullptr) return;
  const OrderKey key = fact->order.key;
  std::vector<TakenOut> taken = stopped_pieces(draft, key);
  if (is_cancelled(*fact) && taken.empty()) return draft.refuse(AlertCode::order_cancelled);
  const auto held = hold_here(draft, key);
  const bool in_work = in_works(draft.station, key);
  // What lies on the bench was opened before the change: it must be opened anew.
  if (in_work && held && held->code == "order_changed")
    return draft.refuse(AlertCode::not_ready, {{"reason", "abandon_and_reopen"}});
  std::vector<Confirmation> released;
  for (const OrderHistory::Parcel& parcel : fact->history.parcels) {
    const bool waits = parcel.manifest_closed && parcel.confirmation_held;
    if (waits && !is_cancelled(*fact)) released.push_back({parcel.id, key});
  }
  const bool waits = held || effective_hold(*fact) || holds_for_region(draft, *fact);
  if (!waits && released.empty() && taken.empty())
    return draft.refuse(AlertCode::not_ready, {{"reason", "not_on_hold"}});
  draft.add(OrderReleased{key, fact->order.revision, 0, std::move(taken)});
  if (!released.empty()) {
    draft.effect(WriteOutbox{draft.station.seq + 2});
    draft.add(ConfirmationReleased{std::move(released)});
  }
  go_on_with(draft, key);
}

void cancel_order(Draft& draft, const Command& command) {
  if (command.args.empty())
    return draft.refuse(AlertCode::bad_command, {{"reason", "/cancel-order ORDER"}});
  const OrderFact* fact = named_order(draft);
  if (fact == nullptr || fact->history.stopped) return;
  const OrderFact copy = *fact;
  stop(draft, copy.order.key, "cancelled", 0, copy.order.revision, 0);
}

}  // namespace packbench::station
