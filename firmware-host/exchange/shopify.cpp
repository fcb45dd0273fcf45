// A shop's Shopify orders_export.csv. The first row of an order holds the order and its first item;
// continuation rows repeat the name and hold an item each. Layout: help.shopify.com, "Exporting
// orders".
#include <map>
#include <utility>

#include "base/utf8.h"
#include "exchange/fields.h"
#include "exchange/importers.h"
#include "exchange/order_collector.h"
#include "exchange/order_fields.h"

namespace packbench::exchange {
namespace {

class ShopifyRow {
 public:
  ShopifyRow(const Table& table, const CsvRow& row, const ImportOptions& options)
      : table_(table), row_(row), options_(options) {}

  std::string column(std::string_view name) const { return std::string(table_.get(row_, name)); }

  std::string operator()(std::string_view field) const {
    std::string text = from_file(field);
    if (!text.empty()) return text;
    const auto value = options_.set.find(std::string(field));
    if (value != options_.set.end()) return value->second;
    return field == "platform" ? "shopify" : "";
  }

 private:
  std::string first_of(std::string_view a, std::string_view b) const {
    std::string text = column(a);
    return text.empty() ? column(b) : text;
  }

  std::string from_file(std::string_view field) const {
    if (field == "receiver.address") {
      const std::string more = column("Shipping Address2");
      return column("Shipping Address1") + (more.empty() ? "" : ", " + more);
    }
    // An apostrophe keeps spreadsheets from eating leading zeros.
    if (field == "receiver.postcode") {
      const std::string text = column("Shipping Zip");
      return text.starts_with('\'') ? text.substr(1) : text;
    }
    if (field == "receiver.phone") return first_of("Shipping Phone", "Phone");
    if (field == "receiver.province")
      return first_of("Shipping Province Name", "Shipping Province");
    static const std::map<std::string_view, std::string_view> kColumns = {
        {"number", "Name"},
        {"paid_at", "Paid at"},
        {"paid", "Total"},
        {"currency", "Currency"},
        {"buyer_note", "Notes"},
        {"receiver.name", "Shipping Name"},
        {"receiver.city", "Shipping City"},
        {"receiver.country", "Shipping Country"},
        {"sku", "Lineitem sku"},
        {"name", "Lineitem name"},
        {"quantity", "Lineitem quantity"},
        {"price", "Lineitem price"}};
    const auto found = kColumns.find(field);
    return found == kColumns.end() ? std::string() : column(found->second);
  }

  const Table& table_;
  const CsvRow& row_;
  const ImportOptions& options_;
};

bool is_cod(const ShopifyRow& row) {
  const std::string method = lower(row.column("Payment Method"));
  return method.find("cash on delivery") != std::string::npos ||
         method.find("(cod)") != std::string::npos || method == "cod";
}

// Shopify's word for the payment as ours; nothing for one that is not known.
std::optional<OrderStatus> status_of(const ShopifyRow& row) {
  if (!row.column("Cancelled at").empty()) return OrderStatus::cancelled;
  static const std::map<std::string, OrderStatus> kWords = {
      {"paid", OrderStatus::paid},         {"partially_refunded", OrderStatus::paid},
      {"pending", OrderStatus::pending},   {"authorized", OrderStatus::pending},
      {"unpaid", OrderStatus::pending},    {"partially_paid", OrderStatus::pending},
      {"refunded", OrderStatus::refunded}, {"voided", OrderStatus::cancelled},
      {"expired", OrderStatus::cancelled}};
  const auto found = kWords.find(lower(row.column("Financial Status")));
  if (found == kWords.end()) return std::nullopt;
  return found->second;
}

Service service_of(const ShopifyRow& row) {
  const std::string method = lower(row.column("Shipping Method"));
  if (method.find("same day") != std::string::npos) return Service::same_day;
  if (method.find("next day") != std::string::npos) return Service::next_day;
  if (method.find("overnight") != std::string::npos) return Service::next_day;
  return Service::standard;
}

// The order's own fields from its first row, or why the whole order cannot be taken.
std::optional<std::string> begin_order(const ShopifyRow& row, const ImportContext& context,
                                       OrderDraft& draft) {
  if (row.column("Financial Status").empty()) return "its first row is missing from the file";
  if (lower(row.column("Fulfillment Status")) == "fulfilled") return "the shop has it as fulfilled";
  const auto status = status_of(row);
  if (!status) return "its financial status is not one of Shopify's known words";
  ImportedOrder imported;
  if (auto problem = read_order(row, context.zone, imported)) return problem;
  Order& order = imported.order;
  order.status = *status;
  if (order.service == Service::standard) order.service = service_of(row);
  // Nobody pays a cash-on-delivery order before it ships: its promise runs from the day it was
  // made.
  const bool runs_unpaid = is_cod(row) || context.accept_pending;
  if (!order.paid_at && order.status == OrderStatus::pending && runs_unpaid) {
    order.paid_at = parse_time(row.column("Created at"), context.zone);
  }
  // The export does not say which items were paid back or have left already.
  if (lower(row.column("Financial Status")) == "partially_refunded") {
    draft.holds.push_back({"refund_requested", "partially refunded in the shop"});
  }
  if (lower(row.column("Fulfillment Status")) == "partial") {
    draft.holds.push_back({"order_changed", "partly fulfilled in the shop"});
  }
  draft.imported = std::move(imported);
  draft.has_fields = true;
  return std::nullopt;
}

class ShopifyImport {
 public:
  explicit ShopifyImport(const ImportContext& context)
      : context_(context), orders_(context.outcome, context.accept_pending) {}

