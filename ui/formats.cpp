#include "ui/formats.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <span>

#include "base/digit.h"
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
    {"box_damaged", "箱子破了", "Box damaged"},
    {"too_large", "超大超重", "Too large or heavy"},
    {"not_accepted", "不收这类货", "Goods not accepted"},
    {"late", "来晚了", "Came late"},
    {"rude", "态度不好", "Was rude"},
    {"buyer_refused", "买家拒收", "Buyer refused it"},
    {"not_delivered", "送不到，没人收", "Not delivered"},
    {"wrong_address", "地址不对", "Wrong address"},
    {"intercepted", "拦截回来的", "Intercepted"},
    {"parcel_damaged", "弄坏了包裹", "Damaged a parcel"},
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

}  // namespace

std::string time_of_day(Instant time, const std::string& zone) {
  return format_local(time, zone, "%H:%M");
}

std::string day_and_time(Instant time, const std::string& zone) {
  return format_local(time, zone, "%m-%d %H:%M");
}

bool same_day(Instant a, Instant b, const std::string& zone) {
  constexpr const char* kDay = "%Y-%m-%d";
  return format_local(a, zone, kDay) == format_local(b, zone, kDay);
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

std::string shown_code(std::string_view code) {
  constexpr std::size_t kHead = 12;
  constexpr std::size_t kTail = 8;
  const bool ascii = std::all_of(code.begin(), code.end(), [](char c) { return c > 0; });
  if (ascii && code.size() > kHead + kTail + 4)
    return std::string(code.substr(0, kHead)) + "…" + std::string(code.substr(code.size() - kTail));
  if (code.size() != 13 || !std::all_of(code.begin(), code.end(), is_digit))
    return std::string(code);
  return std::string(code.substr(0, 7)) + " " + std::string(code.substr(7));
}

std::string carrier_name(std::string_view code, Language language,
                         const std::map<std::string, std::string>& others) {
  const bool known = std::any_of(std::begin(carriers), std::end(carriers),
                                 [&](const Name& name) { return lower(name.code) == lower(code); });
  const auto other = others.find(std::string(code));
  return !known && other != others.end() ? other->second : name_of(carriers, code, language);
}
std::string platform_name(std::string_view code, Language language) {
  return name_of(platforms, code, language);
}
std::string reason_name(std::string_view code, Language language) {
  return name_of(reasons, code, language);
}

}  // namespace packbench::ui
