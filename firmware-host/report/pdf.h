// The report as a PDF, A4, Noto Sans CJK SC; its text can be searched. Library errors end here.
#pragma once

#include <string>

#include "base/result.h"
#include "report/report.h"
#include "report/texts.h"

namespace packbench::report {

Result<std::string> report_pdf(const Report& report, Language language);

}  // namespace packbench::report
