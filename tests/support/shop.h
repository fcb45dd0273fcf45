// A small shop to test with: its products, its packers, its waybill numbers, and a short way of
// writing down orders. Pure functions.
//
//   MUG-01  4006381333931 fragile, 380 g       TISSUE  036000291452 (a UPC-A)
//   TEE-L   5901234123457 apparel, 210 g       PILL    09506000134352, with lot and expiry
//   BOOK    9780201379624, 760 g               PHONE   6930000000035 high value
//   SOCK    6901234567892; 16901234567899 is a pack of six
//   VASE    no barcode                         OIL     6930000000042 liquid
//   KIT-TEA one POT 6930000000011 and four CUP 6930000000028
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace packbench::test {

using Json = nlohmann::json;

// Barcodes of these goods, as they are scanned.
inline const std::string mug = "4006381333931", tee = "5901234123457", book = "9780201379624";
inline const std::string pill = "0109506000134352";
// The numbers that the first two parcels get.
inline const std::string first_number = "SF1000000000001", second_number = "SF1000000000002";

// Badges 1001 and 1002 pack, 1003 packs and has the PIN 1357, 9001 supervises and has 2468.
std::string operators_csv();
std::string products_jsonl();
// SF1000000000001 to ...20 and YT2000000000001 to ...03.
std::string waybills_csv();

// A paid order of shop "demo" on "taobao"; `more` lays fields over it.
Json order(const std::string& number,
           std::initializer_list<std::pair<const char*, int>> skus_and_quantities,
           const Json& more = Json::object());
std::string json_lines(const std::vector<Json>& objects);

// The configuration of a bench that prints into the folder "labels" and speaks English.
std::string bench_toml(const std::string& more = {}, const std::string& printer = "file:labels");

}  // namespace packbench::test
