#include "domain/tracking_number.h"

#include <algorithm>
#include <array>

#include "base/digit.h"
#include "domain/carrier_format.h"

namespace packbench {
namespace {

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string capitals(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

struct Row {
  std::string_view code, zh, en;
};

// Codes of a carrier begin with its name: ups_form, ups_check_digit ...
constexpr auto kRows = std::to_array<Row>({
    {"number_short", "运单号不足 6 位", "The waybill number is shorter than 6 characters"},
    {"number_long", "运单号超过 35 位", "The waybill number is longer than 35 characters"},
    {"number_characters", "运单号里有大写字母、数字和连字符以外的字符",
     "The waybill number holds something else than capitals, digits and hyphens"},
    {"number_digits", "运单号里没有数字", "The waybill number has no digit"},
    {"s10_country", "国际邮件号末尾不是国家代码", "The postal number ends in no country's code"},
    {"s10_check_digit", "国际邮件号的校验位不对", "The check digit of the postal number is wrong"},
    {"ups_length", "1Z 开头的 UPS 单号应为 18 位",
     "A UPS number that starts with 1Z has 18 characters"},
    {"ups_form", "不是 UPS 单号：应为 1Z 加 16 位，或一个字母加 10 位数字",
     "It is no UPS number: 1Z and 16 characters, or a letter and 10 digits"},
    {"ups_check_digit", "UPS 单号的校验位不对", "The check digit of the UPS number is wrong"},
    {"fedex_form", "不是 FedEx 单号：应为 12、15、20、22 或 34 位数字",
     "It is no FedEx number: it has 12, 15, 20, 22 or 34 digits"},
    {"fedex_check_digit", "FedEx 单号的校验位不对", "The check digit of the FedEx number is wrong"},
    {"usps_form", "不是 USPS 单号：应为 20、22 或 26 位数字（前面可有 420 加邮编），或国际邮件号",
     "It is no USPS number: it has 20, 22 or 26 digits (420 and the ZIP code may stand before "
     "them), or is a postal number"},
    {"usps_check_digit", "USPS 单号的校验位不对", "The check digit of the USPS number is wrong"},
    {"dhl_form", "不是 DHL 单号：快递为 10 位数字，包裹为 JD、JJD、GM 等字母加数字",
     "It is no DHL number: Express has 10 digits, parcels have letters such as JD, JJD or GM and "
     "digits"},
    {"dhl_check_digit", "DHL 单号的校验位不对", "The check digit of the DHL number is wrong"},
});

constexpr std::string_view kNextZh = "对照快递公司给的单号改正，再导入";
constexpr std::string_view kNextEn =
    "Compare it with the number the carrier gave, mend it and import it again";

constexpr std::string_view kRouting = "420";  // GS1's: ship to a postal code

// The number behind 420 and the ZIP code; the text itself where none has a form that holds. Of one
// in a hundred of 34 digits two forms hold: then it is the one of 22 digits, which is far more
// common.
std::string without_routing(const std::string& text) {
  constexpr char kGroupSeparator = '\x1D';  // how a scanner tells the end of the ZIP code
  std::string plain = text;
  std::erase(plain, kGroupSeparator);
  for (const NumberFormat& format : published_formats()) {
    const bool routed = format.carrier == "USPS" && format.prefix == kRouting;
    if (!routed || format.tail.empty() || !has_form(format, plain)) continue;
    if (check_holds(format, plain)) return plain.substr(plain.size() - format.checked);
  }
  return text;
}

std::optional<WaybillProblem> grammar_problem(std::string_view number) {
  if (number.size() < kWaybillLengthMin) return waybill_problem_of("number_short");
  if (number.size() > kWaybillLengthMax) return waybill_problem_of("number_long");
  const auto is_allowed = [](char c) { return is_digit(c) || is_capital(c) || c == '-'; };
  if (!std::all_of(number.begin(), number.end(), is_allowed))
    return waybill_problem_of("number_characters");
  if (std::none_of(number.begin(), number.end(), is_digit))
    return waybill_problem_of("number_digits");
  return std::nullopt;
}

std::optional<WaybillProblem> s10_problem(std::string_view number) {
  constexpr NumberFormat kS10{.carrier = "", .prefix = "", .check = NumberCheck::s10};
  if (!is_country(number.substr(11))) return waybill_problem_of("s10_country");
  if (!check_holds(kS10, number)) return waybill_problem_of("s10_check_digit");
  return std::nullopt;
}

// A number may have several forms at once; one that holds is enough.
std::optional<WaybillProblem> published_problem(std::string_view carrier, std::string_view number) {
  bool known_carrier = false;
  bool formed = false;
  for (const NumberFormat& format : published_formats()) {
    if (format.carrier != carrier) continue;
    known_carrier = true;
    if (!has_form(format, number)) continue;
    formed = true;
    if (check_holds(format, number)) return std::nullopt;
  }
  if (!known_carrier) return std::nullopt;
  std::string code;
  for (const char c : carrier) code.push_back(static_cast<char>(c - 'A' + 'a'));
  if (carrier == "UPS" && number.starts_with("1Z") && number.size() != 18)
    return waybill_problem_of("ups_length");
  return waybill_problem_of(code + (formed ? "_check_digit" : "_form"));
}

}  // namespace

std::string normalise_waybill(std::string_view number) {
  std::string out = capitals(number);
  std::erase(out, ' ');
  if (out.starts_with(kRouting)) return without_routing(out);
  return out;
}

bool same_carrier(std::string_view a, std::string_view b) {
  return carrier_of(capitals(a)) == carrier_of(capitals(b));
}

std::optional<WaybillProblem> waybill_problem_of(std::string_view code) {
  for (const Row& row : kRows) {
    if (row.code != code) continue;
    return WaybillProblem{row.code,
                          {std::string(row.zh), std::string(row.en)},
                          {std::string(kNextZh), std::string(kNextEn)}};
  }
  return std::nullopt;
}

std::optional<WaybillProblem> waybill_problem(std::string_view carrier, std::string_view number) {
  if (auto problem = grammar_problem(number)) return problem;
  const std::string code = capitals(carrier);
  const std::string_view known = carrier_of(code);
  if (is_postal(known) && has_s10_form(number)) return s10_problem(number);
  return published_problem(known, number);
}

bool looks_usual(std::string_view carrier, std::string_view number) {
  const std::string code = capitals(carrier);
  const std::string_view known = carrier_of(code);
  if (is_postal(known) && has_s10_form(number)) return true;
  // Further pieces of one shipment carry their place behind a hyphen.
  const std::string_view whole = number.substr(0, number.find('-'));
  bool known_carrier = false;
  for (const NumberFormat& format : observed_formats()) {
    if (format.carrier != known) continue;
    known_carrier = true;
    if (has_form(format, whole)) return true;
  }
  return !known_carrier;
}

}  // namespace packbench
