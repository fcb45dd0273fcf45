// Pages: blocks one under the other, over as many pages as they take, each with its foot line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/sheet.h"

namespace packbench::report {

inline constexpr double kMargin = 36;
inline constexpr double kContent = Sheet::kWidth - 2 * kMargin;

class Pages {
 public:
  // `foot` stands at the left of every page, "page / total" at the right; `total` 0: not known yet.
  Pages(Sheet& sheet, std::string foot, int total)
      : sheet_(sheet), foot_(std::move(foot)), total_(total) {}

  Sheet& sheet() { return sheet_; }
  double y() const { return y_; }
  void set_y(double y) { y_ = y; }
  void down(double by) { y_ += by; }

  // Goes to the next page where less than `height` is left; true when it did.
  bool need(double height);
  // Ends the last page; how many there are.
  int close();

 private:
  void end_page();

  Sheet& sheet_;
  std::string foot_;
  int total_;
  int page_ = 1;
  double y_ = 0;
};

// A PDF of what `draw` draws on the sheet it is given; `total`, as for Pages, is its second
// argument and the pages that it took its answer. Errors: font_missing, no_memory.
Result<std::string> pages_pdf(const std::function<int(Sheet&, int)>& draw);

// A section's title with a hairline under it, and at the right what it counts.
void title(Pages& pages, std::string_view text, std::string_view aside = {});

// A line said in words where a list or a chart is empty.
void remark(Pages& pages, std::string_view text);

enum class Mark { none, at_risk, late };

struct TableColumn {
  std::string title;
  double width = 0;  // points; all together at most kContent
  Align align = Align::left;
  bool bold = false;
};
struct TableRow {
  std::vector<std::string> cells;
  Mark mark = Mark::none;  // drawn in front of the first cell
};

// The head is repeated on every page.
void table(Pages& pages, const std::vector<TableColumn>& columns,
           const std::vector<TableRow>& rows);

// Name and number pairs in a column of the page; the y below them.
struct Fact {
  std::string name;
  std::string value;
};
double facts(Sheet& sheet, std::string_view title, std::string_view aside,
             const std::vector<Fact>& facts, const Area& area);

}  // namespace packbench::report
