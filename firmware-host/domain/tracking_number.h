// Waybill numbers: what a carrier's number may look like, and the two check digits that are
// public: UPU S10 (postal services; mod 11) and UPS 1Z and waybill numbers (mod 10). Chinese
// carriers publish none, so for them only the grammar counts. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace packbench {

constexpr std::size_t kWaybillLengthMin = 6;
constexpr std::size_t kWaybillLengthMax = 35;  // the longest that EDI messages (IFTMIN) carry

// Spaces taken out, small letters made capitals: "k 150 623 562 0" is K1506235620.
std::string normalise_waybill(std::string_view number);

// Why a normalised number cannot be the carrier's, as an English sentence without the number;
// nothing where it can. `carrier` is the site's code (SF, EMS, UPS ...), in capitals or not.
std::optional<std::string> waybill_problem(std::string_view carrier, std::string_view number);

}  // namespace packbench
