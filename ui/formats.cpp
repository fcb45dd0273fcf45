#include "ui/formats.h"

#include <algorithm>
#include <cctype>
#include <span>

#include "base/time_text.h"

namespace packbench::ui {
namespace {

struct Name {
  std::string_view code, zh, en;
};

constexpr Name carriers[] = {
    {"SF", "顺丰", "SF"},     {"YTO", "圆通", "YTO"},         {"ZTO", "中通", "ZTO"},
    {"STO", "申通", "STO"},   {"YD", "韵达", "Yunda"},        {"YUNDA", "韵达", "Yunda"},
    {"JT", "极兔", "J&T"},    {"JTSD", "极兔", "J&T"},        {"JD", "京东", "JD"},
    {"DB", "德邦", "Deppon"}, {"DBL", "德邦", "Deppon"},      {"EMS", "邮政", "EMS"},
    {"POST", "邮政", "Post"}, {"CAINIAO", "菜鸟", "Cainiao"},
};
constexpr Name platforms[] = {
    {"taobao", "淘宝", "Taobao"},
    {"tmall", "天猫", "Tmall"},
    {"pinduoduo", "拼多多", "Pinduoduo"},
    {"pdd", "拼多多", "Pinduoduo"},
    {"douyin", "抖音", "Douyin"},
    {"jd", "京东", "JD"},
    {"amazon", "亚马逊", "Amazon"},
    {"shopify", "Shopify", "Shopify"},
    {"woocommerce", "WooCommerce", "WooCommerce"},
};
constexpr Name reasons[] = {
    {"not_found", "找不到", "Not found"},
    {"out_of_stock", "没货了", "Out of stock"},
    {"damaged", "破损", "Damaged"},
    {"missing_part", "少配件", "Part missing"},
    {"wrong_color", "颜色不同", "Other colour"},
    {"wrong_size", "尺寸不同", "Other size"},
    {"wrong_model", "款式不同", "Other model"},
    {"wrong_accessory", "配件不同", "Other parts"},
    {"material_missing", "材料没了", "No material"},
    {"does_not_fit", "装不下", "Does not fit"},
    {"label_damaged", "面单破损", "Label torn"},
    {"label_lost", "面单丢了", "Label lost"},
    {"unreadable", "扫不出", "Unreadable"},
    {"not_printed", "没打出来", "Not printed"},
    {"wrong_carrier", "快递选错", "Wrong carrier"},
    {"address_changed", "地址已改", "New address"},
    {"supervisor_decided", "主管决定", "Supervisor"},
    {"other", "其他", "Other"},
    {"no_order", "没有打开的订单", "no order is open"},
    {"order_open", "还有订单开着", "an order is open"},
    {"order_parked", "订单挂起了", "the order is parked"},
    {"label_printed", "面单已打印", "the label is printed"},
    {"printing", "正在打印", "printing"},
    {"nothing_to_undo", "没有可撤销的", "nothing to undo"},
    {"nothing_is_left", "没有剩下的", "nothing is left"},
    {"nothing_asked", "没有在问", "nothing was asked"},
    {"box_is_empty", "箱子还是空的", "the box is empty"},
    {"kit_is_incomplete", "套装没装齐", "the kit is incomplete"},
    {"shelf_full", "挂起架满了", "the shelf is full"},
    {"parcel_staged", "有一箱已装好", "a parcel is staged"},
    {"items_missing", "还差商品", "items are missing"},
    {"weight", "还没称重", "it is not weighed"},
    {"no_label", "没有面单", "there is no label"},
    {"label_is_preprinted", "面单是预印的", "the label came printed"},
    {"third_label", "第三张面单", "a third label"},
    {"label_not_verified", "面单还没扫过", "its label was not scanned"},
    {"handover_open", "交接还没完", "a handover is open"},
    {"no_handover", "没有在交接", "no handover is open"},
    {"scan_it", "要扫，不能选", "it must be scanned"},
    {"manifest_open", "交接单还没关", "the manifest is open"},
    {"refund_requested", "买家申请退款", "refund requested"},
    {"refunded_after_pickup", "揽收后退款", "refunded after pickup"},
    {"payment_pending", "还没付款", "payment is pending"},
    {"order_changed", "订单改过", "the order was changed"},
    {"row_lost", "导入缺行", "a row was lost on import"},
    {"stop_list", "在停发名单上", "on the stop list"},
    {"restart", "重新启动", "restart"},
    {"hold", "暂停", "hold"},
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string name_of(std::span<const Name> names, std::string_view code, Language language) {
  for (const Name& name : names) {
    if (lower(name.code) == lower(code))
      return std::string(language == Language::zh ? name.zh : name.en);
  }
  return std::string(code);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string time_of_day(Instant time, const std::string& zone) {
  return format_local(time, zone, "%H:%M");
}

std::string remaining(Duration left, Language language) {
  const std::int64_t minutes = std::max<std::int64_t>(0, left.us) / 60'000'000;
  if (minutes < 60) return std::to_string(minutes) + (language == Language::zh ? " 分" : " min");
  const std::int64_t rest = minutes % 60;
  return std::to_string(minutes / 60) + (rest < 10 ? ":0" : ":") + std::to_string(rest);
}

std::string kilograms(std::int64_t grams) {
  const std::string rest = std::to_string(grams % 1000);
  return std::to_string(grams / 1000) + "." + std::string(3 - rest.size(), '0') + rest;
}

std::string grouped_waybill(std::string_view number) {
  std::size_t letters = 0;
  while (letters < number.size() && !is_digit(number[letters])) ++letters;
  std::string out(number.substr(0, letters));
  for (std::size_t i = letters; i < number.size(); ++i) {
    if (i > letters && (i - letters) % 4 == 0) out += ' ';
    out += number[i];
  }
  return out;
}

std::string short_number(std::string_view number) {
  if (number.size() <= 8) return std::string(number);
  const bool ascii = std::all_of(number.begin(), number.end(), [](char c) { return c > 0; });
  if (!ascii) return std::string(number);
  const std::string_view last = number.substr(number.size() - 7);
  return "…" + std::string(last.substr(0, 4)) + " " + std::string(last.substr(4));
}

std::string grouped_code(std::string_view code) {
  if (code.size() != 13 || !std::all_of(code.begin(), code.end(), is_digit))
    return std::string(code);
  return std::string(code.substr(0, 7)) + " " + std::string(code.substr(7));
}

std::string carrier_name(std::string_view code, Language language) {
  return name_of(carriers, code, language);
}
std::string platform_name(std::string_view code, Language language) {
  return name_of(platforms, code, language);
}
std::string reason_name(std::string_view code, Language language) {
  return name_of(reasons, code, language);
}

}  // namespace packbench::ui
