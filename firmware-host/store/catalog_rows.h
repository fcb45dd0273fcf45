// Rows of the catalog as the domain's values, and back. For this room's source files only.
#pragma once

#include <string>
#include <vector>

#include "domain/order.h"
#include "domain/product.h"
#include "domain/trace.h"
#include "domain/waybill.h"
#include "store/database.h"

namespace packbench::store {

// The Order as it was imported: without person, revision and what stop lists say.
std::string order_text(const Order& order);
Order read_order(std::string_view text);

std::string product_text(const Product& product);
Product read_product(std::string_view text);

std::string status_word(OrderStatus status);
std::string status_word(LineStatus status);

struct StoredStop {
  int line = 0;
  std::string reason;
};
// The order as it stands with what the stop lists say. A stop only ever makes it worse.
void lay_over(Order& order, const std::vector<StoredStop>& stops);
std::vector<StoredStop> stops_of(Database& db, std::int64_t order_id);

// Whether an item may open it: paid, whole, not a gift, nothing noted, bound to no carrier.
bool may_open_by_item(const Order& order);

// The columns that offer_of reads, from waybill_offer.
#define PACKBENCH_OFFER_COLUMNS                                                        \
  "carrier, service, number, platform, shop, order_number, route_code, consolidation," \
  " expires_us, label_file, consolidation_code, sorting_mark"
WaybillOffer offer_of(const Rows& rows);

// The columns that traces_of reads, from trace.
#define PACKBENCH_TRACE_COLUMNS "carrier, number, at_us, text, status, state"
std::vector<Trace> traces_of(Rows rows);

// Ids of the orders with this number; platform and shop empty: any.
std::vector<std::int64_t> order_ids(Database& db, const std::string& number,
                                    const std::string& platform, const std::string& shop);

// Where a source that is asked goes on; empty: it was never asked.
std::string read_cursor(Database& db, const std::string& source);
void keep_cursor(Database& db, const std::string& source, const std::string& cursor);

// Throws older_catalog where the format is one that prepare_catalog brings up to date, and
// newer_catalog where this program does not know it.
void check_catalog_format(Database& db, const std::string& directory);

// Makes catalog.db's tables where there are none, and brings older ones up to date; throws
// newer_catalog for another format.
void prepare_catalog(Database& db, const std::string& directory);

}  // namespace packbench::store
