#include "base/result.h"

#include <gtest/gtest.h>

namespace packbench {
namespace {

TEST(ResultDeathTest, AnswersWhatItHoldsAndAbortsOnTheOther) {
  const Result<int> value = 7;
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value.value(), 7);
  EXPECT_DEATH(value.error(), "CHECK failed");

  const Result<int> error = Error{"no_space", "The disk is full. Delete files."};
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().code, "no_space");
  EXPECT_DEATH(error.value(), "CHECK failed");
}

TEST(Result, GivesAwayWhatItHolds) {
  Result<std::string> text = std::string(100, 'x');
  const std::string taken = std::move(text).value();
  EXPECT_EQ(taken, std::string(100, 'x'));
}

}  // namespace
}  // namespace packbench
