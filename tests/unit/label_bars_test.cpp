// Code 128 and the small code: what is drawn is what is read, with the fewest symbols there are.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "label/code128.h"
#include "label/symbol.h"

namespace packbench::label {
namespace {

Raster bars(const std::vector<std::uint8_t>& widths, int dots) {
  Raster out((total_modules(widths) + 2 * kCode128QuietModules) * dots, 3);
  int x = kCode128QuietModules * dots;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i % 2 == 0) out.fill({x, 0, widths[i] * dots, out.height});
    x += widths[i] * dots;
  }
  return out;
}

std::optional<std::string> read_back(const std::string& text, int dots) {
  const Raster picture = bars(*code128_widths(text), dots);
  return read_symbol(picture, {0, 0, picture.width, picture.height}, Symbology::code128);
}

// The fewest symbols between start and check by trying every choice.
int fewest(const std::string& text, std::size_t at, bool in_c) {
  if (at == text.size()) return 0;
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  int best = 1'000'000;
  if (digit(at) && digit(at + 1)) best = (in_c ? 0 : 1) + 1 + fewest(text, at + 2, true);
  return std::min(best, (in_c ? 1 : 0) + 1 + fewest(text, at + 1, false));
}

std::string random_text(std::mt19937& random, std::size_t length, int letters_in_ten) {
  std::string out;
  while (out.size() < length) {
    const bool letter = static_cast<int>(random() % 10) < letters_in_ten;
    out += letter ? static_cast<char>(' ' + random() % 95) : static_cast<char>('0' + random() % 10);
  }
  return out;
}

TEST(Code128, ReadsBackEveryCharacterItTakes) {
  for (int c = ' '; c <= '~'; ++c) {
    const std::string text = std::string("a") + static_cast<char>(c) + "1";
    EXPECT_EQ(read_back(text, 2), text);
  }
  for (int pair = 0; pair < 100; ++pair) {
    const std::string text = "12" + std::to_string(100 + pair).substr(1) + "34";
    EXPECT_EQ(read_back(text, 2), text);
  }
}

TEST(Code128, ReadsBackMixedTexts) {
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    const std::string text = random_text(random, 4 + random() % 36, 1 + i % 9);
    EXPECT_EQ(read_back(text, 1 + i % 4), text);
  }
}

TEST(Code128, UsesTheFewestSymbols) {
  std::mt19937 random(11);
  for (int i = 0; i < 500; ++i) {
    const std::string text = random_text(random, 1 + random() % 14, i % 8);
    const int symbols = 1 + std::min(fewest(text, 0, false), fewest(text, 0, true)) + 1;
    EXPECT_EQ(total_modules(*code128_widths(text)), 11 * symbols + 13) << text;
  }
}

TEST(Code128, RefusesWhatItCannotHold) {
  EXPECT_FALSE(code128_widths(""));
  EXPECT_FALSE(code128_widths("顺丰"));
  EXPECT_FALSE(code128_widths("a\n"));
  EXPECT_FALSE(code128_widths(std::string(81, '1')));
}

TEST(SmallCode, ReadsBackWithItsQuietZone) {
  for (const std::string text :
       {"PB1B1LSF1000000000001L1S", "PB1X337L1X58999X33X3310123456784L2F"}) {
    const auto modules = qr_modules(text);
    ASSERT_TRUE(modules);
    EXPECT_EQ(modules->width, modules->height);
    constexpr int kDots = 3;
    const int side = (modules->width + 2 * kQrQuietModules) * kDots;
    Raster picture(side, side);
    for (int y = 0; y < modules->height; ++y) {
      for (int x = 0; x < modules->width; ++x) {
        if (modules->black(x, y)) {
          picture.fill(
              {(x + kQrQuietModules) * kDots, (y + kQrQuietModules) * kDots, kDots, kDots});
        }
      }
    }
    EXPECT_EQ(read_symbol(picture, {0, 0, side, side}, Symbology::qr), text);
  }
}

TEST(SmallCode, SaysWhenATextIsTooLong) {
  EXPECT_FALSE(qr_modules(std::string(5000, 'A')));
}

TEST(ReadSymbol, AnswersNothingForAnEmptyPlace) {
  const Raster blank(200, 200);
  EXPECT_FALSE(read_symbol(blank, {0, 0, 200, 200}, Symbology::qr));
  EXPECT_FALSE(read_symbol(blank, {0, 0, 200, 3}, Symbology::code128));
  EXPECT_FALSE(read_symbol(blank, {100, 100, 200, 3}, Symbology::code128)) << "off the page";
}

}  // namespace
}  // namespace packbench::label
