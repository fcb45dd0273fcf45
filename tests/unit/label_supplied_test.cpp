// Supplied labels: what a file means in dots of our print head, and what is no label at all.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "label/png.h"
#include "label/supplied.h"
#include "label/tspl.h"
#include "label/zpl.h"
#include "tests/unit/label_samples.h"
#include "tests/unit/supplied_samples.h"

namespace packbench::label {
namespace {

constexpr Box kPaper300{0, 0, 1181, 1772};
constexpr std::uint32_t k203 = 8000, k300 = 11811, k96 = 3780;  // dots to the metre

LabelStyle style_of(int dpi) {
  LabelStyle style;
  style.printer.dpi = dpi;
  return style;
}

Result<std::string> no_pdf(const PdfQuestion&, std::string_view) {
  return Error{"no_program", ""};
}

Result<Label> taken(std::string_view file, int dpi = 203, const std::string& number = kNumber) {
  return supplied_label(file, number, dpi == 203 ? kUsualPaper : kPaper300, style_of(dpi), no_pdf);
}

// The dots that are printed of a file that must be taken.
Raster dots(std::string_view file, int dpi = 203) {
  const auto label = taken(file, dpi);
  EXPECT_TRUE(label) << label.error().text;
  return label ? label.value().raster : Raster();
}

// Why a file is refused, in both languages.
std::string why_not(std::string_view file, int dpi = 203) {
  const auto label = taken(file, dpi);
  EXPECT_FALSE(label) << "it was taken";
  if (label) return "";
  EXPECT_EQ(label.error().code, "label_unprintable");
  EXPECT_NE(label.error().text.find(" / 提供的面单"), std::string::npos) << label.error().text;
  return label.error().text;
}

void expect_refused(std::string_view file, const std::string& with, int dpi = 203) {
  const std::string text = why_not(file, dpi);
  EXPECT_NE(text.find(with), std::string::npos) << text << "\nlacks: " << with;
}

long peak_kilobytes() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

TEST(SuppliedLabel, IsTakenWhenItReadsAsTheAllocatedNumber) {
  const auto own = made(chinese_sample(), LabelLanguage::zpl);
  ASSERT_TRUE(own);
  for (const std::string& file : {label_png(own.value()).value(), own.value().job}) {
    const auto supplied = taken(file);
    ASSERT_TRUE(supplied) << supplied.error().text;
    EXPECT_EQ(supplied.value().raster, own.value().raster);
    EXPECT_EQ(supplied.value().hash, own.value().hash);
    EXPECT_FALSE(taken(file, 203, "SF1000000000002"));
    EXPECT_FALSE(taken(file, 203, "SF100000000000"));
    EXPECT_FALSE(taken(file, 203, "SF10000000000011"));
  }
}

TEST(SuppliedLabel, IsWrittenInThePrintersLanguage) {
  const Raster page = carrier_label();
  LabelStyle style;
  style.language = LabelLanguage::tspl;
  const auto supplied = supplied_label(png_of(page), kNumber, kUsualPaper, style, no_pdf);
  ASSERT_TRUE(supplied) << supplied.error().text;
  EXPECT_EQ(read_tspl(supplied.value().job).value(), page);
}

TEST(SuppliedPicture, OfWhatColoursEverBecomesBlackAndWhite) {
  const Raster page = carrier_label();
  struct Colours {
    std::uint32_t ink, paper;
  };
  for (const Colours c : {Colours{0x000000FF, 0xFFFFFFFF}, Colours{0x000000FF, 0x00000000},
                          Colours{0x102060FF, 0xFFF8D0FF}, Colours{0x404040FF, 0xC8C8C8FF},
                          Colours{0x000000C0, 0xFFFFFF00}}) {
    EXPECT_EQ(dots(colour_png(page, c.ink, c.paper)), page) << std::hex << c.ink << ' ' << c.paper;
  }
}

TEST(SuppliedPicture, IsRefusedWhereItsBarsWouldVanish) {
  const Raster page = carrier_label();
  expect_refused(colour_png(page, 0xA8A8A8FF, 0xFFFFFFFF), "too fine or too pale");
  expect_refused(colour_png(page, 0xA8A8A8FF, 0xFFFFFFFF), "条码太细或太浅");
  expect_refused(colour_png(page, 0x000000FF, 0x303030FF), "this printer's black dots");
}

TEST(SuppliedPicture, IsRefusedWhereItsBarsAreTooFineForTheHead) {
  expect_refused(png_of(carrier_label(800, 1200, kNumber, {100, 100, 1, 120})),
                 "has bars of 1 dots; this printer needs 2");
  expect_refused(png_of(carrier_label(1181, 1772, kNumber, {150, 150, 2, 180})),
                 "has bars of 2 dots; this printer needs 3", 300);
}

TEST(SuppliedPicture, OfAnotherResolutionKeepsItsSizeOnPaper) {
  const Raster fine = carrier_label(1181, 1772, kNumber, {150, 150, 3, 180});
  for (const std::string& file : {png_of(fine, k300), png_of(fine)}) {
    const Raster printed = dots(file);
    EXPECT_EQ(printed.width, 800);
    EXPECT_EQ(printed.height, 1200);
    // The rule across: 3 dots of 300 dpi at 797 become 2 of 203 dpi at 540.
    EXPECT_TRUE(printed.black(400, 540));
    EXPECT_FALSE(printed.black(400, 538));
    EXPECT_FALSE(printed.black(400, 543));
  }
  const Raster coarse = carrier_label(800, 1200, kNumber, {100, 100, 3, 150});
  for (const std::string& file : {png_of(coarse, k203), png_of(coarse)}) {
    const Raster printed = dots(file, 300);
    EXPECT_EQ(printed.width, 1181);
    EXPECT_TRUE(printed.black(590, 799));
  }
  EXPECT_EQ(dots(png_of(coarse, k203)), coarse);
  EXPECT_EQ(dots(png_of(coarse, 7992)), coarse) << "203 to the inch is 8 to the millimetre";
}

TEST(SuppliedPicture, WithAResolutionThatMeansNothingIsKnownByItsDots) {
  const Raster page = carrier_label();
  EXPECT_EQ(dots(png_of(page, k96)), page);
  EXPECT_EQ(dots(png_of(page, k300)), page) << "one that would print it smaller";
  const Raster side = quarter_turn(quarter_turn(quarter_turn(page)));
  EXPECT_EQ(dots(png_of(side, k300)), page);
}

TEST(SuppliedPicture, OfUnknownResolutionIsNotGuessedAt) {
  const std::string text = why_not(png_of(carrier_label(1300, 1300)));
  EXPECT_NE(text.find("1300 x 1300 dots"), std::string::npos) << text;
  EXPECT_NE(text.find("100 x 150 mm at 203 dpi (800 x 1200 dots)"), std::string::npos) << text;
  EXPECT_NE(text.find("100 x 150 毫米、203 dpi（800 x 1200 点）"), std::string::npos) << text;
  expect_refused(png_of(carrier_label(1300, 1300)), "1181 x 1772 dots", 300);
  expect_refused(png_of(carrier_label(1600, 1200), k203), "is 200 x 150 mm large");
}

TEST(SuppliedPicture, ThatIsSmallerLiesInTheMiddle) {
  const Raster page = carrier_label(608, 1040);
  const Raster printed = dots(png_of(page));
  Raster wanted(800, 1200);
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      if (page.black(x, y)) wanted.set(x + 96, y + 80);
    }
  }
  EXPECT_EQ(printed, wanted);
  EXPECT_EQ(dots(png_of(page, k203)), wanted);
}

