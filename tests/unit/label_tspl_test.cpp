// Printer bytes in TSPL: the reader gives back the dots that were written and takes nothing else.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "label/label.h"
#include "label/tspl.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

using std::string_literals::operator""s;

Raster tspl_noise(int width, int height, unsigned seed, unsigned black_in_ten) {
  std::mt19937 random(seed);
  Raster out(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (random() % 10 < black_in_ten) out.set(x, y);
    }
  }
  return out;
}

// A page of one row whose bytes in TSPL are these: white is 1 there.
Raster row_of(std::string_view bytes) {
  Raster out(static_cast<int>(bytes.size()) * 8, 1);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out.bits[i] = static_cast<std::uint8_t>(~static_cast<std::uint8_t>(bytes[i]));
  }
  return out;
}

std::string tspl_frame(const std::string& drawing) {
  return "SIZE 2 mm,0.5 mm\r\nGAP 2 mm,0 mm\r\nCLS\r\n" + drawing + "PRINT 1,1\r\n";
}

const std::string kDots(8, '\xFF');
const std::string kDrawing = "BITMAP 0,0,2,4,0," + kDots + "\r\n";

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Tspl, ATinyLabelIsTheseBytes) {
  Raster page(16, 4);
  page.set(0, 0);
  page.set(15, 3);
  EXPECT_EQ(write_tspl(page),
            "\r\nSIZE 2 mm,0.5 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\n"
            "SET REPRINT OFF\r\nCLS\r\nBITMAP 0,0,2,4,0,\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFE\r\n"
            "PRINT 1,1\r\n"s);
}

TEST(Tspl, OptionsAreInTheFrame) {
  const PrinterSetting options{
      .dpi = 300, .darkness = 16, .speed = 4, .gap_tenths = 25, .direction = 1};
  const std::string job = write_tspl(Raster(1'200, 1'772), options);
  EXPECT_TRUE(
      job.starts_with("\r\nSIZE 100 mm,147.667 mm\r\nGAP 2.5 mm,0 mm\r\nDIRECTION 1\r\n"
                      "REFERENCE 0,0\r\nSET REPRINT OFF\r\nDENSITY 8\r\nSPEED 4\r\nCLS\r\n"
                      "BITMAP "));
  EXPECT_TRUE(write_tspl(Raster(8, 8), {.gap_tenths = 0}).find("GAP 0 mm,0 mm") !=
              std::string::npos);
}

TEST(Tspl, ReadsBackWhatItWrote) {
  for (const int dpi : {203, 300}) {
    for (const unsigned black : {0U, 1U, 5U, 9U, 10U}) {
      for (const int width : {1, 7, 8, 16, 799, 800, 1'181, 2'400}) {
        const Raster page = tspl_noise(width, 61, black, black);
        const auto read = read_tspl(write_tspl(page, {.dpi = dpi}), dpi);
        ASSERT_TRUE(read) << width << ' ' << black;
        EXPECT_EQ(read.value(), page) << width << ' ' << black;
      }
    }
  }
}

