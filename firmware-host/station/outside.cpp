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
    if (content.order == order && (line == 0 || content.line == line)) return true;
    const auto stopped = draft.station.stopped.find(content.order);
    return stopped != draft.station.stopped.end() &&
           (stopped->second.count(0) > 0 || stopped->second.count(content.line) > 0);
  });
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
  draft.add(std::move(stopped));
  if (here) draft.alert(AlertCode::order_cancelled, {{"order", key.number}});
}

void hold(Draft& draft, const FeedRow& row, const std::string& code) {
  if (!known_here(draft, row.order)) return draft.add(FeedPassed{row.id});
  const std::string detail = row.line > 0 ? "line " + std::to_string(row.line) : "";
  const bool here = draft.work && find_order(*draft.work, row.order).has_value();
  draft.add(OrderHeld{row.order, {code, detail}, row.revision, row.id});
  if (here) draft.alert(AlertCode::order_on_hold, {{"order", row.order.number}, {"reason", code}});
}

bool stops(const std::string& reason) {
  return reason != "paid" && reason != "cod" && reason != "active" && reason != "pending" &&
         reason != "refund_requested" && reason != "hold";
}

}  // namespace

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
  if (row.kind == "changed") return hold(draft, row, "order_changed");
  if (stops(row.reason)) return stop(draft, row.order, row.reason, row.line, row.revision, row.id);
  if (row.reason == "pending" || row.reason == "refund_requested" || row.reason == "hold")
    return hold(draft, row, row.reason == "hold" ? "stop_list" : row.reason);
  if (!known_here(draft, row.order)) return draft.add(FeedPassed{row.id});
  draft.add(OrderReleased{row.order, row.revision, row.id});
}

void release_order(Draft& draft) {
  if (!is_supervisor(draft)) return draft.refuse(AlertCode::not_permitted);
  const OrderFact* fact = named_order(draft);
  if (fact == nullptr) return;
  if (is_cancelled(*fact)) return draft.refuse(AlertCode::order_cancelled);
  const OrderKey& key = fact->order.key;
  const auto lines = draft.station.stopped.find(key);
  const bool held_here = draft.station.held.count(key) > 0 ||
                         lines != draft.station.stopped.end() ||
                         (draft.work && find_order(*draft.work, key) &&
                          draft.work->orders[*find_order(*draft.work, key)].held);
  std::vector<Confirmation> released;
  for (const OrderHistory::Parcel& parcel : fact->history.parcels) {
    if (parcel.manifest_closed && parcel.confirmation_held) released.push_back({parcel.id, key});
  }
  if (!held_here && !effective_hold(*fact) && released.empty())
    return draft.refuse(AlertCode::not_ready, {{"reason", "not_on_hold"}});
  draft.add(OrderReleased{key, fact->order.revision, 0});
  if (released.empty()) return;
  draft.effect(WriteOutbox{draft.station.seq + 2});
  draft.add(ConfirmationReleased{std::move(released)});
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
