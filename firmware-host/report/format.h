// How figures are written for people: ages, money, waybills, orders. Pure functions; the formats
// are the screens', so that paper and screen say the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"
#include "domain/order.h"

namespace packbench::report {

std::string age_text(Duration age);  // "0:05", "9:40", "26:10"; whole minutes, cut off

std::string money_text(const Money& money);  // "¥1,284.50"; other currencies "USD 12.00"

// In groups of four behind the carrier's letters: "SF1000 0000 0000 1".
std::string waybill_text(std::string_view number);

// Shop and the last seven: "Green House …0946 318"; a number of up to seven stands whole.
std::string order_text(const OrderKey& key);

// "2026-11-22T16:30:05+08:00", for programs.
std::string iso_local(Instant time, const std::string& zone);

// One line of what can be seen; what is no UTF-8 becomes "?".
std::string line_text(std::string_view text);

}  // namespace packbench::report
