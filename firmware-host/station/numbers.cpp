// Waybill numbers: given to a parcel once, retired for ever, given back to the carrier, counted
// before they run out.
#include <utility>

#include "station/draft.h"

namespace packbench::station {
namespace {

void tell_why_none(Draft& draft, bool old) {
  const std::string& carrier = draft.work->carrier;
  if (old) return draft.alert(AlertCode::waybill_expired, {{"carrier", carrier}});
  if (draft.facts.offer_problem.empty())
    return draft.alert(AlertCode::no_waybill, {{"carrier", carrier}});
  draft.alert(AlertCode::waybill_malformed,
              {{"carrier", carrier}, {"reason", draft.facts.offer_problem}});
}

}  // namespace

bool assign_waybill(Draft& draft) {
  if (draft.parcel().label.waybill) return true;
  const bool preprinted = draft.work->source == LabelSource::preprinted;
  const auto offer = draft.work->preprinted ? draft.work->preprinted : draft.facts.offer;
  // Paper that came with the order carries a number of that order, never one of the range.
  if (!offer || is_expired(*offer, draft.now.wall) || (preprinted && !offer->order)) {
    tell_why_none(draft,
                  draft.facts.offer_expired || (offer && is_expired(*offer, draft.now.wall)));
    return false;
  }
  LabelSource source = draft.work->source;
  if (source == LabelSource::supplied && offer->label_file.empty()) {
    draft.alert(AlertCode::no_waybill, {{"carrier", offer->carrier}, {"reason", "no_label_file"}});
    return false;
  }
  if (!offer->label_file.empty() && source == LabelSource::own) source = LabelSource::supplied;
  draft.add(WaybillAssigned{draft.parcel().id, *offer, source});
  if (!offer->order && draft.policy.numbers.low_water_of(offer->carrier) > 0)
    draft.effect(CountRange{draft.parcel().id, offer->carrier, offer->service});
  return true;
}

void void_waybill(Draft& draft, std::string reason) {
  const ParcelId parcel = draft.parcel().id;
  const WaybillOffer offer = *draft.parcel().label.waybill;
  draft.add(LabelVoided{parcel, offer.carrier, offer.number, reason});
  give_back(draft, parcel, offer, std::move(reason));
}

void give_back(Draft& draft, const ParcelId& parcel, const WaybillOffer& offer,
               std::string reason) {
  draft.add(WaybillReturned{parcel, offer.carrier, offer.service, offer.number, std::move(reason)});
  const auto place = static_cast<std::int64_t>(draft.decision.records.size());
  draft.effect(WriteReturn{draft.station.seq + place});
}

void return_written(Draft& draft, const ReturnWritten& event) {
  if (draft.station.returns.count(event.returned) == 0) return;
  if (!event.ok) return draft.alert(AlertCode::storage_fault, {{"reason", "carrier_outbox"}});
  draft.add(WaybillReturnSent{event.returned, event.file});
}

void range_counted(Draft& draft, const RangeCounted& event) {
  const int wanted = draft.policy.numbers.low_water_of(event.carrier);
  const bool low = event.left < wanted;
  const bool told = draft.station.low_ranges.count(range_key(event.carrier, event.service)) > 0;
  if (low && !told) draft.add(RangeLow{event.parcel, event.carrier, event.service, event.left});
  if (!low && told) draft.add(RangeRefilled{event.carrier, event.service});
}

}  // namespace packbench::station
