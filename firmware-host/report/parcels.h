// Where each parcel stands, how old that is and what it may cost. Pure.
#pragma once

#include "report/report.h"

namespace packbench::report {

// Fills in the lists of parcels, the three clocks, the late orders, the compensation
// and the carriers to be called.
void sort_parcels(const ReportInput& input, Report& report);

}  // namespace packbench::report
