#include "label/pdf_pages.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace packbench::label {
namespace {

constexpr double kMillimetresPerInch = 25.4;
constexpr double kPointsPerInch = 72;
constexpr std::size_t kInfoMax = 65'536;

std::string_view after_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
  return text;
}

// Reads a number from the beginning of `text`, past blanks, and takes it off.
template <class Number>
std::optional<Number> take_number(std::string_view& text) {
  text = after_blanks(text);
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

// What follows the key in its last line: a title of the document's own, which comes before, could
// hold such a line too.
std::string_view value_of(std::string_view text, std::string_view key) {
  const std::size_t at = text.rfind("\n" + std::string(key) + ":");
  if (at == std::string_view::npos) return {};
  const std::string_view value = text.substr(at + key.size() + 2);
  return value.substr(0, value.find('\n'));
}

// With one decimal where it is not whole: enough to tell two papers apart.
std::string to_tenths(double number) {
  const long tenths = std::lround(std::clamp(number, 0.0, 1e6) * 10);
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
}

Refusal unread(const Error& error) {
  if (error.code == "no_program")
    return {"is a PDF, and the program that reads PDF files is not installed",
            "是 PDF，但没有装读 PDF 的程序", "have the Debian package poppler-utils installed",
            "请装 Debian 软件包 poppler-utils"};
  if (error.code == "too_slow")
    return {"is a PDF that takes too long to read", "是 PDF，太久读不完"};
  if (error.code == "too_large") return {"is a PDF that unpacks to too much", "是 PDF，展开后太大"};
  return {"is a PDF that is damaged or locked", "是 PDF，但损坏了或者有密码"};
}

std::optional<Refusal> wrong_page(const PdfPages& pages, const PdfWish& wish) {
  if (pages.count != 1)
    return Refusal{"is a PDF of " + std::to_string(pages.count) + " pages, not of one",
                   "是 " + std::to_string(pages.count) + " 页的 PDF，只能有一页"};
  const auto fits = [&wish](double width, double height) {
    return width <= wish.width && height <= wish.height;
  };
  if (pages.width > 0 && pages.height > 0 &&
      (fits(pages.width, pages.height) || fits(pages.height, pages.width)))
    return std::nullopt;
  const std::string size = to_tenths(pages.width) + " x " + to_tenths(pages.height);
  return Refusal{"is a PDF page of " + size + " mm", "是 " + size + " 毫米的 PDF"};
}

}  // namespace

bool is_pdf(std::string_view bytes) {
  // Readers look for the mark anywhere in the first kilobyte (PDF reference 1.7, appendix H).
  return bytes.substr(0, 1'024).find("%PDF-") != std::string_view::npos;
}

std::optional<PdfPages> read_pdfinfo(std::string_view text) {
  std::string_view count = value_of(text, "Pages"), size = value_of(text, "Page size"),
                   turn = value_of(text, "Page rot");
  const auto pages = take_number<int>(count);
  const auto width = take_number<double>(size);
  size = after_blanks(size);
  if (!pages || !width || !size.starts_with('x')) return std::nullopt;
  size.remove_prefix(1);
  const auto height = take_number<double>(size);
  if (!height || !std::isfinite(*width) || !std::isfinite(*height)) return std::nullopt;
  const auto mm = [](double points) { return points / kPointsPerInch * kMillimetresPerInch; };
  PdfPages out{*pages, mm(*width), mm(*height)};
  if (take_number<int>(turn).value_or(0) % 180 != 0) std::swap(out.width, out.height);
  return out;
}

std::optional<Picture> read_pgm(std::string_view bytes, std::size_t dots_max) {
  constexpr int kSideMax = 100'000;
  if (!bytes.starts_with("P5")) return std::nullopt;
  bytes.remove_prefix(2);
  const auto width = take_number<int>(bytes);
  const auto height = take_number<int>(bytes);
  const auto white = take_number<int>(bytes);
  if (!width || !height || white != 255 || *width < 1 || *height < 1 || *width > kSideMax ||
      *height > kSideMax || bytes.empty())
    return std::nullopt;
  bytes.remove_prefix(1);
  const auto dots = static_cast<std::size_t>(*width) * static_cast<std::size_t>(*height);
  if (dots > dots_max || bytes.size() != dots) return std::nullopt;
  Picture out(*width, *height);
  std::copy(bytes.begin(), bytes.end(), out.grey.begin());
  return out;
}

Taken<Picture> read_pdf(std::string_view pdf, const PdfWish& wish, const AskPdf& ask) {
  const auto info = ask({{"pdfinfo", "-"}, kInfoMax}, pdf);
  if (!info) return unread(info.error());
  const auto pages = read_pdfinfo(info.value());
  if (!pages) return unread({});
  if (auto refusal = wrong_page(*pages, wish)) return std::move(*refusal);
  // Pictures in a page that are not of our resolution are resized coarsely, to whole dots: so the
  // page is drawn finer than our head prints, and brought to its dots by scaled_dots().
  constexpr double kFine = 600 / kMillimetresPerInch;
  const double dots_per_mm = wish.dots_per_mm * std::max(1.0, std::round(kFine / wish.dots_per_mm));
  // A dot more on either side, for the program rounds a page up to whole dots.
  const auto dots = [dots_per_mm](double mm) {
    return static_cast<std::size_t>(std::ceil(mm * dots_per_mm)) + 1;
  };
  const std::size_t dots_max = dots(pages->width) * dots(pages->height);
  constexpr std::size_t kHeaderMax = 64;
  // Greys and not black and white, for that would be dithered.
  const auto drawn = ask({{"pdftoppm", "-gray", "-singlefile", "-cropbox", "-f", "1", "-l", "1",
                           "-r", to_tenths(dots_per_mm * kMillimetresPerInch), "-"},
                          dots_max + kHeaderMax},
                         pdf);
  if (!drawn) return unread(drawn.error());
  auto picture = read_pgm(drawn.value(), dots_max);
  if (!picture) return unread({});
  picture->dots_per_mm = dots_per_mm;
  return std::move(*picture);
}

}  // namespace packbench::label
