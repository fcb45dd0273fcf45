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
  Sheet counted(nullptr);
  if (!counted.font_is_there()) {
    return Error{"font_missing",
                 "The font Noto Sans CJK SC is missing: install the package fonts-noto-cjk and ask "
                 "again, or ask for the report as csv. / 缺少字体 Noto Sans CJK SC，请安装 "
                 "fonts-noto-cjk 再试，或改用 csv。"};
  }
  // How many pages there are is known only after they were laid out once.
  const int total = draw(report, language, counted, 0);
  std::string bytes;
  {
    Sheet sheet(&bytes);
    draw(report, language, sheet, total);
    if (!sheet.finish()) {
      return Error{"no_memory",
                   "The report's pages could not be drawn; close other programs and ask again. / "
                   "报告画不出来，请关掉别的程序再试。"};
    }
  }
  return bytes;
}

}  // namespace packbench::report
