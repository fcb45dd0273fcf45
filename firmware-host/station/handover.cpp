// The dock: parcels scanned out at the courier's visit, and the gate. A confirmation comes into
// being only here, from a parcel that stands in a manifest by its pickup scan.
#include <algorithm>
#include <array>
#include <set>

#include "domain/label_code.h"
#include "domain/manifest.h"
#include "domain/tracking_number.h"
#include "station/draft.h"

namespace packbench::station {
namespace {

// Words of an incident, as the carrier's own forms have them.
constexpr std::array<std::string_view, 4> incident_codes{"late", "rude", "parcel_damaged", "other"};

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

// As it was scanned at the dock: which parcel is meant, by small code or number.
struct DockCode {
  std::string number;
  int attempt = 0;  // 0: not said
  bool foreign = false;
};
DockCode read_dock_code(const Station& station, const std::string& bytes) {
  const auto small = parse_label_code(bytes);
  if (!small) return {normalise_waybill(bytes), 0, false};
  return {small->waybill, small->attempt, small->bench != station.bench};
}

// Takes the number of the courier's own count; whether the manifest may be closed with it.
bool counts_agree(Draft& draft, const Command& command, ManifestClosed& closed) {
  if (command.args.empty()) return true;
  const auto counted = whole_number(command.args[0]);
  if (!counted || *counted < 0) {
    draft.refuse(AlertCode::bad_command, {{"reason", "/close-manifest [COUNT]"}});
    return false;
  }
  closed.counted = counted;
  const auto ours = static_cast<int>(closed.parcels.size());
  if (*counted == ours || is_supervisor(draft)) return true;
  draft.refuse(AlertCode::count_differs,
               {{"ours", std::to_string(ours)}, {"theirs", std::to_string(*counted)}});
  return false;
}

}  // namespace

ManifestId next_manifest(const Station& station) {
  return manifest_id(station.bench, station.manifests + 1);
}

void sort_confirmations(const Station& station, const StagedParcel& parcel,
                        std::vector<Confirmation>& released, std::vector<Confirmation>& held) {
  std::set<OrderKey> orders;
  for (const Content& content : parcel.contents) orders.insert(content.order);
  for (const OrderKey& order : orders) {
    const bool waits =
        station.held.count(order) > 0 || has_stopped_content(station, parcel, &order);
    (waits ? held : released).push_back({parcel.id, order});
  }
}

void open_handover(Draft& draft, const Command& command) {
  if (command.args.empty())
    return draft.refuse(AlertCode::bad_command, {{"reason", "/handover CARRIER [COURIER]"}});
  if (draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "handover_open"}});
  draft.add(HandoverOpened{next_manifest(draft.station), command.args[0], joined(command.args, 1)});
}

void scan_pickup(Draft& draft, const Barcode& code) {
  if (!draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_handover"}});
  const DockCode scanned = read_dock_code(draft.station, code.bytes);
  if (scanned.foreign) return draft.refuse(AlertCode::wrong_label);
  const StagedParcel* parcel = find_staged(draft.station, scanned.number);
  if (parcel == nullptr) return refuse_absent(draft, scanned.number);
  if (!takes_along(draft, *parcel, scanned.attempt)) return;
  draft.add(ParcelPickedUp{draft.station.manifest->id, parcel->id});
}

namespace {

// Off the manifest; here again.
void take_off(Draft& draft, const ParcelId& id) {
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

}  // namespace

void undo_pickup(Draft& draft) {
  if (!draft.station.manifest || draft.station.manifest->parcels.empty())
    return draft.refuse(AlertCode::not_ready, {{"reason", "nothing_to_undo"}});
  take_off(draft, draft.station.manifest->parcels.back());
}

void refuse_pickup(Draft& draft, const Command& command) {
  if (!draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_handover"}});
  if (command.args.empty())
    return draft.refuse(AlertCode::bad_command,
                        {{"reason", "/refused-by-courier NUMBER [REASON]"}});
  const DockCode scanned = read_dock_code(draft.station, command.args[0]);
  const StagedParcel* parcel = find_staged(draft.station, scanned.number);
  if (parcel == nullptr) return refuse_absent(draft, scanned.number);
  const Manifest& manifest = *draft.station.manifest;
  if (parcel->waybill.carrier != manifest.carrier)
    return draft.refuse(AlertCode::wrong_carrier, {{"carrier", parcel->waybill.carrier}});
  const ParcelId id = parcel->id;
  if (!parcel->picked_up.empty()) take_off(draft, id);
  draft.add(PickupRefused{manifest.id, id, joined(command.args, 1)});
}

void note_incident(Draft& draft, const Command& command) {
  if (!draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_handover"}});
  const bool known = !command.args.empty() &&
                     std::find(incident_codes.begin(), incident_codes.end(), command.args[0]) !=
                         incident_codes.end();
  if (!known)
    return draft.refuse(AlertCode::bad_command,
                        {{"reason", "/incident late|rude|parcel_damaged|other [TEXT]"}});
  draft.add(IncidentNoted{draft.station.manifest->id, command.args[0], joined(command.args, 1)});
}

void close_manifest(Draft& draft, const Command& command) {
  if (!draft.station.manifest)
    return draft.refuse(AlertCode::not_ready, {{"reason", "no_handover"}});
  const Manifest& manifest = *draft.station.manifest;
  ManifestClosed closed;
  closed.manifest = manifest.id;
  closed.parcels = manifest.parcels;
  if (!counts_agree(draft, command, closed)) return;
  for (const ParcelId& id : manifest.parcels)
    sort_confirmations(draft.station, draft.station.staged.at(id), closed.released, closed.held);
  for (const auto& [id, parcel] : draft.station.staged) {
    if (parcel.picked_up.empty() && parcel.waybill.carrier == manifest.carrier)
      closed.left.push_back(id);
  }
  const bool any = !closed.released.empty();
  if (draft.policy.slip_by_itself && !closed.parcels.empty())
    draft.effect(PrintManifest{closed.manifest});
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
