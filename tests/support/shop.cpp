#include "tests/support/shop.h"

namespace packbench::test {
namespace {

Json product(const char* sku, const char* name, const char* code, int weight,
             const std::vector<std::string>& handling = {}) {
  Json out{{"sku", sku}, {"name", name}, {"handling", handling}};
  if (weight > 0) out["weight_g"] = weight;
  if (*code != '\0') out["barcodes"] = Json::array({{{"code", code}, {"pieces", 1}}});
  return out;
}

}  // namespace

std::string operators_csv() {
  return "badge,name,role,pin\n"
         "1001,Li,packer,\n"
         "1002,Zhou,packer,\n"
         "1003,Wang,packer,1357\n"
         "9001,Chen,supervisor,2468\n";
}

std::string products_jsonl() {
  Json sock = product("SOCK", "Socks", "6901234567892", 0);
  sock["barcodes"].push_back({{"code", "16901234567899"}, {"pieces", 6}});
  Json vase = product("VASE", "Vase by hand", "", 0);
  vase["no_barcode"] = true;
  Json kit = product("KIT-TEA", "Tea set", "", 0);
  kit["components"] = {{{"sku", "POT"}, {"quantity", 1}}, {{"sku", "CUP"}, {"quantity", 4}}};
  return json_lines({product("MUG-01", "Mug", "4006381333931", 380, {"fragile"}),
                     product("TEE-L", "Shirt", "5901234123457", 210, {"apparel"}),
                     product("BOOK", "Book", "9780201379624", 760),
                     product("TISSUE", "Tissues", "036000291452", 0),
                     product("PILL", "Vitamin", "09506000134352", 0),
                     product("PHONE", "Phone", "6930000000035", 0, {"high_value"}),
                     product("OIL", "Olive oil", "6930000000042", 0, {"liquid"}),
                     product("POT", "Pot", "6930000000011", 0),
                     product("CUP", "Cup", "6930000000028", 0), sock, vase, kit});
}

std::string waybills_csv() {
  std::string out = "carrier,service,number\n";
  for (int i = 1; i <= 20; ++i)
    out += "SF,standard,SF10000000000" + std::string(i < 10 ? "0" : "") + std::to_string(i) + "\n";
  for (int i = 1; i <= 3; ++i) out += "YTO,standard,YT200000000000" + std::to_string(i) + "\n";
  return out;
}

Json order(const std::string& number,
           std::initializer_list<std::pair<const char*, int>> skus_and_quantities,
           const Json& more) {
  Json out{{"number", number},
           {"platform", "taobao"},
           {"shop", "demo"},
           {"status", "paid"},
           {"paid_at", "2026-11-22T08:00:00+08:00"},
           {"buyer", "buyer-" + number},
           {"receiver",
            {{"name", "王小明"},
             {"phone", "13810007919"},
             {"province", "浙江省"},
             {"city", "杭州市"},
             {"district", "西湖区"},
             {"address", "文三路 118 号 2 幢 1 单元 601 室"},
             {"postcode", "310012"},
             {"country", "CN"}}},
           {"lines", Json::array()}};
  for (const auto& [sku, quantity] : skus_and_quantities)
    out["lines"].push_back({{"sku", sku}, {"name", sku}, {"quantity", quantity}});
  out.merge_patch(more);
  return out;
}

std::string json_lines(const std::vector<Json>& objects) {
  std::string out;
  for (const Json& object : objects) out += object.dump() + "\n";
  return out;
}

std::string bench_toml(const std::string& more, const std::string& printer) {
  return "language = \"en\"\n"
         "printer = \"" +
         printer +
         "\"\n"
         "checklist = \"" PACKBENCH_ASSETS "/checklists/default.json\"\n" +
         more;
}

}  // namespace packbench::test
