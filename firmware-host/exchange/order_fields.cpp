#include "exchange/order_fields.h"

#include <algorithm>

#include "base/money_text.h"
#include "domain/identifier.h"
#include "exchange/fields.h"

namespace packbench::exchange {
namespace {

std::string in_quotes(std::string_view text) {
  // Long texts are cut: a reason is read in a list.
  return "\"" + clean_text(text.substr(0, 40)) + "\"";
}

template <class Value>
Problem read_word(const FieldGetter& get, std::string_view field,
                  std::optional<Value> (*parse)(std::string_view), Value& out) {
  const std::string text = get(field);
  if (text.empty()) return std::nullopt;
  const auto value = parse(text);
  if (!value) return std::string(field) + " " + in_quotes(text) + " is not one of the known words";
  out = *value;
  return std::nullopt;
}

Problem read_time(const FieldGetter& get, std::string_view field, const std::string& zone,
                  std::optional<Instant>& out) {
  const std::string text = get(field);
  if (text.empty()) return std::nullopt;
  out = parse_time(text, zone);
  if (out) return std::nullopt;
  const std::string wanted = zone.empty() ? "an ISO 8601 time with an offset" : "a time";
  return std::string(field) + " " + in_quotes(text) + " is not " + wanted;
}

Problem read_money(const FieldGetter& get, std::string_view field, std::optional<Money>& out) {
  const std::string text = get(field);
  if (text.empty()) return std::nullopt;
  const std::string currency = get("currency");
  // Five of what? Nothing is packed by the price, so it stays unknown and the order is taken.
  if (currency.empty()) return std::nullopt;
  out = parse_money(text, currency);
  if (out) return std::nullopt;
  return std::string(field) + " " + in_quotes(text) + " is not an amount of " + in_quotes(currency);
}

// Whatever is no line of text becomes one: nothing that a person wrote is a reason to refuse.
Receiver read_receiver(const FieldGetter& get) {
  const auto text = [&get](std::string_view field) { return clean_text(get(field)); };
  Receiver receiver;
  receiver.name = text("receiver.name");
  receiver.phone = text("receiver.phone");
  receiver.province = text("receiver.province");
  receiver.city = text("receiver.city");
  receiver.district = text("receiver.district");
  receiver.address = text("receiver.address");
  receiver.postcode = text("receiver.postcode");
  receiver.country = text("receiver.country");
  if (receiver.country.empty()) receiver.country = text("country");
  return receiver;
}

Problem read_identity(const FieldGetter& get, Order& order) {
  if (auto problem = read_key(get, order.key)) return problem;
  if (auto problem = read_word(get, "kind", parse_kind, order.kind)) return problem;
  if (auto problem = read_word(get, "status", parse_status, order.status)) return problem;
  if (auto problem = read_word(get, "service", parse_service, order.service)) return problem;
  if (auto problem = read_word(get, "gift", parse_bool, order.gift)) return problem;
  order.of = clean_text(get("of"));
  order.buyer = clean_text(get("buyer"));
  order.merge_token = clean_text(get("merge_token"));
  order.requested_carrier = clean_text(get("requested_carrier"));
  return std::nullopt;
}

bool is_service(std::string_view sku, const ImportOptions& options) {
  const std::string code = lower(sku);
  return std::any_of(options.services.begin(), options.services.end(),
                     [&](const std::string& service) { return lower(service) == code; });
}

Problem read_item(const FieldGetter& get, bool name_required, OrderLine& line) {
  line.name = clean_text(get("name"));
  line.variant = clean_text(get("variant"));
  line.sku = get("sku");
  if (line.name.empty() && name_required) return "the name of the item is empty";
  if (line.sku.empty() && line.name.empty()) return "neither SKU nor name is given";
  if (line.sku.empty()) {
    line.sku = "name:" + line.name;
  } else if (const auto problem = identifier_problem(line.sku)) {
    return "the SKU " + *problem;
  }
  if (auto problem = read_word(get, "line_gift", parse_bool, line.gift)) return problem;
  if (auto problem = read_word(get, "line_status", parse_line_status, line.status)) return problem;
  return read_money(get, "price", line.price);
}

// Takes what is not known yet; false where both are known and differ.
bool take_over(std::string& into, const std::string& from) {
  if (into.empty()) into = from;
  return from.empty() || into == from;
}

bool merge_person(PersonalData& into, const PersonalData& from) {
  bool same = true;
  const auto take = [&same](std::string& a, const std::string& b) { same &= take_over(a, b); };
  take(into.receiver.name, from.receiver.name);
  take(into.receiver.phone, from.receiver.phone);
  take(into.receiver.province, from.receiver.province);
  take(into.receiver.city, from.receiver.city);
  take(into.receiver.district, from.receiver.district);
  take(into.receiver.address, from.receiver.address);
  take(into.receiver.postcode, from.receiver.postcode);
  take(into.receiver.country, from.receiver.country);
  // Notes may be written to each row; the first one stands.
  take_over(into.gift_message, from.gift_message);
  take_over(into.buyer_note, from.buyer_note);
  take_over(into.seller_note, from.seller_note);
  return same;
}

void take_earlier(std::optional<Instant>& into, const std::optional<Instant>& from) {
  if (from && (!into || *from < *into)) into = from;
}

void hold(Order& order, const std::string& code, const std::string& detail) {
  order.holds.push_back({code, detail});
}

}  // namespace

std::vector<std::string> ImportOptions::default_services() {
  return {"POST", "DOT",          "M",         "D",        "S",       "C2",
          "CRUK", "BANK CHARGES", "AMAZONFEE", "SHIPPING", "POSTAGE", "FEE"};
}

Problem read_key(const FieldGetter& get, OrderKey& key) {
  key = {clean_text(get("platform")), clean_text(get("shop")), get("number")};
  if (const auto problem = identifier_problem(key.number)) return "the order number " + *problem;
  return std::nullopt;
}

Problem read_order(const FieldGetter& get, const std::string& zone, ImportedOrder& out) {
  Order& order = out.order;
  if (auto problem = read_identity(get, order)) return problem;
  if (auto problem = read_time(get, "paid_at", zone, order.paid_at)) return problem;
  if (auto problem = read_time(get, "promised_ship_by", zone, order.promised_ship_by)) {
    return problem;
  }
  if (auto problem = read_money(get, "paid", order.paid)) return problem;
  if (auto problem = read_money(get, "insured_value", order.insured_value)) return problem;
  out.person.receiver = read_receiver(get);
  out.person.gift_message = clean_text(get("gift_message"));
  out.person.buyer_note = clean_text(get("buyer_note"));
  out.person.seller_note = clean_text(get("seller_note"));
  return std::nullopt;
}

LineReading read_line(const FieldGetter& get, const ImportOptions& options, bool name_required) {
  const std::string text = get("quantity");
  const auto quantity = parse_count(text);
  if (!quantity || *quantity > kQuantityMax) {
    return {LineFate::lost, "quantity " + in_quotes(text) + " is not a whole number to 100000", {}};
  }
  if (*quantity <= 0) {
    return {
        LineFate::not_a_sale,
        "quantity " + in_quotes(text) + " is not positive: a return or a correction, not a sale",
        {}};
  }
  if (is_service(get("sku"), options)) return {LineFate::service, "", {}};
  LineReading reading;
  reading.line.quantity = *quantity;
  if (auto problem = read_item(get, name_required, reading.line)) {
    return {LineFate::lost, *problem, {}};
  }
  return reading;
}

Problem merge_order(ImportedOrder& into, const ImportedOrder& from) {
  Order& a = into.order;
  const Order& b = from.order;
  take_earlier(a.paid_at, b.paid_at);
  take_earlier(a.promised_ship_by, b.promised_ship_by);
  if (!a.paid) a.paid = b.paid;
  if (!a.insured_value) a.insured_value = b.insured_value;
  a.gift = a.gift || b.gift;
  if (a.kind != b.kind || !take_over(a.of, b.of)) return "kind";
  if (a.status != b.status) return "status";
  if (a.service != b.service) return "service";
  if (!take_over(a.buyer, b.buyer)) return "buyer";
  if (!take_over(a.merge_token, b.merge_token)) return "merge_token";
  if (!take_over(a.requested_carrier, b.requested_carrier)) return "requested_carrier";
  if (!merge_person(into.person, from.person)) return "receiver";
  return std::nullopt;
}

void settle_order(ImportedOrder& imported, bool accept_pending) {
  Order& order = imported.order;
  const PersonalData& person = imported.person;
  order.has_gift_message = !person.gift_message.empty();
  order.has_buyer_note = !person.buyer_note.empty();
  order.has_seller_note = !person.seller_note.empty();
  order.country = person.receiver.country;
  order.province = person.receiver.province;
  if (order.status == OrderStatus::pending) {
    // Accepted without payment is what cash on delivery is.
    if (accept_pending) {
      order.status = OrderStatus::cod;
    } else {
      hold(order, "payment_pending", "");
    }
  }
  if (order.status == OrderStatus::refund_requested) hold(order, "refund_requested", "");
  if (order.kind == OrderKind::exchange && order.of.empty()) hold(order, "exchange_unlinked", "");
}

}  // namespace packbench::exchange
