// The report as one table of CSV (RFC 4180, UTF-8, CRLF): every row has the same columns and tells
// in the first which part of the report it is of, so that a spreadsheet's filter finds a list and a
// program can read it without a grammar. A text that a spreadsheet would take for a formula has an
// apostrophe in front. Pure.
#pragma once

#include <string>
#include <string_view>

#include "report/report.h"

namespace packbench::report {

std::string report_csv(const Report& report);

// One field: made harmless for a spreadsheet and quoted where needed.
std::string csv_text(std::string_view text);

}  // namespace packbench::report
