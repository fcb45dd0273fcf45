// The self-check against damaged codes: what would not read, or would read as something else, is
// not printed. Nothing that touches a code may pass, but for dots inside the small code that its
// own error correction mends: it reads right, which is all it is for.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "domain/label_code.h"
#include "label/label.h"
#include "label/page.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

void clear(Raster& page, const Box& box) {
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      std::uint8_t& byte = page.row(y)[x / 8];
      byte = static_cast<std::uint8_t>(byte & ~(0x80 >> (x % 8)));
    }
  }
}

void turn_over(Raster& page, const Box& box) {
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      std::uint8_t& byte = page.row(y)[x / 8];
      byte = static_cast<std::uint8_t>(byte ^ (0x80 >> (x % 8)));
    }
  }
}

// Every bar, or every space between two bars, from top to bottom.
std::vector<Box> stripes(const Raster& page, const Box& code, bool black) {
  std::vector<Box> out;
  int start = code.x;
  for (int x = code.x + 1; x <= code.x + code.width; ++x) {
    const bool end = x == code.x + code.width;
    if (!end && page.black(x, code.y) == page.black(start, code.y)) continue;
    const bool quiet = start == code.x || end;
    if (page.black(start, code.y) == black && !quiet) {
      out.push_back({start, code.y, x - start, code.height});
    }
    start = x;
  }
  return out;
}

// A label on which one code after the other is damaged.
struct Victim {
  std::string name;
  Page page;
  std::vector<PlacedCode> bars;  // its codes made of bars
};

std::vector<Victim> victims() {
  std::vector<Victim> out;
  for (const char* on : {"76x130", "100x150"}) {
    for (const SmallCode small : {SmallCode::qr, SmallCode::code128}) {
      const LabelStyle style{LabelLanguage::zpl, small, {}};
      Victim victim{on, draw_page(chinese_sample(), template_named(on), style).value(), {}};
      victim.bars.push_back(victim.page.waybill);
      if (small == SmallCode::code128) victim.bars.push_back(victim.page.small);
      victim.name += small == SmallCode::qr ? " with dots" : " with bars";
      out.push_back(std::move(victim));
    }
  }
  return out;
}

using Damage = std::function<void(Raster&)>;

bool passes(const Page& page, const Damage& damage) {
  Raster damaged = page.raster;
  damage(damaged);
  EXPECT_NE(damaged, page.raster) << "nothing was damaged";
  return check_codes(damaged, page.waybill, page.small).ok();
}

// For each code made of bars on each victim.
void for_each_bar_code(const std::function<void(const Page&, const PlacedCode&)>& check) {
  for (const Victim& victim : victims()) {
    ASSERT_TRUE(check_codes(victim.page.raster, victim.page.waybill, victim.page.small));
    for (const PlacedCode& code : victim.bars) {
      SCOPED_TRACE(victim.name + ": " + code.text);
      check(victim.page, code);
    }
  }
}

TEST(DamagedBars, EachMissingBarIsSeen) {
  for_each_bar_code([](const Page& page, const PlacedCode& code) {
    const auto bars = stripes(page.raster, code.box, true);
    EXPECT_GT(bars.size(), 20U);
    for (const Box& bar : bars) {
      EXPECT_FALSE(passes(page, [&](Raster& dots) { clear(dots, bar); })) << bar.x;
    }
  });
}

TEST(DamagedBars, EachPairOfBarsThatRunTogetherIsSeen) {
  for_each_bar_code([](const Page& page, const PlacedCode& code) {
    for (const Box& space : stripes(page.raster, code.box, false)) {
      EXPECT_FALSE(passes(page, [&](Raster& dots) { dots.fill(space); })) << space.x;
    }
  });
}

TEST(DamagedBars, EachBarOfHalfItsWidthIsSeen) {
  for_each_bar_code([](const Page& page, const PlacedCode& code) {
    for (Box bar : stripes(page.raster, code.box, true)) {
      bar.width /= 2;
      EXPECT_FALSE(passes(page, [&](Raster& dots) { clear(dots, bar); })) << bar.x;
    }
  });
}

TEST(DamagedBars, AScratchOfOneDotAcrossThemIsSeenAtEveryHeight) {
  for_each_bar_code([](const Page& page, const PlacedCode& code) {
    for (int y = code.box.y; y < code.box.y + code.box.height; ++y) {
      const Box scratch{code.box.x, y, code.box.width, 1};
      EXPECT_FALSE(passes(page, [&](Raster& dots) { clear(dots, scratch); })) << y;
      EXPECT_FALSE(passes(page, [&](Raster& dots) { dots.fill(scratch); })) << y;
    }
  });
}