  void take(const CsvRow& row, const ShopifyRow& get) {
    OrderKey key;
    if (const auto problem = read_key(get, key)) {
      return orders_.lose_unknown(row, row.problem.empty()
                                           ? "The row has no usable order: " + *problem + "."
                                           : "The row " + row.problem + ".");
    }
    OrderDraft& draft = orders_.row_of(key);
    if (!row.problem.empty()) return lose_malformed(row, key, draft);
    if (draft.rows == 1 && !draft.has_fields) {
      if (auto problem = begin_order(get, context_, draft)) refused_[key] = *problem;
      currency_[key] = get("currency");
    }
    if (const auto refused = refused_.find(key); refused != refused_.end()) {
      return orders_.reject(row, "Order not taken: " + refused->second + ".");
    }
    take_item(row, get, draft);
  }

  void finish() { orders_.finish(); }

 private:
  // Without its first row an order has no receiver and no payment, so nothing of it is taken.
  void lose_malformed(const CsvRow& row, const OrderKey& key, OrderDraft& draft) {
    if (draft.rows == 1) refused_[key] = "its first row could not be read";
    orders_.lose(draft, row, "The row " + row.problem + ".");
  }

  void take_item(const CsvRow& row, const ShopifyRow& get, OrderDraft& draft) {
    if (lower(get.column("Lineitem fulfillment status")) == "fulfilled") {
      return orders_.reject(row, "Order line not taken: the shop has it as fulfilled.");
    }
    // Only the first row of an order names its currency.
    const FieldGetter with_currency = [&](std::string_view field) {
      const std::string text = get(field);
      return field == "currency" && text.empty() ? currency_[draft.imported.order.key] : text;
    };
    LineReading reading = read_line(with_currency, context_.options, true);
    const std::string reason = "Order line not taken: " + reading.reason + ".";
    if (reading.fate == LineFate::lost) return orders_.lose(draft, row, reason);
    if (reading.fate == LineFate::not_a_sale) return orders_.reject(row, reason);
    const bool ships = lower(get.column("Lineitem requires shipping")) != "false";
    if (reading.fate == LineFate::service || !ships) {
      ++context_.outcome.services;
      return;
    }
    reading.line.ordinal = draft.rows;
    draft.imported.order.lines.push_back(std::move(reading.line));
  }

  const ImportContext& context_;
  OrderCollector orders_;
  std::map<OrderKey, std::string> refused_;  // order -> why nothing of it is taken
  std::map<OrderKey, std::string> currency_;
};

}  // namespace

bool is_shopify(const Header& header) {
  return header.has({"Name", "Financial Status", "Lineitem quantity", "Lineitem name"});
}

void import_shopify(Table& table, const ImportContext& context) {
  ShopifyImport import(context);
  while (const auto row = table.next()) {
    import.take(*row, ShopifyRow(table, *row, context.options));
  }
  import.finish();
}

}  // namespace packbench::exchange
