// The dock: parcels scanned out at the courier's visit, and the gate. A confirmation comes into
// being only here, from a parcel that stands in a manifest by its pickup scan.
#include <algorithm>
#include <set>

#include "domain/label_code.h"
#include "domain/tracking_number.h"
#include "station/draft.h"

namespace packbench::station {
namespace {

// The parcel of this number; of several carriers' the one that the courier at the dock may take.
const StagedParcel* find_staged(const Station& station, const std::string& number) {
  const std::string prefix = number_key(number, "");
  const StagedParcel* found = nullptr;
  for (auto it = station.by_number.lower_bound(prefix);
       it != station.by_number.end() && it->first.rfind(prefix, 0) == 0; ++it) {
    const auto parcel = station.staged.find(it->second);
    if (parcel == station.staged.end()) continue;
    if (found == nullptr || parcel->second.waybill.carrier == station.manifest->carrier)
      found = &parcel->second;
  }
  return found;
}

// `only`: of this order alone.
bool has_stopped_content(const Station& station, const StagedParcel& parcel,
                         const OrderKey* only = nullptr) {
  return std::any_of(parcel.contents.begin(), parcel.contents.end(), [&](const Content& content) {
    return (only == nullptr || content.order == *only) && is_stopped(station, content);
  });
}

const Hold* hold_of(const Station& station, const StagedParcel& parcel) {
  for (const Content& content : parcel.contents) {
    const auto held = station.held.find(content.order);
    if (held != station.held.end()) return &held->second;
  }
  return nullptr;
}

// A number that the bench does not hold as staged: what the journal knows of it.
void refuse_absent(Draft& draft, const std::string& number) {
  const auto& work = draft.station.work;
  const bool on_table =
      work && work->parcel.label.waybill && work->parcel.label.waybill->number == number;
  if (on_table) return draft.refuse(AlertCode::not_ready, {{"reason", "label_not_verified"}});
  if (!draft.facts.parcel) return draft.refuse(AlertCode::unknown_barcode);
  if (draft.facts.parcel->label_void) return draft.refuse(AlertCode::stale_label);
  const std::string& state = draft.facts.parcel->state;
  if (state == "picked_up" || state == "confirmed")
    return draft.refuse(AlertCode::already_picked_up);
  if (state == "voided") return draft.refuse(AlertCode::order_cancelled);
  draft.refuse(AlertCode::not_ready, {{"reason", "label_not_verified"}});
}

// Of several labels only the newest one's small code tells it apart; a supplied one has none.
bool is_old_paper(const StagedParcel& parcel, int attempt) {
  if (attempt > 0) return attempt != parcel.attempt;
  return parcel.on_paper > 1 && parcel.waybill.label_file.empty();
}

bool takes_along(Draft& draft, const StagedParcel& parcel, int attempt) {
  const Manifest& manifest = *draft.station.manifest;
  if (!parcel.picked_up.empty()) {
    draft.refuse(parcel.picked_up == manifest.id ? AlertCode::duplicate_scan
                                                 : AlertCode::already_picked_up);
  } else if (parcel.waybill.carrier != manifest.carrier) {
    draft.refuse(AlertCode::wrong_carrier, {{"carrier", parcel.waybill.carrier}});
  } else if (is_old_paper(parcel, attempt)) {
    draft.refuse(AlertCode::stale_label);
  } else if (has_stopped_content(draft.station, parcel)) {
    draft.refuse(AlertCode::order_cancelled);
  } else if (const Hold* hold = hold_of(draft.station, parcel)) {
    draft.refuse(AlertCode::order_on_hold, {{"reason", hold->code}});
  } else if (parcel.waybill.expires_at && *parcel.waybill.expires_at <= draft.now.wall) {
    draft.refuse(AlertCode::waybill_expired);
  }
  return !draft.refused();
}

void sort_confirmations(const Station& station, const StagedParcel& parcel,
                        ManifestClosed& closed) {
  std::set<OrderKey> orders;
  for (const Content& content : parcel.contents) orders.insert(content.order);
  for (const OrderKey& order : orders) {
    const bool waits =
        station.held.count(order) > 0 || has_stopped_content(station, parcel, &order);
    (waits ? closed.held : closed.released).push_back({parcel.id, order});
  }
}

}  // namespace

void open_handover(Draft& draft, const Command& command) {
  if (command.args.empty())
    return draft.refuse(AlertCode::bad_command, {{"reason", "/handover CARRIER [COURIER]"}});
  if (draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "handover_open"}});
  const std::string id = draft.station.bench + "-M" + std::to_string(draft.station.manifests + 1);
  draft.add(HandoverOpened{id, command.args[0], joined(command.args, 1)});
}

