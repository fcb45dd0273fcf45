// Label contents that tests draw.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "base/check.h"
#include "label/content.h"
#include "label/label.h"

namespace packbench::label {

inline LabelTemplate template_named(const std::string& name) {
  std::ifstream file(PACKBENCH_ASSETS "/labels/" + name + ".toml", std::ios::binary);
  auto read = parse_template(std::string(std::istreambuf_iterator<char>(file), {}), name);
  if (!read) std::fprintf(stderr, "%s\n", read.error().text.c_str());
  CHECK(read.ok());
  return std::move(read).value();
}

inline const LabelTemplate& usual_template() {
  static const LabelTemplate usual = template_named("100x150");
  return usual;
}

inline Result<Label> made(const LabelContent& content, LabelLanguage language) {
  return make_label(content, usual_template(), {language, SmallCode::qr, {}});
}

constexpr Box kUsualPaper{0, 0, 800, 1200};

inline LabelContent chinese_sample() {
  LabelContent c;
  c.carrier = "SF";
  c.carrier_name = "顺丰速运";
  c.service = "标快";
  c.route_code = "571-W12-008";
  c.consolidation = "杭州转运中心";
  c.consolidation_code = "HZ-0012";
  c.waybill = "SF1000000000001";
  c.attempt = 1;
  c.bench = "B104729";
  c.sender = {.name = "杭州晴川家居旗舰店",
              .phone = "0571-88001234",
              .address = {"浙江省杭州市余杭区良渚街道网周路99号2幢"},
              .postcode = "311113",
              .country = "",
              .organisation = true};
  c.receiver = {.name = "王小明",
                .phone = "13812345678",
                .address = {"浙江省杭州市西湖区", "文一西路969号阳光小区3号楼2单元1501室"},
                .postcode = "310000",
                .country = ""};
  c.parcel_count = 2;
  c.order_numbers = {"SO-0001", "SO-0002"};
  c.weight = Grams{846};
  c.date = "2026-11-22 14:32";
  c.gift = true;
  c.marks = {HandlingMark::fragile, HandlingMark::this_side_up};
  return c;
}

inline LabelContent english_sample() {
  LabelContent c;
  c.carrier = "UPS";
  c.carrier_name = "UPS Worldwide Express";
  c.service = "Next day";
  c.waybill = "1Z999AA10123456784";
  c.attempt = 2;
  c.bench = "B315206";
  c.sender = {.name = "Packbench Demo Warehouse Ltd.",
              .phone = "+86 571 8800 1234",
              .address = {"99 Wangzhou Road, Liangzhu, Yuhang District", "Hangzhou, Zhejiang"},
              .postcode = "311113",
              .country = "China",
              .organisation = true};
  c.receiver = {.name = "Wilhelmina Featherstonehaugh-Cholmondeley",
                .phone = "+44 20 7946 0958",
                .address = {"Flat 12B, Great Northern Railway Goods Warehouse Apartments",
                            "145 Upper Thames Street, City of London", "London"},
                .postcode = "EC4R 3UE",
                .country = "United Kingdom"};
  c.order_numbers = {"#1001"};
  c.date = "2026-11-22";
  c.marks = {HandlingMark::fragile, HandlingMark::this_side_up, HandlingMark::keep_dry,
             HandlingMark::battery};
  return c;
}

// As much as an address of the far west may hold, at the smallest letters.
inline LabelContent long_sample() {
  LabelContent c = chinese_sample();
  c.attempt = 3;
  c.receiver.name = "阿卜杜热合曼·买买提吐尔逊";
  c.receiver.phone = "18412345678-0042";
  c.receiver.address = {
      "新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒市",
      "新城街道石化大道与建国南路交叉口往北三百米邮政大厦旁边阳光新天地国际商务中心购物广场"
      "东区十七号写字楼B座负一层快递代收点",
      "12号楼3单元2204室（请放丰巢柜，勿放门口）"};
  c.order_numbers = {"4012345678901234567", "4012345678901234568", "4012345678901234569"};
  return c;
}

inline LabelContent card_sample() {
  LabelContent c = chinese_sample();
  c.gift_message =
      "亲爱的小雨：生日快乐！愿你前路有光，所遇皆温柔。我们一直都在。Happy birthday, and many more "
      "to "
      "come. —— 阿远";
  return c;
}

inline LabelContent specimen_sample() {
  LabelContent c = chinese_sample();
  c.attempt = 0;
  c.waybill = "SPECIMEN000000";
  c.bench = "SPECIMEN";
  c.gift = false;
  return c;
}

}  // namespace packbench::label
