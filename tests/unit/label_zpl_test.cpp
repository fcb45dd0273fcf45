// Printer bytes: the reader gives back the dots that were written and takes nothing else.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "label/png.h"
#include "label/zpl.h"

namespace packbench::label {
namespace {

Raster zpl_noise(int width, int height, unsigned seed, unsigned black_in_ten) {
  std::mt19937 random(seed);
  Raster out(width, height);
  for (int y = 0; y < height; ++y) {
    // Every third row repeats the one above, as text and bars do.
    for (int x = 0; x < width; ++x) {
      const bool black = y % 3 == 2 ? out.black(x, y - 1) : random() % 10 < black_in_ten;
      if (black) out.set(x, y);
    }
  }
  return out;
}

std::string zpl_frame(const std::string& fields) {
  return "^XA^JZN^PW16^LL4" + fields + "^PQ1,0,1,N^XZ\n";
}

TEST(Zpl, ReadsBackWhatItWrote) {
  for (const unsigned black : {0U, 1U, 5U, 9U, 10U}) {
    for (const int width : {8, 16, 800, 808, 2400}) {
      const Raster page = zpl_noise(width, 120, black, black);
      const auto read = read_zpl(write_zpl(page));
      ASSERT_TRUE(read) << width << ' ' << black;
      EXPECT_EQ(read.value(), page);
    }
  }
}

TEST(Zpl, KeepsEachFieldUnderThePrintersLimit) {
  const Raster page = zpl_noise(800, 1200, 3, 5);
  const std::string job = write_zpl(page);
  std::size_t fields = 0;
  for (auto at = job.find("^GFA,"); at != std::string::npos; at = job.find("^GFA,", at + 1)) {
    EXPECT_LE(std::stoi(job.substr(at + 5)), 99'999);
    ++fields;
  }
  EXPECT_EQ(fields, 2U) << "120,000 bytes do not fit into one";
  EXPECT_EQ(read_zpl(job).value(), page);
}

TEST(Zpl, AsksThePrinterNotToRepeatByItself) {
  EXPECT_TRUE(write_zpl(Raster(16, 4)).starts_with("^XA^JZN"));
  EXPECT_NE(write_zpl(Raster(16, 4)).find("^PQ1,"), std::string::npos);
}

TEST(Zpl, BlankPagesAreShort) {
  EXPECT_LT(write_zpl(Raster(800, 1200)).size(), 1'400U);
}

// By hand from the programming guide: J is 4 times, "," and "!" fill a row, ":" repeats one.
TEST(ZplReader, UnderstandsThePrintersCompression) {
  const auto read = read_zpl(zpl_frame("^FO0,0^GFA,8,8,2,H8,!:JF^FS"));
  ASSERT_TRUE(read);
  const Raster& page = read.value();
  EXPECT_EQ(page.row(0)[0], 0x88);
  EXPECT_EQ(page.row(0)[1], 0x00);
  for (int y = 1; y < 4; ++y) {
    EXPECT_EQ(page.row(y)[0], 0xFF);
    EXPECT_EQ(page.row(y)[1], 0xFF);
  }
  // Counts add up: "gJ" is 24.
  const auto wide = read_zpl("^XA^PW96^LL1^FO0,0^GFA,12,12,12,gJA^FS^XZ");
  ASSERT_TRUE(wide);
  EXPECT_EQ(wide.value().row(0)[11], 0xAA);
}

TEST(ZplReader, TakesNothingButDots) {
  const std::string dots = "^FO0,0^GFA,8,8,2,,,,,^FS";
  ASSERT_TRUE(read_zpl(zpl_frame(dots)));
  for (const std::string& job : {std::string(),
                                 std::string("^XA^XZ"),
                                 zpl_frame(""),
                                 zpl_frame(dots) + "^XA",
                                 zpl_frame(dots + "^FDtext^FS"),
                                 zpl_frame(dots + "~JA"),
                                 zpl_frame("^FO0,0^FDtext^FS"),
                                 zpl_frame("^FO0,0^GFA,8,8,2,,,,^FS"),
                                 zpl_frame("^FO0,0^GFA,8,8,2,,,,,,^FS"),
                                 zpl_frame("^FO0,0^GFA,8,8,2,:,,,^FS"),
                                 zpl_frame("^FO0,0^GFA,8,8,2,xy,,,^FS"),
                                 zpl_frame("^FO0,0^GFA,8,8,2,J^FS"),
                                 zpl_frame("^FO0,0^GFA,8,8,2,zzF,,,,^FS"),
                                 zpl_frame("^FO0,0^GFA,8,8,0,,,,,^FS"),
                                 zpl_frame("^FO0,0^GFA,9,8,2,,,,,^FS"),
                                 zpl_frame("^FO0,1^GFA,8,8,2,,,,,^FS"),
                                 zpl_frame("^FO8,0^GFA,8,8,2,,,,,^FS"),
                                 zpl_frame("^FO3,0^GFA,4,4,1,,,,,^FS"),
                                 zpl_frame("^FO-8,0^GFA,8,8,2,,,,,^FS"),
                                 zpl_frame("^FO0,0^GFB,8,8,2,,,,,^FS"),
                                 std::string("^XA^PW99999^LL99999") + dots + "^XZ",
                                 std::string("^XA^PW16") + dots + "^XZ",
                                 std::string("^XA^PW16^LL4^PW32") + dots + "^XZ",
                                 zpl_frame(dots).substr(0, 40),
                                 "x" + zpl_frame(dots)}) {
    const auto read = read_zpl(job);
    ASSERT_FALSE(read) << job;
    EXPECT_EQ(read.error().code, "bad_format");
  }
}

TEST(ZplReader, SurvivesDamage) {
  const std::string good = write_zpl(zpl_noise(64, 40, 5, 4));
  std::mt19937 random(13);
  int taken = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string job = good;
    for (unsigned k = 0; k <= random() % 3; ++k) {
      job[random() % job.size()] = static_cast<char>(random() % 128);
    }
    if (random() % 4 == 0) job.resize(random() % job.size());
    const auto read = read_zpl(job);
    if (!read) continue;
    ++taken;
    EXPECT_LE(read.value().bits.size(), 2'500U / 8 * 20'000U);
  }
  EXPECT_GT(taken, 0) << "some damage only changes dots";
}

TEST(Png, ReadsBackWhatItWrote) {
  for (const int width : {1, 7, 8, 33, 800}) {
    const Raster page = zpl_noise(width, 50, 2, 5);
    const auto png = write_png(page);
    ASSERT_TRUE(png);
    const auto read = read_png(png.value());
    ASSERT_TRUE(read);
    EXPECT_EQ(read.value(), page);
  }
}

TEST(Png, RefusesWhatIsNoneOrTooLarge) {
  std::string png = write_png(Raster(16, 16)).value();
  EXPECT_FALSE(read_png(""));
  EXPECT_FALSE(read_png("no picture at all, but long enough to be looked at"));
  EXPECT_FALSE(read_png(png.substr(0, png.size() / 2)));
  png.replace(16, 8, std::string("\0\0\xEA\x60\0\0\xEA\x60", 8));  // 60,000 x 60,000
  EXPECT_FALSE(read_png(png));
}

}  // namespace
}  // namespace packbench::label