TEST(Tspl, APageOfAnotherResolutionIsNotTheSamePage) {
  const std::string job = write_tspl(Raster(800, 1'200), {.dpi = 203});
  EXPECT_TRUE(read_tspl(job, 203));
  const auto read = read_tspl(job, 300);
  EXPECT_TRUE(!read || read.value() != Raster(800, 1'200));
}

// <ESC>! and a letter is a command wherever it stands, among dots as well.
TEST(Tspl, NoDotsAreTakenForAnImmediateCommand) {
  for (const std::string& bytes :
       {"\x1B!?"s, "\x1B!\x1B!R"s, "\x1B\x1B!!."s, "a\x1B!"s, "!\x1B!\x1B"s}) {
    const Raster page = row_of(bytes);
    const std::string job = write_tspl(page);
    EXPECT_EQ(job.find("\x1B!"), std::string::npos);
    EXPECT_EQ(read_tspl(job).value(), page);
  }
  Raster page(16, 2);  // the two bytes meet at the end of a row
  page.bits = {0xFF, 0xE4, 0xDE, 0xFF};
  const std::string job = write_tspl(page);
  EXPECT_EQ(job.find("\x1B!"), std::string::npos);
  EXPECT_EQ(count(job, "BITMAP"), 2U);
  EXPECT_EQ(read_tspl(job).value(), page);
}

TEST(Tspl, AsksThePrinterNotToRepeatByItself) {
  const std::string job = write_tspl(Raster(16, 4));
  EXPECT_NE(job.find("SET REPRINT OFF\r\n"), std::string::npos);
  EXPECT_TRUE(job.ends_with("\r\nPRINT 1,1\r\n"));
}

// By hand from the manual: a 0 is black, and a later drawing covers an earlier one.
TEST(TsplReader, UnderstandsTheManual) {
  const auto read = read_tspl(tspl_frame("BITMAP 0,0,2,4,0,\x7F" + std::string(7, '\xFF') +
                                         "\r\nBITMAP 8,1,1,2,0,\x0F\xFE\r\n"));
  ASSERT_TRUE(read);
  const Raster& page = read.value();
  EXPECT_EQ(page.width, 16);
  EXPECT_EQ(page.height, 4);
  EXPECT_EQ(page.bits, (std::vector<std::uint8_t>{0x80, 0, 0, 0xF0, 0, 0x01, 0, 0}));
}

TEST(TsplReader, TakesNothingButDots) {
  ASSERT_TRUE(read_tspl(tspl_frame(kDrawing)));
  ASSERT_TRUE(read_tspl("\r\n" + tspl_frame(kDrawing)));
  ASSERT_TRUE(read_tspl("DIRECTION 1\r\nDENSITY 15\r\nSPEED 4\r\n" + tspl_frame(kDrawing)));
  for (const std::string& job : {""s,
                                 "PRINT 1,1\r\n"s,
                                 tspl_frame(""),
                                 tspl_frame(kDrawing) + "PRINT 1,1\r\n",
                                 tspl_frame(kDrawing) + "x",
                                 "x" + tspl_frame(kDrawing),
                                 "\r\n\r\n" + tspl_frame(kDrawing),
                                 "SIZE 2 mm,0.5 mm\r\n" + tspl_frame(kDrawing),
                                 "SOUND 5,100\r\n" + tspl_frame(kDrawing),
                                 "DIRECTION 2\r\n" + tspl_frame(kDrawing),
                                 "DENSITY -1\r\n" + tspl_frame(kDrawing),
                                 "DENSITY 100\r\n" + tspl_frame(kDrawing),
                                 "SET REPRINT ON\r\n" + tspl_frame(kDrawing),
                                 "REFERENCE 8,0\r\n" + tspl_frame(kDrawing),
                                 "CLS\r\nSIZE 2 mm,0.5 mm\r\n" + kDrawing + "PRINT 1,1\r\n",
                                 "SIZE 2 mm,0.5 mm\r\n" + kDrawing + "CLS\r\nPRINT 1,1\r\n",
                                 tspl_frame(kDrawing + "CLS\r\n"),
                                 tspl_frame(kDrawing + "TEXT 0,0,\"1\",0,1,1,\"x\"\r\n"),
                                 tspl_frame(kDrawing + "DOWNLOAD \"A.BAS\"\r\n"),
                                 tspl_frame(kDrawing + "\x1B!R"),
                                 tspl_frame("BITMAP 0,0,2,4,0,\x1B!" + kDots.substr(2) + "\r\n"),
                                 tspl_frame("BITMAP 0,0,2,4,0," + kDots + "\n"),
                                 tspl_frame("BITMAP 0,0,2,4,0," + kDots + "\xFF\r\n"),
                                 tspl_frame("BITMAP 0,0,2,4,0," + kDots.substr(1) + "\r\n"),
                                 tspl_frame("BITMAP 0,0,2,4,1," + kDots + "\r\n"),
                                 tspl_frame("BITMAP 0,0,2,5,0," + kDots + "\xFF\xFF\r\n"),
                                 tspl_frame("BITMAP 0,0,3,2,0," + kDots.substr(2) + "\r\n"),
                                 tspl_frame("BITMAP 0,1,2,4,0," + kDots + "\r\n"),
                                 tspl_frame("BITMAP 8,0,2,4,0," + kDots + "\r\n"),
                                 tspl_frame("BITMAP 4,0,1,4,0," + kDots.substr(4) + "\r\n"),
                                 tspl_frame("BITMAP 0,0,0,4,0,\r\n"),
                                 tspl_frame("BITMAP 0,0,2,0,0,\r\n"),
                                 tspl_frame("BITMAP 0,0,2,99999,0," + kDots + "\r\n"),
                                 tspl_frame("BITMAP -8,0,2,4,0," + kDots + "\r\n"),
                                 tspl_frame("BITMAP 0, 0,2,4,0," + kDots + "\r\n"),
                                 tspl_frame("BITMAP 0,0,99999999999,4,0," + kDots + "\r\n"),
                                 tspl_frame("bitmap 0,0,2,4,0," + kDots + "\r\n"),
                                 tspl_frame(kDrawing).substr(0, 60),
                                 "CLS\r\n" + kDrawing + "PRINT 1,1\r\n"}) {
    const auto read = read_tspl(job);
    ASSERT_FALSE(read) << job;
    EXPECT_EQ(read.error().code, "bad_format");
  }
}

TEST(TsplReader, TakesOnlyPagesThatAPrinterCanHave) {
  for (const char* size : {"0 mm,0.5 mm", "2 mm", "2,0.5", "2 mm,0.5", "2 mm,", "9999 mm,9999 mm",
                           "400 mm,0.5 mm", "2 mm,3000 mm", "2 mm,0.51 mm", "2.0000 mm,0.5 mm",
                           "2. mm,0.5 mm", ".5 mm,0.5 mm", "-2 mm,0.5 mm", "2 inch,0.5 inch"}) {
    EXPECT_FALSE(read_tspl("SIZE "s + size + "\r\nCLS\r\nBITMAP 0,0,1,1,0,\xFF\r\nPRINT 1,1\r\n"))
        << size;
  }
}

TEST(TsplReader, NothingStandsOverThePagesEdge) {
  const std::string before = "SIZE 0.5 mm,0.125 mm\r\nCLS\r\nBITMAP 0,0,1,1,0,";
  EXPECT_TRUE(read_tspl(before + "\x0F\r\nPRINT 1,1\r\n"));
  EXPECT_FALSE(read_tspl(before + "\x07\r\nPRINT 1,1\r\n"));
}

TEST(TsplReader, SurvivesDamage) {
  const std::string good = write_tspl(tspl_noise(64, 40, 5, 4));
  std::mt19937 random(13);
  int taken = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string job = good;
    for (unsigned k = 0; k <= random() % 3; ++k) {
      job[random() % job.size()] = static_cast<char>(random() % 256);
    }
    if (random() % 4 == 0) job.resize(random() % job.size());
    const auto read = read_tspl(job);
    if (!read) continue;
    ++taken;
    EXPECT_LE(read.value().bits.size(), 2'500U / 8 * 20'000U);
  }
  EXPECT_GT(taken, 0) << "some damage only changes dots";
}

TEST(Tspl, WhitePaperIsNotSent) {
  Raster page(800, 1200);
  page.fill({16, 100, 40, 30});
  page.fill({600, 100, 48, 10});
  page.fill({0, 1199, 8, 1});
  const std::string job = write_tspl(page);
  EXPECT_LT(job.size(), 600U);
  EXPECT_EQ(count(job, "BITMAP "), 3U);
  EXPECT_EQ(read_tspl(job).value(), page);
  EXPECT_EQ(read_tspl(write_tspl(Raster(800, 1200))).value(), Raster(800, 1200));
}

TEST(LabelLanguage, AllGiveTheSameLabel) {
  for (const auto& content :
       {chinese_sample(), english_sample(), long_sample(), specimen_sample()}) {
    const auto zpl = made(content, LabelLanguage::zpl);
    const auto tspl = made(content, LabelLanguage::tspl);
    ASSERT_TRUE(zpl && tspl);
    EXPECT_EQ(tspl.value().raster, zpl.value().raster);
    EXPECT_EQ(read_tspl(tspl.value().job).value(), zpl.value().raster);
    EXPECT_EQ(tspl.value().hash, content_hash(tspl.value().job));
    EXPECT_EQ(zpl.value().language, LabelLanguage::zpl);
    EXPECT_EQ(tspl.value().language, LabelLanguage::tspl);
  }
}

TEST(LabelLanguage, NoTextOfAnOrderReachesThePrintersInterpreter) {
  const std::string attack = "\"\r\nPRINT 99,1\r\nDOWNLOAD \"AUTO.BAS\"\r\n\x1B!R";
  LabelContent content = chinese_sample();
  content.receiver.name = attack;
  content.receiver.address = {attack};
  content.sender.name = attack;
  content.order_numbers = {"PRINT 2,2"};
  const auto label = made(content, LabelLanguage::tspl);
  ASSERT_TRUE(label) << label.error().text;
  const std::string& job = label.value().job;
  const std::size_t dots = job.find("BITMAP ");
  ASSERT_NE(dots, std::string::npos);
  EXPECT_EQ(job.substr(0, dots),
            "\r\nSIZE 100 mm,150 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\n"
            "SET REPRINT OFF\r\nCLS\r\n");
  EXPECT_EQ(count(job, "\r\nPRINT "), 1U);
  EXPECT_EQ(count(job, "\x1B!"), 0U);
}

TEST(LabelLanguage, HasAWordThatPrintersAndFilesKnow) {
  EXPECT_EQ(label_language("zpl"), LabelLanguage::zpl);
  EXPECT_EQ(label_language("tspl"), LabelLanguage::tspl);
  EXPECT_EQ(label_language("epl2"), std::nullopt);
  EXPECT_EQ(language_word(LabelLanguage::zpl), "zpl");
  EXPECT_EQ(language_word(LabelLanguage::tspl), "tspl");
}

}  // namespace
}  // namespace packbench::label
