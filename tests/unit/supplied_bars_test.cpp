// The codes on a supplied label as our print head prints them: damage and doubt are refused.
#include <gtest/gtest.h>
#include <zint.h>

#include "label/printed_bars.h"
#include "label/symbol.h"
#include "tests/unit/supplied_samples.h"

namespace packbench::label {
namespace {

constexpr Bars kBars{100, 100, 2, 120};

std::string problem(const Raster& page, int dpi = 203) {
  const BarDemand demand{kNumber, dpi == 203 ? 8.0 : 300 / 25.4, dpi == 203 ? 2 : 3};
  const auto refusal = check_printed_bars(page, picture_of(page), demand);
  if (!refusal) return "";
  EXPECT_FALSE(refusal->zh.empty());
  return refusal->en;
}

void clear(Raster& page, const Box& box) {
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x)
      page.row(y)[x / 8] = static_cast<std::uint8_t>(page.row(y)[x / 8] & ~(0x80 >> (x % 8)));
  }
}

void draw_qr(Raster& page, const std::string& text, int left, int top) {
  const Raster modules = qr_modules(text).value();
  constexpr int kSide = 5;
  for (int y = 0; y < modules.height; ++y) {
    for (int x = 0; x < modules.width; ++x) {
      if (modules.black(x, y)) page.fill({left + x * kSide, top + y * kSide, kSide, kSide});
    }
  }
}

TEST(PrintedBars, MayStandAnywhereAndAnyWayRound) {
  Raster page = carrier_label();
  for (int turn = 0; turn < 4; ++turn) {
    EXPECT_EQ(problem(page), "") << turn;
    page = quarter_turn(page);
  }
}

TEST(PrintedBars, AreWideEnoughForTheHead) {
  const Raster fine = carrier_label(800, 1200, kNumber, {100, 100, 1, 120});
  EXPECT_NE(problem(fine), "");
  EXPECT_EQ(problem(carrier_label(1181, 1772, kNumber, {150, 150, 3, 160}), 300), "");
  EXPECT_EQ(problem(carrier_label(1181, 1772, kNumber, {150, 150, 2, 160}), 300),
            "has bars of 2 dots; this printer needs 3");
}

TEST(PrintedBars, HaveWhiteOnEitherSide) {
  const int width = bars_width(kNumber, kBars.module);
  // Ten modules are 20 dots.
  Raster page = carrier_label();
  page.fill({kBars.x - 25, kBars.y + 10, 4, 30});
  page.fill({kBars.x + width + 21, kBars.y + 10, 4, 30});
  EXPECT_EQ(problem(page), "");
  for (const int x : {kBars.x - 15, kBars.x + width + 11}) {
    Raster filled = carrier_label();
    filled.fill({x, kBars.y + 10, 4, 30});
    EXPECT_EQ(problem(filled), "has too little white beside the bar code") << x;
  }
  EXPECT_EQ(problem(carrier_label(800, 1200, kNumber, {10, 100, 2, 120})),
            "has too little white beside the bar code")
      << "at the paper's edge";
}

TEST(PrintedBars, AreWhole) {
  Raster streak = carrier_label();
  clear(streak, {kBars.x, kBars.y + 50, 400, 2});
  EXPECT_EQ(problem(streak), "has broken bars");
  Raster hole = carrier_label();
  clear(hole, {kBars.x, kBars.y + 50, 4, 6});
  EXPECT_EQ(problem(hole), "has broken bars");
  // A dead dot of the head or of the picture: one space filled from top to bottom.
  Raster dead = carrier_label();
  dead.fill({kBars.x + 4, kBars.y, 2, kBars.height});
  EXPECT_NE(problem(dead), "");
  Raster gone = carrier_label();
  clear(gone, {kBars.x + 44, kBars.y, 8, kBars.height});
  EXPECT_NE(problem(gone), "");
  EXPECT_EQ(problem(carrier_label(800, 1200, kNumber, {100, 100, 2, 30})),
            "has bars that are not 5 mm high");
}

TEST(PrintedBars, CountWhereOneOfTwoIsGood) {
  Raster page = carrier_label();
  draw_bars(page, kNumber, {100, 1000, 2, 24});
  EXPECT_EQ(problem(page), "") << "a low one on the stub beside the good one";
  Raster both = carrier_label(800, 1200, kNumber, {100, 100, 2, 24});
  draw_bars(both, kNumber, {100, 1000, 2, 120});
  EXPECT_EQ(problem(both), "");
}

TEST(PrintedBars, AreOfThisWaybillAndOfNoOther) {
  EXPECT_EQ(problem(carrier_label(800, 1200, "SF1000000000002")),
            "carries the number SF1000000000002 where SF1000000000001 is due");
  EXPECT_EQ(problem(carrier_label(800, 1200, "9876543210")),
            "does not carry the allocated number SF1000000000001 as a Code 128");
  EXPECT_EQ(problem(Raster(800, 1200)),
            "does not carry the allocated number SF1000000000001 as a Code 128");
  // Two labels in one picture, in either order, as bars or as dots.
  for (const bool other_first : {true, false}) {
    Raster two = carrier_label(800, 1200, other_first ? "SF1000000000007" : kNumber);
    draw_bars(two, other_first ? kNumber : "SF1000000000007", {100, 1000, 2, 120});
    EXPECT_EQ(problem(two), "carries the number SF1000000000007 where SF1000000000001 is due");
  }
  Raster dotted = carrier_label();
  draw_qr(dotted, "SF1000000000003", 550, 950);
  EXPECT_EQ(problem(dotted), "carries the number SF1000000000003 where SF1000000000001 is due");
}

// Drawn by another hand: the label of USPS says in the same bars where the parcel goes.
TEST(PrintedBars, OfUspsReadAsTheNumberBehindItsRouting) {
  zint_symbol* code = ZBarcode_Create();
  code->symbology = BARCODE_GS1_128;
  const std::string data = "[420]22153[91]01026837331000039521";
  const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
  ASSERT_EQ(ZBarcode_Encode(code, bytes, static_cast<int>(data.size())), 0) << code->errtxt;
  Raster page(800, 1200);
  for (int i = 0; i < code->width; ++i) {
    if ((code->encoded_data[0][i / 8] >> (i % 8) & 1) != 0) page.fill({100 + 2 * i, 100, 2, 120});
  }
  ZBarcode_Delete(code);
  const auto refusal =
      check_printed_bars(page, picture_of(page), {"9101026837331000039521", 8.0, 2});
  EXPECT_FALSE(refusal) << refusal->en;
  EXPECT_TRUE(check_printed_bars(page, picture_of(page), {"9101026837331000039538", 8.0, 2}));
}

TEST(PrintedBars, MayHaveOtherCodesBesideThem) {
  Raster page = carrier_label();
  draw_bars(page, "571-W12-008", {100, 1000, 2, 80});
  draw_qr(page, "https://example.com/SF1000000000001", 550, 900);
  draw_qr(page, kNumber, 100, 900 - 200);
  EXPECT_EQ(problem(page), "");
}

TEST(PrintedBars, AreNotLookedForWithoutEnd) {
  Raster page = carrier_label();
  for (int i = 0; i < 14; ++i)
    draw_bars(page, "ROUTE-" + std::to_string(100 + i), {420, 60 + i * 70, 2, 50});
  EXPECT_EQ(problem(page), "carries too many codes");
}

}  // namespace
}  // namespace packbench::label
