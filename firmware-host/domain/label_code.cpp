#include "domain/label_code.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/digit.h"
#include "domain/check_character.h"

namespace packbench {
namespace {

constexpr std::string_view kLabelPrefix = "PB";
constexpr char kSeparator = 'L';
constexpr char kEscape = 'X';
constexpr char kFirst = '!';
constexpr char kLast = '~';
constexpr std::size_t kLongest = 40;
constexpr int kAttemptMax = 9999;
constexpr int kShortAttemptMax = 99;

bool stands_for_itself(char c, int version) {
  if (c == kSeparator || c == kEscape) return false;
  if (version == 2 && c >= 'A' && c <= 'Z') return true;
  return kSafeAlphabet.find(c) != std::string_view::npos;
}

bool is_field(std::string_view text) {
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= kFirst && c <= kLast; });
}

std::string escape(std::string_view text, int version) {
  std::string out;
  for (const char c : text) {
    if (stands_for_itself(c, version)) {
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

std::string encode_1(const LabelCode& code) {
  std::string text = std::string(kLabelPrefix) + '1' + escape(code.bench, 1) + kSeparator +
                     escape(code.waybill, 1) + kSeparator + std::to_string(code.attempt);
  return text + *check_character(text);
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string encode_2(const LabelCode& code) {
  const std::string text = std::string(kLabelPrefix) + '2' + escape(code.waybill, 2) + kSeparator +
                           escape(code.bench, 2) + two_digits(code.attempt);
  // 97 is prime and 5 a primitive root of it: any one wrong character and any two exchanged ones
  // are found in up to 96.
  int sum = 0;
  for (const char c : text) sum = (sum * 5 + c) % 97;
  return text + two_digits(sum);
}

std::optional<int> number_in(std::string_view digits) {
  int number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

struct Fields {
  std::string_view bench, waybill, attempt;
};

// bench L waybill L attempt check
std::optional<Fields> fields_1(std::string_view body) {
  const auto first = body.find(kSeparator);
  const auto second = first == std::string_view::npos ? first : body.find(kSeparator, first + 1);
  if (second == std::string_view::npos || body.size() < second + 3) return std::nullopt;
  return Fields{body.substr(0, first), body.substr(first + 1, second - first - 1),
                body.substr(second + 1, body.size() - second - 2)};
}

// waybill L bench attempt check, the last two of two digits each
std::optional<Fields> fields_2(std::string_view body) {
  const auto separator = body.find(kSeparator);
  if (separator == std::string_view::npos || body.size() < separator + 6) return std::nullopt;
  const std::string_view rest = body.substr(separator + 1);
  return Fields{rest.substr(0, rest.size() - 4), body.substr(0, separator),
                rest.substr(rest.size() - 4, 2)};
}

}  // namespace

bool is_encodable(const LabelCode& code, int version) {
  return is_field(code.bench) && is_field(code.waybill) && code.attempt >= 0 &&
         code.attempt <= (version == 1 ? kAttemptMax : kShortAttemptMax);
}

std::string encode_label_code(const LabelCode& code, int version) {
  CHECK((version == 1 || version == 2) && is_encodable(code, version));
  return version == 1 ? encode_1(code) : encode_2(code);
}

std::optional<LabelCode> parse_label_code(std::string_view text) {
  if (!text.starts_with(kLabelPrefix) || text.size() == kLabelPrefix.size()) return std::nullopt;
  const int version = text[kLabelPrefix.size()] - '0';
  if (version != 1 && version != 2) return std::nullopt;
  const std::string_view body = text.substr(kLabelPrefix.size() + 1);
  const auto fields = version == 1 ? fields_1(body) : fields_2(body);
  if (!fields) return std::nullopt;
  const auto bench = unescape(fields->bench);
  const auto waybill = unescape(fields->waybill);
  const auto attempt = number_in(fields->attempt);
  if (!bench || !waybill || !attempt) return std::nullopt;
  LabelCode code{*bench, *waybill, *attempt};
  // Encoding it again checks the check character and refuses every other way of writing the code.
  if (!is_encodable(code, version) || encode_label_code(code, version) != text) return std::nullopt;
  return code;
}

}  // namespace packbench
