// Fields: texts of a file as values of the domain. Every reader answers nothing where the text is
// none of its kind; an empty text is the caller's to treat. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"
#include "domain/order.h"
#include "domain/product.h"

namespace packbench::exchange {

// Why something cannot be taken, in English; nothing where it can.
using Problem = std::optional<std::string>;

// Of a text that is to be an identifier: "The order number is empty".
Problem name_problem(const char* what, std::string_view text);

constexpr int kQuantityMax = 100'000;
constexpr std::size_t kTextBytesMax = 4'000;

// Without the spaces and tabs around it.
std::string_view trim(std::string_view text);

std::string lower(std::string_view text);

// A text of people: on one line, without control characters, at most kTextBytesMax bytes (cut
// between two characters).
std::string clean_text(std::string_view text);

// A whole number, also written 6.0; up to nine digits, a minus allowed.
std::optional<int> parse_count(std::string_view text);

// true, yes, 1; false, no, 0; in capitals or not.
std::optional<bool> parse_bool(std::string_view text);

// ISO 8601 with an offset, else local in `zone`; a day alone is its midnight.
std::optional<Instant> parse_time(std::string_view text, const std::string& zone);

// "HH:MM" (or "H:MM") as the minute of the day.
std::optional<int> parse_minute(std::string_view text);

// 1 to 7, Mon ... Sun, Monday ..., 周一 ... 周日, 星期一 ...: Monday is 1.
std::optional<int> parse_weekday(std::string_view text);

std::optional<OrderKind> parse_kind(std::string_view text);
std::optional<OrderStatus> parse_status(std::string_view text);
std::optional<Service> parse_service(std::string_view text);
std::optional<LineStatus> parse_line_status(std::string_view text);

// Whether a mark of handling is one of the known ones.
bool is_handling(std::string_view text);

}  // namespace packbench::exchange