TEST(SuppliedPicture, LosesBlankMarginsButNoInk) {
  // 4 x 6 inches on 100 x 150 mm.
  Raster page = carrier_label(812, 1218);
  const Raster printed = dots(png_of(page));
  EXPECT_EQ(printed.width, 800);
  EXPECT_TRUE(printed.black(400, 1218 * 9 / 20 - 9));
  page.fill({0, 600, 4, 4});
  const Raster shifted = dots(png_of(page));
  EXPECT_TRUE(shifted.black(0, 600 - 9)) << "what is at the edge stays on the paper";
  page.fill({808, 600, 4, 4});
  expect_refused(png_of(page), "no blank margin");
}

TEST(SuppliedPicture, ThatLiesOnItsSideIsTurned) {
  const Raster page = carrier_label();
  EXPECT_EQ(dots(png_of(quarter_turn(quarter_turn(quarter_turn(page))))), page);
}

TEST(SuppliedPicture, OfHostileSizeTakesNoMemory) {
  std::string png = png_of(carrier_label());
  png.replace(16, 8, std::string("\0\0\xEA\x60\0\0\xEA\x60", 8));
  const long before = peak_kilobytes();
  expect_refused(png, "a picture of 60000 x 60000 dots");
  expect_refused(with_resolution(png, k300), "60000 x 60000");
  png.replace(16, 8, std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8));
  expect_refused(png, "4294967295 x 4294967295");
  EXPECT_LT(peak_kilobytes() - before, 64 * 1024);
}

