// What the core needs to know before it decides, by input and phase.
#include "domain/barcode.h"
#include "domain/command_code.h"
#include "domain/gs1.h"
#include "domain/label_code.h"
#include "domain/tracking_number.h"
#include "station/draft.h"

namespace packbench::station {
namespace {

FindOffer offer_for(const Work& work) {
  FindOffer find{{}, work.carrier, work.service, true};
  for (const OrderWork& order : work.orders) {
    find.orders.push_back(order.opened.order.key);
    if (!order.opened.order.requested_carrier.empty()) find.any_carrier = false;
  }
  return find;
}

std::string item_code(const Barcode& code) {
  // The century of an expiry plays no part in the identity, so any year reads it.
  const auto gs1 = read_gs1(code, 2000);
  if (gs1 && gs1->ok() && gs1->value().gtin14) return *gs1->value().gtin14;
  if (const auto gtin = gtin14(code)) return *gtin;
  return code.bytes;
}

std::string number_of(const Barcode& code) {
  const auto small = parse_label_code(code.bytes);
  return small ? small->waybill : normalise_waybill(code.bytes);
}

void serial_query(const Barcode& code, const std::string& item, std::vector<Query>& out) {
  const auto gs1 = read_gs1(code, 2000);
  if (gs1 && gs1->ok() && gs1->value().serial)
    out.push_back(FindSerial{item, *gs1->value().serial});
}

void scan_queries(const Station& station, const Input& input, const Barcode& code,
                  std::vector<Query>& out) {
  if (operator_of(station, input.lane) == nullptr) {
    out.push_back(FindOperator{code.bytes, "", true});
    return;
  }
  if (input.lane == LaneId::dock) {
    out.push_back(FindParcel{number_of(code)});
    return;
  }
  const std::string item = item_code(code);
  if (station.work) {
    out.push_back(FindItem{item});
    if (!station.work->parcel.label.waybill) out.push_back(offer_for(*station.work));
    serial_query(code, item, out);
    return;
  }
  out.push_back(FindOrders{code.bytes});
  out.push_back(FindWaybillOrder{number_of(code)});
  out.push_back(FindItem{item});
  out.push_back(FindOpenableByItem{item, station.wave});
  out.push_back(FindParcel{number_of(code)});
  out.push_back(FindOffer{});
  out.push_back(FindVisits{});
  out.push_back(FindStopRegions{});
  serial_query(code, item, out);
}

bool may_check_pin(const Station& station, const std::string& badge, const Now& now) {
  const auto guard = station.pins.find(badge);
  return guard == station.pins.end() || time_to_wait(guard->second, now).us <= 0;
}

void command_queries(const Station& station, const Command& command, const Now& now,
                     std::vector<Query>& out) {
  const std::string first = command.args.empty() ? "" : command.args[0];
  switch (command.verb) {
    case Verb::sign_in:
      out.push_back(FindOperator{first, command.args.size() > 1 ? command.args[1] : "",
                                 may_check_pin(station, first, now)});
      break;
    case Verb::open:
      for (const std::string& order : command.args) out.push_back(FindOrders{order});
      if (command.args.size() == 1) out.push_back(FindWaybillOrder{first});
      out.push_back(FindOffer{});
      out.push_back(FindVisits{});
      out.push_back(FindStopRegions{});
      break;
    case Verb::release:
      out.push_back(FindStopRegions{});
      [[fallthrough]];
    case Verb::cancel_order:
    case Verb::confirm:
      out.push_back(FindOrders{first});
      break;
    case Verb::item:
      out.push_back(FindItem{first});
      break;
    case Verb::accept_trace:
    case Verb::returned:
    case Verb::settle:
    case Verb::refused_by_courier:
      out.push_back(FindParcel{number_of(Barcode{first, ""})});
      break;
    default:
      break;
  }
  if (station.work && !station.work->parcel.label.waybill) out.push_back(offer_for(*station.work));
}

}  // namespace

std::vector<Query> queries(const Station& station, const Input& input, const Now& now) {
  std::vector<Query> out;
  if (const auto* scan = std::get_if<Scan>(&input.body)) {
    if (const auto action = parse_command(scan->code.bytes))
      command_queries(station, parse_command_line(*action), now, out);
    else
      scan_queries(station, input, scan->code, out);
  } else if (const auto* command = std::get_if<Command>(&input.body)) {
    command_queries(station, *command, now, out);
  } else if (const auto* row = std::get_if<FeedRow>(&input.body)) {
    if (row->kind == "retry") return out;
    out.push_back(FindOrderKey{row->order});
    if (station.work && !station.work->parcel.label.waybill)
      out.push_back(offer_for(*station.work));
  } else if (const auto* traces = std::get_if<TraceRows>(&input.body)) {
    out.push_back(FindTraced{traces->rows});
  } else if (std::holds_alternative<DevicesChanged>(input.body) ||
             std::holds_alternative<Weighed>(input.body)) {
    if (station.work && !station.work->parcel.label.waybill)
      out.push_back(offer_for(*station.work));
  }
  return out;
}

}  // namespace packbench::station
