#include "station/view.h"

#include <algorithm>
#include <array>

#include "domain/deadlines.h"
#include "domain/tracking_number.h"
#include "station/reason_words.h"
#include "station/work.h"

namespace packbench::station {
namespace {

LineView line_view(const LineWork& line) {
  LineView view;
  const OrderLine& ordered = line.opened.line;
  view.ordinal = ordered.ordinal;
  view.sku = ordered.sku;
  view.name = ordered.name;
  view.variant = ordered.variant;
  view.ordered = ordered.quantity;
  view.packed = units_packed(line);
  view.short_quantity = line.short_quantity;
  view.gift = ordered.gift;
  view.stopped = line.stopped;
  for (std::size_t p = 0; p < line.opened.parts.size(); ++p) {
    const Part& part = line.opened.parts[p];
    if (view.image.empty()) view.image = part.image;
    view.parts.push_back({part.sku, part.name.empty() ? ordered.name : part.name,
                          part.variant.empty() ? ordered.variant : part.variant, part.listing_title,
                          part.image, part.accessories, wanted(line, p), line.packed[p],
                          part.no_barcode || part.barcodes.empty()});
  }
  return view;
}

std::string card_word(const GiftCard& card) {
  if (card.under_way) return "requested";
  return card.ended ? card_result_word(*card.ended) : "none";
}

OrderView order_view(const OrderWork& work) {
  OrderView view;
  const Order& order = work.opened.order;
  view.key = order.key;
  view.gift = order.gift;
  view.held = work.held.has_value();
  view.stopped = work.stopped;
  if (work.held) {
    view.hold_code = work.held->code;
    view.hold_detail = work.held->detail;
  }
  if (order.has_gift_message) view.gift_card = card_word(work.card);
  view.has_note = order.has_buyer_note || order.has_seller_note;
  for (const LineWork& line : work.lines) view.lines.push_back(line_view(line));
  return view;
}

std::string label_word(PrintState state) {
  switch (state) {
    case PrintState::requested:
    case PrintState::intent:
    case PrintState::sent:
      return "printing";
    case PrintState::printed:
      return "printed";
    case PrintState::unknown:
      return "unknown";
    case PrintState::verified:
      return "verified";
    case PrintState::none:
    case PrintState::rejected:
    case PrintState::answered_no:
      break;
  }
  return "allocated";
}

Text prompt_of(const std::string& check, const Policy& policy) {
  if (const CheckRule* rule = policy.checklist.find(check)) return rule->prompt;
  if (check == take_out_check)
    return {"把退款或取消的商品从箱里拿出来",
            "Take the refunded or cancelled goods out of the box"};
  return {};
}

void show_parcel(const Work& work, const Policy& policy, StationView& view) {
  const OpenParcel& parcel = work.parcel;
  view.parcel = ParcelView{parcel.id, parcel.index, on_bench(parcel.label) ? "labelled" : "open",
                           parcel.weight_g, weight_due(work, policy)};
  for (const CheckState& state : parcel.checks) {
    view.checks.push_back({state.check.id, prompt_of(state.check.id, policy), state.answer,
                           state.check.blocks_print ? "print" : "staging", state.check.na_allowed});
  }
  for (const std::string& card : parcel.cards) {
    const std::size_t index = std::stoul(card);
    if (index >= policy.checklist.cards.size()) continue;
    const CardRule& rule = policy.checklist.cards[index];
    view.cards.push_back({rule.icon, rule.title, rule.detail});
  }
  if (parcel.label.waybill)
    view.waybill = WaybillView{parcel.label.waybill->carrier, parcel.label.waybill->number,
                               parcel.label.attempt, label_word(parcel.label.state)};
}

// The earliest of its orders.
Deadlines deadlines_of(const Work& work) {
  Deadlines first{{}, {}, work.carrier};
  for (const OrderWork& order : work.orders) {
    const auto& opened = order.opened;
    if (opened.ship_by && (!first.ship_by || *opened.ship_by < *first.ship_by))
      first.ship_by = opened.ship_by;
    if (opened.last_visit && (!first.last_visit || *opened.last_visit < *first.last_visit))
      first.last_visit = opened.last_visit;
  }
  return first;
}

void show_work(const Work& work, const Policy& policy, StationView& view) {
  const Deadlines deadlines = deadlines_of(work);
  view.carrier = deadlines.carrier;
  view.ship_by = deadlines.ship_by;
  view.last_visit = deadlines.last_visit;
  for (const OrderWork& order : work.orders) view.orders.push_back(order_view(order));
  show_parcel(work, policy, view);
}

void show_staged(const Station& station, const ParcelId& id, StationView& view) {
  const auto found = station.staged.find(id);
  if (found == station.staged.end() || view.parcel) return;
  const StagedParcel& parcel = found->second;
  view.parcel = ParcelView{parcel.id, parcel.index, "staged", parcel.weight_g, std::nullopt};
  view.waybill =
      WaybillView{parcel.waybill.carrier, parcel.waybill.number, parcel.attempt, "verified"};
}

// With the parcel whose number it was about, until the next one is begun.
void show_notes(const Station& station, StationView& view) {
  const ParcelId parcel = view.parcel ? view.parcel->id : "";
  if (station.work && station.work->parcel.id == parcel) {
    const auto& offer = station.work->parcel.label.waybill;
    if (offer && !looks_usual(offer->carrier, offer->number))
      view.notes.push_back(unusual_note(*offer));
  }
  for (const auto& [key, range] : station.low_ranges) {
    if (range.parcel == parcel || range.parcel == view.just_staged)
      view.notes.push_back(low_note(range));
  }
}

std::vector<ManifestRow> left_rows(const Station& station, const std::string& carrier) {
  std::vector<const StagedParcel*> left;
  for (const auto& [id, parcel] : station.staged) {
    if (parcel.picked_up.empty() && parcel.waybill.carrier == carrier) left.push_back(&parcel);
  }
  // Without a known visit last; else as they were staged.
  const auto sooner = [](const StagedParcel* a, const StagedParcel* b) {
    if (a->last_visit != b->last_visit)
      return a->last_visit && (!b->last_visit || *a->last_visit < *b->last_visit);
    return a->id < b->id;
  };
  const std::size_t shown = std::min(left.size(), left_shown_max);
  std::partial_sort(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(shown), left.end(),
                    sooner);
  std::vector<ManifestRow> rows;
  for (std::size_t i = 0; i < shown; ++i)
    rows.push_back({left[i]->id, left[i]->waybill.number, left[i]->last_visit});
  return rows;
}

ManifestView manifest_view(const Station& station) {
  const Manifest& manifest = *station.manifest;
  ManifestView view;
  view.id = manifest.id;
  view.carrier = manifest.carrier;
  view.courier = manifest.courier;
  view.opened_at = manifest.opened_at;
  view.count = static_cast<std::int64_t>(manifest.parcels.size());
  const auto left = station.staged_of.find(manifest.carrier);
  view.expected = view.count + (left == station.staged_of.end() ? 0 : left->second);
  for (auto id = manifest.parcels.rbegin(); id != manifest.parcels.rend(); ++id) {
    if (view.last.size() == 8) break;
    view.last.push_back({*id, station.staged.at(*id).waybill.number, {}});
  }
  view.left = left_rows(station, manifest.carrier);
  return view;
}

}  // namespace

std::string_view phase_name(Phase phase) {
  constexpr std::array<std::string_view, 9> names{"signed_out",    "awaiting_order",  "packing",
                                                  "checks",        "weighing",        "printing",
                                                  "print_unknown", "verifying_label", "handover"};
  return names[static_cast<std::size_t>(phase)];
}

Phase bench_phase(const Station& station, const Policy& policy) {
  if (!station.bench_op) return Phase::signed_out;
  if (!station.work) return Phase::awaiting_order;
  const Work& work = *station.work;
  const OpenParcel& parcel = work.parcel;
  if (in_flight(parcel.label)) return Phase::printing;
  if (parcel.label.state == PrintState::unknown) return Phase::print_unknown;
  if (parcel.label.state == PrintState::printed) return Phase::verifying_label;
  if (!contents_done(work) || parcel.items.empty()) return Phase::packing;
  if (open_check(parcel, true) != nullptr || failed_check(parcel, true) != nullptr)
    return Phase::checks;
  const bool unweighed = !parcel.weight_g || !parcel.weight_within;
  if (policy.weight == WeightPolicy::before_print && unweighed && !parcel.weight_overridden)
    return Phase::weighing;
  return Phase::printing;
}

NoteView unusual_note(const WaybillOffer& offer) {
  return {"unusual_number",
          {"单号 " + offer.number + " 不像 " + offer.carrier + " 的",
           offer.number + " does not look like a number of " + offer.carrier},
          {"看一眼面单，没问题就接着做", "Have a look at the label; go on if it is right"}};
}

NoteView low_note(const LowRange& range) {
  const std::string name =
      range.service.empty() ? range.carrier : range.carrier + " " + range.service;
  const std::string left = std::to_string(range.left);
  return {"numbers_low",
          {name + " 还剩 " + left + " 个单号", "Waybill numbers left of " + name + ": " + left},
          {"请主管导入单号", "Have more numbers imported"}};
}

NoteView traces_late_note(const std::string& trouble) {
  return {
      "traces_late",
      {"取不到快递轨迹：" + reason_word(trouble, Language::zh),
       "Carriers' traces do not come: " + reason_word(trouble, Language::en)},
      {"接着做，会自动再取；一直不通请主管看网络和 [traces] 设置",
       "Go on, they are asked for again; if it lasts, have the network and [traces] looked at"}};
}

std::optional<NoteView> outbox_note(const OutboxView& outbox) {
  if (outbox.refused > 0) {
    const std::string count = std::to_string(outbox.refused);
    return NoteView{
        "delivery_refused",
        {"平台不收 " + count + " 个发货确认", "The platform refuses confirmations: " + count},
        {"请主管看 packbench outbox list，改好再重发",
         "Have packbench outbox list looked at, mended and sent again"}};
  }
  if (!outbox.stuck || outbox.waiting == 0) return std::nullopt;
  const std::string count = std::to_string(outbox.waiting);
  return NoteView{"delivery_late",
                  {count + " 个发货确认发不出去", "Confirmations do not get through: " + count},
                  {"接着做，通了会自动发；一直不通请主管看网络",
                   "Go on, they go by themselves; if it lasts, have the network looked at"}};
}

AlertView alert_view(const Alert& alert) {
  const AlertRow& row = alert_row(alert.code);
  return {alert.code,
          std::string(row.name),
          alert.params,
          {alert_text(alert, Language::zh), alert_text(alert, Language::en)},
          {alert_next(alert, Language::zh), alert_next(alert, Language::en)},
          alert_sound(alert)};
}

DeviceView device_view(const DeviceReport& device) {
  return {device.kind,
          device.ok,
          {reason_word(device.reason, Language::zh), reason_word(device.reason, Language::en)},
          {reason_advice(device.reason, Language::zh), reason_advice(device.reason, Language::en)},
          {reason_brief(device.reason, Language::zh), reason_brief(device.reason, Language::en)}};
}

StationView make_view(const Station& station, const Policy& policy, Instant now,
                      const LastAnswer& last) {
  StationView view;
  view.bench = station.bench;
  view.now = now;
  view.phase = bench_phase(station, policy);
  view.lane = last.lane;
  view.accepted = last.accepted;
  if (last.alert) view.alert = alert_view(*last.alert);
  view.scanned = last.scanned;
  view.op = station.bench_op;
  view.dock_op = station.dock_op;
  view.wave = station.wave;
  view.quantity = station.quantity;
  if (station.work) show_work(*station.work, policy, view);
  view.just_staged = last.just_staged;
  if (!last.just_staged.empty()) show_staged(station, last.just_staged, view);
  show_notes(station, view);
  if (station.manifest) view.manifest = manifest_view(station);
  view.closed_manifest = newest_closed_manifest(station);
  view.staged_count = 0;
  for (const auto& [carrier, count] : station.staged_of) view.staged_count += count;
  view.outbox.refused = static_cast<std::int64_t>(station.refused.size());
  for (const auto& [release, places] : station.deliveries)
    view.outbox.waiting += static_cast<std::int64_t>(places.size());
  view.counters = station.counters;
  for (const Work& work : station.parked) {
    const Deadlines deadlines = deadlines_of(work);
    view.parked.push_back(
        {work.orders.front().opened.order.key.number, deadlines.ship_by, deadlines.last_visit});
  }
  return view;
}

}  // namespace packbench::station
