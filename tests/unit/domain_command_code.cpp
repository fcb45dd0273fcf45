#include "domain/command_code.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "domain/check_character.h"

namespace packbench {
namespace {

TEST(CommandCode, EveryCommandOfTheSheetComesBack) {
  std::set<int> numbers;
  std::set<std::string> codes;
  for (const SheetCommand& command : sheet_commands()) {
    const auto code = encode_command(command.action);
    ASSERT_TRUE(code) << command.action;
    EXPECT_TRUE(is_layout_safe(*code)) << *code;
    EXPECT_TRUE(looks_like_command(*code));
    EXPECT_EQ(parse_command(*code), command.action);
    EXPECT_TRUE(command.action.starts_with('/'));
    EXPECT_FALSE(command.zh.empty() || command.en.empty()) << command.action;
    EXPECT_TRUE(numbers.insert(command.number).second) << command.number;
    EXPECT_TRUE(codes.insert(*code).second);
  }
  EXPECT_FALSE(encode_command("/rm"));
  EXPECT_FALSE(encode_command(""));
}

TEST(CommandCode, NoMisreadBecomesACommand) {
  for (const SheetCommand& command : sheet_commands()) {
    const std::string code = *encode_command(command.action);
    for (std::size_t i = 0; i < code.size(); ++i) {
      for (char c = ' '; c <= '~'; ++c) {
        std::string wrong = code;
        wrong[i] = c;
        EXPECT_EQ(parse_command(wrong).has_value(), wrong == code) << wrong;
      }
      std::string shorter = code;
      shorter.erase(i, 1);
      EXPECT_FALSE(parse_command(shorter)) << shorter;
      for (std::size_t k = i + 1; k < code.size(); ++k) {
        std::string swapped = code;
        std::swap(swapped[i], swapped[k]);
        EXPECT_EQ(parse_command(swapped).has_value(), swapped == code) << swapped;
      }
    }
  }
}

TEST(CommandCode, PrintedSheetsStayValid) {
  // A sheet on a wall does not change with the program: these codes are a contract.
  EXPECT_EQ(parse_command("PBC0018"), "/undo");
  EXPECT_EQ(parse_command("PBC0042"), "/printed yes");
}

TEST(CommandCode, OnlyTheShapeCollides) {
  EXPECT_TRUE(looks_like_command("PBC9990"));
  EXPECT_FALSE(looks_like_command("PBC-RED"));
  EXPECT_FALSE(looks_like_command("PBC"));
  EXPECT_FALSE(looks_like_command("PBC00011"));
  EXPECT_FALSE(looks_like_command("SO-0001"));
  EXPECT_FALSE(looks_like_command(""));
}

TEST(CheckCharacter, FindsWrongAndExchangedCharacters) {
  const std::string text = "B0C1D2E3F4X9";
  const std::string whole = text + *check_character(text);
  ASSERT_TRUE(check_character_holds(whole));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const char c : kSafeAlphabet) {
      std::string wrong = whole;
      wrong[i] = c;
      EXPECT_EQ(check_character_holds(wrong), wrong == whole) << wrong;
    }
    for (std::size_t k = i + 1; k < whole.size(); ++k) {
      std::string swapped = whole;
      std::swap(swapped[i], swapped[k]);
      EXPECT_EQ(check_character_holds(swapped), swapped == whole) << swapped;
    }
  }
}

TEST(CheckCharacter, HasNothingToSayOfOtherCharacters) {
  EXPECT_FALSE(check_character("A1"));
  EXPECT_FALSE(check_character(""));
  EXPECT_FALSE(check_character_holds("1"));
  EXPECT_FALSE(check_character_holds("a11"));
}

}  // namespace
}  // namespace packbench
