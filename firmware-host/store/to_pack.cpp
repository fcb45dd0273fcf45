#include "store/to_pack.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>

#include "base/check.h"
#include "domain/deadlines.h"
#include "store/catalog_rows.h"
#include "store/database.h"

namespace packbench::store {
namespace {

// Orders that are handled stand close together or far apart: a few are stepped over, more of them
// leapt over by the index.
constexpr int steps_before_seek = 8;
constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

struct Candidate {
  std::int64_t ship_by = never;
  std::int64_t id = 0;
  auto operator<=>(const Candidate&) const = default;
};

// Of an order that was paid and has no promise of its own.
Instant redated(Database& catalog, std::int64_t id, const PlatformPolicy& policy) {
  Rows rows = catalog.query("SELECT body FROM orders WHERE id = ?", id);
  const bool there = rows.next();
  CHECK(there);
  return ship_by(read_order(rows.text_view(0)), policy).value_or(Instant{never});
}

// Of a row with platform, shop, number, order_id, promised_us, paid_us.
Candidate candidate(Database& catalog, const Rows& rows, const PlatformPolicies& policies) {
  const std::int64_t id = rows.integer(3);
  if (!rows.is_null(4)) return {rows.integer(4), id};
  if (rows.is_null(5)) return {never, id};
  const PlatformPolicy policy = policy_of(policies, rows.text(0));
  const Instant plain = rows.time(5) + policy.ship_promise;
  return {(may_be_moved(plain, policy) ? redated(catalog, id, policy) : plain).us, id};
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
  found.promise = promise_of(order, policy_of(policies, order.key.platform));
  found.facts.ship_by = found.promise.ship_by;
  found.facts.service = order.service;
  found.facts.buyer = order.buyer;
  found.facts.paid_at = order.paid_at;
  found.requested_carrier = order.requested_carrier;
  found.country = order.country;
  found.province = order.province;
  return found;
}

}  // namespace

struct HandledOrders::Walk {
  explicit Walk(Database& database) : db(database) {
    Rows open = db.query(
        "SELECT o.platform, o.shop, o.number FROM work w INDEXED BY work_unfinished"
        " CROSS JOIN work_order o ON o.work = w.id"
        " WHERE w.state IN ('open', 'parked')");
    while (open.next()) in_work.insert(open.key(0));
  }

  // To the first of the handled ones that is not before `key`.
  void seek(const OrderKey& key) {
    rows.reset();  // the statement is free again
    rows.emplace(
        db.query("SELECT platform, shop, number FROM order_state"
                 " WHERE (platform, shop, number) >= (?, ?, ?)"
                 " AND (packed_work IS NOT NULL OR stopped = 1) ORDER BY platform, shop, number",
                 key));
    more = rows->next();
  }

  Database& db;
  std::optional<Rows> rows;
  bool more = true;  // rows stands on one
  std::set<OrderKey> in_work;
};

HandledOrders::HandledOrders(Database& database) : walk_(std::make_unique<Walk>(database)) {}
HandledOrders::~HandledOrders() = default;
HandledOrders::HandledOrders(HandledOrders&&) noexcept = default;

bool HandledOrders::has(std::string_view platform, std::string_view shop, std::string_view number) {
  const std::tuple asked(platform, shop, number);
  const auto key_asked = [&] {
    return OrderKey{std::string(platform), std::string(shop), std::string(number)};
  };
  if (!walk_->rows) walk_->seek(key_asked());
  for (int steps = 1; walk_->more; ++steps) {
    const Rows& rows = *walk_->rows;
    const std::tuple key(rows.text_view(0), rows.text_view(1), rows.text_view(2));
    if (key == asked) return true;
    if (key > asked) break;
    if (steps == steps_before_seek)
      walk_->seek(key_asked());
    else
      walk_->more = walk_->rows->next();
  }
  return !walk_->in_work.empty() && walk_->in_work.count(key_asked()) > 0;
}

OrdersToPack read_orders_to_pack(Database& catalog, HandledOrders& handled,
                                 const PlatformPolicies& policies, std::size_t limit) {
  std::vector<Candidate> first;  // a heap with the last of them in front
  OrdersToPack found;
  Rows rows = catalog.query(
      "SELECT platform, shop, number, order_id, promised_us, paid_us FROM waiting_order"
      " WHERE stopped = 0 ORDER BY platform, shop, number");
  while (rows.next()) {
    if (handled.has(rows.text_view(0), rows.text_view(1), rows.text_view(2))) continue;
    const Candidate next = candidate(catalog, rows, policies);
    ++found.count;
    if (first.size() >= limit && (first.empty() || next > first.front())) continue;
    first.push_back(next);
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
