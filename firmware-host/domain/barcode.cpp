#include "domain/barcode.h"

#include <algorithm>

#include "base/digit.h"
#include "base/utf8.h"

namespace packbench {
namespace {

constexpr char kGroupSeparator = '\x1D';

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

Barcode parse_scan(std::string_view raw) {
  // "]", a letter for the family, a digit or letter for the variant.
  const bool has_aim = raw.size() >= 3 && raw[0] == ']' && is_letter(raw[1]) &&
                       (is_digit(raw[2]) || is_letter(raw[2]));
  if (!has_aim) return {std::string(raw), {}};
  return {std::string(raw.substr(3)), std::string(raw.substr(0, 3))};
}

Symbology symbology(const Barcode& barcode) {
  const std::string& aim = barcode.aim;
  if (aim.size() != 3) return Symbology::unknown;
  if (aim == "]C1" || aim == "]d2" || aim == "]Q3" || aim == "]e0" || aim == "]J1") {
    return Symbology::gs1;
  }
  if (aim == "]E0") return Symbology::ean13;
  if (aim == "]E4") return Symbology::ean8;
  switch (aim[1]) {
    case 'E':
      return Symbology::ean_addon;
    case 'C':
      return Symbology::code128;
    case 'A':
      return Symbology::code39;
    case 'I':
      return Symbology::itf;
    case 'Q':
      return Symbology::qr;
    case 'd':
      return Symbology::matrix;
    default:
      return Symbology::other;
  }
}

std::optional<std::string> scan_problem(std::string_view bytes) {
  if (bytes.empty()) return "empty";
  if (bytes.size() > kScanBytesMax) return "too_long";
  std::string text(bytes);
  std::erase(text, kGroupSeparator);
  if (text.empty() || !is_utf8(text) || printable(text) != text) return "not_printable";
  return std::nullopt;
}

bool gs1_check_digit_holds(std::string_view digits) {
  if (digits.size() < 2 || !all_digits(digits)) return false;
  int sum = 0;
  int weight = 1;
  for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
    sum += weight * (*it - '0');
    weight = 4 - weight;
  }
  return sum % 10 == 0;
}

std::optional<std::string> gtin14(std::string_view digits) {
  const std::size_t n = digits.size();
  if (n != 8 && n != 12 && n != 13 && n != 14) return std::nullopt;
  if (!gs1_check_digit_holds(digits)) return std::nullopt;
  // All zeros pass the check digit and are nobody's number.
  if (digits.find_first_not_of('0') == std::string_view::npos) return std::nullopt;
  return std::string(14 - n, '0') + std::string(digits);
}

std::optional<std::string> gtin14(const Barcode& barcode) {
  if (symbology(barcode) == Symbology::ean13 && barcode.bytes.size() == 8) {
    if (const auto upc_a = expand_upc_e(barcode.bytes)) return gtin14(*upc_a);
  }
  return gtin14(barcode.bytes);
}

std::optional<std::string> expand_upc_e(std::string_view digits) {
  if (digits.size() != 8 || !all_digits(digits)) return std::nullopt;
  if (digits[0] != '0' && digits[0] != '1') return std::nullopt;
  const std::string_view d = digits.substr(1, 6);
  std::string upc(1, digits[0]);
  switch (d[5]) {
    case '0':
    case '1':
    case '2':
      upc.append(d.substr(0, 2)).append(1, d[5]).append("0000").append(d.substr(2, 3));
      break;
    case '3':
      upc.append(d.substr(0, 3)).append("00000").append(d.substr(3, 2));
      break;
    case '4':
      upc.append(d.substr(0, 4)).append("00000").append(d.substr(4, 1));
      break;
    default:
      upc.append(d.substr(0, 5)).append("0000").append(1, d[5]);
      break;
  }
  upc.push_back(digits[7]);
  if (!gs1_check_digit_holds(upc)) return std::nullopt;
  return upc;
}

bool same_code(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto left = gtin14(a);
  return left && left == gtin14(b);
}

}  // namespace packbench
