#include "host/story_json.h"

#include <nlohmann/json.hpp>

#include "base/money_text.h"
#include "base/time_text.h"
#include "host/deadline_text.h"

namespace packbench::host {
namespace {

using nlohmann::ordered_json;
using namespace store;

ordered_json time_json(const std::optional<Instant>& time) {
  return time ? ordered_json(format_utc(*time)) : ordered_json();
}

std::string_view status_word(OrderStatus status) {
  switch (status) {
    case OrderStatus::paid:
      return "paid";
    case OrderStatus::cod:
      return "cod";
    case OrderStatus::pending:
      return "pending";
    case OrderStatus::refund_requested:
      return "refund_requested";
    case OrderStatus::refunded:
      return "refunded";
    case OrderStatus::cancelled:
      break;
  }
  return "cancelled";
}

std::string_view kind_word(OrderKind kind) {
  if (kind == OrderKind::reship) return "reship";
  return kind == OrderKind::exchange ? "exchange" : "standard";
}

ordered_json item_json(const StoryItem& item) {
  ordered_json out;
  out["order"] = item.order.number;
  out["line"] = item.line;
  out["sku"] = item.sku;
  out["pieces"] = item.pieces;
  out["manual"] = item.manual;
  out["code"] = item.code;
  out["lot"] = item.lot;
  out["serial"] = item.serial;
  out["expiry"] = item.expiry;
  out["state"] = item.state;
  out["by"] = item.op;
  out["at"] = format_utc(item.at);
  return out;
}

ordered_json check_json(const StoryCheck& check) {
  ordered_json out;
  out["id"] = check.id;
  out["blocks"] = check.blocks;
  out["answer"] = check.answer.empty() ? ordered_json() : ordered_json(check.answer);
  out["reason"] = check.reason;
  out["material"] = check.material;
  out["by"] = check.op;
  out["at"] = time_json(check.at);
  return out;
}

ordered_json attempt_json(const StoryAttempt& attempt) {
  ordered_json out;
  out["attempt"] = attempt.attempt;
  out["carrier"] = attempt.carrier;
  out["number"] = attempt.number;
  out["state"] = attempt.state;
  out["reason"] = attempt.reason;
  out["void_reason"] = attempt.void_reason;
  out["given_back"] = attempt.given_back;
  out["hash"] = attempt.hash;
  out["requested"] = time_json(attempt.requested);
  out["sent"] = time_json(attempt.sent);
  out["ended"] = time_json(attempt.ended);
  out["verified"] = time_json(attempt.verified);
  return out;
}

ordered_json confirmation_json(const StoryConfirmation& confirmation) {
  return {{"platform", confirmation.order.platform}, {"shop", confirmation.order.shop},
          {"order", confirmation.order.number},      {"state", confirmation.state},
          {"release", confirmation.release},         {"file", confirmation.file}};
}

ordered_json parcel_event_json(const StoryParcelEvent& event) {
  return {{"kind", event.kind},
          {"detail", event.detail},
          {"by", event.op},
          {"at", format_utc(event.at)}};
}

ordered_json trace_json(const Trace& trace) {
  return {{"at", format_utc(trace.at)},
          {"state", trace_word(trace.state)},
          {"text", trace.text},
          {"status", trace.status}};
}

template <class Row, class Make>
ordered_json list_json(const std::vector<Row>& rows, Make make) {
  ordered_json out = ordered_json::array();
  for (const Row& row : rows) out.push_back(make(row));
  return out;
}

ordered_json parcel_json(const StoryParcel& parcel) {
  ordered_json out;
  out["id"] = parcel.id;
  out["index"] = parcel.index;
  out["state"] = parcel.state;
  out["carrier"] = parcel.carrier;
  out["service"] = parcel.service;
  out["number"] = parcel.number;
  out["weight_g"] = parcel.weight_g ? ordered_json(*parcel.weight_g) : ordered_json();
  out["packed_by"] = parcel.packed_by;
  out["manifest"] = parcel.manifest;
  out["courier"] = parcel.courier;
  out["picked_up_by"] = parcel.picked_up_by;
  out["reason"] = parcel.reason;
  out["times"] = {
      {"started", time_json(parcel.started)},     {"labelled", time_json(parcel.labelled)},
      {"verified", time_json(parcel.verified)},   {"staged", time_json(parcel.staged)},
      {"picked_up", time_json(parcel.picked_up)}, {"confirmed", time_json(parcel.confirmed)},
      {"voided", time_json(parcel.voided)}};
  out["contents"] = list_json(parcel.contents, [](const station::Content& content) {
    return ordered_json{
        {"order", content.order.number}, {"line", content.line}, {"quantity", content.quantity}};
  });
  out["items"] = list_json(parcel.items, item_json);
  out["checks"] = list_json(parcel.checks, check_json);
  out["labels"] = list_json(parcel.attempts, attempt_json);
  out["confirmations"] = list_json(parcel.confirmations, confirmation_json);
  out["events"] = list_json(parcel.events, parcel_event_json);
  out["traces"] = list_json(parcel.traces, trace_json);
  return out;
}

ordered_json event_json(const StoryEvent& event) {
  return {{"kind", event.kind},     {"line", event.line}, {"quantity", event.quantity},
          {"detail", event.detail}, {"by", event.op},     {"at", format_utc(event.at)}};
}

ordered_json line_json(const OrderLine& line) {
  ordered_json out{{"line", line.ordinal},
                   {"sku", line.sku},
                   {"name", line.name},
                   {"variant", line.variant},
                   {"quantity", line.quantity}};
  out["price"] = line.price ? ordered_json(format_money(*line.price)) : ordered_json();
  return out;
}

}  // namespace

std::string story_json(const Order& order, const OrderStory& story, const Deadlines& deadlines) {
  ordered_json out;
  out["platform"] = order.key.platform;
  out["shop"] = order.key.shop;
  out["number"] = order.key.number;
  out["kind"] = kind_word(order.kind);
  out["of"] = order.of;
  out["status"] = status_word(order.status);
  out["gift"] = order.gift;
  out["holds"] = list_json(order.holds, [](const Hold& hold) {
    return ordered_json{{"code", hold.code}, {"detail", hold.detail}};
  });
  out["packed"] = story.packed;
  out["stopped"] = story.stopped;
  out["paid_at"] = time_json(order.paid_at);
  out["deadlines"] = {{"ship_by", time_json(deadlines.ship_by)},
                      {"last_visit", time_json(deadlines.last_visit)},
                      {"carrier", deadlines.carrier}};
  out["lines"] = list_json(order.lines, line_json);
  out["parcels"] = list_json(story.parcels, parcel_json);
  out["events"] = list_json(story.events, event_json);
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

std::string story_text(const Order& order, const OrderStory& story, const Deadlines& deadlines,
                       const std::string& zone) {
  std::string out = order.key.platform + "/" + order.key.shop + "/" + order.key.number + "  " +
                    std::string(status_word(order.status)) + (story.packed ? "  packed" : "") +
                    (story.stopped ? "  stopped" : "") + "\n";
  const std::string due =
      deadline_text(deadlines.ship_by, deadlines.last_visit, {station::Language::en, zone});
  if (!due.empty()) out += "  " + due + "  " + deadlines.carrier + "\n";
  for (const Hold& hold : order.holds) out += "  on hold: " + hold.code + " " + hold.detail + "\n";
  for (const OrderLine& line : order.lines)
    out += "  " + std::to_string(line.quantity) + " x " + line.sku + "  " + line.name + "\n";
  for (const StoryParcel& parcel : story.parcels) {
    out += "  parcel " + parcel.id + "  " + parcel.state + "  " + parcel.carrier + " " +
           parcel.number + "\n";
    for (const StoryItem& item : parcel.items)
      out += "    " + std::to_string(item.in_box) + " x " + item.sku + "  " +
             (item.state == "in" ? "" : item.state + "  ") + "by " + item.op + "\n";
    for (const StoryCheck& check : parcel.checks)
      out += "    check " + check.id + "  " + (check.answer.empty() ? "open" : check.answer) +
             (check.reason.empty() ? "" : " " + check.reason) +
             (check.op.empty() ? "" : "  by " + check.op) + "\n";
    for (const StoryAttempt& attempt : parcel.attempts)
      out += "    label " + std::to_string(attempt.attempt) + "  " + attempt.number + "  " +
             attempt.state + "  " + attempt.reason +
             (attempt.void_reason.empty() ? "" : "  void: " + attempt.void_reason) +
             (attempt.given_back.empty() ? "" : "  number given back") + "\n";
    for (const StoryConfirmation& confirmation : parcel.confirmations)
      out += "    confirmation of " + confirmation.order.number + "  " + confirmation.state + "\n";
    for (const StoryParcelEvent& event : parcel.events)
      out += "    " + event.kind + " " + format_utc(event.at) + "  " + event.detail + "  by " +
             event.op + "\n";
    for (const Trace& trace : parcel.traces)
      out += "    trace " + format_utc(trace.at) + "  " + std::string(trace_word(trace.state)) +
             "  " + trace.text + "\n";
  }
  return out;
}

Result<std::vector<Order>> orders_named(Catalog& catalog, const std::string& code) {
  auto found = catalog.find_orders(code);
  if (!found) return found.error();
  if (!found.value().orders.empty()) return std::move(found.value().orders);
  const std::size_t first = code.find('/');
  const std::size_t second = first == std::string::npos ? first : code.find('/', first + 1);
  if (second == std::string::npos) return std::vector<Order>{};
  auto order = catalog.order(
      {code.substr(0, first), code.substr(first + 1, second - first - 1), code.substr(second + 1)});
  if (!order) return order.error();
  if (!order.value()) return std::vector<Order>{};
  return std::vector<Order>{*order.value()};
}

}  // namespace packbench::host
