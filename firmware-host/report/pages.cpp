#include "report/pages.h"

#include "base/check.h"

namespace packbench::report {
namespace {

constexpr double kFootY = Sheet::kHeight - 24;
constexpr double kBottom = Sheet::kHeight - 42;
constexpr double kTop = 40;  // of the pages after the first
constexpr double kRowHeight = 17;
constexpr double kMarkWidth = 13;

void table_head(Pages& pages, const std::vector<TableColumn>& columns) {
  Sheet& sheet = pages.sheet();
  double x = kMargin;
  for (const TableColumn& column : columns) {
    const double inset = &column == &columns.front() ? kMarkWidth : 0;
    sheet.text(column.title, x + inset, pages.y() + 7, column.width - inset - 6,
               {.size = 7.5, .colour = kInk2, .align = column.align});
    x += column.width;
  }
  pages.down(14);
  sheet.fill({kMargin, pages.y(), kContent, 1}, kInk);
  pages.down(1);
}

void table_row(Pages& pages, const std::vector<TableColumn>& columns, const TableRow& row) {
  CHECK(row.cells.size() == columns.size());
  Sheet& sheet = pages.sheet();
  const double middle = pages.y() + kRowHeight / 2;
  const Area area = {kMargin, pages.y() + 0.5, kContent, kRowHeight - 1};
  if (row.mark == Mark::at_risk) {
    sheet.fill(area, kAttentionTint);
    sheet.triangle(kMargin + 6.5, middle, 8.5);
  } else if (row.mark == Mark::late) {
    sheet.octagon(kMargin + 6.5, middle, 8.5);
  }
  double x = kMargin;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double inset = i == 0 ? kMarkWidth : 0;
    sheet.text(row.cells[i], x + inset, middle, columns[i].width - inset - 6,
               {.size = 9, .bold = columns[i].bold, .align = columns[i].align});
    x += columns[i].width;
  }
  pages.down(kRowHeight);
  sheet.fill({kMargin, pages.y() - 0.25, kContent, 0.5}, kLine);
}

}  // namespace

Result<std::string> pages_pdf(const std::function<int(Sheet&, int)>& draw) {
  Sheet counted(nullptr);
  if (!counted.font_is_there()) {
    return Error{"font_missing",
                 "The font Noto Sans CJK SC is missing: install the package fonts-noto-cjk and ask "
                 "again, or ask for the report as csv. / 缺少字体 Noto Sans CJK SC，请安装 "
                 "fonts-noto-cjk 再试，或改用 csv。"};
  }
  // How many pages there are is known only after they were laid out once.
  const int total = draw(counted, 0);
  std::string bytes;
  {
    Sheet sheet(&bytes);
    draw(sheet, total);
    if (!sheet.finish()) {
      return Error{"no_memory",
                   "The pages could not be drawn; close other programs and ask again. / "
                   "页面画不出来，请关掉别的程序再试。"};
    }
  }
  return bytes;
}

bool Pages::need(double height) {
  if (y_ + height <= kBottom) return false;
  end_page();
  ++page_;
  y_ = kTop;
  return true;
}

int Pages::close() {
  end_page();
  return page_;
}

void Pages::end_page() {
  const Style style = {.size = 7.5, .colour = kInk2};
  sheet_.fill({kMargin, kFootY - 9, kContent, 0.5}, kLine);
  sheet_.text(foot_, kMargin, kFootY, kContent - 60, style);
  Style right = style;
  right.align = Align::right;
  sheet_.text(std::to_string(page_) + " / " + std::to_string(total_), kMargin + kContent - 60,
              kFootY, 60, right);
  sheet_.show_page();
}

void title(Pages& pages, std::string_view text, std::string_view aside) {
  Sheet& sheet = pages.sheet();
  // A title alone at the foot of a page would belong to nothing.
  pages.need(64);
  pages.down(11);
  sheet.text(text, kMargin, pages.y() + 6, kContent * 0.62, {.size = 11.5, .bold = true});
  sheet.text(aside, kMargin + kContent * 0.62, pages.y() + 6, kContent * 0.38,
             {.size = 9, .colour = kInk2, .align = Align::right});
  pages.down(18);
}

void remark(Pages& pages, std::string_view text) {
  pages.need(16);
  const double height =
      pages.sheet().paragraph(text, kMargin, pages.y(), kContent, {.size = 9, .colour = kInk2});
  pages.down(height + 3);
}

void table(Pages& pages, const std::vector<TableColumn>& columns,
           const std::vector<TableRow>& rows) {
  pages.need(15 + kRowHeight);
  table_head(pages, columns);
  for (const TableRow& row : rows) {
    if (pages.need(kRowHeight)) table_head(pages, columns);
    table_row(pages, columns, row);
  }
}

double facts(Sheet& sheet, std::string_view title, std::string_view aside,
             const std::vector<Fact>& facts, const Area& area) {
  double y = area.y;
  const double used = sheet.width_of(title, {.size = 9.5, .bold = true});
  sheet.text(title, area.x, y + 6, area.width, {.size = 9.5, .bold = true});
  sheet.text(aside, area.x + used + 6, y + 6, area.width - used - 6,
             {.size = 7.5, .colour = kInk2, .align = Align::right});
  y += 14;
  sheet.fill({area.x, y, area.width, 0.75}, kLine);
  y += 2;
  for (const Fact& fact : facts) {
    sheet.text(fact.name, area.x, y + 7, area.width - 44, {.size = 9, .colour = kInk2});
    sheet.text(fact.value, area.x + area.width - 44, y + 7, 44,
               {.size = 9, .bold = true, .align = Align::right});
    y += 14;
  }
  return y;
}

}  // namespace packbench::report
