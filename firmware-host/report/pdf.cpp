#include "report/pdf.h"

#include "base/time_text.h"
#include "report/format.h"
#include "report/scene.h"

namespace packbench::report {
namespace {

// Draws all of it; how many pages it took. `total` is what the foot lines say.
int draw(const Report& report, Language language, Sheet& sheet, int total) {
  const std::string made =
      text(Text::made_at, language,
           {{"time", format_local(report.made_at, report.zone, "%Y-%m-%d %H:%M")}});
  Pages pages(sheet, title_text(report, language) + "  " + made, total);
  const Scene scene{report, language, pages};
  draw_summary(scene);
  draw_details(scene);
  return pages.close();
}

}  // namespace

std::string Scene::carrier(const std::string& code) const {
  const auto known = report.carriers.find(code);
  return known == report.carriers.end() ? code : known->second;
}

std::string Scene::day_time(Instant time) const {
  return format_local(time, report.zone, "%Y-%m-%d %H:%M");
}

std::string Scene::clock(Instant time) const {
  const auto day = [this](Instant each) { return format_local(each, report.zone, "%Y-%m-%d"); };
  const bool today = day(time) == day(report.made_at);
  return format_local(time, report.zone, today ? "%H:%M" : "%m-%d %H:%M");
}

Result<std::string> report_pdf(const Report& report, Language language) {
  return pages_pdf([&](Sheet& sheet, int total) { return draw(report, language, sheet, total); });
}

}  // namespace packbench::report