TEST(DamagedBars, ASpotOfOneDotAnywhereIsSeen) {
  for_each_bar_code([](const Page& page, const PlacedCode& code) {
    const int y = code.box.y + code.box.height / 2;
    for (int x = code.box.x; x < code.box.x + code.box.width; ++x) {
      EXPECT_FALSE(passes(page, [&](Raster& dots) { turn_over(dots, {x, y, 1, 1}); })) << x;
    }
  });
}

TEST(DamagedBars, InkInEitherQuietZoneIsSeen) {
  for_each_bar_code([](const Page& page, const PlacedCode& code) {
    const auto bars = stripes(page.raster, code.box, true);
    const int left = bars.front().x, right = bars.back().x + bars.back().width;
    for (int x = code.box.x; x < code.box.x + code.box.width; ++x) {
      if (x >= left && x < right) continue;
      const Box line{x, code.box.y, 1, code.box.height};
      EXPECT_FALSE(passes(page, [&](Raster& dots) { dots.fill(line); })) << x;
    }
    for (const Box& zone :
         {Box{code.box.x, code.box.y, left - code.box.x, code.box.height},
          Box{right, code.box.y, code.box.x + code.box.width - right, code.box.height}}) {
      EXPECT_FALSE(passes(page, [&](Raster& dots) { dots.fill(zone); })) << zone.x;
    }
  });
}

// The right paper for the wrong parcel: all is well with the codes but what they say.
TEST(WrongCodes, AnotherNumberInAnyDigitIsSeen) {
  for (const SmallCode small : {SmallCode::qr, SmallCode::code128}) {
    const LabelStyle style{LabelLanguage::zpl, small, {}};
    const LabelContent right = chinese_sample();
    const Page meant = draw_page(right, usual_template(), style).value();
    for (std::size_t at = 0; at < right.waybill.size(); ++at) {
      LabelContent wrong = right;
      char& c = wrong.waybill[at];
      c = c == '9' || c == 'Z' ? static_cast<char>(c - 1) : static_cast<char>(c + 1);
      const Page printed = draw_page(wrong, usual_template(), style).value();
      EXPECT_FALSE(check_codes(printed.raster, meant.waybill, meant.small)) << wrong.waybill;
      EXPECT_TRUE(check_codes(printed.raster, printed.waybill, printed.small));
      EXPECT_FALSE(check_codes(printed.raster, printed.waybill, meant.small)) << "small code";
      EXPECT_FALSE(check_codes(printed.raster, meant.waybill, printed.small)) << "waybill";
    }
  }
}

TEST(WrongCodes, AnotherAttemptOrBenchIsSeen) {
  for (const SmallCode small : {SmallCode::qr, SmallCode::code128}) {
    const LabelStyle style{LabelLanguage::zpl, small, {}};
    const Page meant = draw_page(chinese_sample(), usual_template(), style).value();
    LabelContent attempt = chinese_sample(), bench = chinese_sample();
    attempt.attempt = 2;
    bench.bench = "B104730";
    for (const LabelContent& wrong : {attempt, bench}) {
      const Page printed = draw_page(wrong, usual_template(), style).value();
      EXPECT_FALSE(check_codes(printed.raster, meant.waybill, meant.small));
    }
  }
}

TEST(WrongCodes, ABlankPageAndABlackOneAreSeen) {
  for (const Victim& victim : victims()) {
    const Raster& dots = victim.page.raster;
    EXPECT_FALSE(passes(victim.page, [](Raster& page) { page = Raster(page.width, page.height); }));
    EXPECT_FALSE(passes(victim.page, [&](Raster& page) {
      page.fill({0, 0, dots.width, dots.height});
    }));
    EXPECT_FALSE(passes(victim.page, [&](Raster& page) {
      turn_over(page, {0, 0, dots.width, dots.height});
    })) << "white on black";
    EXPECT_FALSE(passes(victim.page, [](Raster& page) { page = Raster(8, 8); }));
  }
}

TEST(WrongCodes, ACodeOffThePageIsSeen) {
  for (const Victim& victim : victims()) {
    for (const int by : {-1'000, 1'000}) {
      PlacedCode waybill = victim.page.waybill, small = victim.page.small;
      waybill.box.x += by;
      small.box.y += by;
      EXPECT_FALSE(check_codes(victim.page.raster, waybill, victim.page.small));
      EXPECT_FALSE(check_codes(victim.page.raster, victim.page.waybill, small));
    }
  }
}