TEST(SuppliedPicture, ThatIsDamagedIsRefused) {
  const std::string png = png_of(carrier_label(), k203);
  for (std::size_t length = 8; length < png.size() - 12; length += png.size() / 40)
    expect_refused(png.substr(0, length), "damaged PNG");
  std::string flipped = png;
  flipped[png.size() / 2] = static_cast<char>(flipped[png.size() / 2] ^ 1);
  expect_refused(flipped, "damaged PNG");
}

TEST(SuppliedLabel, IsAKindOfFileThatIsKnown) {
  for (const char* text : {"", "GIF89a", "\xFF\xD8\xFF\xE0 JFIF", "<html>", "SIZE 100 mm,150 mm"})
    expect_refused(text, "neither a PNG nor a PDF nor ZPL");
  expect_refused("%PDF-1.4 ...", "poppler-utils");
  expect_refused(std::string(kSuppliedBytesMax + 1, '^'), "larger than 8 MB");
}

TEST(SuppliedZpl, OfHostileSizeTakesNoMemory) {
  const long before = peak_kilobytes();
  expect_refused("^XA^PW2500^LL20000^FO0,0^GFA,1,1,1,80^FS^XZ", "is ZPL of 2500 x 20000 dots");
  expect_refused("^XA^FO0,0^GFA,99999,99999,99999,0^FS^XZ", "is ZPL of 799992 x 1200 dots");
  EXPECT_LT(peak_kilobytes() - before, 16 * 1024);
}

