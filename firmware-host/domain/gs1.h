// GS1 element strings: what a 2D code or a GS1-128 on a product says beside its GTIN.
// Pure functions. Source: GS1 General Specifications, section 3 (application identifiers),
// 7.8.5 (predefined lengths), 7.12 (the century of a two-digit year).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/barcode.h"

namespace packbench {

struct Date {
  int year = 0;
  int month = 0;  // 1 to 12
  int day = 0;    // 1 to 31
  auto operator<=>(const Date&) const = default;
};

// What the bench uses of an element string; every other identifier is stepped over.
struct ElementString {
  std::optional<std::string> gtin14;  // (01), or of a box's contents (02)
  std::optional<std::string> lot;     // (10)
  std::optional<std::string> serial;  // (21)
  std::optional<Date> expiry;         // (17); day 00 is the last day of the month
  std::optional<int> count;           // (30) or (37)
  bool operator==(const ElementString&) const = default;
};

// Reads the bytes of a scan without its symbology identifier; GS (0x1D) ends a field of variable
// length, one GS may lead. `reference_year` decides the century. An Error's code is "bad_gs1", its
// text names the application identifier. The human-readable form "(01)..." is refused: a scanner
// never sends it, so it was typed or drawn by somebody's mistake.
Result<ElementString> parse_element_string(std::string_view bytes, int reference_year);

// What a scan is worth as an element string:
//   nothing    it is none; look at its bytes as they are
//   an Error   it says that it is one (symbology identifier, GS) and is malformed
// Without an identifier, digits from 01 with a right check digit are tried and, where they do not
// read, taken as they are.
std::optional<Result<ElementString>> read_gs1(const Barcode& barcode, int reference_year);

// GS1's rule: within 49 years back and 50 ahead of the reference.
int gs1_year(int two_digits, int reference_year);

}  // namespace packbench
