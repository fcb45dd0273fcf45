#include "exchange/confirmation.h"

#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace packbench::exchange {

std::string confirmation_lines(const std::vector<ConfirmationOut>& confirmations) {
  std::string text;
  for (const ConfirmationOut& c : confirmations) {
    nlohmann::ordered_json line;
    line["confirmation"] =
        c.parcel + "/" + c.order.platform + "/" + c.order.shop + "/" + c.order.number;
    line["platform"] = c.order.platform;
    line["shop"] = c.order.shop;
    line["order"] = c.order.number;
    line["parcel"] = c.parcel;
    line["carrier"] = c.carrier;
    line["service"] = c.service;
    line["number"] = c.number;
    line["manifest"] = c.manifest;
    line["picked_up_at"] = format_utc(c.picked_up_at);
    line["released_at"] = format_utc(c.released_at);
    line["lines"] = nlohmann::ordered_json::array();
    for (const ConfirmedLine& l : c.lines)
      line["lines"].push_back({{"line", l.line}, {"quantity", l.quantity}});
    text += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace packbench::exchange
