// JSON Lines: one order, one product or one waybill a line. An order has "number" and "lines", a
// waybill "carrier" and "number" (in any of its names), a product "sku".
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/utf8.h"
#include "domain/identifier.h"
#include "exchange/fields.h"
#include "exchange/importers.h"
#include "exchange/json_product.h"
#include "exchange/order_fields.h"
#include "exchange/waybills.h"

namespace packbench::exchange {
namespace {

using nlohmann::json;
constexpr std::size_t kLineBytesMax = 1024 * 1024;
constexpr std::size_t kOrderLinesMax = 10'000;

// Names of an order line's fields in JSON where they differ from ours, which are unique in a row.
std::string_view json_name(std::string_view field) {
  if (field == "line_gift") return "gift";
  if (field == "line_status") return "status";
  return field;
}

// A member as text: strings, whole numbers and booleans as they are written; null is absent.
// Nothing for a type that has no one spelling (a fraction, an object).
std::optional<std::string> member_text(const json& object, std::string_view name) {
  const auto found = object.find(std::string(name));
  if (found == object.end() || found->is_null()) return "";
  if (found->is_string()) return std::string(trim(found->get_ref<const std::string&>()));
  if (found->is_number_integer() || found->is_boolean()) return found->dump();
  return std::nullopt;
}

std::optional<std::string> order_text(const json& order, std::string_view field) {
  if (!field.starts_with("receiver.")) return member_text(order, field);
  const auto receiver = order.find("receiver");
  if (receiver == order.end() || !receiver->is_object()) return "";
  return member_text(*receiver, field.substr(9));
}

Problem wrong_type(std::string_view field) {
  return std::string(field) + " must be a text (amounts too: \"12.50\")";
}

Problem order_type_problem(const json& order) {
  const auto receiver = order.find("receiver");
  if (receiver != order.end() && !receiver->is_object() && !receiver->is_null()) {
    return "receiver must be an object";
  }
  for (const std::string_view field : kOrderFields) {
    if (!order_text(order, field)) return wrong_type(field);
  }
  return std::nullopt;
}

Problem line_type_problem(const json& line) {
  if (!line.is_object()) return "it is not an object";
  for (const std::string_view field : kLineFields) {
    if (!member_text(line, json_name(field))) return wrong_type(json_name(field));
  }
  return std::nullopt;
}

class JsonLines {
 public:
  explicit JsonLines(const ImportContext& context)
      : context_(context), waybills_(context.outcome) {}

  void take(std::size_t number, std::string_view text) {
    line_ = number;
    text_ = text;
    if (text.size() > kLineBytesMax) return reject("The line is longer than 1 MiB.");
    if (!is_utf8(text)) return reject("The line is not UTF-8.");
    const json value = json::parse(text, nullptr, false);
    if (value.is_discarded()) return reject("The line is not JSON.");
    if (!value.is_object()) return reject("The line is not a JSON object.");
    if (is_waybill(value)) return take_waybill(value);
    if (value.contains("number")) return take_order(value);
    if (value.contains("sku")) return take_product(value);
    reject(
        "The line is neither an order (number, lines) nor a product (sku) nor a waybill (carrier, "
        "number).");
  }

  void finish() {
    for (const auto& imported : context_.outcome.batch.orders) {
      context_.outcome.batch.lines += imported.order.lines.size();
    }
  }

 private:
  void reject(const std::string& reason) {
    context_.outcome.rejects.push_back({line_, reason, std::string(text_)});
  }

  std::string with_default(std::string_view field, std::string text) const {
    if (!text.empty()) return text;
    const auto value = context_.options.set.find(std::string(field));
    return value == context_.options.set.end() ? std::string() : value->second;
  }

