// What a file to import may hold: any bytes at all. Whatever is taken must hold the promises of
// exchange/import.h, above all that no order is taken in part without a hold.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/utf8.h"
#include "domain/identifier.h"
#include "domain/tracking_number.h"
#include "exchange/csv.h"
#include "exchange/import.h"
#include "exchange/trace_answer.h"

namespace {

using namespace packbench;
using namespace packbench::exchange;

ImportOptions options() {
  ImportOptions options;
  options.map = {{"number", "No"},    {"sku", "Code"},     {"name", "Text"},
                 {"quantity", "Qty"}, {"paid_at", "Date"}, {"price", "Price"}};
  options.set = {{"currency", "GBP"}};
  options.random = [](std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = 7;
  };
  return options;
}

bool is_text(const std::string& text) {
  return printable(text) == text;
}

void check_order(const ImportedOrder& imported) {
  const Order& order = imported.order;
  CHECK(!identifier_problem(order.key.number));
  CHECK(!order.lines.empty());
  int last = 0;
  for (const OrderLine& line : order.lines) {
    CHECK(line.ordinal > last);
    last = line.ordinal;
    CHECK(line.quantity >= 1 && line.quantity <= 100'000);
    CHECK(line.sku.starts_with("name:") || !identifier_problem(line.sku));
    CHECK(is_text(line.name) && is_text(line.variant));
  }
  CHECK(order.status != OrderStatus::pending || !order.holds.empty());
  CHECK(is_text(imported.person.receiver.address) && is_text(imported.person.buyer_note));
}

void check_csv(std::string_view text) {
  CsvReader reader(text);
  std::size_t line = 0;
  while (const auto row = reader.next()) {
    CHECK(row->line > line);
    line = row->line;
    CHECK(text.find(row->source) != std::string_view::npos);
  }
}

// From an address that is asked for traces nothing else is taken, whatever it answers.
void check_answer(std::string_view text) {
  const auto answer = read_trace_answer(text, options());
  if (!answer) return;
  const ImportBatch& batch = answer.value().batch;
  CHECK(batch.orders.empty() && batch.products.empty() && batch.waybills.empty());
  CHECK(batch.operators.empty() && batch.aliases.empty() && batch.stops.empty());
  CHECK(batch.visits.empty());
  for (const Trace& trace : batch.traces) {
    CHECK(!identifier_problem(trace.number));
    CHECK(is_text(trace.text) && is_text(trace.status));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_csv(text);
  check_answer(text);
  const auto outcome = import_text(text, options());
  if (!outcome) {
    CHECK(!outcome.error().text.empty());
    return 0;
  }
  const ImportBatch& batch = outcome.value().batch;
  std::size_t lines = 0;
  for (const ImportedOrder& order : batch.orders) {
    check_order(order);
    lines += order.order.lines.size();
  }
  CHECK(lines == batch.lines);
  for (const Product& product : batch.products) CHECK(!product.sku.empty());
  for (const WaybillOffer& offer : batch.waybills) {
    CHECK(!waybill_problem(offer.carrier, offer.number));
  }
  for (const CarrierVisit& visit : batch.visits) {
    CHECK(visit.weekday >= 1 && visit.weekday <= 7 && visit.minute >= 0 && visit.minute < 1'440);
  }
  for (const Reject& reject : outcome.value().rejects) {
    CHECK(reject.line >= 1 && !reject.reason.empty());
  }
  CHECK(rejects_csv(outcome.value().rejects).starts_with("line,reason,row"));
  return 0;
}
