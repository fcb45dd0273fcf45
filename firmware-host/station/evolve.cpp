// The only thing that changes a Station, live and in replay alike.
#include <algorithm>

#include "base/check.h"
#include "station/core.h"
#include "station/draft.h"
#include "station/work.h"

namespace packbench::station {
namespace {

std::int64_t number_in(const std::string& id) {
  const std::size_t letter = id.find_last_of("PMW");
  return letter == std::string::npos ? 0 : whole_number(id.substr(letter + 1)).value_or(0);
}

std::optional<Instant> earliest_visit(const Work& work) {
  std::optional<Instant> earliest;
  for (const OrderWork& order : work.orders) {
    const auto& visit = order.opened.last_visit;
    if (visit && (!earliest || *visit < *earliest)) earliest = visit;
  }
  return earliest;
}

void drop_parcel(Station& s, const ParcelId& id) {
  const auto found = s.staged.find(id);
  if (found == s.staged.end()) return;
  const StagedParcel& parcel = found->second;
  s.by_number.erase(number_key(parcel.waybill.number, parcel.waybill.carrier));
  if (parcel.picked_up.empty()) --s.staged_of[parcel.waybill.carrier];
  for (const Content& content : parcel.contents) {
    const auto orders = s.by_order.find(content.order);
    if (orders == s.by_order.end()) continue;
    orders->second.erase(id);
    if (!orders->second.empty()) continue;
    s.held.erase(content.order);
    s.stopped.erase(content.order);
    s.by_order.erase(orders);
  }
  s.staged.erase(found);
}

void stage_parcel(Station& s, const Work& work, const ParcelStaged& r) {
  StagedParcel parcel;
  parcel.id = r.parcel;
  parcel.index = work.parcel.index;
  CHECK(work.parcel.label.waybill);
  parcel.waybill = *work.parcel.label.waybill;
  parcel.attempt = work.parcel.label.attempt;
  parcel.on_paper = work.parcel.label.on_paper;
  parcel.contents = contents(work);
  parcel.weight_g = r.weight_g;
  parcel.last_visit = earliest_visit(work);
  s.by_number[number_key(parcel.waybill.number, parcel.waybill.carrier)] = r.parcel;
  for (const Content& content : parcel.contents) s.by_order[content.order].insert(r.parcel);
  ++s.staged_of[parcel.waybill.carrier];
  s.last_staged = r.parcel;
  ++s.counters["parcels_staged"];
  s.staged[r.parcel] = std::move(parcel);
}

// The pieces leave the box; the order leaves it with its last one.
void take_out(Station& s, const OrderKey& order, const TakenOut& taken) {
  const auto found = s.staged.find(taken.parcel);
  if (found == s.staged.end()) return;
  std::erase_if(found->second.contents, [&](const Content& content) {
    return content.order == order && content.line == taken.line;
  });
  const auto& contents = found->second.contents;
  const bool left = std::any_of(contents.begin(), contents.end(),
                                [&](const Content& content) { return content.order == order; });
  const auto orders = s.by_order.find(order);
  if (left || orders == s.by_order.end()) return;
  orders->second.erase(taken.parcel);
  if (orders->second.empty()) s.by_order.erase(orders);
}

// A box that the courier has on an open manifest may come back, and nobody took anything out of it.
bool in_a_box_still(const Station& s, const OrderKey& order) {
  const auto parcels = s.by_order.find(order);
  return parcels != s.by_order.end() &&
         std::any_of(parcels->second.begin(), parcels->second.end(), [&](const ParcelId& id) {
           return has_stopped_content(s, s.staged.at(id), &order);
         });
}

void end_delivery(Station& s, const DeliveryId& id) {
  const auto release = s.deliveries.find(id.release);
  if (release == s.deliveries.end()) return;
  release->second.erase(id.place);
  if (release->second.empty()) s.deliveries.erase(release);
}

std::vector<Work>::iterator parked_work(Station& s, const std::string& id) {
  return std::find_if(s.parked.begin(), s.parked.end(), [&](const Work& w) { return w.id == id; });
}

struct Evolve {
  Station& s;
  const Record& record;

