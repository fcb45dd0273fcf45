#include "host/facts.h"

#include <algorithm>
#include <set>

#include "domain/pin.h"
#include "domain/tracking_number.h"

namespace packbench::host {
namespace {

using namespace station;

// Bounds the search for an item's order among those that are packed already.
constexpr int candidates_max = 5'000;

class Lookup {
 public:
  Lookup(const FactSources& sources, const Station& bench, Instant now)
      : sources_(sources), bench_(bench), now_(now) {
    facts_.policy = &sources.policy;
  }

  Result<Facts> run(const std::vector<Query>& queries) {
    for (const Query& query : queries) {
      const Status status = std::visit([this](const auto& q) { return answer(q); }, query);
      if (!status) return status.error();
    }
    return std::move(facts_);
  }

 private:
  Status add_order(const Order& order) {
    for (const OrderFact& known : facts_.orders) {
      if (known.order.key == order.key) return Ok{};
    }
    auto fact = order_fact(order);
    if (!fact) return fact.error();
    facts_.orders.push_back(std::move(fact).value());
    return Ok{};
  }

  Result<OrderFact> order_fact(const Order& order) {
    OrderFact fact;
    fact.order = order;
    auto products = sources_.catalog.products_of(order);
    if (!products) return products.error();
    fact.products = std::move(products).value();
    auto history = sources_.journal.order_history(order.key);
    if (!history) return history.error();
    fact.history = std::move(history).value();
    return fact;
  }

  // "platform/shop/number" says which of several orders of one number is meant.
  std::optional<OrderKey> full_key(const std::string& code) const {
    const std::size_t first = code.find('/');
    const std::size_t second = first == std::string::npos ? first : code.find('/', first + 1);
    if (second == std::string::npos) return std::nullopt;
    return OrderKey{code.substr(0, first), code.substr(first + 1, second - first - 1),
                    code.substr(second + 1)};
  }

  Status answer(const FindOrders& query) {
    const auto found = sources_.catalog.find_orders(query.code);
    if (!found) return found.error();
    if (found.value().orders.empty()) {
      if (const auto key = full_key(query.code)) return answer(FindOrderKey{*key});
    }
    facts_.by_alias = found.value().by_alias;
    for (const Order& order : found.value().orders) {
      if (const Status status = add_order(order); !status) return status;
    }
    return Ok{};
  }

  Status answer(const FindOrderKey& query) {
    const auto order = sources_.catalog.order(query.key);
    if (!order) return order.error();
    if (order.value()) return add_order(*order.value());
    return Ok{};
  }

  Status answer(const FindWaybillOrder& query) {
    if (!facts_.orders.empty()) return Ok{};
    const auto offers = sources_.catalog.offers_numbered(query.number);
    if (!offers) return offers.error();
    for (const WaybillOffer& offer : offers.value()) {
      const auto usable = is_free(offer);
      if (!usable) return usable.error();
      if (!offer.order || !usable.value()) continue;
      facts_.scanned_offer = offer;
      facts_.offer = offer;
      return answer(FindOrderKey{*offer.order});
    }
    return Ok{};
  }

  // A code that names an order is no item.
  Status answer(const FindItem& query) {
    if (!facts_.orders.empty()) return Ok{};
    const auto items = sources_.catalog.find_items(query.code);
    if (!items) return items.error();
    for (const store::FoundItem& item : items.value())
      facts_.items.push_back({item.product, item.pieces});
    return Ok{};
  }

  bool on_a_bench(const OrderKey& key) const {
    return std::any_of(bench_.parked.begin(), bench_.parked.end(), [&](const Work& work) {
      return std::any_of(work.orders.begin(), work.orders.end(),
                         [&](const OrderWork& order) { return order.opened.order.key == key; });
    });
  }

  // Whether its carrier does not go to its region now, and the policy keeps it back for it; such an
  // order asks for no carrier.
  bool is_kept_back(const OrderKey& key, const OrderHistory& past) {
    if (!sources_.policy.visits.keeps_back || facts_.stop_regions.empty()) return false;
    const auto order = sources_.catalog.order(key);
    if (!order || !order.value() || past.released_revision >= order.value()->revision) return false;
    const auto found =
        stopped_region(facts_.stop_regions, sources_.policy.default_carrier, *order.value(), now_);
    return found && !found->perhaps;
  }

