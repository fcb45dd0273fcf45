// OrderCollector: rows of order lines gathered into orders. An order that lost a row is held; one
// without any line left is not imported. One file, one thread.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "exchange/csv.h"
#include "exchange/import.h"

namespace packbench::exchange {

struct OrderDraft {
  ImportedOrder imported;
  int rows = 0;                   // of the source, taken or not: the ordinal of the latest one
  std::vector<std::size_t> lost;  // lines of the file
  std::vector<Hold> holds;        // further ones, behind those that settle_order finds
  bool has_fields = false;        // `imported` holds more than the key
};

class OrderCollector {
 public:
  OrderCollector(ImportOutcome& outcome, bool accept_pending)
      : outcome_(outcome), accept_pending_(accept_pending) {}

  // The order of a row, begun where it is new. Counts the row. The reference stays good.
  OrderDraft& row_of(const OrderKey& key);

  // The row is rejected; with `lost` the order is held, because an item is missing from it.
  void reject(const CsvRow& row, const std::string& reason);
  void lose(OrderDraft& draft, const CsvRow& row, const std::string& reason);

  // A lost row whose order cannot be read: rows of an order stand together, so the order before
  // and the one behind it are held.
  void lose_unknown(const CsvRow& row, const std::string& reason);

  // Moves the orders into the outcome, in the order of their first rows.
  void finish();

 private:
  ImportOutcome& outcome_;
  bool accept_pending_;
  std::deque<OrderDraft> drafts_;
  std::map<OrderKey, OrderDraft*> by_key_;
  OrderDraft* latest_ = nullptr;
  std::vector<std::size_t> lost_before_;  // unknown rows that the next order may have lost
};

}  // namespace packbench::exchange
