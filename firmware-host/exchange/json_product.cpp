#include "exchange/json_product.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "domain/identifier.h"
#include "exchange/fields.h"

namespace packbench::exchange {
namespace {

using nlohmann::json;
constexpr std::size_t kListMax = 1'000;
constexpr std::int64_t kPiecesMax = 10'000;
constexpr std::int64_t kGramsMax = 1'000'000;

const json& member(const json& object, const char* name) {
  static const json kNothing;
  const auto found = object.find(name);
  return found == object.end() ? kNothing : *found;
}

Problem wrong(const char* name, const char* wanted) {
  return std::string(name) + " must be " + wanted;
}

Problem read_text(const json& object, const char* name, std::string& out) {
  const json& value = member(object, name);
  if (value.is_null()) return std::nullopt;
  if (!value.is_string()) return wrong(name, "a text");
  out = clean_text(value.get_ref<const std::string&>());
  return std::nullopt;
}

Problem read_bool(const json& object, const char* name, bool& out) {
  const json& value = member(object, name);
  if (value.is_null()) return std::nullopt;
  if (!value.is_boolean()) return wrong(name, "true or false");
  out = value.get<bool>();
  return std::nullopt;
}

// A whole number from `low` to `high`; false where it is something else. Absent is not touched.
template <class Number>
bool read_whole(const json& object, const char* name, std::int64_t low, std::int64_t high,
                Number& out) {
  const json& value = member(object, name);
  if (value.is_null()) return true;
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t(high)) return false;
  const auto number = value.get<std::int64_t>();
  if (number < low || number > high) return false;
  out = static_cast<Number>(number);
  return true;
}

// The identifier under `name`, which must be there.
Problem read_identifier(const json& object, const char* name, std::string& out) {
  const json& value = member(object, name);
  if (value.is_number_unsigned()) {
    out = value.dump();
  } else if (value.is_string()) {
    out = trim(value.get_ref<const std::string&>());
  } else {
    return wrong(name, "a text");
  }
  // Items of shops without SKUs are known by their names, which nobody scans.
  if (out.starts_with("name:") && out.size() > 5) return std::nullopt;
  if (const auto problem = identifier_problem(out)) return std::string(name) + " " + *problem;
  return std::nullopt;
}

// Calls `read` for every element of a list of objects or texts; absent is empty.
template <class Read>
Problem read_list(const json& object, const char* name, Read read) {
  const json& list = member(object, name);
  if (list.is_null()) return std::nullopt;
  if (!list.is_array() || list.size() > kListMax) return wrong(name, "a list of up to 1000");
  for (const json& each : list) {
    if (Problem problem = read(each)) return std::string(name) + ": " + *problem;
  }
  return std::nullopt;
}

Problem read_barcode(const json& value, Product& product) {
  ProductBarcode barcode;
  if (!value.is_object()) return "each must be an object {code, pieces}";
  if (auto problem = read_identifier(value, "code", barcode.code)) return problem;
  if (!read_whole(value, "pieces", 1, kPiecesMax, barcode.pieces)) {
    return "pieces must be a whole number from 1 to 10000";
  }
  product.barcodes.push_back(std::move(barcode));
  return std::nullopt;
}

Problem read_component(const json& value, Product& product) {
  Component component;
  if (!value.is_object()) return "each must be an object {sku, quantity}";
  if (auto problem = read_identifier(value, "sku", component.sku)) return problem;
  if (component.sku == product.sku) return "a kit cannot contain itself";
  if (!read_whole(value, "quantity", 1, kPiecesMax, component.quantity)) {
    return "quantity must be a whole number from 1 to 10000";
  }
  product.components.push_back(std::move(component));
  return std::nullopt;
}

Problem read_handling(const json& value, Product& product) {
  // A mark that is not understood may be the one that keeps a bottle from breaking.
  if (!value.is_string() || !is_handling(value.get_ref<const std::string&>())) {
    return "each must be one of fragile, liquid, powder, battery, food, apparel, high_value";
  }
  product.handling.push_back(value.get<std::string>());
  return std::nullopt;
}

Problem read_attributes(const json& object, Product& product) {
  const json& value = member(object, "attributes");
  if (value.is_null()) return std::nullopt;
  if (!value.is_object() || value.size() > kListMax) return wrong("attributes", "an object");
  for (const auto& [name, each] : value.items()) {
    if (each.is_structured()) return wrong("attributes", "an object of texts");
    const std::string text = each.is_string() ? each.get<std::string>() : each.dump();
    product.attributes[clean_text(name)] = clean_text(text);
  }
  return std::nullopt;
}

Problem read_lists(const json& object, Product& product) {
  if (auto problem = read_list(object, "barcodes",
                               [&](const json& each) { return read_barcode(each, product); })) {
    return problem;
  }
  if (auto problem = read_list(object, "components",
                               [&](const json& each) { return read_component(each, product); })) {
    return problem;
  }
  if (auto problem = read_list(object, "handling",
                               [&](const json& each) { return read_handling(each, product); })) {
    return problem;
  }
  return read_list(object, "accessories", [&](const json& each) -> Problem {
    if (!each.is_string()) return "each must be a text";
    product.accessories.push_back(clean_text(each.get_ref<const std::string&>()));
    return std::nullopt;
  });
}

Problem read_texts(const json& object, Product& product) {
  for (const auto& [name, out] :
       {std::pair{"name", &product.name}, std::pair{"listing_title", &product.listing_title},
        std::pair{"variant", &product.variant}, std::pair{"image", &product.image}}) {
    if (auto problem = read_text(object, name, *out)) return problem;
  }
  std::string packaging;
  if (auto problem = read_text(object, "packaging", packaging)) return problem;
  if (packaging.empty()) packaging = "standard";
  if (packaging != "standard" && packaging != "premium") {
    return wrong("packaging", "standard or premium");
  }
  product.packaging = packaging;
  return std::nullopt;
}

}  // namespace

Result<Product> read_product(const json& object) {
  Product product;
  Problem problem = read_identifier(object, "sku", product.sku);
  if (!problem) problem = read_texts(object, product);
  if (!problem) problem = read_bool(object, "no_barcode", product.no_barcode);
  if (!problem && !read_whole(object, "weight_g", 0, kGramsMax, product.weight_g)) {
    problem = wrong("weight_g", "a whole number of grams up to 1000000");
  }
  if (!problem) problem = read_lists(object, product);
  if (!problem) problem = read_attributes(object, product);
  if (problem) return Error{"bad_product", *problem};
  return product;
}

}  // namespace packbench::exchange
