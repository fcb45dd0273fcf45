// Waybills: one offered number from named texts, whatever file it stood in. Inside of this room
// only. A problem is an English clause that says what is wrong.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "domain/waybill.h"
#include "exchange/import.h"
#include "exchange/order_fields.h"
#include "exchange/table.h"

namespace packbench::exchange {

// Whether the file has a column or member of this name.
using NamedAs = std::function<bool(std::string_view name)>;

// The name under which the file has our column: its own, else a Chinese or English one that is
// known for it, else its own.
std::string_view waybill_column(const NamedAs& has, std::string_view name);

// Whether a file with this header lists waybills.
bool is_waybills(const Header& header);

// `get` is asked by our names; `zone` is for times without an offset.
std::optional<std::string> read_waybill(const FieldGetter& get, const std::string& zone,
                                        WaybillOffer& offer);

// The waybills of one file, each number once.
class WaybillList {
 public:
  explicit WaybillList(ImportOutcome& outcome) : outcome_(outcome) {}
  // Answers why it is not taken.
  std::optional<std::string> take(WaybillOffer offer, std::size_t line, std::string_view source);

 private:
  ImportOutcome& outcome_;
  std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace packbench::exchange