  void take_order(const json& value) {
    if (const auto problem = order_type_problem(value)) {
      return reject("Order not taken: " + *problem + ".");
    }
    const FieldGetter get = [&](std::string_view field) {
      return with_default(field, order_text(value, field).value_or(""));
    };
    ImportedOrder imported;
    if (const auto problem = read_order(get, "", imported)) {
      return reject("Order not taken: " + *problem + ".");
    }
    const auto lines = value.find("lines");
    if (lines == value.end() || !lines->is_array() || lines->empty() ||
        lines->size() > kOrderLinesMax) {
      return reject("Order not taken: lines must be a list of 1 to 10000 order lines.");
    }
    std::string lost;
    for (std::size_t i = 0; i < lines->size(); ++i) {
      take_line(static_cast<int>(i) + 1, (*lines)[i], get, imported.order, lost);
    }
    if (imported.order.lines.empty()) return;
    settle_order(imported, context_.accept_pending);
    if (!lost.empty()) imported.order.holds.push_back({"row_lost", "order line " + lost});
    keep_order(std::move(imported));
  }

  void take_line(int ordinal, const json& value, const FieldGetter& order, Order& into,
                 std::string& lost) {
    const auto lose = [&](const std::string& reason) {
      lost += (lost.empty() ? "" : ", ") + std::to_string(ordinal);
      reject("Order line " + std::to_string(ordinal) + " not taken: " + reason + ".");
    };
    if (const auto problem = line_type_problem(value)) return lose(*problem);
    const FieldGetter get = [&](std::string_view field) {
      if (field == "currency") return order(field);
      return with_default(field, member_text(value, json_name(field)).value_or(""));
    };
    LineReading reading = read_line(get, context_.options, false);
    switch (reading.fate) {
      case LineFate::lost:
        return lose(reading.reason);
      case LineFate::not_a_sale:
        return reject("Order line " + std::to_string(ordinal) + " not taken: " + reading.reason +
                      ".");
      case LineFate::service:
        ++context_.outcome.services;
        return;
      case LineFate::taken:
        break;
    }
    reading.line.ordinal = ordinal;
    into.lines.push_back(std::move(reading.line));
  }

  // The later of two lines about one order is the newer word.
  void keep_order(ImportedOrder imported) {
    auto& orders = context_.outcome.batch.orders;
    const auto [place, fresh] = order_at_.try_emplace(imported.order.key, orders.size());
    if (fresh) {
      orders.push_back(std::move(imported));
    } else {
      orders[place->second] = std::move(imported);
    }
  }

  void take_product(const json& value) {
    auto product = read_product(value);
    if (!product) return reject("Product not taken: " + product.error().text + ".");
    auto& products = context_.outcome.batch.products;
    const auto [place, fresh] = product_at_.try_emplace(product.value().sku, products.size());
    if (fresh) {
      products.push_back(std::move(product).value());
    } else {
      products[place->second] = std::move(product).value();
    }
  }

  static bool is_waybill(const json& value) {
    const NamedAs has = named_in(value);
    return !value.contains("lines") && has(waybill_column(has, "carrier")) &&
           has(waybill_column(has, "number"));
  }

  static NamedAs named_in(const json& value) {
    return [&value](std::string_view name) { return value.contains(std::string(name)); };
  }

  void take_waybill(const json& value) {
    const NamedAs has = named_in(value);
    Problem problem;
    const FieldGetter get = [&](std::string_view field) {
      const auto text = member_text(value, waybill_column(has, field));
      if (!text) problem = wrong_type(field);
      return text.value_or("");
    };
    WaybillOffer offer;
    const Problem unread = read_waybill(get, "", offer);
    if (!problem) problem = unread;
    if (!problem) problem = waybills_.take(std::move(offer), line_, text_);
    if (problem) reject("Waybill not taken: " + *problem + ".");
  }

  const ImportContext& context_;
  WaybillList waybills_;
  std::size_t line_ = 0;
  std::string_view text_;
  std::map<OrderKey, std::size_t> order_at_;
  std::map<std::string, std::size_t> product_at_;
};

}  // namespace

void import_json_lines(std::string_view text, const ImportContext& context) {
  JsonLines lines(context);
  text = without_bom(text);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty()) lines.take(number, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  lines.finish();
}

}  // namespace packbench::exchange
