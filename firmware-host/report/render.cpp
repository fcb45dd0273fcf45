#include "report/render.h"

#include "base/check.h"
#include "report/csv.h"
#include "report/json.h"
#include "report/pdf.h"

namespace packbench::report {

std::optional<Format> parse_format(std::string_view word) {
  if (word == "json") return Format::json;
  if (word == "csv") return Format::csv;
  if (word == "pdf") return Format::pdf;
  return std::nullopt;
}

Result<std::string> render_report(const Report& report, Format format, station::Language language) {
  switch (format) {
    case Format::json:
      return report_json(report);
    case Format::csv:
      return report_csv(report);
    case Format::pdf:
      return report_pdf(report, language);
  }
  CHECK(false);
  return std::string();
}

}  // namespace packbench::report
