#include "host/answer_json.h"

#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace packbench::host {
namespace {

using nlohmann::ordered_json;
using namespace station;

const std::string& in(const Text& text, Language language) {
  return language == Language::zh ? text.zh : text.en;
}

ordered_json time_or_null(const std::optional<Instant>& time) {
  return time ? ordered_json(format_utc(*time)) : ordered_json();
}

ordered_json alert_json(const AlertView& alert, Language language) {
  ordered_json out;
  out["code"] = alert.name;
  out["text"] = in(alert.text, language);
  out["next"] = in(alert.next, language);
  if (!alert.params.empty()) out["params"] = alert.params;
  return out;
}

ordered_json order_json(const OrderView& order) {
  ordered_json out;
  out["platform"] = order.key.platform;
  out["shop"] = order.key.shop;
  out["number"] = order.key.number;
  out["gift"] = order.gift;
  out["gift_card"] = order.gift_card.empty() ? ordered_json() : ordered_json(order.gift_card);
  out["held"] = order.held;
  out["stopped"] = order.stopped;
  out["lines"] = ordered_json::array();
  for (const LineView& line : order.lines) {
    ordered_json row;
    row["line"] = line.ordinal;
    row["sku"] = line.sku;
    row["name"] = line.name;
    row["variant"] = line.variant;
    row["ordered"] = line.ordered;
    row["packed"] = line.packed;
    row["short"] = line.short_quantity;
    row["stopped"] = line.stopped;
    out["lines"].push_back(std::move(row));
  }
  return out;
}

ordered_json check_json(const CheckView& check, Language language) {
  ordered_json out;
  out["id"] = check.id;
  out["prompt"] = in(check.prompt, language);
  out["answer"] = check.answer.empty() ? ordered_json() : ordered_json(check.answer);
  out["blocks"] = check.blocks;
  return out;
}

ordered_json manifest_json(const ManifestView& manifest) {
  ordered_json out;
  out["id"] = manifest.id;
  out["carrier"] = manifest.carrier;
  out["courier"] = manifest.courier;
  out["count"] = manifest.count;
  out["expected"] = manifest.expected;
  out["left"] = ordered_json::array();
  for (const ManifestRow& row : manifest.left) out["left"].push_back(row.number);
  return out;
}

ordered_json operator_json(const std::optional<Operator>& op) {
  if (!op) return {};
  return {{"badge", op->badge},
          {"name", op->name},
          {"role", op->role == Role::supervisor ? "supervisor" : "packer"}};
}

ordered_json note_json(const NoteView& note, Language language) {
  return {
      {"code", note.code}, {"text", in(note.text, language)}, {"next", in(note.next, language)}};
}

void add_parcel(ordered_json& out, const StationView& view) {
  out["parcel"] = nullptr;
  out["waybill"] = nullptr;
  if (view.parcel) {
    out["parcel"] = {
        {"id", view.parcel->id}, {"index", view.parcel->index}, {"state", view.parcel->state}};
    out["parcel"]["weight_g"] =
        view.parcel->weight_g ? ordered_json(*view.parcel->weight_g) : ordered_json();
  }
  if (view.waybill)
    out["waybill"] = {{"carrier", view.waybill->carrier},
                      {"number", view.waybill->number},
                      {"attempt", view.waybill->attempt},
                      {"state", view.waybill->state}};
}

}  // namespace

std::string answer_json(const StationView& view, Language language) {
  const bool dock = view.lane == LaneId::dock && view.manifest;
  ordered_json out;
  out["accepted"] = view.accepted;
  out["phase"] = phase_name(dock ? Phase::handover : view.phase);
  out["lane"] = view.lane == LaneId::dock ? "dock" : "bench";
  out["alert"] = view.alert ? alert_json(*view.alert, language) : ordered_json();
  out["operator"] = operator_json(dock && view.dock_op ? view.dock_op : view.op);
  out["orders"] = ordered_json::array();
  for (const OrderView& order : view.orders) out["orders"].push_back(order_json(order));
  out["checks"] = ordered_json::array();
  for (const CheckView& check : view.checks) out["checks"].push_back(check_json(check, language));
  add_parcel(out, view);
  out["manifest"] = view.manifest ? manifest_json(*view.manifest) : ordered_json();
  out["deadlines"] = {{"ship_by", time_or_null(view.ship_by)},
                      {"last_visit", time_or_null(view.last_visit)},
                      {"carrier", view.carrier}};
  out["quantity"] = view.quantity;
  out["wave"] = view.wave;
  out["parked"] = ordered_json::array();
  for (const ParkedView& parked : view.parked) out["parked"].push_back(parked.number);
  out["outbox"] = {{"waiting", view.outbox.waiting}, {"refused", view.outbox.refused}};
  out["notes"] = ordered_json::array();
  for (const auto* notes : {&view.notes, &view.pickups}) {
    for (const NoteView& note : *notes) out["notes"].push_back(note_json(note, language));
  }
  if (const auto note = outbox_note(view.outbox))
    out["notes"].push_back(note_json(*note, language));
  return out.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace packbench::host
