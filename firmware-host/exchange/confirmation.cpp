#include "exchange/confirmation.h"

#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace packbench::exchange {

std::string confirmation_key(const ConfirmationOut& c) {
  return c.parcel + "/" + c.order.platform + "/" + c.order.shop + "/" + c.order.number;
}

std::string confirmation_json(const ConfirmationOut& c) {
  nlohmann::ordered_json line;
  line["confirmation"] = confirmation_key(c);
  line["platform"] = c.order.platform;
  line["shop"] = c.order.shop;
  line["order"] = c.order.number;
  line["parcel"] = c.parcel;
  line["carrier"] = c.carrier;
  line["service"] = c.service;
  line["number"] = c.number;
  line["manifest"] = c.manifest;
  line["picked_up_at"] = format_utc(c.picked_up_at);
  if (c.by_trace) line["evidence"] = "carrier_trace";
  line["released_at"] = format_utc(c.released_at);
  line["lines"] = nlohmann::ordered_json::array();
  for (const ConfirmedLine& l : c.lines)
    line["lines"].push_back({{"line", l.line}, {"quantity", l.quantity}});
  if (!c.message.empty()) line["message"] = c.message;
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string confirmation_lines(const std::vector<ConfirmationOut>& confirmations) {
  std::string text;
  for (const ConfirmationOut& each : confirmations) text += confirmation_json(each) + "\n";
  return text;
}

std::string return_line(const ReturnOut& out) {
  nlohmann::ordered_json line;
  line["kind"] = "waybill_returned";
  line["waybill_returned"] = out.carrier + "/" + out.number;
  line["carrier"] = out.carrier;
  line["service"] = out.service;
  line["number"] = out.number;
  line["parcel"] = out.parcel;
  line["reason"] = out.reason;
  line["returned_at"] = format_utc(out.returned_at);
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace packbench::exchange
