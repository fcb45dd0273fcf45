// A Report as a file's bytes. JSON and CSV have the same words in every language, for programs; the
// PDF is A4, for the shift's board and the supervisor's morning.
// Thread rule: any one thread at a time; a PDF is a slow job, fit for a worker.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "report/report.h"
#include "station/messages.h"

namespace packbench::report {

enum class Format { json, csv, pdf };

// "json", "csv", "pdf"; nothing for another word.
std::optional<Format> parse_format(std::string_view word);

// The same report gives the same bytes. Errors: font_missing, no_memory (PDF only).
Result<std::string> render_report(const Report& report, Format format, station::Language language);

}  // namespace packbench::report
