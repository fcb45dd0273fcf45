#include "label/manifest_slip.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/time_text.h"
#include "base/utf8.h"
#include "domain/manifest_words.h"
#include "label/bars.h"
#include "label/canvas.h"
#include "label/slip_rows.h"
#include "label/symbol.h"

namespace packbench::label {
namespace {

namespace words = manifest_words;
namespace sizes = slip_sizes;

constexpr Field kField = {"The manifest", "交接清单"};
constexpr std::size_t kLettersMax = 200, kLettersLeast = 4;
constexpr double kBarMin = 0.25, kBarMost = 0.4;

// The text without what the fonts might lack: all but letters, hanzi and their signs.
std::vector<char32_t> plain(const std::vector<char32_t>& text) {
  std::vector<char32_t> out = text;
  std::replace_if(
      out.begin(), out.end(),
      [](char32_t c) {
        const bool known =
            (c >= 0x20 && c < 0x7F) || (c >= 0x4E00 && c < 0x9FA6) || (c >= 0xFF01 && c < 0xFF5F);
        return !known && c != U'·' && c != U'–' && c != U'→';
      },
      U'?');
  return out;
}

std::string beginning(const std::vector<char32_t>& text, std::size_t length) {
  std::string out;
  for (std::size_t i = 0; i < std::min(length, text.size()); ++i) out += to_utf8(text[i]);
  return length < text.size() ? out + "…" : out;
}

class Slip {
 public:
  Slip(const SlipContent& content, const SlipPaper& paper, const LabelStyle& style)
      : content_(content),
        paper_(paper),
        dots_(dots_per_mm(style)),
        canvas_(dots(paper.width), dots(paper.height)) {}

  // The dots, and where the code is; nothing of it where the id makes no bars.
  struct Drawn {
    Raster raster;
    std::optional<Box> code;
  };
  Result<Drawn> draw(int slip) {
    const SlipRows all = slip_rows(content_, paper_);
    const auto slips = slips_of(all, paper_);
    const auto last = static_cast<int>(slips.size());
    CHECK(slip >= 1 && slip <= last);
    const double code_y = head(slip, last);
    if (slip == 1)
      facts();
    else
      short_facts();
    double y = slip == 1 ? sizes::first_head : sizes::next_head;
    for (const SlipRow& row : slips[static_cast<std::size_t>(slip - 1)]) y = draw_row(row, all, y);
    if (slip == last)
      signatures();
    else
      continued();
    if (error_) return *error_;
    Drawn drawn{canvas_.to_raster(), std::nullopt};
    const BarWidth module = {static_cast<int>(std::ceil(kBarMin * dots_ - 0.1)), dots(kBarMost)};
    drawn.code = draw_code128(drawn.raster, content_.manifest.id,
                              box(sizes::margin, code_y, width(), 11), module);
    return drawn;
  }

 private:
  int dots(double mm) const { return static_cast<int>(std::lround(mm * dots_)); }
  Box box(double x, double y, double w, double h) const {
    return {dots(x), dots(y), dots(w), dots(h)};
  }
  double width() const { return paper_.width - 2 * sizes::margin; }
  std::string say(const ManifestWords& what) const { return what.in(content_.chinese); }
  std::string at(Instant time, const char* format) const {
    return format_local(time, content_.zone, format);
  }

  struct Look {
    double size = sizes::text, least = 2.0;
    bool bold = false;
    Align align = Align::left;
    int lines = 1;
  };
  void write(std::string_view what, const Box& where, const Look& look) {
    if (error_) return;
    const TextStyle style{.size_max = dots(look.size),
                          .size_min = dots(look.least),
                          .bold = look.bold,
                          .lines_max = look.lines,
                          .align = look.align};
    const auto clean = one_line(what);
    const auto points = code_points(clean ? *clean : "?").value();
    // What a person wrote never keeps the paper from being printed: as much of it as there is room
    // for, and question marks for signs that cannot be drawn.
    std::optional<Error> error;
    for (const auto& drawable : {points, plain(points)}) {
      for (std::size_t length = std::min(points.size(), kLettersMax);; length = length * 7 / 8) {
        const auto placed = canvas_.text(kField, beginning(drawable, length), where, style);
        if (placed) return;
        error = placed.error();
        if (length < kLettersLeast) break;
      }
    }
    error_ = error;
  }

  // Where the bars begin.
  double head(int slip, int last) {
    write(say(words::title), box(sizes::margin, 3, width() - 26, 8), {.size = 6, .bold = true});
    if (last > 1)
      write(std::to_string(slip) + "/" + std::to_string(last),
            box(paper_.width - sizes::margin - 24, 3, 24, 8),
            {.size = 6, .bold = true, .align = Align::right});
    write(content_.manifest.id, box(sizes::margin, 24, width(), 5),
          {.size = 4, .bold = true, .align = Align::centre});
    return 12.5;
  }

