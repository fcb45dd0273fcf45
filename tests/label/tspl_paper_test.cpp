// Our TSPL on the paper of a reader written apart from the product, and that reader itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "label/label.h"
#include "label/page.h"
#include "tests/label/second_opinion.h"
#include "tests/label/tspl_paper.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

std::string picture(const Raster& of) {
  std::string out;
  for (int y = 0; y < of.height; ++y) {
    for (int x = 0; x < of.width; ++x) out += of.black(x, y) ? '#' : '.';
    out += '\n';
  }
  return out;
}

// Two rows of sixteen dots under these commands, at eight dots a millimetre.
TsplPaper small_paper(const std::string& commands) {
  return print_tspl("SIZE 2 mm,2 dot\r\nCLS\r\n" + commands + "\r\nPRINT 1\r\n", 8);
}

TEST(TsplPaper, PrintsZerosOfABitmapInEachMode) {
  const std::string ground = "BITMAP 0,0,2,2,0," + std::string("\x0F\xFF\x0F\xFF") + "\r\n";
  const struct {
    const char* mode;
    const char* wanted;
  } cases[] = {{"0", "#.#.#.#.........\n####............\n"},
               {"1",
                "####"
                "#.#.........\n####............\n"},
               {"2", ".#.##.#.........\n####............\n"}};
  for (const auto& one : cases) {
    const auto paper = small_paper(ground + "BITMAP 0,0,1,1," + one.mode + ",\x55");
    ASSERT_EQ(paper.labels.size(), 1U);
    EXPECT_EQ(picture(paper.labels[0]), one.wanted) << "mode " << one.mode;
    EXPECT_TRUE(paper.complaints.empty()) << paper.complaints[0];
  }
}

TEST(TsplPaper, CountsFromTheReferenceAndInEveryUnit) {
  const auto paper = print_tspl(
      "size 0.5,1.5 mm\nGAP 2 mm,0\nREFERENCE 4,1\nDENSITY 8\nSET REPRINT OFF\nCLS\n"
      "BAR 1,2,3,4\nPRINT 2,3\n",
      8);
  EXPECT_TRUE(paper.complaints.empty());
  ASSERT_EQ(paper.labels.size(), 6U);
  EXPECT_EQ(paper.labels[0].width, 102);
  EXPECT_EQ(paper.labels[0].height, 12);
  Raster wanted(102, 12);
  wanted.fill({5, 3, 3, 4});
  EXPECT_EQ(paper.labels[0], wanted);
  EXPECT_EQ(paper.gap, 2);
  EXPECT_EQ(paper.setting.at("DENSITY"), "8");
  EXPECT_EQ(paper.setting.at("SET REPRINT"), "OFF");
}

TEST(TsplPaper, ComplainsOfWhatAPrinterWouldNotPrint) {
  for (const char* job : {"BITMAP 8,0,2,1,0,ab", "BITMAP 0,0,9,9,0,a", "BITMAP 0,0,1,1,3,a",
                          "BITMAP 0,0,1,0,a", "BAR 15,0,2,1", "TEXT 1,1,\"3\",0,1,1,\"x\""}) {
    EXPECT_FALSE(small_paper(job).complaints.empty()) << job;
  }
  EXPECT_EQ(small_paper("BITMAP 0,0,2,1,0,\x1B!").immediate, 1);
}

struct Job {
  std::string name;
  Page meant;
  Label label;
  LabelStyle style;
};

std::vector<Job> jobs() {
  std::vector<Job> out;
  for (const char* on : {"76x130", "100x150", "100x180", "4x6"}) {
    for (const int dpi : {203, 300}) {
      LabelStyle style{LabelLanguage::tspl, dpi == 203 ? SmallCode::qr : SmallCode::code128, {}};
      style.printer = {.dpi = dpi, .darkness = 20, .speed = 4, .direction = 1};
      const LabelContent content = dpi == 203 ? long_sample() : chinese_sample();
      const auto page = draw_page(content, template_named(on), style);
      auto label = make_label(content, template_named(on), style);
      EXPECT_TRUE(page && label) << on;
      if (!page || !label) continue;
      out.push_back({std::string(on) + " at " + std::to_string(dpi), page.value(),
                     std::move(label).value(), style});
    }
  }
  return out;
}

TEST(TsplOnPaper, HoldsTheDotsAndCodesThatWeMeant) {
  Workshop workshop;
  std::vector<std::string> pictures;
  const std::vector<Job> all = jobs();
  ASSERT_EQ(all.size(), 8U);
  for (const Job& job : all) {
    SCOPED_TRACE(job.name);
    const auto paper = print_tspl(job.label.job, job.style.printer.dpi == 203 ? 8 : 12);
    for (const std::string& complaint : paper.complaints) ADD_FAILURE() << complaint;
    EXPECT_EQ(paper.immediate, 0);
    ASSERT_EQ(paper.labels.size(), 1U);
    EXPECT_EQ(paper.labels[0], job.meant.raster);
    EXPECT_EQ(paper.gap, 2);
    EXPECT_EQ(paper.setting.at("SET REPRINT"), "OFF");
    EXPECT_EQ(paper.setting.at("DENSITY"), "10");
    EXPECT_EQ(paper.setting.at("SPEED"), "4");
    EXPECT_EQ(paper.setting.at("DIRECTION"), "1");
    Label printed = job.label;
    printed.raster = paper.labels[0];
    pictures.push_back(workshop.put(label_png(printed).value(), ".png"));
  }
  const auto symbols = read_with_zbar(pictures);
  for (std::size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE(all[i].name);
    const PlacedCode& small = all[i].meant.small;
    std::vector<std::string> bars = symbols[i].bars;
    std::sort(bars.begin(), bars.end());
    if (small.kind == SmallCode::qr) {
      EXPECT_EQ(symbols[i].dots, std::vector<std::string>{small.text});
      EXPECT_EQ(bars, std::vector<std::string>{all[i].meant.waybill.text});
    } else {
      EXPECT_EQ(bars, (std::vector<std::string>{small.text, all[i].meant.waybill.text}));
    }
  }
}

// <ESC>! in the dots would be carried out by the printer: such dots are made, and none goes out.
TEST(TsplOnPaper, NeverSendsAnImmediateCommandAmongTheDots) {
  Raster page(800, 80);
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x + 1 < page.row_bytes(); x += 2) {
      page.row(y)[x] = 0xE4;  // turned over: 1B
      page.row(y)[x + 1] = static_cast<std::uint8_t>(y % 3 == 0 ? 0xDE : 0xE4);
    }
  }
  const auto label = label_of(page, {LabelLanguage::tspl, SmallCode::qr, {}});
  ASSERT_TRUE(label) << label.error().text;
  const auto paper = print_tspl(label.value().job, 8);
  EXPECT_EQ(paper.immediate, 0);
  EXPECT_TRUE(paper.complaints.empty());
  ASSERT_EQ(paper.labels.size(), 1U);
  EXPECT_EQ(paper.labels[0], page);
}

}  // namespace
}  // namespace packbench::label
