// Waybill numbers: what a carrier's number may look like. Where the carrier publishes its form and
// check digit (domain/carrier_format.h), a number that cannot be right is refused; Chinese domestic
// carriers publish neither, so for them there is only advice. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/checklist.h"

namespace packbench {

constexpr std::size_t kWaybillLengthMin = 6;
constexpr std::size_t kWaybillLengthMax = 35;  // the longest that EDI messages (IFTMIN) carry

// Spaces taken out, small letters made capitals: "k 150 623 562 0" is K1506235620. A USPS number as
// its bar code has it loses what is routing: "420 22153 9101026837331000039521" has the last 22.
std::string normalise_waybill(std::string_view number);

// Whether two codes mean one carrier: "SF", "sf" and "SHUNFENG" do.
bool same_carrier(std::string_view a, std::string_view b);

struct WaybillProblem {
  std::string_view code;  // "fedex_check_digit"; a reason code of alerts, never renamed
  Text text;              // a clause without the number
  Text next;              // what to do about it
};

// Why a normalised number cannot be the carrier's; nothing where it can. `carrier` is the site's
// code (SF, EMS, UPS ...), in capitals or not.
std::optional<WaybillProblem> waybill_problem(std::string_view carrier, std::string_view number);

// The problem of this code; nothing where there is no such code.
std::optional<WaybillProblem> waybill_problem_of(std::string_view code);

// Whether a number that is not refused looks like none that the carrier is seen to give out. True
// for carriers of which nothing is known.
bool looks_usual(std::string_view carrier, std::string_view number);

}  // namespace packbench
