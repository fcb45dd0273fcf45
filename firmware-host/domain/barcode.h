// Barcode: one scan, exactly as the scanner read it, and what can be said of it by its shape.
// Value type and pure functions. Symbology identifiers: ISO/IEC 15424 (AIM); check digit and
// number forms: GS1 General Specifications 7.9 and 5.2.2.4 (UPC-E).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace packbench {

// Longer than any code a bench meets: a GS1 element string has at most 90 characters on a label,
// a waybill's 2D code some 200.
constexpr std::size_t kScanBytesMax = 256;

struct Barcode {
  std::string bytes;  // without the symbology identifier
  std::string aim;    // "]C1", "]E0" ...; empty where the scanner sends none
  bool operator==(const Barcode&) const = default;
};

// Splits off a symbology identifier; takes anything, see scan_problem.
Barcode parse_scan(std::string_view raw);

// unknown: no identifier. gs1: holds a GS1 element string, whatever draws it.
enum class Symbology {
  unknown,
  gs1,
  ean13,
  ean8,
  ean_addon,
  code128,
  code39,
  itf,
  qr,
  matrix,
  other
};
Symbology symbology(const Barcode& barcode);

// Why these bytes cannot be a scan: "empty", "too_long", "not_printable" (a control character
// other than GS, or no UTF-8). Nothing where they can.
std::optional<std::string> scan_problem(std::string_view bytes);

// Whether the last digit is the mod-10 check digit of those before it (GTIN, SSCC, GLN).
bool gs1_check_digit_holds(std::string_view digits);

// GTIN-8, -12, -13 or -14 with a right check digit, as 14 digits: UPC-A equals EAN-13 with a
// leading zero. Nothing for everything else.
std::optional<std::string> gtin14(std::string_view digits);

// The same for a scan: eight digits that the scanner calls EAN/UPC in full (]E0) are a UPC-E,
// since an EAN-8 comes as ]E4. An identifier of another family than EAN/UPC changes nothing.
std::optional<std::string> gtin14(const Barcode& barcode);

// The UPC-A of an eight-digit UPC-E whose check digit holds.
std::optional<std::string> expand_upc_e(std::string_view digits);

// Equal as GTINs where both are, else byte by byte.
bool same_code(std::string_view a, std::string_view b);

}  // namespace packbench
