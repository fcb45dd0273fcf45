#include "base/utf8.h"

#include <gtest/gtest.h>

namespace packbench {
namespace {

TEST(Utf8, DecodesOneToFourBytes) {
  const auto points = code_points("aé毛𪚥");
  ASSERT_TRUE(points);
  EXPECT_EQ(*points, (std::vector<char32_t>{U'a', U'é', U'毛', U'\U0002A6A5'}));
  std::string again;
  for (const char32_t c : *points) again += to_utf8(c);
  EXPECT_EQ(again, "aé毛𪚥");
}

TEST(Utf8, RefusesMalformedSequences) {
  for (const char* bytes :
       {"\x80", "\xC0\xAF", "\xC1\x81", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\xAF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE6\xAF", "\xE6\xAFx", "a\xFF", "\xB5\xC4"}) {
    EXPECT_FALSE(is_utf8(bytes));
  }
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, PrintableDropsControlAndDirectionMarks) {
  EXPECT_EQ(printable("a\tb\nc\x1B"
                      "d\x7F"),
            "abcd");
  EXPECT_EQ(printable("\u202Eevil\u2066x\uFEFF\u0085"), "evilx");
  EXPECT_EQ(printable("马克杯 mug"), "马克杯 mug");
  EXPECT_EQ(printable("\xB5\xC4"), "");
}

}  // namespace
}  // namespace packbench
