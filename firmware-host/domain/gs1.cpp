#include "domain/gs1.h"

#include <algorithm>
#include <array>

#include "base/digit.h"

namespace packbench {
namespace {

constexpr char kGroupSeparator = '\x1D';

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int to_int(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

Error bad(std::string_view ai, const std::string& what) {
  return {"bad_gs1", "GS1 element (" + std::string(ai) + "): " + what +
                         ". Scan the code again, or the plain barcode beside it."};
}

// Length of a whole element, identifier included, where its first two digits fix it; else 0.
std::size_t predefined_length(int prefix) {
  if (prefix == 0) return 20;
  if (prefix >= 1 && prefix <= 3) return 16;
  if (prefix == 4) return 18;
  if (prefix >= 11 && prefix <= 19) return 8;
  if (prefix == 20) return 4;
  if (prefix >= 31 && prefix <= 36) return 10;
  if (prefix == 41) return 16;
  return 0;
}

// First two digits of the assigned identifiers of variable length.
bool variable_prefix(int prefix) {
  constexpr std::array<int, 14> kAssigned = {10, 21, 22, 23, 24, 25, 30,
                                             37, 39, 40, 42, 43, 70, 71};
  if (std::find(kAssigned.begin(), kAssigned.end(), prefix) != kAssigned.end()) return true;
  return prefix == 72 || (prefix >= 80 && prefix <= 82) || prefix >= 90;
}

// Character set 82 of the General Specifications: what a lot or serial number may hold.
bool is_set_82(std::string_view text) {
  constexpr std::string_view kMarks = "!\"%&'()*+,-./:;<=>?_";
  return std::all_of(text.begin(), text.end(), [kMarks](char c) {
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::optional<Date> read_date(std::string_view yymmdd, int reference_year) {
  Date date;
  date.year = gs1_year(to_int(yymmdd.substr(0, 2)), reference_year);
  date.month = to_int(yymmdd.substr(2, 2));
  date.day = to_int(yymmdd.substr(4, 2));
  if (date.month < 1 || date.month > 12) return std::nullopt;
  const int last = days_in_month(date.year, date.month);
  if (date.day > last) return std::nullopt;
  if (date.day == 0) date.day = last;
  return date;
}

// Keeps a value; a second, different one under the same name is a contradiction.
template <class T>
bool keep(std::optional<T>& slot, T value) {
  if (slot && *slot != value) return false;
  slot = std::move(value);
  return true;
}

struct Element {
  std::string_view ai;
  std::string_view data;
};

// Takes the element at the front of `rest`, with the separator behind it.
Result<Element> take_element(std::string_view& rest) {
  const std::string_view ai = rest.substr(0, 2);
  if (ai.size() < 2 || !all_digits(ai)) {
    return Error{"bad_gs1",
                 "GS1 code: an application identifier (two digits) was expected. Scan the code "
                 "again, or the plain barcode beside it."};
  }
  const std::size_t fixed = predefined_length(to_int(ai));
  if (fixed == 0 && !variable_prefix(to_int(ai))) return bad(ai, "is not assigned");
  const std::size_t stop = rest.find(kGroupSeparator);
  const std::size_t end = fixed != 0 ? fixed : std::min(stop, rest.size());
  if (end > rest.size() || (fixed != 0 && stop < end)) return bad(ai, "is cut short");
  const std::string_view data = rest.substr(2, end - 2);
  if (data.empty()) return bad(ai, "is empty");
  if (fixed != 0 && !all_digits(data)) return bad(ai, "may hold digits only");
  rest.remove_prefix(end);
  if (!rest.empty() && rest.front() == kGroupSeparator) rest.remove_prefix(1);
  return Element{ai, data};
}

// Lot and serial number: up to 20 characters. A longer one has swallowed its neighbour because
// the separator was not printed or not sent.
std::optional<Error> text_problem(const Element& element) {
  if (element.data.size() > 20) {
    return bad(element.ai, "is longer than 20 characters; a separator is missing");
  }
  if (!is_set_82(element.data)) return bad(element.ai, "holds a character that GS1 does not allow");
  return std::nullopt;
}

std::optional<Error> take_count(const Element& element, ElementString& out) {
  if (element.data.size() > 8 || !all_digits(element.data)) {
    return bad(element.ai, "is a count of up to 8 digits");
  }
  const int count = to_int(element.data);
  if (count == 0) return bad(element.ai, "counts nothing");
  if (!keep(out.count, count)) return bad(element.ai, "contradicts another count");
  return std::nullopt;
}

std::optional<Error> take_gtin(const Element& element, ElementString& out) {
  const auto gtin = gtin14(element.data);
  if (!gtin) return bad(element.ai, "has a wrong check digit");
  if (!keep(out.gtin14, *gtin)) return bad(element.ai, "contradicts another item number");
  return std::nullopt;
}

std::optional<Error> evaluate(const Element& element, int reference_year, ElementString& out) {
  switch (to_int(element.ai)) {
    case 0:
      if (!gs1_check_digit_holds(element.data)) return bad(element.ai, "has a wrong check digit");
      return std::nullopt;
    case 1:
    case 2:
      return take_gtin(element, out);
    case 10:
      if (auto problem = text_problem(element)) return problem;
      if (!keep(out.lot, std::string(element.data))) return bad(element.ai, "is given twice");
      return std::nullopt;
    case 21:
      if (auto problem = text_problem(element)) return problem;
      if (!keep(out.serial, std::string(element.data))) return bad(element.ai, "is given twice");
      return std::nullopt;
    case 17: {
      const auto date = read_date(element.data, reference_year);
      if (!date) return bad(element.ai, "is not a date");
      if (!keep(out.expiry, *date)) return bad(element.ai, "is given twice");
      return std::nullopt;
    }
    case 30:
    case 37:
      return take_count(element, out);
    default:
      return std::nullopt;
  }
}

}  // namespace

int gs1_year(int two_digits, int reference_year) {
  const int century = reference_year - reference_year % 100;
  const int ahead = two_digits - reference_year % 100;
  if (ahead >= 51) return century - 100 + two_digits;
  if (ahead <= -50) return century + 100 + two_digits;
  return century + two_digits;
}

Result<ElementString> parse_element_string(std::string_view bytes, int reference_year) {
  if (!bytes.empty() && bytes.front() == kGroupSeparator) bytes.remove_prefix(1);
  if (bytes.empty() || bytes.size() > kScanBytesMax) {
    return Error{"bad_gs1", "GS1 code: empty or too long. Scan the code again."};
  }
  ElementString out;
  while (!bytes.empty()) {
    const auto element = take_element(bytes);
    if (!element) return element.error();
    if (auto problem = evaluate(element.value(), reference_year, out)) return *problem;
  }
  return out;
}

std::optional<Result<ElementString>> read_gs1(const Barcode& barcode, int reference_year) {
  const bool says_so =
      symbology(barcode) == Symbology::gs1 ||
      (barcode.aim.empty() && barcode.bytes.find(kGroupSeparator) != std::string::npos);
  if (says_so) return parse_element_string(barcode.bytes, reference_year);

  const std::string_view bytes = barcode.bytes;
  const bool worth_trying = barcode.aim.empty() && bytes.size() >= 16 && bytes.starts_with("01") &&
                            gtin14(bytes.substr(2, 14)).has_value();
  if (!worth_trying) return std::nullopt;
  auto tried = parse_element_string(bytes, reference_year);
  if (!tried) return std::nullopt;
  return tried;
}

}  // namespace packbench
