#include "exchange/order_collector.h"

#include <utility>

#include "exchange/order_fields.h"

namespace packbench::exchange {
namespace {

std::string lines_text(const std::vector<std::size_t>& lines) {
  std::string text = lines.size() == 1 ? "file line " : "file lines ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(lines[i]);
  }
  return text;
}

}  // namespace

OrderDraft& OrderCollector::row_of(const OrderKey& key) {
  auto& place = by_key_[key];
  if (place == nullptr) {
    place = &drafts_.emplace_back();
    place->imported.order.key = key;
  }
  latest_ = place;
  latest_->lost.insert(latest_->lost.end(), lost_before_.begin(), lost_before_.end());
  lost_before_.clear();
  ++latest_->rows;
  return *latest_;
}

void OrderCollector::reject(const CsvRow& row, const std::string& reason) {
  outcome_.rejects.push_back({row.line, reason, std::string(row.source)});
}

void OrderCollector::lose(OrderDraft& draft, const CsvRow& row, const std::string& reason) {
  draft.lost.push_back(row.line);
  reject(row, reason);
}

void OrderCollector::lose_unknown(const CsvRow& row, const std::string& reason) {
  if (latest_ != nullptr) latest_->lost.push_back(row.line);
  lost_before_.push_back(row.line);
  reject(row, reason);
}

void OrderCollector::finish() {
  for (OrderDraft& draft : drafts_) {
    Order& order = draft.imported.order;
    if (order.lines.empty()) continue;
    settle_order(draft.imported, accept_pending_);
    if (!draft.lost.empty()) order.holds.push_back({"row_lost", lines_text(draft.lost)});
    order.holds.insert(order.holds.end(), draft.holds.begin(), draft.holds.end());
    outcome_.batch.lines += order.lines.size();
    outcome_.batch.orders.push_back(std::move(draft.imported));
  }
}

}  // namespace packbench::exchange
