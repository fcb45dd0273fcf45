// JSON of the records, and the word of each kind. For the codec's own source files.
#pragma once

#include <string_view>

#include "domain/json.h"
#include "station/record.h"

// A kind's fields, and its word, which is never renamed.
#define PACKBENCH_RECORD(Type, word, ...)                            \
  NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Type, __VA_ARGS__) \
  constexpr std::string_view kind_word(const Type*) {                \
    return word;                                                     \
  }

namespace packbench::station {

PACKBENCH_JSON_ENUM(CardResult, {CardResult::unknown, card_result_word(CardResult::unknown)},
                    {CardResult::printed, card_result_word(CardResult::printed)},
                    {CardResult::rejected, card_result_word(CardResult::rejected)},
                    {CardResult::unprintable, card_result_word(CardResult::unprintable)})
PACKBENCH_JSON_ENUM(LaneId, {LaneId::bench, "bench"}, {LaneId::dock, "dock"})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Part, sku, name, variant, per_unit, barcodes,
                                                no_barcode, weight_g, handling, listing_title,
                                                image, accessories, packaging)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OpenedLine, line, parts)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OpenedOrder, order, lines, ship_by, last_visit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(RaisedCheck, id, blocks_print, materials,
                                                na_allowed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Confirmation, parcel, order)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TakenOut, parcel, line)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(DeliveryEnd, delivery, refused, status, reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SeenTrace, parcel, state, at)

PACKBENCH_RECORD(Genesis, "genesis", bench, frozen_clock)
PACKBENCH_RECORD(Refused, "refused", lane, code, params)
PACKBENCH_RECORD(ShiftOpened, "shift_opened", shift)
PACKBENCH_RECORD(ShiftClosed, "shift_closed", shift)
PACKBENCH_RECORD(OperatorSignedIn, "operator_signed_in", lane, op)
PACKBENCH_RECORD(OperatorSignedOut, "operator_signed_out", lane)
PACKBENCH_RECORD(WaveChosen, "wave_chosen", code)
PACKBENCH_RECORD(PackingStarted, "packing_started", work, orders, opened_by, carrier, service,
                 source, epoch, preprinted)
PACKBENCH_RECORD(ParcelStarted, "parcel_started", parcel, work, index, checks, cards)
PACKBENCH_RECORD(QuantitySet, "quantity_set", quantity)
PACKBENCH_RECORD(ItemPacked, "item_packed", parcel, order, line, part, pieces, manual, code, lot,
                 serial, expiry, scan)
PACKBENCH_RECORD(ItemUndone, "item_undone", parcel, pieces, manual)
PACKBENCH_RECORD(LineShort, "line_short", order, line, quantity, reason, taken_out)
PACKBENCH_RECORD(ItemDamaged, "item_damaged", order, line, part, quantity)
PACKBENCH_RECORD(ItemDiffers, "item_differs", order, line, part, text)
PACKBENCH_RECORD(CheckRaised, "check_raised", parcel, check)
PACKBENCH_RECORD(CheckAnswered, "check_answered", parcel, id, answer, reason, material)
PACKBENCH_RECORD(CheckOverridden, "check_overridden", parcel, id, reason)
PACKBENCH_RECORD(ParcelWeighed, "parcel_weighed", parcel, grams, within)
PACKBENCH_RECORD(ParcelFilled, "parcel_filled", parcel)
PACKBENCH_RECORD(WaybillAssigned, "waybill_assigned", parcel, offer, source)
PACKBENCH_RECORD(PrintRequested, "print_requested", parcel, attempt, reason)
PACKBENCH_RECORD(LabelIntent, "label_intent", parcel, attempt, hash)
PACKBENCH_RECORD(LabelSent, "label_sent", parcel, attempt)
PACKBENCH_RECORD(LabelPrinted, "label_printed", parcel, attempt)
PACKBENCH_RECORD(LabelRejected, "label_rejected", parcel, attempt, code, reason)
PACKBENCH_RECORD(LabelUnknown, "label_unknown", parcel, attempt, reason)
PACKBENCH_RECORD(LabelAnswered, "label_answered", parcel, attempt, printed)
PACKBENCH_RECORD(LabelVerified, "label_verified", parcel, attempt, code)
PACKBENCH_RECORD(LabelVoided, "label_voided", parcel, carrier, number, reason)
PACKBENCH_RECORD(WaybillReturned, "waybill_returned", parcel, carrier, service, number, reason)
PACKBENCH_RECORD(WaybillReturnSent, "waybill_return_sent", returned, file)
PACKBENCH_RECORD(RangeLow, "range_low", parcel, carrier, service, left)
PACKBENCH_RECORD(RangeRefilled, "range_refilled", carrier, service)
PACKBENCH_RECORD(CardRequested, "card_requested", order)
PACKBENCH_RECORD(CardEnded, "card_ended", order, result, reason)
PACKBENCH_RECORD(ParcelStaged, "parcel_staged", parcel, weight_g)
PACKBENCH_RECORD(WorkParked, "work_parked", work)
PACKBENCH_RECORD(WorkResumed, "work_resumed", work)
PACKBENCH_RECORD(WorkAbandoned, "work_abandoned", work, reason)
PACKBENCH_RECORD(WorkFinished, "work_finished", work)
PACKBENCH_RECORD(HandoverOpened, "handover_opened", manifest, carrier, courier)
PACKBENCH_RECORD(ParcelPickedUp, "parcel_picked_up", manifest, parcel)
PACKBENCH_RECORD(PickupUndone, "pickup_undone", manifest, parcel)
PACKBENCH_RECORD(ParcelVoided, "parcel_voided", parcel, reason)
PACKBENCH_RECORD(ManifestClosed, "manifest_closed", manifest, parcels, released, held, left,
                 counted)
PACKBENCH_RECORD(ConfirmationReleased, "confirmation_released", released)
PACKBENCH_RECORD(ConfirmationSent, "confirmation_sent", release, file)
PACKBENCH_RECORD(OrderHeld, "order_held", order, hold, revision, feed)
PACKBENCH_RECORD(OrderStopped, "order_stopped", order, reason, line, revision, feed, voided,
                 picked_up)
PACKBENCH_RECORD(OrderReleased, "order_released", order, revision, feed, taken_out)
PACKBENCH_RECORD(FeedPassed, "feed_passed", feed)
PACKBENCH_RECORD(ClockAdvanced, "clock_advanced", us)
PACKBENCH_RECORD(DeliveriesOwed, "deliveries_owed", release, count)
PACKBENCH_RECORD(DeliveriesEnded, "deliveries_ended", ends)
PACKBENCH_RECORD(DeliveriesRetried, "deliveries_retried", deliveries, feed)

PACKBENCH_RECORD(TracesSeen, "traces_seen", feed, traces)
PACKBENCH_RECORD(TraceAccepted, "trace_accepted", manifest, parcel, carrier, at, released, held)
PACKBENCH_RECORD(PickupRefused, "pickup_refused", manifest, parcel, reason)
PACKBENCH_RECORD(IncidentNoted, "incident_noted", manifest, code, text)
PACKBENCH_RECORD(ParcelReturned, "parcel_returned", parcel, reason)
PACKBENCH_RECORD(ParcelSettled, "parcel_settled", parcel, reason)

}  // namespace packbench::station
