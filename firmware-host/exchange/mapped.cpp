#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "exchange/fields.h"
#include "exchange/importers.h"
#include "exchange/order_collector.h"
#include "exchange/order_fields.h"

namespace packbench::exchange {
namespace {

// One row as our fields: the mapped column, else what --set says.
class MappedRow {
 public:
  MappedRow(const Table& table, const CsvRow& row, const ImportOptions& options)
      : table_(table), row_(row), options_(options) {}

  std::string operator()(std::string_view field) const {
    const std::string name(field);
    if (const auto column = options_.map.find(name); column != options_.map.end()) {
      const std::string_view text = table_.get(row_, column->second);
      if (!text.empty()) return std::string(text);
    }
    const auto value = options_.set.find(name);
    return value == options_.set.end() ? std::string() : value->second;
  }

 private:
  const Table& table_;
  const CsvRow& row_;
  const ImportOptions& options_;
};

// Rows that the CSV reader could not take whole: the order number may still be among the fields.
void lose_malformed(const CsvRow& row, const FieldGetter& get, OrderCollector& orders) {
  const std::string reason = "The row " + row.problem + ".";
  OrderKey key;
  if (!is_utf8(row.source) || read_key(get, key)) {
    orders.lose_unknown(row, reason);
  } else {
    orders.lose(orders.row_of(key), row, reason);
  }
}

void take_row(const CsvRow& row, const FieldGetter& get, const ImportContext& context,
              OrderCollector& orders) {
  const bool names = context.options.map.contains("name");
  LineReading reading = read_line(get, context.options, names);
  OrderKey key;
  if (const auto problem = read_key(get, key)) {
    const std::string reason = "The row has no usable order: " + *problem + ".";
    const bool lost = reading.fate == LineFate::taken || reading.fate == LineFate::lost;
    // A line of totals has neither number nor quantity and is no part of any order.
    if (lost && !get("quantity").empty()) return orders.lose_unknown(row, reason);
    return orders.reject(row, reason);
  }
  OrderDraft& draft = orders.row_of(key);
  if (reading.fate == LineFate::service) {
    ++context.outcome.services;
    return;
  }
  const std::string reason = "Order line not taken: " + reading.reason + ".";
  if (reading.fate == LineFate::not_a_sale) return orders.reject(row, reason);
  if (reading.fate == LineFate::lost) return orders.lose(draft, row, reason);

  ImportedOrder fields;
  if (const auto problem = read_order(get, context.zone, fields)) {
    return orders.lose(draft, row, "Order line not taken: " + *problem + ".");
  }
  if (!draft.has_fields) {
    draft.imported = std::move(fields);
    draft.has_fields = true;
  } else if (const auto conflict = merge_order(draft.imported, fields);
             conflict && draft.holds.empty()) {
    draft.holds.push_back(
        {"rows_differ", "file line " + std::to_string(row.line) + ": " + *conflict});
  }
  reading.line.ordinal = draft.rows;
  draft.imported.order.lines.push_back(std::move(reading.line));
}

}  // namespace

bool is_mapped(const Header& header, const ImportOptions& options) {
  return !options.map.empty() &&
         std::all_of(options.map.begin(), options.map.end(),
                     [&](const auto& entry) { return header.find(entry.second).has_value(); });
}

void import_mapped(Table& table, const ImportContext& context) {
  OrderCollector orders(context.outcome, context.accept_pending);
  while (const auto row = table.next()) {
    const MappedRow get(table, *row, context.options);
    if (row->problem.empty()) {
      take_row(*row, get, context, orders);
    } else {
      lose_malformed(*row, get, orders);
    }
  }
  orders.finish();
}

}  // namespace packbench::exchange
