// Draft: a decision in the making. Records that are added are folded into a copy of the small Work
// at once, so that the next step is decided on what will be true; the Station is never copied.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "station/core.h"
#include "station/work.h"

namespace packbench::station {

struct Draft {
  Draft(const Station& s, const Facts& f, Now t)
      : station(s), facts(f), policy(*f.policy), now(std::move(t)), work(s.work) {}

  const Station& station;
  const Facts& facts;
  const Policy& policy;
  const Now now;
  std::optional<Work> work;
  Decision decision;

  void add(Payload payload) {
    if (work) fold_work(*work, payload);
    decision.records.push_back(std::move(payload));
  }
  void effect(Effect e) { decision.effects.push_back(std::move(e)); }
  void alert(AlertCode code, Params params = {}) {
    decision.alert = Alert{code, std::move(params)};
  }
  // Takes everything back: a refused input leaves its one record and changes nothing else.
  void refuse(AlertCode code, Params params = {}) {
    decision.records.clear();
    decision.effects.clear();
    decision.accepted = false;
    work = station.work;
    decision.records.push_back(Refused{decision.lane, std::string(alert_row(code).name), params});
    alert(code, std::move(params));
  }
  OpenParcel& parcel() {
    CHECK(work);
    return work->parcel;
  }
  bool refused() const { return !decision.accepted; }
};

// opening.cpp
void open_by_scan(Draft& draft, const Barcode& code);
void open_by_command(Draft& draft, const Command& command);
void start_parcel(Draft& draft, int index);
// Whether the policy keeps the order back because its carrier does not go to its region, and no
// supervisor has released it.
bool holds_for_region(const Draft& draft, const OrderFact& fact);
Work make_work(const PackingStarted& started);

// packing.cpp
void scan_item(Draft& draft, const Barcode& code);
void choose_item(Draft& draft, const std::string& sku);
void set_quantity(Draft& draft, const Command& command);
void undo_item(Draft& draft);
void short_item(Draft& draft, const Command& command);
void damaged_item(Draft& draft, const Command& command);
void differing_item(Draft& draft, const Command& command);
void next_parcel(Draft& draft);
void park(Draft& draft);
void abandon(Draft& draft, const Command& command);

// checking.cpp
void answer_check(Draft& draft, const Command& command);
bool scan_material(Draft& draft, const Barcode& code);
void override_check(Draft& draft, const Command& command);
void weigh(Draft& draft, const Command& command);

// labelling.cpp
// The next step that needs nobody: the last item prints.
void go_on(Draft& draft);
void print_again(Draft& draft);
void answer_printed(Draft& draft, const Command& command);
void reprint(Draft& draft, const Command& command);
void void_label(Draft& draft, const Command& command);
void scan_label(Draft& draft, const Barcode& code);
void label_rendered(Draft& draft, const LabelRendered& event);
void printer_asked(Draft& draft, const PrinterAsked& event);
void print_ended(Draft& draft, const PrintEnded& event);
// Refuses with the printer's fault, and says so, where that is what the label waits for.
bool refuse_for_printer(Draft& draft);
// Whether the scan names a label of the parcel that is on paper although none counts as printed:
// the one that is just being printed, for paper comes out before the printer has said so, or an old
// one.
bool names_label_on_paper(const Draft& draft, const Barcode& code);
void devices_changed(Draft& draft, const DevicesChanged& event);
void started(Draft& draft);

// card.cpp
void print_cards(Draft& draft);
// The cards of orders that were just opened, where the configuration wants them by themselves.
void start_cards(Draft& draft);
void card_printed(Draft& draft, const CardPrinted& event);
// Cards of which no byte left us go on by themselves once the printer is well.
void retry_cards(Draft& draft);
// What became of a card that was under way when the bench went down is not known.
void end_cards_at_start(Draft& draft);
bool cards_under_way(const Draft& draft);
// Lets go of cards that wait for their printer: nobody wants them, or wants to wait, any longer.
void stop_cards(Draft& draft);

// numbers.cpp
// A number for the parcel; an alert where there is none.
bool assign_waybill(Draft& draft);
// Retires the number of the parcel on the bench for ever and gives it back.
void void_waybill(Draft& draft, std::string reason);
// A retired number goes back to its carrier.
void give_back(Draft& draft, const ParcelId& parcel, const WaybillOffer& offer, std::string reason);
void return_written(Draft& draft, const ReturnWritten& event);
void range_counted(Draft& draft, const RangeCounted& event);

// handover.cpp
void open_handover(Draft& draft, const Command& command);
void scan_pickup(Draft& draft, const Barcode& code);
void undo_pickup(Draft& draft);
void close_manifest(Draft& draft, const Command& command);
void refuse_pickup(Draft& draft, const Command& command);
void note_incident(Draft& draft, const Command& command);
// The orders in the parcel: their confirmations are released, or held where one waits or is gone.
void sort_confirmations(const Station& station, const StagedParcel& parcel,
                        std::vector<Confirmation>& released, std::vector<Confirmation>& held);
ManifestId next_manifest(const Station& station);
void confirm(Draft& draft);
void outbox_written(Draft& draft, const OutboxWritten& event);

// manifest_slip.cpp
// Empty: none was closed yet.
ManifestId newest_closed_manifest(const Station& station);
void print_manifest(Draft& draft, const Command& command);
void slip_printed(Draft& draft, const SlipPrinted& event);
// Whether a scan is the code of a manifest, this bench's or another's.
bool names_manifest(const Draft& draft, const Barcode& code);

// after_pickup.cpp
void see_traces(Draft& draft, const TraceRows& rows);
void accept_trace(Draft& draft, const Command& command);
void take_back(Draft& draft, const Command& command);
void scan_what_left(Draft& draft);  // facts.parcel, at a bench without an order
void settle_parcel(Draft& draft, const Command& command);

// delivery.cpp
// Of what is released here, where confirmations are sent by HTTP.
void owe_deliveries(Draft& draft);
void deliveries_answered(Draft& draft, const DeliveriesAnswered& event);
void retry_deliveries(Draft& draft, const FeedRow& row);

// outside.cpp
void feed_row(Draft& draft, const FeedRow& row);
void release_order(Draft& draft);
void cancel_order(Draft& draft, const Command& command);
// The one order that a command's argument names, or a refusal.
const OrderFact* named_order(Draft& draft);
// The reason why the order must wait, if it must.
std::optional<Hold> effective_hold(const OrderFact& fact);
bool is_cancelled(const OrderFact& fact);
// Of a staged parcel: refunded or cancelled, alone or with its whole order.
bool is_stopped(const Station& station, const Content& content);
// `only`: of this order alone.
bool has_stopped_content(const Station& station, const StagedParcel& parcel,
                         const OrderKey* only = nullptr);

// signing.cpp
void sign_in(Draft& draft, LaneId lane, bool pin_given);
void sign_out(Draft& draft, LaneId lane);
void close_shift(Draft& draft);
// Zero or less: the next PIN may be tried.
Duration time_to_wait(const PinGuard& guard, const Now& now);

const Operator* operator_of(const Station& station, LaneId lane);
bool is_supervisor(const Draft& draft);
std::string joined(const std::vector<std::string>& words, std::size_t from);
std::optional<int> whole_number(const std::string& text);

}  // namespace packbench::station