  void operator()(const Genesis& r) {
    s.bench = r.bench;
    s.frozen_clock = r.frozen_clock;
    s.frozen_at = record.at.wall;
  }
  void operator()(const Refused& r) {
    ++s.counters["refused:" + r.code];
    const auto badge = r.params.find("badge");
    if (r.code != "bad_credentials" || badge == r.params.end()) return;
    if (r.params.count("pin_wanted") > 0) return;  // nothing was guessed yet
    PinGuard& guard = s.pins[badge->second];
    ++guard.failures;
    guard.last_us = record.at.since_boot.us;
    guard.last_boot = record.at.boot_id;
  }
  void operator()(const ShiftOpened& r) {
    s.shift = s.shifts = r.shift;
    s.counters.clear();
  }
  void operator()(const ShiftClosed&) { s.shift = 0; }
  void operator()(const OperatorSignedIn& r) {
    (r.lane == LaneId::dock ? s.dock_op : s.bench_op) = r.op;
    s.pins.erase(r.op.badge);
    if (r.lane == LaneId::bench) s.wave.clear();
  }
  void operator()(const OperatorSignedOut& r) {
    (r.lane == LaneId::dock ? s.dock_op : s.bench_op).reset();
  }
  void operator()(const WaveChosen& r) { s.wave = r.code; }
  void operator()(const PackingStarted& r) {
    s.works = std::max(s.works, number_in(r.work));
    s.work = make_work(r);
    s.quantity = 1;
  }
  void operator()(const ParcelStarted& r) {
    s.parcels_made = std::max(s.parcels_made, number_in(r.parcel));
    fold();
  }
  void operator()(const QuantitySet& r) { s.quantity = r.quantity; }
  void operator()(const ItemPacked& r) {
    s.quantity = 1;
    s.counters["items_packed"] += r.pieces;
    fold();
  }
  void operator()(const ItemUndone& r) {
    s.counters["items_packed"] -= r.pieces;
    fold();
  }
  void operator()(const ParcelStaged& r) {
    CHECK(s.work);
    stage_parcel(s, *s.work, r);
    fold();
  }
  void operator()(const WorkParked&) {
    s.parked.push_back(std::move(*s.work));
    s.work.reset();
    s.quantity = 1;
  }
  void operator()(const WorkResumed& r) {
    const auto found = parked_work(s, r.work);
    CHECK(found != s.parked.end());
    s.work = std::move(*found);
    s.parked.erase(found);
  }
  void operator()(const WorkAbandoned&) { close_work(); }
  void operator()(const WorkFinished&) { close_work(); }
  void operator()(const HandoverOpened& r) {
    s.manifests = std::max(s.manifests, number_in(r.manifest));
    s.manifest = Manifest{r.manifest, r.carrier, r.courier, record.at.wall, {}};
  }
  void operator()(const ParcelPickedUp& r) {
    StagedParcel& parcel = s.staged.at(r.parcel);
    parcel.picked_up = r.manifest;
    --s.staged_of[parcel.waybill.carrier];
    s.manifest->parcels.push_back(r.parcel);
    ++s.counters["pickups"];
  }
  void operator()(const PickupUndone& r) {
    StagedParcel& parcel = s.staged.at(r.parcel);
    parcel.picked_up.clear();
    ++s.staged_of[parcel.waybill.carrier];
    std::erase(s.manifest->parcels, r.parcel);
    --s.counters["pickups"];
  }
  void operator()(const ParcelVoided& r) { drop_parcel(s, r.parcel); }
  void operator()(const ManifestClosed& r) {
    if (!r.released.empty()) s.outbox.insert(record.seq);
    for (const ParcelId& id : r.parcels) drop_parcel(s, id);
    s.counters["confirmed"] += static_cast<std::int64_t>(r.released.size());
    s.manifest.reset();
    s.dock_op.reset();
  }
  void operator()(const TracesSeen& r) { fed(r.feed); }
  void operator()(const TraceAccepted& r) {
    if (!r.released.empty()) s.outbox.insert(record.seq);
    s.manifests = std::max(s.manifests, number_in(r.manifest));
    drop_parcel(s, r.parcel);
    ++s.counters["pickups"];
    s.counters["confirmed"] += static_cast<std::int64_t>(r.released.size());
  }
  void operator()(const ConfirmationReleased&) { s.outbox.insert(record.seq); }
  void operator()(const ConfirmationSent& r) { s.outbox.erase(r.release); }
  void operator()(const DeliveriesOwed& r) {
    for (int place = 1; place <= r.count; ++place) s.deliveries[r.release].insert(place);
  }
  void operator()(const DeliveriesEnded& r) {
    for (const DeliveryEnd& end : r.ends) {
      end_delivery(s, end.delivery);
      if (end.refused) s.refused.insert(end.delivery);
    }
  }
  void operator()(const DeliveriesRetried& r) {
    for (const DeliveryId& id : r.deliveries) {
      s.refused.erase(id);
      s.deliveries[id.release].insert(id.place);
    }
    fed(r.feed);
  }
  void operator()(const WaybillReturned&) { s.returns.insert(record.seq); }
  void operator()(const WaybillReturnSent& r) { s.returns.erase(r.returned); }
  void operator()(const RangeLow& r) {
    s.low_ranges[range_key(r.carrier, r.service)] = {r.parcel, r.carrier, r.service, r.left};
  }
  void operator()(const RangeRefilled& r) { s.low_ranges.erase(range_key(r.carrier, r.service)); }
  void operator()(const OrderHeld& r) {
    if (s.by_order.count(r.order) > 0) s.held[r.order] = r.hold;
    fold_all();
    fed(r.feed);
  }
  void operator()(const OrderStopped& r) {
    if (s.by_order.count(r.order) > 0) s.stopped[r.order].insert(r.line);
    for (const ParcelId& id : r.voided) drop_parcel(s, id);
    fold_all();
    fed(r.feed);
  }
  void operator()(const OrderReleased& r) {
    s.held.erase(r.order);
    for (const TakenOut& taken : r.taken_out) take_out(s, r.order, taken);
    if (r.feed == 0 && !in_a_box_still(s, r.order)) s.stopped.erase(r.order);
    fold_all();
    fed(r.feed);
  }
  void operator()(const CheckRaised&) { fold_all(); }
  void operator()(const CardEnded&) { fold_all(); }
  void operator()(const FeedPassed& r) { fed(r.feed); }
  void operator()(const ClockAdvanced& r) { s.frozen_at.us += r.us; }
  template <class Other>
  void operator()(const Other&) {
    fold();
  }

 private:
  void fold() {
    if (s.work) fold_work(*s.work, record.payload);
  }
  void fold_all() {
    fold();
    for (Work& work : s.parked) fold_work(work, record.payload);
  }
  void fed(std::int64_t feed) { s.feed_cursor = std::max(s.feed_cursor, feed); }
  void close_work() {
    s.work.reset();
    s.quantity = 1;
  }
};

}  // namespace

void evolve(Station& station, const Record& record) {
  CHECK(record.seq == station.seq + 1);
  station.seq = record.seq;
  if (station.frozen_clock) station.frozen_at = record.at.wall;
  std::visit(Evolve{station, record}, record.payload);
}

std::vector<Effect> pending(const Station& station) {
  std::vector<Effect> owed;
  if (station.work) {
    const OpenParcel& parcel = station.work->parcel;
    if (parcel.label.state == PrintState::requested)
      owed.push_back(RenderLabel{parcel.id, parcel.label.attempt});
  }
  for (const std::int64_t release : station.outbox) owed.push_back(WriteOutbox{release});
  for (const std::int64_t returned : station.returns) owed.push_back(WriteReturn{returned});
  return owed;
}

}  // namespace packbench::station
