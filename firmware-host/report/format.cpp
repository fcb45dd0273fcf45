#include "report/format.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digit.h"
#include "base/money_text.h"
#include "base/time_text.h"
#include "base/utf8.h"

namespace packbench::report {
namespace {

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string in_fours(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += text[i];
  }
  return out;
}

std::string last_seven(const std::string& number) {
  const auto points = code_points(number);
  if (!points || points->size() <= 7) return line_text(number);
  std::string tail;
  for (std::size_t i = points->size() - 7; i < points->size(); ++i) tail += to_utf8((*points)[i]);
  const bool digits = std::all_of(tail.begin(), tail.end(), is_digit);
  return "…" + (digits ? in_fours(tail) : line_text(tail));
}

}  // namespace

std::string age_text(Duration age) {
  const std::int64_t minutes = std::max<std::int64_t>(age.us, 0) / Duration::minutes(1).us;
  return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::string money_text(const Money& money) {
  std::string digits = format_money(money);
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  for (std::size_t i = whole; i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  const std::string symbol = money.currency == "CNY" ? "¥" : line_text(money.currency) + " ";
  return (negative ? "-" : "") + symbol + digits;
}

std::string waybill_text(std::string_view number) {
  const auto letters = std::find_if_not(number.begin(), number.end(), is_capital);
  const auto prefix = static_cast<std::size_t>(letters - number.begin());
  const std::string_view rest = number.substr(prefix);
  if (!rest.empty() && std::all_of(rest.begin(), rest.end(), is_digit)) {
    // The first group is joined to the letters.
    return std::string(number.substr(0, prefix)) + in_fours(rest);
  }
  const bool plain = std::all_of(number.begin(), number.end(),
                                 [](char c) { return is_digit(c) || is_capital(c); });
  return plain ? in_fours(number) : line_text(number);
}

std::string order_text(const OrderKey& key) {
  const std::string shop = line_text(key.shop);
  return shop.empty() ? last_seven(key.number) : shop + " " + last_seven(key.number);
}

std::string iso_local(Instant time, const std::string& zone) {
  return format_local(time, zone, "%Y-%m-%dT%H:%M:%S%Ez");
}

std::string line_text(std::string_view text) {
  if (!is_utf8(text)) return "?";
  std::string spaced(text);
  std::replace_if(
      spaced.begin(), spaced.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; },
      ' ');
  return printable(spaced);
}

}  // namespace packbench::report
