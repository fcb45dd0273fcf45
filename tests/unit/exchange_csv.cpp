#include "exchange/csv.h"

#include <gtest/gtest.h>

namespace packbench::exchange {
namespace {

using Fields = std::vector<std::string>;

std::vector<CsvRow> rows(std::string_view text, char separator = ',') {
  CsvReader reader(text, separator);
  std::vector<CsvRow> all;
  while (auto row = reader.next()) all.push_back(*row);
  return all;
}

TEST(Csv, ReadsPlainAndQuotedFields) {
  const auto all = rows("a,b,c\n1,\"x, \"\"y\"\"\",\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].fields, (Fields{"a", "b", "c"}));
  EXPECT_EQ(all[1].fields, (Fields{"1", "x, \"y\"", ""}));
  EXPECT_EQ(all[1].line, 2u);
  EXPECT_EQ(all[1].source, "1,\"x, \"\"y\"\"\",");
}

TEST(Csv, CountsTheLinesOfFieldsThatSpanSeveral) {
  const auto all = rows("a,\"one\r\ntwo\nthree\"\r\nb,2\r\n\r\n,\r\nc,3");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].line, 1u);
  EXPECT_EQ(all[0].fields[1], "one\r\ntwo\nthree");
  EXPECT_EQ(all[1].line, 4u);
  EXPECT_EQ(all[2].line, 7u);
  EXPECT_EQ(all[2].fields, (Fields{"c", "3"}));
}

TEST(Csv, TakesEveryLineEndAndAByteOrderMark) {
  for (const char* text : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r",
                           "\xEF\xBB\xBF"
                           "a,b\n1,2"}) {
    const auto all = rows(text);
    ASSERT_EQ(all.size(), 2u) << text;
    EXPECT_EQ(all[0].fields, (Fields{"a", "b"}));
    EXPECT_EQ(all[1].fields, (Fields{"1", "2"}));
    EXPECT_EQ(all[1].line, 2u);
  }
}

TEST(Csv, AQuoteInTheMiddleOfAPlainFieldIsText) {
  EXPECT_EQ(rows("5\" pipe,2")[0].fields, (Fields{"5\" pipe", "2"}));
}

TEST(Csv, AStrayQuoteCostsOneRow) {
  const auto all = rows("a,\"b\nc,d\ne,f\n");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_FALSE(all[0].problem.empty());
  EXPECT_EQ(all[0].source, "a,\"b");
  EXPECT_EQ(all[0].fields, Fields{"a"});
  EXPECT_EQ(all[1].fields, (Fields{"c", "d"}));
  EXPECT_EQ(all[1].line, 2u);
  EXPECT_EQ(all[2].line, 3u);
}

TEST(Csv, TextBehindAClosingQuoteIsAProblem) {
  const auto all = rows("\"a\"b,c\r\nd,e");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_FALSE(all[0].problem.empty());
  EXPECT_EQ(all[0].source, "\"a\"b,c");
  EXPECT_EQ(all[1].line, 2u);
}

TEST(Csv, IsBounded) {
  const std::string long_field(kCsvFieldBytesMax + 1, 'x');
  EXPECT_FALSE(rows(long_field + ",1")[0].problem.empty());
  EXPECT_FALSE(rows("\"" + long_field + "\",1")[0].problem.empty());
  EXPECT_TRUE(rows(std::string(kCsvFieldBytesMax, 'x') + ",1")[0].problem.empty());
  EXPECT_FALSE(rows("x" + std::string(kCsvFieldsMax, ','))[0].problem.empty());
  EXPECT_TRUE(rows("x" + std::string(kCsvFieldsMax - 1, ','))[0].problem.empty());
}

TEST(Csv, BytesThatAreNotUtf8AreAProblemOfTheirRow) {
  const auto all = rows("a,b\n\xB5\xC4,1\nc,d\n");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_FALSE(all[1].problem.empty());
  EXPECT_TRUE(all[2].problem.empty());
}

TEST(Csv, NothingIsNoRow) {
  EXPECT_TRUE(rows("").empty());
  EXPECT_TRUE(rows("\n\r\n\n").empty());
  EXPECT_TRUE(rows("\xEF\xBB\xBF").empty());
}

TEST(Csv, FindsTheSeparatorOfTheHeader) {
  EXPECT_EQ(csv_separator("a,b,c\n1;2;3;4;5"), ',');
  EXPECT_EQ(csv_separator("a;b;c\r\n1,2,3,4,5"), ';');
  EXPECT_EQ(csv_separator("a\tb"), '\t');
  EXPECT_EQ(csv_separator("a"), ',');
  EXPECT_EQ(rows("a;b", ';')[0].fields, (Fields{"a", "b"}));
}

TEST(Csv, WritesWhatItReads) {
  for (const char* text : {"", "plain", "a,b", "say \"x\"", "one\r\ntwo", "a;b", "tab\there"}) {
    const std::string line = csv_field(text) + ",end";
    const auto all = rows(line);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].fields, (Fields{text, "end"}));
  }
  EXPECT_EQ(csv_field("plain"), "plain");
}

}  // namespace
}  // namespace packbench::exchange
