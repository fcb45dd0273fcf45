#include "report/manifest.h"

#include <algorithm>

#include "base/time_text.h"
#include "domain/manifest_words.h"
#include "report/format.h"
#include "report/pages.h"

namespace packbench::report {
namespace {

namespace words = manifest_words;

constexpr double kModule = 1.1;  // points; a reader needs 0.25 mm, which is 0.71
constexpr double kBarHeight = 34;

class Paper {
 public:
  Paper(const ManifestPaper& paper, Language language, Pages& pages)
      : paper_(paper), zh_(language == Language::zh), pages_(pages) {}

  int draw() {
    draw_head();
    draw_taken();
    draw_left();
    draw_refused();
    draw_incidents();
    draw_signatures();
    return pages_.close();
  }

 private:
  std::string say(const ManifestWords& words) const { return words.in(zh_); }
  std::string at(Instant time, const char* format) const {
    return format_local(time, paper_.zone, format);
  }

  void draw_bars(double right, double top) {
    double width = 0;
    for (const std::uint8_t modules : paper_.bars) width += modules * kModule;
    double x = right - width;
    bool bar = true;
    for (const std::uint8_t modules : paper_.bars) {
      if (bar) pages_.sheet().fill({x, top, modules * kModule, kBarHeight}, kInk);
      x += modules * kModule;
      bar = !bar;
    }
    pages_.sheet().text(paper_.manifest.id, right - 200, top + kBarHeight + 8, 200,
                        {.size = 9, .align = Align::right});
  }

  void line(const ManifestWords& name, const std::string& value) {
    Sheet& sheet = pages_.sheet();
    sheet.text(say(name), kMargin, pages_.y() + 8, 110, {.size = 10, .colour = kInk2});
    sheet.text(value, kMargin + 116, pages_.y() + 8, 200, {.size = 11, .bold = true});
    pages_.down(18);
  }

  void draw_head() {
    const StoredManifest& m = paper_.manifest;
    Sheet& sheet = pages_.sheet();
    sheet.text(say(words::title), kMargin, kMargin + 12, 300, {.size = 22, .bold = true});
    sheet.text(paper_.bench, kMargin, kMargin + 34, 300, {.size = 10, .colour = kInk2});
    draw_bars(kMargin + kContent, kMargin);
    pages_.set_y(kMargin + 56);
    const auto carrier = paper_.carriers.find(m.carrier);
    line(words::carrier, carrier == paper_.carriers.end() ? m.carrier : carrier->second);
    if (!m.courier.empty()) line(words::courier, m.courier);
    line(words::dispatcher, paper_.op);
    line(words::time, at(m.opened, "%Y-%m-%d %H:%M") +
                          (m.closed ? " – " + at(*m.closed, "%H:%M") : ", " + say(words::open)));
    line(words::ours, std::to_string(m.taken.size()));
    line(words::theirs, m.counted ? std::to_string(*m.counted) : std::string(words::not_counted));
    if (m.courier.empty() && m.closed == m.opened) remark(pages_, say(words::by_trace));
  }

  void draw_taken() {
    const auto& taken = paper_.manifest.taken;
    title(pages_, say(words::taken), std::to_string(taken.size()));
    if (taken.empty()) return remark(pages_, say(words::none));
    std::vector<TableRow> rows;
    for (const ManifestParcel& parcel : taken) {
      std::string orders;
      for (const std::string& order : parcel.orders) orders += (orders.empty() ? "" : " ") + order;
      rows.push_back({{std::to_string(rows.size() + 1), waybill_text(parcel.number), orders,
                       parcel.weight_g ? std::to_string(*parcel.weight_g) + " g" : ""}});
    }
    table(pages_,
          {{"", 46},
           {say(words::number), 190, Align::left, true},
           {say(words::orders), 217},
           {say(words::weight), 70, Align::right}},
          rows);
  }

  void draw_left() {
    const auto& left = paper_.manifest.left;
    if (left.empty()) return;
    title(pages_, say(words::left), std::to_string(left.size()));
    std::vector<TableRow> rows;
    for (std::size_t i = 0; i < left.size(); i += 3) {
      TableRow row{{"", "", ""}};
      for (std::size_t j = i; j < std::min(left.size(), i + 3); ++j)
        row.cells[j - i] = waybill_text(left[j]);
      rows.push_back(std::move(row));
    }
    const std::string number = say(words::number);
    table(pages_, {{number, 174}, {number, 174}, {number, 175}}, rows);
  }

  void draw_refused() {
    if (paper_.manifest.refused.empty()) return;
    title(pages_, say(words::refused), std::to_string(paper_.manifest.refused.size()));
    std::vector<TableRow> rows;
    for (const RefusedParcel& each : paper_.manifest.refused)
      rows.push_back({{waybill_text(each.number), line_text(each.detail)}});
    table(pages_, {{say(words::number), 200}, {say(words::reason), 323}}, rows);
  }

  void draw_incidents() {
    if (paper_.manifest.incidents.empty()) return;
    title(pages_, say(words::incidents));
    for (const ManifestIncident& each : paper_.manifest.incidents)
      remark(pages_, at(each.at, "%H:%M") + "  " + say(words::incident(each.code)) + "  " +
                         line_text(each.text));
  }

  void draw_signatures() {
    pages_.need(70);
    pages_.down(40);
    Sheet& sheet = pages_.sheet();
    const double half = kContent / 2 - 20;
    for (const double x : {kMargin, kMargin + kContent / 2 + 20})
      sheet.fill({x, pages_.y(), half, 0.75}, kInk);
    sheet.text(say(words::sign_here), kMargin, pages_.y() + 10, half, {.size = 9, .colour = kInk2});
    sheet.text(say(words::sign_there), kMargin + kContent / 2 + 20, pages_.y() + 10, half,
               {.size = 9, .colour = kInk2});
    pages_.down(20);
  }

  const ManifestPaper& paper_;
  const bool zh_;
  Pages& pages_;
};

int draw(const ManifestPaper& paper, Language language, Sheet& sheet, int total) {
  Pages pages(sheet, paper.bench + "  " + paper.manifest.id, total);
  return Paper(paper, language, pages).draw();
}

}  // namespace

Result<std::string> manifest_pdf(const ManifestPaper& paper, Language language) {
  return pages_pdf([&](Sheet& sheet, int total) { return draw(paper, language, sheet, total); });
}

}  // namespace packbench::report
