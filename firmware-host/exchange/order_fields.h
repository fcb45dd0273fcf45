// Order fields: one order and one order line from named texts, whatever file they stood in.
// Pure functions. A problem is an English clause that says which field and why.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/import_batch.h"
#include "exchange/import.h"

namespace packbench::exchange {

// The text of one of our fields; empty where the file has none.
using FieldGetter = std::function<std::string(std::string_view field)>;

// Fields of the whole order; --map and --set know these and kLineFields.
constexpr auto kOrderFields = std::to_array<std::string_view>({"number",
                                                               "platform",
                                                               "shop",
                                                               "kind",
                                                               "of",
                                                               "status",
                                                               "paid_at",
                                                               "promised_ship_by",
                                                               "paid",
                                                               "currency",
                                                               "buyer",
                                                               "merge_token",
                                                               "requested_carrier",
                                                               "service",
                                                               "gift",
                                                               "gift_message",
                                                               "buyer_note",
                                                               "seller_note",
                                                               "insured_value",
                                                               "country",
                                                               "receiver.name",
                                                               "receiver.phone",
                                                               "receiver.province",
                                                               "receiver.city",
                                                               "receiver.district",
                                                               "receiver.address",
                                                               "receiver.postcode",
                                                               "receiver.country"});
constexpr auto kLineFields = std::to_array<std::string_view>(
    {"sku", "name", "variant", "quantity", "price", "line_gift", "line_status"});

std::optional<std::string> read_key(const FieldGetter& get, OrderKey& key);

// `zone` is for times without an offset; empty: refused.
std::optional<std::string> read_order(const FieldGetter& get, const std::string& zone,
                                      ImportedOrder& out);

// What became of a line. `taken` is the normal case; a service or a quantity of nothing or less
// takes no item from the parcel, a line that is lost does.
enum class LineFate { taken, service, not_a_sale, lost };
struct LineReading {
  LineFate fate = LineFate::taken;
  std::string reason;  // of not_a_sale and lost
  OrderLine line;      // of taken; its ordinal is the caller's
};
// `name_required`: the file has a column of names, so that an empty one means a damaged row.
LineReading read_line(const FieldGetter& get, const ImportOptions& options, bool name_required);

// Takes over from another row of the same order what is not known yet; the earlier of two times
// counts. Answers the field in which the rows contradict each other.
std::optional<std::string> merge_order(ImportedOrder& into, const ImportedOrder& from);

// What follows from the fields: the marks for notes, and the holds for pending payment, a requested
// refund, an exchange without its first order.
void settle_order(ImportedOrder& imported, bool accept_pending);

}  // namespace packbench::exchange
