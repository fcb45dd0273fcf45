#include "exchange/fields.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/digit.h"
#include "base/time_text.h"
#include "base/utf8.h"
#include "domain/identifier.h"

namespace packbench::exchange {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int to_int(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

template <class Value, std::size_t N>
std::optional<Value> find_word(const std::array<std::pair<std::string_view, Value>, N>& words,
                               std::string_view text) {
  for (const auto& [word, value] : words) {
    if (word == text) return value;
  }
  return std::nullopt;
}

}  // namespace

Problem name_problem(const char* what, std::string_view text) {
  if (const auto problem = identifier_problem(text)) return std::string(what) + " " + *problem;
  return std::nullopt;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string clean_text(std::string_view text) {
  std::string line(trim(text));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  std::string out = printable(line);
  if (out.size() > kTextBytesMax) {
    std::size_t end = kTextBytesMax;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    out.resize(end);
  }
  return out;
}

std::optional<int> parse_count(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos) {
    const std::string_view zeros = text.substr(point + 1);
    if (zeros.empty() || zeros.find_first_not_of('0') != std::string_view::npos) {
      return std::nullopt;
    }
    text = text.substr(0, point);
  }
  if (!all_digits(text) || text.size() > 9) return std::nullopt;
  return negative ? -to_int(text) : to_int(text);
}

std::optional<bool> parse_bool(std::string_view text) {
  const std::string word = lower(text);
  if (word == "true" || word == "yes" || word == "1") return true;
  if (word == "false" || word == "no" || word == "0") return false;
  return std::nullopt;
}

std::optional<Instant> parse_time(std::string_view text, const std::string& zone) {
  if (const auto with_offset = parse_iso8601(text)) return with_offset;
  return parse_local(text, zone);
}

std::optional<int> parse_minute(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2) return std::nullopt;
  const std::string_view hours = text.substr(0, colon);
  const std::string_view minutes = text.substr(colon + 1);
  if (!all_digits(hours) || !all_digits(minutes) || minutes.size() != 2) return std::nullopt;
  if (to_int(hours) > 23 || to_int(minutes) > 59) return std::nullopt;
  return to_int(hours) * 60 + to_int(minutes);
}

std::optional<int> parse_weekday(std::string_view text) {
  constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};
  constexpr std::array<std::string_view, 7> kChinese = {"一", "二", "三", "四", "五", "六", "日"};
  const std::string word = lower(text);
  for (std::size_t i = 0; i < 7; ++i) {
    const int number = static_cast<int>(i) + 1;
    const std::string han(kChinese[i]);
    if (word == std::to_string(number) || word == kDays[i] || word == kDays[i].substr(0, 3) ||
        word == "周" + han || word == "星期" + han) {
      return number;
    }
  }
  if (word == "周天" || word == "星期天") return 7;
  return std::nullopt;
}

std::optional<OrderKind> parse_kind(std::string_view text) {
  return find_word(
      std::to_array<std::pair<std::string_view, OrderKind>>({{"standard", OrderKind::standard},
                                                             {"reship", OrderKind::reship},
                                                             {"exchange", OrderKind::exchange}}),
      text);
}

std::optional<OrderStatus> parse_status(std::string_view text) {
  return find_word(std::to_array<std::pair<std::string_view, OrderStatus>>(
                       {{"paid", OrderStatus::paid},
                        {"cod", OrderStatus::cod},
                        {"pending", OrderStatus::pending},
                        {"refund_requested", OrderStatus::refund_requested},
                        {"refunded", OrderStatus::refunded},
                        {"cancelled", OrderStatus::cancelled}}),
                   text);
}

std::optional<Service> parse_service(std::string_view text) {
  return find_word(
      std::to_array<std::pair<std::string_view, Service>>({{"standard", Service::standard},
                                                           {"next_day", Service::next_day},
                                                           {"same_day", Service::same_day},
                                                           {"door", Service::door}}),
      text);
}

std::optional<LineStatus> parse_line_status(std::string_view text) {
  return find_word(std::to_array<std::pair<std::string_view, LineStatus>>(
                       {{"active", LineStatus::active},
                        {"paid", LineStatus::active},
                        {"refund_requested", LineStatus::refund_requested},
                        {"refunded", LineStatus::refunded},
                        {"cancelled", LineStatus::cancelled}}),
                   text);
}

bool is_handling(std::string_view text) {
  constexpr std::array<std::string_view, 7> kMarks = {"fragile", "liquid",  "powder",    "battery",
                                                      "food",    "apparel", "high_value"};
  return std::find(kMarks.begin(), kMarks.end(), text) != kMarks.end();
}

}  // namespace packbench::exchange
