// Sheet: pages of paper that text and shapes are drawn on, in points (1/72 inch), y downwards from
// the top of an A4 page. The only file that knows Cairo and Pango.
// Thread rule: a Sheet lives on one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace packbench::report {

struct Colour {
  double red = 0, green = 0, blue = 0;
};
constexpr Colour colour(std::uint32_t rgb) {
  return {((rgb >> 16) & 0xFF) / 255.0, ((rgb >> 8) & 0xFF) / 255.0, (rgb & 0xFF) / 255.0};
}

// The house's palette; colour only repeats what shape, place and word already say.
constexpr Colour kInk = colour(0x14171A);
constexpr Colour kInk2 = colour(0x43484D);
constexpr Colour kPaper = colour(0xECEAE4);
constexpr Colour kPanel = colour(0xFFFFFF);
constexpr Colour kRailText = colour(0xC9CDD0);
constexpr Colour kLine = colour(0xCFCBC1);
constexpr Colour kRefuse = colour(0xA3121A);
constexpr Colour kAttention = colour(0xFFBF00);
constexpr Colour kAttentionTint = colour(0xFFF1C7);
constexpr Colour kBar = colour(0x5E6A75);

struct Area {
  double x = 0, y = 0, width = 0, height = 0;
};

enum class Align { left, centre, right };

struct Style {
  double size = 9;
  bool bold = false;
  Colour colour = kInk;
  Align align = Align::left;
};

class Sheet {
 public:
  static constexpr double kWidth = 595.276;
  static constexpr double kHeight = 841.89;

  // Bytes are appended to `out`, which outlives this; nullptr: pages are only counted.
  explicit Sheet(std::string* out);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  // False where the system would give another font than the one that was asked for.
  bool font_is_there() const;

  // One line, its middle at `y`. What is wider than `width` is set smaller, down to legible, and
  // only then cut.
  void text(std::string_view text, double x, double y, double width, const Style& style);
  double width_of(std::string_view text, const Style& style);
  // As many lines as it takes from `y` on; the height that they took.
  double paragraph(std::string_view text, double x, double y, double width, const Style& style);

  void fill(const Area& area, Colour colour, double radius = 0);
  void frame(const Area& area, Colour colour, double thickness);
  // Ink stripes on amber: "soon" without a colour to rely on.
  void hatch(const Area& area);
  void triangle(double x, double y, double size);  // with "!", centred at (x, y)
  void octagon(double x, double y, double size);   // with a cross

  void show_page();
  bool finish();  // false: the pages could not be written

 private:
  struct Pen;
  std::unique_ptr<Pen> pen_;
};

}  // namespace packbench::report
