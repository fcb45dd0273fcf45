#include "domain/label_code.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "domain/check_character.h"

namespace packbench {
namespace {

constexpr std::string_view kPrefix = "PB1";
constexpr char kSeparator = 'L';
constexpr char kEscape = 'X';
constexpr char kFirst = '!';
constexpr char kLast = '~';
constexpr std::size_t kLongest = 40;
constexpr int kAttemptMax = 9999;

bool stands_for_itself(char c) {
  return c != kSeparator && c != kEscape && kSafeAlphabet.find(c) != std::string_view::npos;
}

bool is_field(std::string_view text) {
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= kFirst && c <= kLast; });
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (stands_for_itself(c)) {
      out += c;
      continue;
    }
    const int offset = c - ' ';
    out += kEscape;
    out += static_cast<char>('0' + offset / 10);
    out += static_cast<char>('0' + offset % 10);
  }
  return out;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<std::string> unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != kEscape) {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size() || !is_digit(text[i + 1]) || !is_digit(text[i + 2])) {
      return std::nullopt;
    }
    out += static_cast<char>(' ' + (text[i + 1] - '0') * 10 + (text[i + 2] - '0'));
    i += 2;
  }
  return out;
}

std::string without_check(const LabelCode& code) {
  return std::string(kPrefix) + escape(code.bench) + kSeparator + escape(code.waybill) +
         kSeparator + std::to_string(code.attempt);
}

}  // namespace

bool is_encodable(const LabelCode& code) {
  return is_field(code.bench) && is_field(code.waybill) && code.attempt >= 0 &&
         code.attempt <= kAttemptMax;
}

std::string encode_label_code(const LabelCode& code) {
  CHECK(is_encodable(code));
  std::string text = without_check(code);
  text += *check_character(text);
  return text;
}

std::optional<LabelCode> parse_label_code(std::string_view text) {
  if (!text.starts_with(kPrefix)) return std::nullopt;
  const std::string_view body = text.substr(kPrefix.size());
  const auto first = body.find(kSeparator);
  const auto second = first == std::string_view::npos ? first : body.find(kSeparator, first + 1);
  // Behind the second separator: at least one digit and the check character.
  if (second == std::string_view::npos || body.size() < second + 3) return std::nullopt;

  const auto bench = unescape(body.substr(0, first));
  const auto waybill = unescape(body.substr(first + 1, second - first - 1));
  const std::string_view number = body.substr(second + 1, body.size() - second - 2);
  LabelCode code;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), code.attempt);
  if (!bench || !waybill || read.ec != std::errc() || read.ptr != number.data() + number.size()) {
    return std::nullopt;
  }
  code.bench = *bench;
  code.waybill = *waybill;
  // Encoding it again checks the check character and refuses every other way of writing the code.
  if (!is_encodable(code) || encode_label_code(code) != text) return std::nullopt;
  return code;
}

}  // namespace packbench
