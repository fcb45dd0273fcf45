// Carrier formats: the forms of waybill numbers and their check digits, as data. For
// tracking_number.cpp and its tests. Pure functions and constants.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace packbench {

enum class NumberCheck {
  none,
  s10,    // UPU S10: weights 8 6 4 2 3 5 9 7, modulo 11
  ups,    // modulo 10, every second character doubled, letters (ASCII - 63) modulo 10
  mod10,  // GS1's: from the right weights 3 1 3 1 ..., modulo 10
  fedex,  // from the right weights 1 3 7 1 3 7 ..., modulo 11, of that modulo 10
  mod7    // the digits before the last one modulo 7
};

// One form of a carrier's numbers: `prefix`, then digits; so many characters in all.
struct NumberFormat {
  std::string_view carrier;  // see carrier_of()
  std::string_view prefix;
  std::size_t length_min = 0, length_max = 0;
  NumberCheck check = NumberCheck::none;
  std::size_t checked = 0;       // so many characters at the end are checked; 0: all, but for ups
                                 // those behind the prefix
  std::string_view tail = {};    // what these begin with
  std::string_view before = {};  // digits that count as if they stood before these
  bool letters = false;          // capitals and digits behind the prefix, not digits only
};

// What carriers have made public, and what is seen on parcels of those that have not. Where each
// comes from stands beside it in carrier_format.cpp.
std::span<const NumberFormat> published_formats();
std::span<const NumberFormat> observed_formats();

// One code for the codes in use for a carrier ("FEDEX_GROUND", "YUNDA"); itself where none is
// known.
std::string_view carrier_of(std::string_view code_in_capitals);
// Services that number by the Universal Postal Union's S10, besides what forms they have at home.
bool is_postal(std::string_view carrier);

// Two capitals, nine digits, two capitals.
bool has_s10_form(std::string_view number);
// ISO 3166-1 alpha-2, and XK, which the UPU uses for Kosovo.
bool is_country(std::string_view code);

// Whether the number has the form, the check digit apart.
bool has_form(const NumberFormat& format, std::string_view number);
// `number` must have the form.
bool check_holds(const NumberFormat& format, std::string_view number);

}  // namespace packbench
