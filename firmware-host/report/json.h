// The report as one JSON object, "format": "packbench-report", "version": 1. Times are ISO 8601
// with the site's offset, ages whole seconds, money decimal strings beside their currency. Fields
// are only ever added. Pure.
#pragma once

#include <string>

#include "report/report.h"

namespace packbench::report {

std::string report_json(const Report& report);

}  // namespace packbench::report
