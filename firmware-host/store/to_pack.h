// ToPack: orders of the catalog that nobody has begun to pack. The catalog keeps a narrow row of
// each order that may wait, however long its history is; what the journal has dealt with since the
// last import is passed over in one walk along both in the order of the keys. Thread rule: that of
// the connections.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/deadlines.h"
#include "domain/order.h"
#include "domain/platform_policy.h"
#include "domain/reconcile.h"

namespace packbench::store {

class Database;

// The keys, in their order, of all orders that are packed or stopped or in a parcel that is open;
// the file stays as it is read until this goes.
class HandledOrders {
 public:
  // `database` must outlive this.
  explicit HandledOrders(Database& database);
  ~HandledOrders();
  HandledOrders(HandledOrders&&) noexcept;
  // Whether this order is among them; to be asked in the order of the keys only.
  bool has(std::string_view platform, std::string_view shop, std::string_view number);

 private:
  struct Walk;
  std::unique_ptr<Walk> walk_;
};

struct OrderToPack {
  OrderFacts facts;  // without the last visit, which the caller's timetable knows
  std::string requested_carrier;
  std::string country, province;  // of its destination
  Promise promise;
};
struct OrdersToPack {
  std::int64_t count = 0;
  std::vector<OrderToPack> first;  // by their promise; without one last
};
// Of the catalog's file; for this room.
OrdersToPack read_orders_to_pack(Database& catalog, HandledOrders& handled,
                                 const PlatformPolicies& policies, std::size_t limit);

}  // namespace packbench::store
