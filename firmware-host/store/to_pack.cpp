#include "store/to_pack.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>

#include "domain/deadlines.h"
#include "store/catalog_rows.h"
#include "store/database.h"

namespace packbench::store {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

struct Candidate {
  std::int64_t ship_by = never;
  std::int64_t id = 0;
  auto operator<=>(const Candidate&) const = default;
};

// Nothing where it was cancelled or refunded before anybody began with it.
std::optional<Candidate> candidate(Database& catalog, std::int64_t id,
                                   const PlatformPolicies& policies) {
  Rows rows = catalog.query(
      "SELECT platform, promised_us, paid_us,"
      " coalesce(json_extract(body, '$.status') IN ('refunded', 'cancelled'), 0)"
      "   OR EXISTS (SELECT 1 FROM stop WHERE order_id = orders.id AND line = 0"
      "     AND reason IN ('refunded', 'cancelled')) FROM orders WHERE id = ?",
      id);
  if (!rows.next() || rows.flag(3)) return std::nullopt;
  if (!rows.is_null(1)) return Candidate{rows.integer(1), id};
  if (rows.is_null(2)) return Candidate{never, id};
  return Candidate{(rows.time(2) + policy_of(policies, rows.text(0)).ship_promise).us, id};
}

bool must_wait(const Order& order) {
  return !order.holds.empty() || order.status == OrderStatus::pending ||
         order.status == OrderStatus::refund_requested ||
         std::any_of(order.lines.begin(), order.lines.end(), [](const OrderLine& line) {
           return line.status == LineStatus::refund_requested;
         });
}

OrderToPack order_to_pack(Database& catalog, std::int64_t id, const PlatformPolicies& policies) {
  Rows rows = catalog.query("SELECT body FROM orders WHERE id = ?", id);
  if (!rows.next()) return {};
  Order order = read_order(rows.text_view(0));
  lay_over(order, stops_of(catalog, id));
  OrderToPack found;
  found.facts.key = order.key;
  found.facts.held = must_wait(order);
  found.facts.paid = order.paid;
  found.facts.ship_by = ship_by(order, policy_of(policies, order.key.platform).ship_promise);
  found.facts.service = order.service;
  found.facts.buyer = order.buyer;
  found.facts.paid_at = order.paid_at;
  found.requested_carrier = order.requested_carrier;
  return found;
}

}  // namespace

struct HandledOrders::Walk {
  explicit Walk(Database& database)
      : rows(database.query("SELECT platform, shop, number FROM order_state"
                            " WHERE packed_work IS NOT NULL OR stopped = 1"
                            " ORDER BY platform, shop, number")) {
    Rows open = database.query(
        "SELECT o.platform, o.shop, o.number FROM work w JOIN work_order o ON o.work = w.id"
        " WHERE w.state IN ('open', 'parked')");
    while (open.next()) in_work.insert(open.key(0));
    more = rows.next();
  }
  Rows rows;
  bool more = false;
  std::set<OrderKey> in_work;
};

HandledOrders::HandledOrders(Database& database) : walk_(std::make_unique<Walk>(database)) {}
HandledOrders::~HandledOrders() = default;
HandledOrders::HandledOrders(HandledOrders&&) noexcept = default;

bool HandledOrders::has(std::string_view platform, std::string_view shop, std::string_view number) {
  const std::tuple asked(platform, shop, number);
  Rows& rows = walk_->rows;
  while (walk_->more) {
    const std::tuple key(rows.text_view(0), rows.text_view(1), rows.text_view(2));
    if (key == asked) return true;
    if (key > asked) break;
    walk_->more = rows.next();
  }
  return !walk_->in_work.empty() &&
         walk_->in_work.count({std::string(platform), std::string(shop), std::string(number)}) > 0;
}

OrdersToPack read_orders_to_pack(Database& catalog, HandledOrders& handled,
                                 const PlatformPolicies& policies, std::size_t limit) {
  std::vector<Candidate> first;  // a heap with the last of them in front
  OrdersToPack found;
  Rows rows = catalog.query(
      "SELECT platform, shop, number, id FROM orders ORDER BY platform, shop, number");
  while (rows.next()) {
    if (handled.has(rows.text_view(0), rows.text_view(1), rows.text_view(2))) continue;
    const auto next = candidate(catalog, rows.integer(3), policies);
    if (!next) continue;
    ++found.count;
    if (first.size() >= limit && (first.empty() || *next > first.front())) continue;
    first.push_back(*next);
    std::push_heap(first.begin(), first.end());
    if (first.size() <= limit) continue;
    std::pop_heap(first.begin(), first.end());
    first.pop_back();
  }
  std::sort(first.begin(), first.end());
  for (const Candidate& each : first)
    found.first.push_back(order_to_pack(catalog, each.id, policies));
  return found;
}

}  // namespace packbench::store
