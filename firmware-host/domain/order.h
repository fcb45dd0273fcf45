// Order: what a shop sold and to whom, as the bench knows it. Value types, no thread rule.
// An order is known by (platform, shop, number): a bare number may be ambiguous.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"

namespace packbench {

struct OrderKey {
  std::string platform;
  std::string shop;
  std::string number;
  auto operator<=>(const OrderKey&) const = default;
};

enum class OrderKind { standard, reship, exchange };
enum class OrderStatus { paid, cod, pending, refund_requested, refunded, cancelled };
enum class Service { standard, next_day, same_day, door };
enum class LineStatus { active, refund_requested, refunded, cancelled };

struct OrderLine {
  int ordinal = 0;  // from 1, as in the source; the key of the line within its order
  std::string sku;  // or "name:<text>" where the source has no SKU
  std::string name;
  std::string variant;
  int quantity = 0;
  std::optional<Money> price;
  bool gift = false;
  LineStatus status = LineStatus::active;
  bool operator==(const OrderLine&) const = default;
};

// The receiver and every free text a person wrote: encrypted per order wherever it is stored.
struct Receiver {
  std::string name, phone, province, city, district, address, postcode, country;
  bool operator==(const Receiver&) const = default;
};
struct PersonalData {
  Receiver receiver;
  std::string gift_message, buyer_note, seller_note;
  bool operator==(const PersonalData&) const = default;
};

// Why an order must wait. `code`: row_lost, payment_pending, refund_requested, order_changed,
// stop_list, exchange_unlinked ... `detail` names the line or the reason; no person's data.
struct Hold {
  std::string code;
  std::string detail;
  bool operator==(const Hold&) const = default;
};

struct Order {
  OrderKey key;
  OrderKind kind = OrderKind::standard;
  std::string of;  // number of the first order, for a reshipment or an exchange
  OrderStatus status = OrderStatus::paid;
  std::optional<Instant> paid_at;
  std::optional<Instant> promised_ship_by;
  std::optional<Money> paid;
  std::string buyer;        // the platform's id of the buyer, not a name
  std::string merge_token;  // the platform's word that two orders may share a box
  std::string requested_carrier;
  Service service = Service::standard;
  bool gift = false;
  bool has_gift_message = false;
  bool has_buyer_note = false;
  bool has_seller_note = false;
  std::optional<Money> insured_value;
  std::string country;  // of the destination; coarse enough to be no person's data
  std::string province;
  std::string address_token;  // keyed hash of receiver and address: equal means one box is possible
  std::vector<OrderLine> lines;
  std::vector<Hold> holds;
  std::int64_t revision = 0;  // counts up with every change of the order from outside
  std::string sealed_person;  // PersonalData encrypted with the order's own key, base64
  bool operator==(const Order&) const = default;
};

}  // namespace packbench
