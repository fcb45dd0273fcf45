// Formats: times, numbers and names as a packer reads them. Pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/units.h"
#include "station/alert.h"

namespace packbench::ui {

using station::Language;

std::string time_of_day(Instant time, const std::string& zone);  // 14:32

std::string day_and_time(Instant time, const std::string& zone);  // 11-23 14:32
bool same_day(Instant a, Instant b, const std::string& zone);

// "1:58" (h:mm); under an hour "58 分" or "58 min". Not for what is past.
std::string remaining(Duration left, Language language);

std::string kilograms(std::int64_t grams);  // 0.846

// "SF1000 0000 0000 1": the carrier's letters, then groups of four.
std::string grouped_waybill(std::string_view number);

// "…0946 318": the last seven characters of an order or waybill number; shorter ones as they are.
std::string short_number(std::string_view number);

// "6901234 003949": a code of 13 digits in two groups; of a very long one both ends.
std::string shown_code(std::string_view code);

// The short name that packers use; for a carrier unknown here the one of `others`, by code.
std::string carrier_name(std::string_view code, Language language,
                         const std::map<std::string, std::string>& others);
std::string platform_name(std::string_view code, Language language);

// What a reason that a menu offers is called; the code itself where it is unknown.
std::string reason_name(std::string_view code, Language language);

}  // namespace packbench::ui
