#include "domain/tracking_number.h"

#include <algorithm>
#include <array>

namespace packbench {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

char to_capital(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string capitals(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_capital);
  return out;
}

bool all(std::string_view text, bool (*is)(char)) {
  return std::all_of(text.begin(), text.end(), is);
}

// Services that number by the Universal Postal Union's S10, by the codes in use for them.
bool is_postal(std::string_view carrier) {
  constexpr auto kPostal = std::to_array<std::string_view>(
      {"EMS", "CHINAPOST", "CHINA_POST", "POST", "YZ", "YZXB", "USPS", "ROYALMAIL", "ROYAL_MAIL",
       "JAPANPOST", "KOREAPOST", "SINGPOST", "HKPOST", "AUSPOST", "CANADAPOST", "LAPOSTE",
       "DEUTSCHEPOST", "POSTNL", "CORREOS"});
  return std::find(kPostal.begin(), kPostal.end(), carrier) != kPostal.end();
}

// Two capitals, nine digits, two capitals.
bool has_s10_shape(std::string_view number) {
  return number.size() == 13 && all(number.substr(0, 2), is_capital) &&
         all(number.substr(2, 9), is_digit) && all(number.substr(11), is_capital);
}

// ISO 3166-1 alpha-2, and XK, which the UPU uses for Kosovo.
bool is_country(std::string_view code) {
  constexpr std::string_view kCodes =
      "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
      "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
      "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
      "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
      "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
      "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
      "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
      "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
      "VN VU WF WS XK YE YT ZA ZM ZW";
  const std::size_t at = kCodes.find(code);
  return code.size() == 2 && at != std::string_view::npos;
}

bool s10_check_digit_holds(std::string_view number) {
  constexpr std::array<int, 8> kWeights = {8, 6, 4, 2, 3, 5, 9, 7};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (number[i + 2] - '0');
  int check = 11 - sum % 11;
  if (check == 10) check = 0;
  if (check == 11) check = 5;
  return number[10] - '0' == check;
}

// UPS counts letters as (position in ASCII - 63) mod 10 and doubles every second character.
bool ups_check_digit_holds(std::string_view serial_and_check) {
  int sum = 0;
  for (std::size_t i = 0; i + 1 < serial_and_check.size(); ++i) {
    const char c = serial_and_check[i];
    const int value = is_digit(c) ? c - '0' : (c - 63) % 10;
    sum += i % 2 == 0 ? value : value * 2;
  }
  return serial_and_check.back() - '0' == (10 - sum % 10) % 10;
}

std::optional<std::string> grammar_problem(std::string_view number) {
  if (number.size() < kWaybillLengthMin) return "The waybill number is shorter than 6 characters";
  if (number.size() > kWaybillLengthMax) return "The waybill number is longer than 35 characters";
  if (!all(number, [](char c) { return is_digit(c) || is_capital(c) || c == '-'; })) {
    return "The waybill number holds something else than capitals, digits and hyphens";
  }
  if (std::none_of(number.begin(), number.end(), is_digit)) {
    return "The waybill number has no digit";
  }
  return std::nullopt;
}

std::optional<std::string> s10_problem(std::string_view number) {
  if (!is_country(number.substr(11))) return "The postal number ends in no country's code";
  if (!s10_check_digit_holds(number)) return "The check digit of the postal number is wrong";
  return std::nullopt;
}

std::optional<std::string> ups_problem(std::string_view number) {
  if (number.starts_with("1Z")) {
    if (number.size() != 18) return "A UPS number that starts with 1Z has 18 characters";
    const std::string_view rest = number.substr(2);
    const bool shape =
        all(rest, [](char c) { return is_digit(c) || is_capital(c); }) && is_digit(rest.back());
    if (!shape || !ups_check_digit_holds(rest)) return "The check digit of the UPS number is wrong";
    return std::nullopt;
  }
  const bool waybill = number.size() == 11 &&
                       std::string_view("AHJKTV").find(number[0]) != std::string_view::npos &&
                       all(number.substr(1), is_digit);
  if (waybill && !ups_check_digit_holds(number.substr(1))) {
    return "The check digit of the UPS number is wrong";
  }
  return std::nullopt;
}

}  // namespace

std::string normalise_waybill(std::string_view number) {
  std::string out = capitals(number);
  std::erase(out, ' ');
  return out;
}

std::optional<std::string> waybill_problem(std::string_view carrier, std::string_view number) {
  if (auto problem = grammar_problem(number)) return problem;
  const std::string code = capitals(carrier);
  if (is_postal(code) && has_s10_shape(number)) return s10_problem(number);
  if (code == "UPS") return ups_problem(number);
  return std::nullopt;
}

}  // namespace packbench
