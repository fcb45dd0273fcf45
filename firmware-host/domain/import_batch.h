// ImportBatch: what one file yields, before anything is stored. The catalog takes it whole, in one
// transaction, or not at all.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/deadlines.h"
#include "domain/operator.h"
#include "domain/order.h"
#include "domain/product.h"
#include "domain/stop_region.h"
#include "domain/trace.h"
#include "domain/waybill.h"

namespace packbench {

// `person` is in the clear only between the file and the catalog, which seals it.
struct ImportedOrder {
  Order order;  // sealed_person, address_token and revision are filled in by the catalog
  PersonalData person;
};

struct ImportedOperator {
  Operator op;
  std::string pin_hash;  // Argon2id, empty: no PIN
};

struct Alias {
  std::string code;
  std::string order;     // number
  std::string platform;  // empty: any
  std::string shop;      // empty: any
};

struct Stop {
  std::string order;
  std::string reason;  // refund_requested | refunded | cancelled | hold, or free reason code
  std::string platform;
  std::string shop;
  int line = 0;  // 0: the whole order
};

struct ImportBatch {
  std::vector<ImportedOrder> orders;
  std::vector<Product> products;
  std::vector<WaybillOffer> waybills;
  std::vector<ImportedOperator> operators;
  std::vector<Alias> aliases;
  std::vector<Stop> stops;
  std::vector<CarrierVisit> visits;
  std::vector<StopRegion> stop_regions;
  std::vector<Trace> traces;
  std::size_t lines = 0;  // order lines taken
  // Where sources that are asked go on from here, by their names.
  std::map<std::string, std::string> cursors;
};

}  // namespace packbench