  // Exactly one order is left, or of several single-item ones the most urgent.
  Status answer(const FindOpenableByItem& query) {
    if (!facts_.orders.empty()) return Ok{};
    const auto items = sources_.catalog.find_items(query.code);
    if (!items) return items.error();
    std::optional<OrderKey> single, several;
    int singles = 0, others = 0, seen = 0;
    std::optional<Error> failed;
    std::set<OrderKey> met;
    const Duration due = policy_of(sources_.policy.platforms, "").ship_promise;
    if (const Status read = answer(FindStopRegions{}); !read) return read;
    for (const store::FoundItem& item : items.value()) {
      const Status status = sources_.catalog.openings(
          item.product.sku, query.wave, due, [&](const store::OpeningCandidate& candidate) {
            if (++seen > candidates_max || !met.insert(candidate.key).second)
              return seen <= candidates_max;
            const auto history = sources_.journal.order_history(candidate.key);
            if (!history) {
              failed = history.error();
              return false;
            }
            const OrderHistory& past = history.value();
            if (past.packed || past.stopped || !past.parcels.empty() || on_a_bench(candidate.key))
              return true;
            if (is_kept_back(candidate.key, past)) return true;
            if (candidate.single_item && ++singles == 1) single = candidate.key;
            if (!candidate.single_item && ++others == 1) several = candidate.key;
            return singles == 0;  // the most urgent one of a single item opens
          });
      if (!status) return status;
      if (failed) return *failed;
    }
    if (singles == 0 && others > 1) {
      facts_.item_candidates = 2;
      return Ok{};
    }
    const auto& chosen = single ? single : several;
    if (!chosen) return Ok{};
    facts_.item_candidates = 1;
    const auto order = sources_.catalog.order(*chosen);
    if (!order) return order.error();
    if (!order.value()) return Ok{};
    auto fact = order_fact(*order.value());
    if (!fact) return fact.error();
    facts_.by_item = std::move(fact).value();
    return Ok{};
  }

  Result<bool> is_free(const WaybillOffer& offer) {
    if (const auto problem = waybill_problem(offer.carrier, offer.number)) {
      if (facts_.offer_problem.empty()) facts_.offer_problem = problem->code;
      return false;
    }
    const auto used = sources_.journal.is_number_used(offer.carrier, offer.number);
    if (!used) return used.error();
    return !used.value();
  }

  // The first that is neither used, malformed nor expired.
  Result<bool> take_first(const std::vector<WaybillOffer>& offers) {
    for (const WaybillOffer& offer : offers) {
      const auto free = is_free(offer);
      if (!free) return free.error();
      if (!free.value()) continue;
      if (offer.expires_at && *offer.expires_at <= now_) {
        facts_.offer_expired = true;
        continue;
      }
      facts_.offer = offer;
      return true;
    }
    return false;
  }

  Status answer(const FindOffer& query) {
    if (facts_.offer) return Ok{};
    std::vector<OrderKey> orders = query.orders;
    std::string carrier = query.carrier;
    std::string service = query.service;
    const OrderFact* opening = nullptr;
    if (orders.empty()) {
      if (facts_.orders.size() == 1) opening = &facts_.orders.front();
      if (facts_.orders.empty() && facts_.by_item) opening = &*facts_.by_item;
      if (opening == nullptr) return Ok{};
      orders = {opening->order.key};
      service = sources_.policy.default_service;
      carrier = opening->order.requested_carrier;
    }
    const auto allocated = sources_.catalog.allocated_offers(
        orders, query.any_carrier && !query.orders.empty() ? "" : carrier);
    if (!allocated) return allocated.error();
    const auto taken = take_first(allocated.value());
    if (!taken) return taken.error();
    // An order that only opens needs to know its allocated number's carrier; one that is opened by
    // its only item prints at once.
    if (taken.value() || (opening != nullptr && !facts_.by_item)) return Ok{};
    return take_from_ranges(carrier.empty() ? sources_.policy.default_carrier : carrier, service);
  }

  Status take_from_ranges(const std::string& carrier, const std::string& service) {
    const std::string key = range_key(carrier, service);
    if (sources_.empty != nullptr && sources_.empty->count(key) > 0) {
      say_why_none(sources_.empty->at(key));
      return Ok{};
    }
    const EmptyRange allocated{facts_.offer_expired, facts_.offer_problem};
    facts_.offer_expired = false;
    facts_.offer_problem.clear();
    const auto taken = walk_ranges(carrier, service);
    if (!taken) return taken.error();
    if (!taken.value() && sources_.empty != nullptr)
      (*sources_.empty)[key] = {facts_.offer_expired, facts_.offer_problem};
    say_why_none(allocated);
    return Ok{};
  }

