// How often what happened: the tally rows as totals, by hour and by packer. Pure.
#pragma once

#include "report/report.h"

namespace packbench::report {

// Fills in totals, caught, refusals, materials, hours and packers.
void count_tallies(const ReportInput& input, Report& report);

// The totals under the names that JSON and CSV know them by.
std::vector<NamedCount> named_totals(const Totals& totals);

// The local hour that `time` lies in; zones are off UTC by whole quarters of an hour.
Instant hour_of(Instant time, const std::string& zone);

}  // namespace packbench::report
