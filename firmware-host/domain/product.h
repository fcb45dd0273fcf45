// Product: what the listing promised and what the barcodes on it say. Value types.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace packbench {

struct ProductBarcode {
  std::string code;
  int pieces = 1;  // a multipack's barcode is worth several
  bool operator==(const ProductBarcode&) const = default;
};

struct Component {
  std::string sku;
  int quantity = 1;
  bool operator==(const Component&) const = default;
};

struct Product {
  std::string sku;
  std::string name;
  std::string listing_title;
  std::string variant;
  std::vector<ProductBarcode> barcodes;
  bool no_barcode = false;
  std::vector<Component> components;  // not empty: a kit, packed by its components
  std::vector<std::string> accessories;
  std::map<std::string, std::string> attributes;
  std::string image;
  std::int64_t weight_g = 0;           // 0: unknown
  std::vector<std::string> handling;   // fragile liquid powder battery food apparel high_value
  std::string packaging = "standard";  // or premium
  bool operator==(const Product&) const = default;
};

}  // namespace packbench
