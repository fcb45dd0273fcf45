// The Station as JSON: the snapshot that lets a start skip the records before it.
#include <exception>

#include "station/codec.h"
#include "station/record_json.h"

namespace packbench::station {

PACKBENCH_JSON_ENUM(PrintState, {PrintState::none, "none"}, {PrintState::requested, "requested"},
                    {PrintState::intent, "intent"}, {PrintState::sent, "sent"},
                    {PrintState::printed, "printed"}, {PrintState::rejected, "rejected"},
                    {PrintState::unknown, "unknown"}, {PrintState::answered_no, "answered_no"},
                    {PrintState::verified, "verified"})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PackedItem, order, line, part, pieces, manual, code,
                                                lot, serial, expiry, scan)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CheckState, check, answer, reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LabelState, waybill, source, state, attempt,
                                                on_paper, problem, problem_detail)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OpenParcel, id, index, items, checks, cards, label,
                                                weight_g, weight_within, weight_overridden, filled)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LineWork, opened, packed, earlier, short_quantity,
                                                stopped)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(GiftCard, under_way, copies, ended, problem)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OrderWork, opened, lines, stopped, held, card)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Work, id, opened_by, carrier, service, source,
                                                preprinted, orders, staged, parcel)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Content, order, line, quantity)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(StagedParcel, id, index, waybill, attempt, on_paper,
                                                contents, weight_g, last_visit, picked_up)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Manifest, id, carrier, courier, opened_at, parcels)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LowRange, parcel, carrier, service, left)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PinGuard, failures, last_us, last_boot)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Station, bench, frozen_clock, frozen_at, seq,
                                                feed_cursor, shift, shifts, works, parcels_made,
                                                manifests, bench_op, dock_op, wave, quantity, work,
                                                parked, staged, by_number, by_order, staged_of,
                                                held, stopped, manifest, outbox, returns,
                                                deliveries, refused, low_ranges, pins, counters,
                                                last_staged)

std::string encode(const Station& station) {
  return nlohmann::json(station).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<Station> decode_station(std::string_view bytes) {
  try {
    return nlohmann::json::parse(bytes).get<Station>();
  } catch (const std::exception& problem) {
    return Error{"bad_snapshot",
                 "a snapshot of the bench cannot be read: the journal is read "
                 "from its beginning instead"};
  }
}

std::string station_shape() {
  return nlohmann::json::array({Station{},      Work{},           OrderWork{},  LineWork{},
                                OpenParcel{},   PackedItem{},     CheckState{}, LabelState{},
                                StagedParcel{}, Content{},        Manifest{},   PinGuard{},
                                OpenedOrder{},  OpenedLine{},     Part{},       RaisedCheck{},
                                Order{},        OrderLine{},      Hold{},       Money{},
                                WaybillOffer{}, ProductBarcode{}, Operator{},   LowRange{},
                                GiftCard{},     DeliveryId{}})
      .dump();
}

}  // namespace packbench::station
