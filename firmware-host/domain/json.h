// JSON of the domain's values, for the rooms that store or read them: field names are those of the
// structs, times are microseconds, enumerations are words, an absent optional is null. To be
// included by source files only. nlohmann's exceptions end in the room that calls.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "domain/deadlines.h"
#include "domain/delivery_id.h"
#include "domain/operator.h"
#include "domain/order.h"
#include "domain/product.h"
#include "domain/waybill.h"

namespace nlohmann {

template <class T>
struct adl_serializer<std::optional<T>> {
  static void to_json(json& j, const std::optional<T>& value) {
    if (value) {
      j = *value;
    } else {
      j = nullptr;
    }
  }
  static void from_json(const json& j, std::optional<T>& value) {
    value = j.is_null() ? std::nullopt : std::optional<T>(j.get<T>());
  }
};

}  // namespace nlohmann

namespace packbench::json_words {

template <class E>
using Words = std::initializer_list<std::pair<E, const char*>>;

template <class E>
const char* word(Words<E> words, E value) {
  for (const auto& [each, text] : words) {
    if (each == value) return text;
  }
  throw std::invalid_argument("an enumeration without a word");
}

// An unknown word is refused: to guess would be to invent a fact.
template <class E>
E value(Words<E> words, const std::string& text) {
  for (const auto& [each, name] : words) {
    if (text == name) return each;
  }
  throw std::invalid_argument("unknown word: " + text);
}

}  // namespace packbench::json_words

#define PACKBENCH_JSON_ENUM(Type, ...)                                                 \
  inline void to_json(nlohmann::json& j, Type value) {                                 \
    j = ::packbench::json_words::word<Type>({__VA_ARGS__}, value);                     \
  }                                                                                    \
  inline void from_json(const nlohmann::json& j, Type& value) {                        \
    value = ::packbench::json_words::value<Type>({__VA_ARGS__}, j.get<std::string>()); \
  }

namespace packbench {

inline void to_json(nlohmann::json& j, const Instant& time) {
  j = time.us;
}
inline void from_json(const nlohmann::json& j, Instant& time) {
  j.get_to(time.us);
}
inline void to_json(nlohmann::json& j, const Duration& length) {
  j = length.us;
}
inline void from_json(const nlohmann::json& j, Duration& length) {
  j.get_to(length.us);
}
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Money, minor, currency)

PACKBENCH_JSON_ENUM(Role, {Role::packer, "packer"}, {Role::supervisor, "supervisor"})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Operator, badge, name, role)

PACKBENCH_JSON_ENUM(OrderKind, {OrderKind::standard, "standard"}, {OrderKind::reship, "reship"},
                    {OrderKind::exchange, "exchange"})
PACKBENCH_JSON_ENUM(OrderStatus, {OrderStatus::paid, "paid"}, {OrderStatus::cod, "cod"},
                    {OrderStatus::pending, "pending"},
                    {OrderStatus::refund_requested, "refund_requested"},
                    {OrderStatus::refunded, "refunded"}, {OrderStatus::cancelled, "cancelled"})
PACKBENCH_JSON_ENUM(Service, {Service::standard, "standard"}, {Service::next_day, "next_day"},
                    {Service::same_day, "same_day"}, {Service::door, "door"})
PACKBENCH_JSON_ENUM(LineStatus, {LineStatus::active, "active"},
                    {LineStatus::refund_requested, "refund_requested"},
                    {LineStatus::refunded, "refunded"}, {LineStatus::cancelled, "cancelled"})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OrderKey, platform, shop, number)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(DeliveryId, release, place)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(OrderLine, ordinal, sku, name, variant, quantity,
                                                price, gift, status)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Receiver, name, phone, province, city, district,
                                                address, postcode, country)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PersonalData, receiver, gift_message, buyer_note,
                                                seller_note)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Hold, code, detail)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Order, key, kind, of, status, paid_at,
                                                promised_ship_by, paid, buyer, merge_token,
                                                requested_carrier, service, gift, has_gift_message,
                                                has_buyer_note, has_seller_note, insured_value,
                                                country, province, address_token, lines, holds,
                                                revision, sealed_person)

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ProductBarcode, code, pieces)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Component, sku, quantity)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Product, sku, name, listing_title, variant,
                                                barcodes, no_barcode, components, accessories,
                                                attributes, image, weight_g, handling, packaging)

PACKBENCH_JSON_ENUM(LabelSource, {LabelSource::own, "own"}, {LabelSource::preprinted, "preprinted"},
                    {LabelSource::supplied, "supplied"})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(WaybillOffer, carrier, service, number, order,
                                                route_code, consolidation, expires_at, label_file,
                                                consolidation_code, sorting_mark, passed_over)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CarrierVisit, carrier, weekday, minute)

}  // namespace packbench
