// Catalog: orders, products, waybills, operators, visits and stop regions from outside
// (catalog.db), read by the bench, and the feed that tells it what changed. It never writes,
// checkpoints or maps the file: SQLite 3.40.1 can lose a write-ahead log that two connections reset
// at once. Receivers and notes are sealed, each order with its own key, and the keys lie apart in
// keys.db (mode 0600).
// Thread rule: one thread. Errors: busy, no_space, io_error, corrupt, newer_catalog, erased,
// keys_missing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "domain/deadlines.h"
#include "domain/operator.h"
#include "domain/order.h"
#include "domain/product.h"
#include "domain/stop_region.h"
#include "domain/trace.h"
#include "domain/waybill.h"
#include "station/messages.h"
#include "store/read_view.h"
#include "store/to_pack.h"

namespace packbench::store {

struct CatalogOptions {
  std::string directory;  // must exist; an empty catalog is made where there is none
  std::string vfs;        // SQLite's file layer; empty: the system's own
};

struct FoundOrders {
  std::vector<Order> orders;  // a bare number may be that of several
  bool by_alias = false;
};
struct FoundItem {
  Product product;
  int pieces = 1;
};
// An order that an item may open: paid, not a gift, no hold, no note, bound to no carrier.
struct OpeningCandidate {
  OrderKey key;
  bool single_item = false;  // one line of one piece
};
struct RangeName {
  std::string carrier, service;
};
struct StoredPayment {
  std::string buyer;
  std::optional<Instant> paid_at;
};
struct StoredOperator {
  Operator op;
  std::string pin_hash;  // empty: no PIN
};

class Catalog {
 public:
  static Result<std::unique_ptr<Catalog>> open(const CatalogOptions& options);
  virtual ~Catalog() = default;

  // Whether anything was written since the last call; the first call says yes.
  virtual Result<bool> changed() = 0;

  virtual ReadView read_view() = 0;

  // By number, else by alias (tote, pick slip, wave).
  virtual Result<FoundOrders> find_orders(const std::string& code) = 0;
  virtual Result<std::optional<Order>> order(const OrderKey& key) = 0;
  // What of an order tells how its lateness counts; without reading all of it.
  virtual Result<std::optional<StoredPayment>> payment(const OrderKey& key) = 0;
  // Of the order's lines and of their components, by SKU. A line that no product is known for has
  // none.
  virtual Result<std::map<std::string, Product>> products_of(const Order& order) = 0;
  virtual Result<std::optional<Product>> product(const std::string& sku) = 0;

  // By GTIN (UPC-A equals EAN-13 with a leading zero), barcode, or SKU; several products may share
  // a barcode.
  virtual Result<std::vector<FoundItem>> find_items(const std::string& code) = 0;

  // Orders with a line of this SKU, or of a kit that contains it, the most urgent first (own
  // promise, else payment plus `promise`), until `visit` returns false. `wave`: only those under
  // this alias; empty: all.
  virtual Status openings(const std::string& sku, const std::string& wave, Duration promise,
                          const std::function<bool(const OpeningCandidate&)>& visit) = 0;

  // Numbers allocated to one of the orders; carrier empty: of any.
  virtual Result<std::vector<WaybillOffer>> allocated_offers(const std::vector<OrderKey>& orders,
                                                             const std::string& carrier) = 0;
  // The carrier's range for exactly this service, in the order of its import, after number `after`
  // (empty: from the start).
  virtual Result<std::vector<WaybillOffer>> range_offers(const std::string& carrier,
                                                         const std::string& service,
                                                         const std::string& after,
                                                         std::size_t limit) = 0;
  // The services the carrier has ranges for; the empty one serves any.
  virtual Result<std::vector<std::string>> range_services(const std::string& carrier) = 0;
  // How many numbers of this range behind `after` are good at `now`, used ones among them; stops
  // counting at `limit`. Reads the index only, and no more than a few times `limit` of it.
  virtual Result<std::int64_t> range_left(const std::string& carrier, const std::string& service,
                                          const std::string& after, Instant now,
                                          std::int64_t limit) = 0;
  // Every carrier and service that has a range.
  virtual Result<std::vector<RangeName>> ranges() = 0;
  // Numbers that are allocated to an order and expire after `from` and not after `to`, the soonest
  // first, used ones among them, until `visit` returns false.
  virtual Status expiring_offers(Instant from, Instant to,
                                 const std::function<bool(const WaybillOffer&)>& visit) = 0;
  virtual Result<std::vector<WaybillOffer>> offers_numbered(const std::string& number) = 0;

  virtual Result<std::optional<StoredOperator>> operator_of(const std::string& badge) = 0;
  virtual Result<std::vector<CarrierVisit>> visits() = 0;
  // Where carriers do not go at `at`.
  virtual Result<std::vector<StopRegion>> stop_regions(Instant at) = 0;

  // What was reported of this number, the oldest first; also what names no carrier.
  virtual Result<std::vector<Trace>> traces(const std::string& carrier,
                                            const std::string& number) = 0;
  // What no rule knows, in the order of its import.
  virtual Result<std::vector<Trace>> unknown_traces(std::size_t limit) = 0;

  // Where a source goes on that is asked for news (ImportBatch::cursors); empty: from its start.
  virtual Result<std::string> cursor(const std::string& source) = 0;

  // Orders that nobody has begun with; `handled` is used up.
  virtual Result<OrdersToPack> orders_to_pack(HandledOrders& handled,
                                              const PlatformPolicies& policies,
                                              std::size_t limit) = 0;

  // In the order of their ids, from outside to be folded into the bench as inputs.
  virtual Result<std::vector<station::FeedRow>> feed_after(std::int64_t cursor,
                                                           std::size_t limit) = 0;

  // Decrypts `sealed` (Order::sealed_person, also of an order as a record kept it). Error erased:
  // the key is gone, and with it the person.
  virtual Result<PersonalData> person(const OrderKey& key, const std::string& sealed) = 0;
};

}  // namespace packbench::store
