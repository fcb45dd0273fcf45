// Messages out, as files for other programs to read. Pure functions.
//
// Confirmations: the text of an outbox file, one JSON object a line for each (parcel, order).
// The shop's connector reads these files and tells the platform.
// Fields: confirmation (parcel and order; the idempotency key), platform, shop, order, parcel,
// carrier, service, number, manifest, picked_up_at, released_at (UTC), lines [{line, quantity}],
// message {zh, en}: what the buyer is told, where the shop wants it; evidence "carrier_trace": no
// scan of ours, a supervisor accepted the carrier's own pickup trace, whose time picked_up_at then
// is.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/order.h"

namespace packbench::exchange {

struct ConfirmedLine {
  int line = 0;
  int quantity = 0;
};
struct ConfirmationOut {
  std::string parcel;
  OrderKey order;
  std::string carrier, service, number, manifest;
  Instant picked_up_at;
  Instant released_at;
  std::vector<ConfirmedLine> lines;
  std::map<std::string, std::string> message = {};  // for the buyer, by language: zh, en
  bool by_trace = false;                            // not by a scan of ours
};

// A number that goes back to its carrier: a file of its own with one JSON object in one line.
// Fields: kind ("waybill_returned"), waybill_returned (carrier and number; the idempotency key),
// carrier, service, number, parcel, reason, returned_at (UTC).
struct ReturnOut {
  std::string carrier, service, number, parcel;
  std::string reason;  // of the packer, or a code: abandoned, cancelled, refunded ...
  Instant returned_at;
};
std::string return_line(const ReturnOut& out);

// The idempotency key: its platform may be told of it more than once and does nothing then.
std::string confirmation_key(const ConfirmationOut& confirmation);
// What is posted of it, and its line in the file.
std::string confirmation_json(const ConfirmationOut& confirmation);
std::string confirmation_lines(const std::vector<ConfirmationOut>& confirmations);

}  // namespace packbench::exchange