class DamagedDots : public ::testing::Test {
 protected:
  DamagedDots() : page_(draw_page(chinese_sample(), usual_template(), {}).value()) {
    const Box& box = page_.small.box;
    first_ = box;
    while (!page_.raster.black(first_.x, first_.y)) {
      if (++first_.x == box.x + box.width) first_ = {box.x, first_.y + 1, 0, 0};
    }
    int end = first_.x;
    while (page_.raster.black(end, first_.y)) ++end;
    side_ = (end - first_.x) / 7;  // the finder pattern
    modules_ = (box.width - 2 * (first_.x - box.x)) / side_;
  }
  Box module(int x, int y) const {
    return {first_.x + x * side_, first_.y + y * side_, side_, side_};
  }

  Page page_;
  Box first_;  // corner of the symbol
  int side_ = 0, modules_ = 0;
};

TEST_F(DamagedDots, EachDotOfInkInTheQuietZoneIsSeen) {
  const Box& box = page_.small.box;
  const Box symbol{first_.x, first_.y, modules_ * side_, modules_ * side_};
  for (int y = box.y; y < box.y + box.height; y += 3) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      const bool inside = x >= symbol.x && x < symbol.x + symbol.width && y >= symbol.y &&
                          y < symbol.y + symbol.height;
      if (inside) continue;
      EXPECT_FALSE(passes(page_, [&](Raster& dots) { dots.set(x, y); })) << x << ',' << y;
    }
  }
}

TEST_F(DamagedDots, ASymbolThatWasShiftedIsSeen) {
  const Box box = page_.small.box;
  for (const int step : {1, side_, 3 * side_}) {
    for (const auto& [across, down] : {std::pair{step, 0}, {-step, 0}, {0, step}, {0, -step}}) {
      EXPECT_FALSE(passes(page_,
                          [&, across = across, down = down](Raster& dots) {
                            clear(dots, box);
                            for (int y = 0; y < modules_; ++y) {
                              for (int x = 0; x < modules_; ++x) {
                                Box to = module(x, y);
                                if (!page_.raster.black(to.x, to.y)) continue;
                                to.x += across;
                                to.y += down;
                                dots.fill(to);
                              }
                            }
                          }))
          << across << ',' << down;
    }
  }
}

// Error correction M mends 15 % of a symbol; a square of more than a third is beyond it.
TEST_F(DamagedDots, MoreThanItsOwnCorrectionMendsIsSeen) {
  const int part = modules_ * 3 / 5;
  for (const auto& [x, y] : {std::pair{0, 0},
                             {modules_ - part, 0},
                             {0, modules_ - part},
                             {modules_ - part, modules_ - part},
                             {modules_ / 5, modules_ / 5}}) {
    const Box corner = module(x, y);
    const Box hurt{corner.x, corner.y, part * side_, part * side_};
    EXPECT_FALSE(passes(page_, [&](Raster& dots) { clear(dots, hurt); })) << x << ',' << y;
    EXPECT_FALSE(passes(page_, [&](Raster& dots) { turn_over(dots, hurt); })) << x << ',' << y;
  }
  EXPECT_FALSE(passes(page_, [&](Raster& dots) { clear(dots, page_.small.box); })) << "gone";
}

TEST_F(DamagedDots, EachMissingFinderPatternIsSeen) {
  for (const auto& [x, y] : {std::pair{0, 0}, {modules_ - 7, 0}, {0, modules_ - 7}}) {
    const Box corner = module(x, y);
    const Box hurt{corner.x, corner.y, 7 * side_, 7 * side_};
    EXPECT_FALSE(passes(page_, [&](Raster& dots) { clear(dots, hurt); })) << x << ',' << y;
  }
}

// What lies beside the codes is no business of theirs.
TEST(SelfCheck, PassesWhateverStandsBesideTheCodes) {
  for (const Victim& victim : victims()) {
    EXPECT_TRUE(passes(victim.page, [&](Raster& dots) {
      Raster beside(dots.width, dots.height);
      beside.fill({0, 0, dots.width, dots.height});
      for (const Box& box : {victim.page.waybill.box, victim.page.small.box}) {
        clear(beside, box);
        for (int y = box.y; y < box.y + box.height; ++y) {
          for (int x = box.x; x < box.x + box.width; ++x) {
            if (dots.black(x, y)) beside.set(x, y);
          }
        }
      }
      dots = beside;
    })) << victim.name;
  }
}

}  // namespace
}  // namespace packbench::label