// Each field unpacks to most of a page out of a thousandth of that.
TEST(SuppliedZpl, IsNotUnpackedWithoutEnd) {
  const std::string own = write_zpl(carrier_label());
  const std::string blank = "^FO0,0^GFA,99900,99900,100,," + std::string(998, ':') + "^FS";
  const auto with_blanks = [&](int count) {
    std::string file = own;
    for (; count > 0; --count) file.insert(file.rfind("^PQ"), blank);
    return file;
  };
  EXPECT_EQ(dots(with_blanks(3)), carrier_label());
  expect_refused(with_blanks(4), "fill the label many times over");
  expect_refused(with_blanks(7'000), "fill the label many times over");
}

// ZPL as others write it: no size, lines broken, settings of their own.
TEST(SuppliedZpl, GivesItsDotsAndNothingElse) {
  const Raster page = carrier_label(400, 400, kNumber, {40, 40, 2, 100});
  const std::string own = write_zpl(page);
  const std::size_t from = own.find("^FO");
  const std::string graphic = own.substr(from, own.rfind("^PQ") - from);
  Raster wanted(800, 1200);
  for (int y = 0; y < 400; ++y) {
    for (int x = 0; x < 400; ++x) {
      if (page.black(x, y)) wanted.set(x, y);
    }
  }
  EXPECT_EQ(dots("^XA" + graphic + "^XZ"), wanted);
  EXPECT_EQ(dots("\r\n^XA\r\n^CI28^MMT^MD10^PR4,4\r\n^FX from the carrier\r\n" + graphic +
                 "\r\n^PQ1\r\n^XZ\r\n\r\n"),
            wanted);
  const std::string job = taken("^XA^MMC" + graphic + "^XZ").value().job;
  EXPECT_EQ(job.find("^MM"), std::string::npos) << "their settings do not reach our printer";
}

TEST(SuppliedZpl, SaysWhichCommandIsForeign) {
  const std::string own = write_zpl(carrier_label());
  const std::string head = "^XA^PW800^LL1200";
  const std::size_t from = own.find("^FO");
  const std::string graphic = own.substr(from, own.rfind("^PQ") - from);
  ASSERT_TRUE(taken(head + graphic + "^XZ"));
  struct Case {
    std::string file, command;
  };
  for (const Case& c : std::vector<Case>{{"~JA" + own, "(~JA)"},
                                         {own + "~JR", ""},
                                         {head + graphic + "~DGR:X.GRF,8,1,FF^XZ", "(~DG)"},
                                         {head + graphic + "~HS^XZ", "(~HS)"},
                                         {head + "^DFR:A.ZPL^FS" + graphic + "^XZ", "(^DF)"},
                                         {head + "^XFR:A.ZPL^FS^XZ", "(^XF)"},
                                         {head + "^FO0,0^IMR:A.GRF^FS^XZ", "(^IM)"},
                                         {head + "^FO0,0^XGR:A.GRF,1,1^FS^XZ", "(^XG)"},
                                         {head + "^FO0,0^FDSF1000000000001^FS^XZ", "(^FD)"},
                                         {head + "^FO0,0^BCN,100^FDx^FS^XZ", "(^BC)"},
                                         {head + graphic + "^PQ2^XZ", "(^PQ)"},
                                         {head + graphic + "^PQ1,0,5^XZ", "(^PQ)"},
                                         {own + own, "(^XA)"},
                                         {own + "^FO0,0^FS", "(^XA)"},
                                         {head + "^CC+" + graphic + "^XZ", "(^CC)"},
                                         {head + "^LH80,0" + graphic + "^XZ", "(^LH)"},
                                         {head + "^POI" + graphic + "^XZ", "(^PO)"},
                                         {head + "^JUS" + graphic + "^XZ", "(^JU)"},
                                         {head + "^FO0,0^GFB,8,8,1,xxxxxxxx^FS^XZ", "^GFA"},
                                         {head + graphic, "^XZ"},
                                         {head + "^FO0,0^GFA,8,8,1,GG^FS^XZ", "damaged"},
                                         {head + "^\x01\x02" + graphic + "^XZ", "(^)"},
                                         {"^XA^XZ", "damaged"}}) {
    const std::string text = why_not(c.file);
    EXPECT_NE(text.find(c.command), std::string::npos) << text << "\nlacks: " << c.command;
    EXPECT_EQ(text.find('\x01'), std::string::npos);
  }
}

// A graphic must not land elsewhere than where a printer would put it.
TEST(SuppliedZpl, IsRefusedWhereANumberIsNone) {
  const Raster page = carrier_label(400, 400, kNumber, {40, 40, 2, 100});
  const std::string own = write_zpl(page);
  const std::size_t from = own.find("^GFA");
  const std::string graphic = own.substr(from, own.rfind("^PQ") - from);
  for (const char* head : {"^FO8,40", "^FO8", "^FO,40", "^FO8,40,0", "^PW^LL^FO8,40"})
    EXPECT_TRUE(taken("^XA" + std::string(head) + graphic + "^XZ")) << head;
  struct Case {
    const char *head, *command;
  };
  for (const Case& c : {Case{"^FO8, 40", "^FO"}, Case{"^FO-8,0", "^FO"}, Case{"^FO8.5,0", "^FO"},
                        Case{"^FO8,40x", "^FO"}, Case{"^LL99999999999^FO8,40", "^LL"},
                        Case{"^PW800 0^FO8,40", "^PW"}, Case{"^PQ1x^FO8,40", "^PQ"},
                        Case{"^PQ1,0,-2^FO8,40", "^PQ"}}) {
    const std::string text = why_not("^XA" + std::string(c.head) + graphic + "^XZ");
    const std::string name = c.command;
    EXPECT_NE(text.find("has a number that cannot be read (" + name + ")"), std::string::npos)
        << c.head << ": " << text;
    EXPECT_NE(text.find("有读不懂的数字（" + name + "）"), std::string::npos) << text;
  }
  expect_refused("^XA^FO0,0^GFA,8,8,x,FFFFFFFFFFFFFFFF^FS^XZ", "cannot be read (^GF)");
  // Its lines may be broken anywhere.
  std::string broken = graphic;
  broken.insert(broken.find(',') + 1, "\r\n");
  EXPECT_TRUE(taken("^XA^FO8,40" + broken + "^XZ"));
}

}  // namespace
}  // namespace packbench::label
