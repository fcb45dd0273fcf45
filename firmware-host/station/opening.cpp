// Opening an order: by its number, an alias, a pre-printed waybill, its first item, or several
// together in one box.
#include <algorithm>

#include "base/time_text.h"
#include "domain/barcode.h"
#include "domain/label_code.h"
#include "station/draft.h"

namespace packbench::station {
namespace {

Part part_of(const Product* product, const std::string& sku, int per_unit) {
  Part part;
  part.sku = sku;
  part.per_unit = per_unit;
  if (product == nullptr) return part;
  part.name = product->name;
  part.variant = product->variant;
  part.barcodes = product->barcodes;
  part.no_barcode = product->no_barcode;
  part.weight_g = product->weight_g;
  part.handling = product->handling;
  part.listing_title = product->listing_title;
  part.image = product->image;
  part.accessories = product->accessories;
  part.packaging = product->packaging;
  return part;
}

const Product* product_of(const OrderFact& fact, const std::string& sku) {
  const auto found = fact.products.find(sku);
  return found == fact.products.end() ? nullptr : &found->second;
}

OpenedLine opened_line(const OrderFact& fact, const OrderLine& line) {
  OpenedLine opened{line, {}};
  const Product* product = product_of(fact, line.sku);
  if (product != nullptr && !product->components.empty()) {
    for (const Component& component : product->components)
      opened.parts.push_back(
          part_of(product_of(fact, component.sku), component.sku, std::max(1, component.quantity)));
    return opened;
  }
  Part part = part_of(product, line.sku, 1);
  if (part.name.empty()) part.name = line.name;
  if (!line.variant.empty()) part.variant = line.variant;
  // A shop without SKUs has nothing on the goods to scan.
  if (line.sku.rfind("name:", 0) == 0 && part.barcodes.empty()) part.no_barcode = true;
  opened.parts.push_back(std::move(part));
  return opened;
}

bool is_live(const OrderLine& line) {
  return line.status == LineStatus::active || line.status == LineStatus::refund_requested;
}

OpenedOrder opened_order(const Draft& draft, const OrderFact& fact, const std::string& carrier) {
  OpenedOrder opened;
  opened.order = fact.order;
  const PlatformPolicy platform = policy_of(draft.policy.platforms, fact.order.key.platform);
  opened.ship_by = ship_by(fact.order, platform);
  if (opened.ship_by)
    opened.last_visit = last_visit(draft.facts.visits, carrier, *opened.ship_by, draft.policy.zone);
  for (const OrderLine& line : fact.order.lines) {
    if (is_live(line)) opened.lines.push_back(opened_line(fact, line));
  }
  return opened;
}

std::string carrier_for(const Draft& draft, const OrderFact& fact) {
  if (!fact.order.requested_carrier.empty()) return fact.order.requested_carrier;
  const bool allocated = draft.facts.offer && draft.facts.offer->order;
  return allocated ? draft.facts.offer->carrier : draft.policy.default_carrier;
}

std::optional<StoppedRegion> region_stop(const Draft& draft, const OrderFact& fact) {
  return stopped_region(draft.facts.stop_regions, carrier_for(draft, fact), fact.order,
                        draft.now.wall);
}

Params region_params(const Draft& draft, const OrderFact& fact, const StoppedRegion& found) {
  return {{"order", fact.order.key.number},
          {"carrier", found.stop.carrier},
          {"region", region_text(found.stop)},
          {"until", format_local(found.stop.span.to, draft.policy.zone, "%Y-%m-%d %H:%M")}};
}

// Refuses where the order's carrier does not go to its region and the policy keeps it back for it.
bool is_kept_back(Draft& draft, const OrderFact& fact) {
  if (!holds_for_region(draft, fact)) return false;
  Params params = region_params(draft, fact, *region_stop(draft, fact));
  params["reason"] = "kept_back";
  draft.refuse(AlertCode::region_stopped, std::move(params));
  return true;
}

// It is opened all the same, and somebody has to know.
void warn_of_region(Draft& draft, const std::vector<OrderFact>& orders) {
  for (const OrderFact& fact : orders) {
    const auto found = region_stop(draft, fact);
    if (!found) continue;
    Params params = region_params(draft, fact, *found);
    if (found->perhaps) params["reason"] = "part_of_it";
    return draft.alert(AlertCode::region_stopped, std::move(params));
  }
}

std::string key_text(const OrderKey& key) {
  return key.platform + "/" + key.shop + "/" + key.number;
}

bool is_parked(const Station& station, const OrderKey& key, std::string* work) {
  for (const Work& parked : station.parked) {
    if (!find_order(parked, key)) continue;
    *work = parked.id;
    return true;
  }
  return false;
}

// Whether one order may be packed now; refuses where it may not.
bool may_open(Draft& draft, const OrderFact& fact) {
  const Params who{{"order", fact.order.key.number}};
  const bool no_lines = std::none_of(fact.order.lines.begin(), fact.order.lines.end(), is_live);
  if (is_cancelled(fact) || no_lines) {
    draft.refuse(AlertCode::order_cancelled, who);
    return false;
  }
  if (fact.history.packed) {
    draft.refuse(AlertCode::order_already_packed, who);
    return false;
  }
  if (const auto hold = effective_hold(fact)) {
    draft.refuse(AlertCode::order_on_hold,
                 {{"order", fact.order.key.number},
                  {"reason", hold->detail.empty() ? hold->code : hold->code + " " + hold->detail}});
    return false;
  }
  return !is_kept_back(draft, fact);
}

bool one_box(const Order& a, const Order& b) {
  if (a.key.platform != b.key.platform || a.buyer.empty() || a.buyer != b.buyer) return false;
  if (a.requested_carrier != b.requested_carrier) return false;
  if (!a.merge_token.empty() || !b.merge_token.empty()) return a.merge_token == b.merge_token;
  return !a.address_token.empty() && a.address_token == b.address_token;
}

void start_packing(Draft& draft, const std::vector<OrderFact>& orders, std::string opened_by,
                   LabelSource source) {
  PackingStarted started;
  started.work = draft.station.bench + "-W" + std::to_string(draft.station.works + 1);
  started.opened_by = std::move(opened_by);
  // Orders of one box ask for the same one.
  started.carrier = carrier_for(draft, orders.front());
  started.service = draft.policy.default_service;
  started.source = source;
  if (source == LabelSource::preprinted) started.preprinted = draft.facts.scanned_offer;
  for (const OrderFact& fact : orders)
    started.orders.push_back(opened_order(draft, fact, started.carrier));
  draft.work = make_work(started);
  draft.decision.records.push_back(std::move(started));
  start_parcel(draft, 1);
  start_cards(draft);
  warn_of_region(draft, orders);
}

// It may have been stopped while it lay on the shelf: it comes back to be unpacked or to wait.
void warn_resumed(Draft& draft) {
  if (all_stopped(*draft.work))
    draft.alert(AlertCode::order_cancelled);
  else if (const OrderWork* held = first_held(*draft.work))
    draft.alert(AlertCode::order_on_hold, {{"reason", held->held->code}});
}

bool open_orders(Draft& draft, const std::vector<OrderFact>& orders, const std::string& opened_by,
                 LabelSource source) {
  std::string parked;
  if (orders.size() == 1 && is_parked(draft.station, orders.front().order.key, &parked)) {
    for (const Work& work : draft.station.parked) {
      if (work.id == parked) draft.work = work;
    }
    draft.decision.records.push_back(WorkResumed{parked});
    warn_resumed(draft);
    return true;
  }
  for (const OrderFact& fact : orders) {
    if (is_parked(draft.station, fact.order.key, &parked)) {
      draft.refuse(AlertCode::not_ready, {{"reason", "order_parked"}});
      return false;
    }
    if (!may_open(draft, fact)) return false;
    if (!one_box(orders.front().order, fact.order) && orders.size() > 1) {
      draft.refuse(AlertCode::bad_command, {{"reason", "not_one_buyer_and_address"}});
      return false;
    }
  }
  start_packing(draft, orders, opened_by, source);
  return true;
}

void open_by_item(Draft& draft, const Barcode& code) {
  if (draft.facts.item_candidates > 1) return draft.refuse(AlertCode::order_ambiguous);
  if (!draft.facts.by_item) return draft.refuse(AlertCode::order_not_found);
  if (open_orders(draft, {*draft.facts.by_item}, "item", draft.policy.label_source) && draft.work)
    scan_item(draft, code);
}

}  // namespace

bool holds_for_region(const Draft& draft, const OrderFact& fact) {
  if (!draft.policy.visits.keeps_back) return false;
  if (fact.history.released_revision >= fact.order.revision) return false;
  const auto found = region_stop(draft, fact);
  return found && !found->perhaps;
}

Work make_work(const PackingStarted& started) {
  Work work;
  work.id = started.work;
  work.opened_by = started.opened_by;
  work.carrier = started.carrier;
  work.service = started.service;
  work.source = started.source;
  work.preprinted = started.preprinted;
  for (const OpenedOrder& opened : started.orders) {
    OrderWork order;
    order.opened = opened;
    for (const OpenedLine& line : opened.lines) {
      LineWork state;
      state.opened = line;
      state.packed.assign(line.parts.size(), 0);
      state.earlier.assign(line.parts.size(), 0);
      order.lines.push_back(std::move(state));
    }
    order.opened.lines.clear();
    order.opened.order.lines.clear();
    work.orders.push_back(std::move(order));
  }
  return work;
}

void start_parcel(Draft& draft, int index) {
  ParcelStarted started;
  const auto number = draft.station.parcels_made + 1;
  started.parcel = draft.station.bench + "-P" + std::to_string(number);
  started.work = draft.work->id;
  started.index = index;
  ChecklistSubject subject;
  subject.seasons = draft.policy.seasons;
  std::vector<Order> orders;
  std::vector<Product> products;
  for (const OrderWork& order : draft.work->orders) {
    Order with_lines = order.opened.order;
    for (const LineWork& line : order.lines) {
      if (missing(line, 0) == 0) continue;
      with_lines.lines.push_back(line.opened.line);
      for (const Part& part : line.opened.parts) {
        Product product;
        product.handling = part.handling;
        product.packaging = part.packaging;
        products.push_back(std::move(product));
      }
    }
    orders.push_back(std::move(with_lines));
  }
  for (const Order& order : orders) subject.orders.push_back(&order);
  for (const Product& product : products) subject.products.push_back(&product);
  for (const SelectedCheck& check : select_checks(draft.policy.checklist, subject)) {
    const CheckRule* rule = draft.policy.checklist.find(check.id);
    started.checks.push_back({check.id, check.blocks_print, rule->materials, rule->na_allowed});
  }
  for (const std::size_t card : select_cards(draft.policy.checklist, subject))
    started.cards.push_back(std::to_string(card));
  draft.add(std::move(started));
}

void open_by_scan(Draft& draft, const Barcode& code) {
  const auto& orders = draft.facts.orders;
  const bool preprinted = draft.facts.scanned_offer.has_value();
  if (orders.size() == 1) {
    const std::string how = preprinted ? "waybill" : draft.facts.by_alias ? "alias" : "number";
    open_orders(draft, orders, how,
                preprinted ? LabelSource::preprinted : draft.policy.label_source);
    return;
  }
  if (orders.size() > 1 && draft.facts.by_alias) {
    draft.add(WaveChosen{code.bytes});
    return;
  }
  if (orders.size() > 1) {
    std::string choices;
    for (const OrderFact& fact : orders)
      choices += (choices.empty() ? "" : ", ") + key_text(fact.order.key);
    return draft.refuse(AlertCode::order_ambiguous, {{"choices", choices}});
  }
  if (draft.facts.parcel && draft.facts.parcel->label_void)
    return draft.refuse(AlertCode::stale_label);
  if (draft.facts.parcel) return scan_what_left(draft);
  if (!draft.facts.items.empty()) return open_by_item(draft, code);
  draft.refuse(gtin14(code) ? AlertCode::unknown_barcode : AlertCode::order_not_found);
}

void open_by_command(Draft& draft, const Command& command) {
  if (command.args.empty())
    return draft.refuse(AlertCode::bad_command, {{"reason", "/open ORDER..."}});
  if (draft.work) return draft.refuse(AlertCode::not_ready, {{"reason", "order_open"}});
  const auto& orders = draft.facts.orders;
  if (orders.size() < command.args.size()) return draft.refuse(AlertCode::order_not_found);
  if (command.args.size() == 1) return open_by_scan(draft, {command.args.front(), ""});
  for (const std::string& arg : command.args) {
    const auto named = std::count_if(orders.begin(), orders.end(), [&](const OrderFact& fact) {
      return fact.order.key.number == arg || key_text(fact.order.key) == arg;
    });
    if (named != 1)
      return draft.refuse(named == 0 ? AlertCode::order_not_found : AlertCode::order_ambiguous);
  }
  open_orders(draft, orders, "merge", draft.policy.label_source);
}

}  // namespace packbench::station