  void say_why_none(const EmptyRange& why) {
    facts_.offer_expired = facts_.offer_expired || why.expired;
    if (facts_.offer_problem.empty()) facts_.offer_problem = why.problem;
  }

  // The service asked for, then numbers of no service in particular; without a service, any.
  Result<bool> walk_ranges(const std::string& carrier, const std::string& service) {
    std::vector<std::string> services = {service, ""};
    if (service.empty()) {
      auto all = sources_.catalog.range_services(carrier);
      if (!all) return all.error();
      services = std::move(all).value();
    }
    // First what lies behind the last numbers taken. Only when nothing does, all of it: an import
    // may have renewed a number that had expired and was passed over.
    for (const bool from_the_start : {false, true}) {
      for (const std::string& each : services) {
        auto after = from_the_start ? Result<std::string>(std::string())
                                    : sources_.journal.last_range_number(carrier, each);
        if (!after) return after.error();
        const auto taken = walk_range(carrier, each, std::move(after).value());
        if (taken && taken.value()) facts_.offer->passed_over = from_the_start;
        if (!taken || taken.value()) return taken;
      }
    }
    return false;
  }

  Result<bool> walk_range(const std::string& carrier, const std::string& service,
                          std::string after) {
    // The first one is nearly always free.
    for (std::size_t page = 2;; page = 64) {
      const auto offers = sources_.catalog.range_offers(carrier, service, after, page);
      if (!offers) return offers.error();
      const auto taken = take_first(offers.value());
      if (!taken) return taken.error();
      if (taken.value() || offers.value().size() < page) return taken;
      after = offers.value().back().number;
    }
  }

  Status answer(const FindOperator& query) {
    const auto stored = sources_.catalog.operator_of(query.badge);
    if (!stored) return stored.error();
    if (!stored.value()) return Ok{};
    OperatorFact fact;
    fact.op = stored.value()->op;
    fact.pin_set = !stored.value()->pin_hash.empty();
    if (fact.pin_set && query.check_pin && !query.pin.empty())
      fact.pin_ok = verify_pin(query.pin, stored.value()->pin_hash);
    facts_.op = std::move(fact);
    return Ok{};
  }

  Status answer(const FindParcel& query) {
    const auto parcel = sources_.journal.parcel_by_number(query.number);
    if (!parcel) return parcel.error();
    facts_.parcel = parcel.value();
    return Ok{};
  }

  Status answer(const FindTraced& query) {
    for (const FeedRow& row : query.rows) {
      if (!row.trace) continue;
      const auto parcel = sources_.journal.traced_parcel(*row.trace);
      if (!parcel) return parcel.error();
      if (parcel.value()) facts_.traced[row.id] = *parcel.value();
    }
    return Ok{};
  }

  Status answer(const FindSerial& query) {
    const auto items = sources_.catalog.find_items(query.sku);
    if (!items) return items.error();
    for (const store::FoundItem& item : items.value()) {
      const auto packed = sources_.journal.is_serial_packed(item.product.sku, query.serial);
      if (!packed) return packed.error();
      if (packed.value()) facts_.serial_seen = true;
    }
    return Ok{};
  }

  Status answer(const FindVisits&) {
    auto visits = sources_.catalog.visits();
    if (!visits) return visits.error();
    facts_.visits = std::move(visits).value();
    return Ok{};
  }

  Status answer(const FindStopRegions&) {
    auto stops = sources_.catalog.stop_regions(now_);
    if (!stops) return stops.error();
    facts_.stop_regions = std::move(stops).value();
    return Ok{};
  }

  const FactSources& sources_;
  const Station& bench_;
  const Instant now_;
  Facts facts_;
};

}  // namespace

Result<Facts> look_up(const FactSources& sources, const Station& station,
                      const std::vector<Query>& queries, Instant now) {
  const auto catalog = sources.catalog.read_view();
  const auto journal = sources.journal.read_view();
  return Lookup(sources, station, now).run(queries);
}

Result<std::int64_t> range_left(const FactSources& sources, const std::string& carrier,
                                const std::string& service, Instant now) {
  const auto last = sources.journal.last_range_number(carrier, service);
  if (!last) return last.error();
  return sources.catalog.range_left(carrier, service, last.value(), now,
                                    sources.policy.numbers.low_water_of(carrier));
}

}  // namespace packbench::host
