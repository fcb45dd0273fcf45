#include "base/money_text.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/digit.h"

namespace packbench {
namespace {

// ISO 4217 currencies whose minor unit is not a hundredth.
constexpr std::array<std::string_view, 17> kNoMinor = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                       "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                       "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThousandths = {"BHD", "IQD", "JOD", "KWD",
                                                          "LYD", "OMR", "TND"};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// value * 10 + digit, or false where it would not fit.
bool append_digit(std::int64_t& value, char digit) {
  const std::int64_t d = digit - '0';
  if (value > (std::numeric_limits<std::int64_t>::max() - d) / 10) return false;
  value = value * 10 + d;
  return true;
}

}  // namespace

int minor_digits(std::string_view currency) {
  const auto in = [currency](const auto& list) {
    return std::find(list.begin(), list.end(), currency) != list.end();
  };
  if (in(kNoMinor)) return 0;
  if (in(kThousandths)) return 3;
  if (currency == "CLF" || currency == "UYW") return 4;
  return 2;
}

std::optional<Money> parse_money(std::string_view text, std::string_view currency) {
  if (!is_currency(currency)) return std::nullopt;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (!all_digits(whole)) return std::nullopt;
  if (point != std::string_view::npos && !all_digits(fraction)) return std::nullopt;

  std::int64_t minor = 0;
  for (const char c : whole) {
    if (!append_digit(minor, c)) return std::nullopt;
  }
  const auto digits = static_cast<std::size_t>(minor_digits(currency));
  for (std::size_t i = 0; i < digits; ++i) {
    if (!append_digit(minor, i < fraction.size() ? fraction[i] : '0')) return std::nullopt;
  }
  // Half away from zero looks at one digit only: whatever follows cannot pull a 5 back down.
  if (fraction.size() > digits && fraction[digits] >= '5') {
    if (minor == std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    ++minor;
  }
  return Money{negative ? -minor : minor, std::string(currency)};
}

std::string format_money(const Money& money) {
  const auto digits = static_cast<std::size_t>(minor_digits(money.currency));
  const bool negative = money.minor < 0;
  // Unsigned, because the most negative number has no positive twin.
  const std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(money.minor)
                                           : static_cast<std::uint64_t>(money.minor);
  std::string text = std::to_string(magnitude);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  if (digits > 0) text.insert(text.size() - digits, 1, '.');
  if (negative) text.insert(0, 1, '-');
  return text;
}

}  // namespace packbench
