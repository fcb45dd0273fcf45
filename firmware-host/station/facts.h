// Facts: what the core must know to decide and does not hold itself. `queries` names them, the host
// looks them up in catalog, journal and configuration. Plain values, no thread rule.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/checklist.h"
#include "domain/deadlines.h"
#include "domain/operator.h"
#include "domain/order.h"
#include "domain/platform_policy.h"
#include "domain/product.h"
#include "domain/stop_region.h"
#include "domain/waybill.h"
#include "station/messages.h"
#include "station/record.h"

namespace packbench::station {

enum class WeightPolicy { none, before_print, at_label_scan };

// When somebody is told that numbers run out.
struct NumberPolicy {
  int low_water = 50;              // fewer numbers left of a range; 0: never
  std::map<std::string, int> low;  // by carrier, where another one holds
  Duration expiry_warning = Duration::hours(24);
  int low_water_of(const std::string& carrier) const {
    const auto own = low.find(carrier);
    return own == low.end() ? low_water : own->second;
  }
};

// What holds for the carriers' visits.
struct VisitPolicy {
  Duration grace = Duration::minutes(30);  // a courier who is later than this does not come
  bool keeps_back = false;                 // orders to where their carrier does not go
};

// The configuration that the core decides by. Lives as long as the host.
struct Policy {
  WeightPolicy weight = WeightPolicy::at_label_scan;
  bool has_scale = false;
  bool stages_without_scale = false;  // while the scale is away; else a supervisor overrides
  std::int64_t weight_tolerance_g = 20;
  int weight_tolerance_percent = 5;
  std::int64_t packaging_weight_g = 0;  // of an ordinary box, added to what is due
  bool typed_by_supervisor = false;     // codes that are typed count only from a supervisor
  LabelSource label_source = LabelSource::own;
  NumberPolicy numbers;
  VisitPolicy visits;
  bool card_by_itself = false;  // gift cards are printed when their order is opened
  bool slip_by_itself = false;  // a manifest is printed when it is closed
  bool delivers = false;        // confirmations are also sent by HTTP
  std::string default_carrier;
  std::string default_service;
  PlatformPolicies platforms;
  std::string zone = "Asia/Shanghai";
  std::vector<std::string> seasons;
  Checklist checklist;
  std::vector<std::string> short_reasons;
};

// What the journal remembers of an order.
struct OrderHistory {
  bool packed = false;                  // all of it went out of the bench's hands as packed
  bool stopped = false;                 // cancelled by /cancel-order or the feed
  std::int64_t released_revision = -1;  // a supervisor let holds up to here pass
  std::vector<Confirmation> pending;    // parcels not yet confirmed: state picked_up and held
  struct Parcel {
    ParcelId id;
    std::string state;  // the words of the console's answer
    bool picked_up = false;
    bool manifest_closed = false;
    bool confirmation_held = false;
    bool released = false;  // the confirmation is in the outbox
  };
  std::vector<Parcel> parcels;
};
struct OrderFact {
  Order order;
  std::map<std::string, Product> products;  // of its lines and of their components, by SKU
  OrderHistory history;
};
struct ItemFact {
  Product product;
  int pieces = 1;
};
struct OperatorFact {
  Operator op;
  bool pin_set = false;
  bool pin_ok = false;
};
// A parcel that the Station no longer holds (its manifest is closed, or it was voided).
struct ParcelFact {
  ParcelId id;
  std::string state;
  std::string carrier;
  bool label_void = false;     // this number was taken off it: the paper must be destroyed
  bool watched = false;        // somebody must still look after it, although it left the bench
  bool returned = false;       // and came back to us
  bool traced_return = false;  // so the carrier says
  std::optional<Instant> traced_pickup = {};  // the carrier's own record of it
  std::string order = {};                     // number of the first order in it
  std::string packed_by = {};                 // badge
  std::optional<Instant> staged_at = {}, picked_up_at = {};
};

// Queries.
struct FindOrders {
  std::string code;
};  // by number or alias
struct FindOrderKey {
  OrderKey key;
};
struct FindWaybillOrder {
  std::string number;
};  // the order an unused number is allocated to
struct FindItem {
  std::string code;
};                           // GTIN, barcode or SKU
struct FindOpenableByItem {  // item-first candidates
  std::string code;
  std::string wave;
};
// A free number for a parcel: allocated to its orders, else of a range (exactly this service, then
// of none in particular; without a service, of any). While an order is opened by its number, only
// an allocated one.
struct FindOffer {
  std::vector<OrderKey> orders;
  std::string carrier, service;
  bool any_carrier = true;  // an allocation of another carrier will do
};
struct FindOperator {
  std::string badge, pin;
  bool check_pin = true;  // false while the badge must wait
};
struct FindParcel {
  std::string number;
};
// Whose number each of the rows names; other carriers' and older parcels' numbers are nobody's.
struct FindTraced {
  std::vector<FeedRow> rows;
};
struct FindSerial {
  std::string sku, serial;
};
struct FindVisits {};
struct FindStopRegions {};  // in force now
using Query = std::variant<FindOrders, FindOrderKey, FindWaybillOrder, FindItem, FindOpenableByItem,
                           FindOffer, FindOperator, FindParcel, FindTraced, FindSerial, FindVisits,
                           FindStopRegions>;

struct Facts {
  const Policy* policy = nullptr;
  std::vector<OrderFact> orders;  // of FindOrders, FindOrderKey, FindWaybillOrder; no duplicates
  bool by_alias = false;          // FindOrders met an alias and not a number
  std::optional<WaybillOffer> scanned_offer;  // FindWaybillOrder
  std::vector<ItemFact> items;                // none where the code named an order
  std::optional<OrderFact> by_item;           // exactly one candidate is left
  int item_candidates = 0;                    // 0, 1 or "more" (2)
  std::optional<WaybillOffer> offer;
  bool offer_expired = false;  // there were numbers, all of them too old
  std::string offer_problem;   // there was a number that cannot be the carrier's: why
  std::optional<OperatorFact> op;
  std::optional<ParcelFact> parcel;
  std::map<std::int64_t, ParcelId> traced;  // by the feed's row
  bool serial_seen = false;
  std::vector<CarrierVisit> visits;
  std::vector<StopRegion> stop_regions;
  std::optional<std::int64_t> stable_weight_g;  // on the scale now
  bool scale_away = false;                      // no scale is connected and working
};

}  // namespace packbench::station