  std::string visit() const {
    const StoredManifest& m = content_.manifest;
    const std::string opened = at(m.opened, "%Y-%m-%d %H:%M");
    if (!m.closed) return opened + ", " + say(words::open);
    const bool same_day = at(m.opened, "%F") == at(*m.closed, "%F");
    return opened + " – " + at(*m.closed, same_day ? "%H:%M" : "%Y-%m-%d %H:%M");
  }

  void fact(const ManifestWords& name, const std::string& value, double x, double y, double w,
            const Look& look) {
    const double label = content_.chinese ? 13 : 19;
    write(say(name), box(x, y, label, 5), {.size = 2.6, .least = 1.8});
    write(value, box(x + label, y, w - label, 5), look);
  }

  void facts() {
    const StoredManifest& m = content_.manifest;
    const double half = width() / 2 - 1, right = sizes::margin + half + 2;
    const Look value{.size = 3.2, .least = 2.0, .bold = true};
    const Look count{.size = 4.6, .least = 3.0, .bold = true};
    write(content_.carrier, box(sizes::margin, 29.6, width(), 7),
          {.size = 5.4, .least = 3.0, .bold = true});
    fact(words::courier, m.courier, sizes::margin, 37.4, half, value);
    fact(words::dispatcher, content_.op, right, 37.4, half, value);
    fact(words::time, visit(), sizes::margin, 42.6, width(), value);
    fact(words::bench, content_.bench, sizes::margin, 47.8, half, value);
    fact(words::left, std::to_string(m.left.size()), right, 47.8, half, value);
    fact(words::ours, std::to_string(m.taken.size()), sizes::margin, 53.4, half, count);
    fact(words::theirs, m.counted ? std::to_string(*m.counted) : "", right, 53.4, half, count);
    // A place for a pen.
    if (!m.counted) canvas_.fill(box(right + half - 22, 56.8, 22, 0.3));
    canvas_.fill(box(sizes::margin, sizes::first_head - 2.6, width(), 0.3));
  }

  void short_facts() {
    write(content_.carrier + " · " + at(content_.manifest.opened, "%Y-%m-%d %H:%M") + " · " +
              say(words::ours) + " " + std::to_string(content_.manifest.taken.size()),
          box(sizes::margin, 29, width(), 5), {.size = 3.0, .least = 2.0, .align = Align::centre});
    canvas_.fill(box(sizes::margin, sizes::next_head - 1.6, width(), 0.3));
  }

  double draw_row(const SlipRow& row, const SlipRows& all, double y) {
    if (row.kind == SlipRow::Kind::numbers) {
      numbers(row, all.columns, y);
    } else if (row.kind == SlipRow::Kind::heading) {
      write(row.cells.front(), box(sizes::margin, y + 0.6, width(), row.height - 0.8),
            {.size = sizes::heading, .bold = true});
    } else {
      write(row.cells.front(), box(sizes::margin, y, width(), row.height),
            {.size = sizes::text, .least = 2.2, .lines = row.lines});
    }
    return y + row.height;
  }

  void numbers(const SlipRow& row, int columns, double y) {
    const double cell = width() / columns;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const double x = sizes::margin + static_cast<double>(i) * cell;
      write(std::to_string(row.first + i), box(x, y, sizes::index_width - 1.1, row.height),
            {.size = 2.0, .least = 1.6, .align = Align::right});
      write(row.cells[i],
            box(x + sizes::index_width, y, cell - sizes::index_width - sizes::gap / 2, row.height),
            {.size = sizes::number, .least = sizes::number_min, .bold = true});
    }
  }

  void continued() {
    write(say(words::continued) + " →",
          box(sizes::margin, paper_.height - sizes::margin - sizes::foot + 1, width(),
              sizes::foot - 1),
          {.size = 3.2, .bold = true, .align = Align::right});
  }

  void signatures() {
    const double half = width() / 2 - 2, line = paper_.height - sizes::margin - 6;
    const double right = paper_.width - sizes::margin - half;
    for (const double x : {sizes::margin, right}) canvas_.fill(box(x, line, half, 0.3));
    write(say(words::sign_here), box(sizes::margin, line + 1, half, 5), {.size = 2.8});
    write(say(words::sign_there), box(right, line + 1, half, 5), {.size = 2.8});
  }

  const SlipContent& content_;
  const SlipPaper paper_;
  const double dots_;
  Canvas canvas_;
  std::optional<Error> error_;
};

}  // namespace

int slip_count(const SlipContent& content, const SlipPaper& paper) {
  return static_cast<int>(slips_of(slip_rows(content, paper), paper).size());
}

Result<Label> make_slip(const SlipContent& content, const SlipPaper& paper, const LabelStyle& style,
                        int slip) {
  const auto drawn = Slip(content, paper, style).draw(slip);
  if (!drawn) return drawn.error();
  auto label = label_of(drawn.value().raster, style);
  if (!label) return label;
  const auto& code = drawn.value().code;
  if (!code || read_symbol(label.value().raster, *code, Symbology::code128) != content.manifest.id)
    return unprintable(kField, "its code cannot be read; sign the PDF in the folder manifests",
                       "条码读不出来，请用 manifests 文件夹里的 PDF");
  return label;
}

}  // namespace packbench::label
