// Scene: what every part of the PDF is drawn from. To be included by the PDF's files only.
#pragma once

#include <string>
#include <string_view>

#include "report/pages.h"
#include "report/report.h"
#include "report/texts.h"

namespace packbench::report {

struct Scene {
  const Report& report;
  Language language;
  Pages& pages;

  Sheet& sheet() const { return pages.sheet(); }
  std::string_view say(Text which) const { return text(which, language); }
  std::string say(Text which, Params params) const { return text(which, language, params); }
  std::string carrier(const std::string& code) const;
  std::string clock(Instant time) const;     // "14:32", with the day where it is not made_at's
  std::string day_time(Instant time) const;  // "2026-11-22 14:32"
};

// The first page's upper half: what to do now, the figures, the hours, the clocks.
void draw_summary(const Scene& scene);

// Everything below it.
void draw_details(const Scene& scene);

// "Bench 3  Shift report"
std::string title_text(const Report& report, Language language);
// The line that names the shift or the day.
std::string range_text(const Scene& scene);

}  // namespace packbench::report
