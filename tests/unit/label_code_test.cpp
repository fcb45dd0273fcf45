// The small code: what encode writes parse reads, and nothing else is taken for one.
#include "domain/label_code.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/check_character.h"

namespace packbench {
namespace {

std::string all_visible(char first, char last) {
  std::string out;
  for (int c = first; c <= last; ++c) out += static_cast<char>(c);
  return out;
}

TEST(LabelCode, IsReadableForAnOrdinaryWaybill) {
  EXPECT_EQ(encode_label_code({"B1", "SF1000000000001", 1}), "PB1B1LSF1000000000001L1S");
}

TEST(LabelCode, ReadsBackEveryVisibleCharacter) {
  for (const int attempt : {0, 1, 10, 9999}) {
    for (const std::string& number :
         {all_visible('!', '@'), all_visible('A', 'Z'), all_visible('[', '~')}) {
      const LabelCode code{"A-7", number, attempt};
      ASSERT_TRUE(is_encodable(code));
      for (const int version : {1, 2}) {
        if (!is_encodable(code, version)) continue;
        const auto read = parse_label_code(encode_label_code(code, version));
        ASSERT_TRUE(read) << number;
        EXPECT_EQ(*read, code);
      }
    }
  }
}

TEST(LabelCode, IsShortWhereItHasToStandInBars) {
  EXPECT_EQ(encode_label_code({"A7", "1Z999AA10123456784", 2}, 2).size(), 28U);
  EXPECT_FALSE(parse_label_code("PB3B1LSF1L1S"));
  EXPECT_FALSE(parse_label_code("PB"));
}

TEST(LabelCode, UsesOnlyCharactersThatEveryKeyboardLayoutSendsAlike) {
  const std::string text = encode_label_code({"MAQ", "1Z999AA10123456784/wy", 3});
  EXPECT_TRUE(is_layout_safe(text)) << text;
}

TEST(LabelCode, DifferentCodesAreDifferentTexts) {
  // Without escapes these pairs would run into each other.
  EXPECT_NE(encode_label_code({"B", "1L1", 1}), encode_label_code({"B", "1", 11}));
  EXPECT_NE(encode_label_code({"B", "X33", 1}), encode_label_code({"B", "A", 1}));
  EXPECT_NE(encode_label_code({"BL1", "2", 1}), encode_label_code({"B", "1L2", 1}));
}

TEST(LabelCode, FindsEveryWrongCharacterAndEveryExchangeOfNeighbours) {
  for (const int version : {1, 2}) {
    const std::string text = encode_label_code({"B1", "SF1000000000001", 2}, version);
    for (std::size_t i = 0; i < text.size(); ++i) {
      for (const char c : kSafeAlphabet) {
        if (c == text[i]) continue;
        std::string wrong = text;
        wrong[i] = c;
        EXPECT_FALSE(parse_label_code(wrong)) << wrong;
      }
      if (i + 1 < text.size() && text[i] != text[i + 1]) {
        std::string wrong = text;
        std::swap(wrong[i], wrong[i + 1]);
        EXPECT_FALSE(parse_label_code(wrong)) << wrong;
      }
    }
  }
}

TEST(LabelCode, TakesNoSecondSpelling) {
  const auto with_check = [](std::string text) { return text += *check_character(text); };
  ASSERT_TRUE(parse_label_code(with_check("PB1B1LSF1L1")));
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LSF1L01"))) << "leading zero";
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LSX381L1"))) << "F escaped without need";
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LX00L1"))) << "an escaped space";
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LX95L1"))) << "an escaped DEL";
  EXPECT_FALSE(parse_label_code(with_check("PB2B1LSF1L1"))) << "another version";
  EXPECT_FALSE(parse_label_code(with_check("PB1LSF1L1"))) << "no bench";
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LL1"))) << "no waybill";
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LSF1L"))) << "no attempt";
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LSF1L99999")));
  EXPECT_FALSE(parse_label_code(with_check("PB1B1LSF1X3L1"))) << "half an escape";
}

TEST(LabelCode, IsNotFoundInOtherScans) {
  for (const char* text : {"", "P", "PB1", "SF1000000000001", "4006381333931", "PB1L", "PB1LL",
                           "pb1b1lsf1000000000001l1s"}) {
    EXPECT_FALSE(parse_label_code(text)) << text;
  }
  EXPECT_FALSE(parse_label_code("PB1B1LSF1000000000001L1S\n"));
}

TEST(LabelCode, SaysWhatItCannotEncode) {
  EXPECT_FALSE(is_encodable({"", "SF1", 1}));
  EXPECT_FALSE(is_encodable({"B1", "", 1}));
  EXPECT_FALSE(is_encodable({"B1", "SF 1", 1}));
  EXPECT_FALSE(is_encodable({"B1", "顺丰", 1}));
  EXPECT_FALSE(is_encodable({"B1", "SF1", -1}));
  EXPECT_FALSE(is_encodable({"B1", "SF1", 10000}));
  EXPECT_FALSE(is_encodable({"B1", std::string(41, '1'), 1}));
}

}  // namespace
}  // namespace packbench
