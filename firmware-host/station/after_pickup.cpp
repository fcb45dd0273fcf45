// After the dock: what carriers report of parcels, the supervisor who takes such a report as
// evidence, parcels that come back, and those that somebody looked after.
#include "base/time_text.h"
#include "domain/label_code.h"
#include "domain/tracking_number.h"
#include "station/draft.h"

namespace packbench::station {
namespace {

// The parcel that the command's first word names, by its label's small code or its number.
const ParcelFact* named_parcel(Draft& draft, const Command& command, const char* how) {
  if (command.args.empty()) {
    draft.refuse(AlertCode::bad_command, {{"reason", how}});
    return nullptr;
  }
  if (!draft.facts.parcel || draft.facts.parcel->label_void) {
    draft.refuse(AlertCode::unknown_barcode);
    return nullptr;
  }
  return &*draft.facts.parcel;
}

bool left_with_courier(const ParcelFact& parcel) {
  return parcel.state == "picked_up" || parcel.state == "confirmed";
}

// Its manifest is still open.
bool is_at_dock(const Draft& draft, const ParcelFact& parcel) {
  return draft.station.staged.count(parcel.id) > 0;
}

// What became of it, in the words that an alert fills in.
std::map<std::string, std::string> history_of(const Draft& draft, const ParcelFact& fact) {
  const auto local = [&](const std::optional<Instant>& time) {
    return time ? format_local(*time, draft.policy.zone, "%m-%d %H:%M") : std::string("-");
  };
  return {{"order", fact.order},
          {"carrier", fact.carrier},
          {"by", fact.packed_by},
          {"packed", local(fact.staged_at)},
          {"gone", local(fact.picked_up_at)}};
}

void take_in(Draft& draft, const ParcelFact& fact, const std::string& reason) {
  draft.add(ParcelReturned{fact.id, reason});
  draft.alert(AlertCode::parcel_returned, history_of(draft, fact));
}

}  // namespace

void see_traces(Draft& draft, const TraceRows& rows) {
  CHECK(!rows.rows.empty());
  TracesSeen seen;
  for (const FeedRow& row : rows.rows) {
    if (row.id <= draft.station.feed_cursor) continue;
    seen.feed = row.id;
    const auto parcel = draft.facts.traced.find(row.id);
    if (parcel == draft.facts.traced.end() || !row.trace) continue;
    seen.traces.push_back(
        {parcel->second, std::string(trace_word(row.trace->state)), row.trace->at});
  }
  if (seen.feed == 0) return;
  if (seen.traces.empty()) return draft.add(FeedPassed{seen.feed});
  draft.add(std::move(seen));
}

void accept_trace(Draft& draft, const Command& command) {
  if (!is_supervisor(draft)) return draft.refuse(AlertCode::not_permitted);
  const ParcelFact* fact = named_parcel(draft, command, "/accept-trace NUMBER");
  if (fact == nullptr) return;
  if (left_with_courier(*fact)) return draft.refuse(AlertCode::already_picked_up);
  if (fact->state == "voided") return draft.refuse(AlertCode::order_cancelled);
  const auto staged = draft.station.staged.find(fact->id);
  if (staged == draft.station.staged.end())
    return draft.refuse(AlertCode::not_ready, {{"reason", "label_not_verified"}});
  if (!fact->traced_pickup)
    return draft.refuse(AlertCode::pickup_missing, {{"reason", "no_trace"}});
  TraceAccepted accepted;
  accepted.manifest = next_manifest(draft.station);
  accepted.parcel = fact->id;
  accepted.carrier = staged->second.waybill.carrier;
  accepted.at = *fact->traced_pickup;
  sort_confirmations(draft.station, staged->second, accepted.released, accepted.held);
  const bool any = !accepted.released.empty();
  draft.add(std::move(accepted));
  if (any) draft.effect(WriteOutbox{draft.station.seq + 1});
}

void take_back(Draft& draft, const Command& command) {
  const ParcelFact* fact = named_parcel(draft, command, "/returned NUMBER [REASON]");
  if (fact == nullptr) return;
  if (!left_with_courier(*fact))
    return draft.refuse(AlertCode::not_ready, {{"reason", "never_picked_up"}});
  if (is_at_dock(draft, *fact))
    return draft.refuse(AlertCode::not_ready, {{"reason", "manifest_open"}});
  if (fact->returned) return draft.refuse(AlertCode::duplicate_scan);
  take_in(draft, *fact, joined(command.args, 1));
}

// A label that lay about must not write a parcel off: it takes the carrier's word that it comes
// back, or somebody who says so.
void scan_what_left(Draft& draft) {
  const ParcelFact& fact = *draft.facts.parcel;
  const bool away = left_with_courier(fact) && !is_at_dock(draft, fact) && !fact.returned;
  if (!away) return draft.refuse(AlertCode::order_already_packed);
  if (fact.traced_return) return take_in(draft, fact, "");
  auto history = history_of(draft, fact);
  history["reason"] = "left";
  draft.refuse(AlertCode::order_already_packed, std::move(history));
}

void settle_parcel(Draft& draft, const Command& command) {
  if (!is_supervisor(draft)) return draft.refuse(AlertCode::not_permitted);
  const ParcelFact* fact = named_parcel(draft, command, "/settle NUMBER REASON");
  if (fact == nullptr) return;
  if (command.args.size() < 2)
    return draft.refuse(AlertCode::bad_command, {{"reason", "/settle NUMBER REASON"}});
  if (!fact->watched) return draft.refuse(AlertCode::not_ready, {{"reason", "not_in_a_list"}});
  draft.add(ParcelSettled{fact->id, joined(command.args, 1)});
}

}  // namespace packbench::station