void scan_pickup(Draft& draft, const Barcode& code) {
  if (!draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_handover"}});
  const auto small = parse_label_code(code.bytes);
  if (small && small->bench != draft.station.bench) return draft.refuse(AlertCode::wrong_label);
  const std::string number = small ? small->waybill : normalise_waybill(code.bytes);
  const StagedParcel* parcel = find_staged(draft.station, number);
  if (parcel == nullptr) return refuse_absent(draft, number);
  if (!takes_along(draft, *parcel, small ? small->attempt : 0)) return;
  draft.add(ParcelPickedUp{draft.station.manifest->id, parcel->id});
}

void undo_pickup(Draft& draft) {
  if (!draft.station.manifest || draft.station.manifest->parcels.empty())
    return draft.refuse(AlertCode::not_ready, {{"reason", "nothing_to_undo"}});
  const ParcelId id = draft.station.manifest->parcels.back();
  draft.add(PickupUndone{draft.station.manifest->id, id});
  const StagedParcel& parcel = draft.station.staged.at(id);
  const auto& contents = parcel.contents;
  if (std::any_of(contents.begin(), contents.end(),
                  [&](const Content& content) { return !is_stopped(draft.station, content); }))
    return;
  // It was too late to stop this one as long as the courier had it; now it is not.
  draft.add(ParcelVoided{id, "cancelled"});
  give_back(draft, id, parcel.waybill, "cancelled");
  draft.alert(AlertCode::order_cancelled, {{"order", contents.front().order.number}});
}

void close_manifest(Draft& draft) {
  if (!draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_handover"}});
  const Manifest& manifest = *draft.station.manifest;
  ManifestClosed closed;
  closed.manifest = manifest.id;
  closed.parcels = manifest.parcels;
  for (const ParcelId& id : manifest.parcels)
    sort_confirmations(draft.station, draft.station.staged.at(id), closed);
  for (const auto& [id, parcel] : draft.station.staged) {
    if (parcel.picked_up.empty() && parcel.waybill.carrier == manifest.carrier)
      closed.left.push_back(id);
  }
  const bool any = !closed.released.empty();
  draft.add(std::move(closed));
  // The release's seq is known once it is committed; the host takes it from the state then.
  if (any) draft.effect(WriteOutbox{draft.station.seq + 1});
}

void confirm(Draft& draft) {
  const OrderFact* fact = named_order(draft);
  if (fact == nullptr) return;
  const auto& parcels = fact->history.parcels;
  bool open_manifest = false;
  bool held = false;
  bool any = false;  // a parcel that was voided is none
  bool missing_pickup = !fact->history.packed;
  for (const OrderHistory::Parcel& parcel : parcels) {
    if (parcel.state == "voided") continue;
    any = true;
    if (!parcel.picked_up)
      missing_pickup = true;
    else if (parcel.confirmation_held)
      held = true;
    else if (!parcel.released)
      open_manifest = true;
  }
  if (!any && is_cancelled(*fact)) return draft.refuse(AlertCode::order_cancelled);
  if (missing_pickup || !any) return draft.refuse(AlertCode::pickup_missing);
  if (held) return draft.refuse(AlertCode::order_on_hold, {{"reason", "refunded_after_pickup"}});
  if (open_manifest) return draft.refuse(AlertCode::not_ready, {{"reason", "manifest_open"}});
}

void outbox_written(Draft& draft, const OutboxWritten& event) {
  if (draft.station.outbox.count(event.release) == 0) return;
  if (!event.ok) {
    draft.alert(AlertCode::storage_fault, {{"reason", "outbox"}});
    return;
  }
  draft.add(ConfirmationSent{event.release, event.file});
}

}  // namespace packbench::station
