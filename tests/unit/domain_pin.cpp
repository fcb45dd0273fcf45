#include "domain/pin.h"

#include <gtest/gtest.h>

namespace packbench {
namespace {

constexpr PinSalt kSalt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

TEST(Pin, VerifiesTheRightOneOnly) {
  const auto hash = hash_pin("2468", kSalt);
  ASSERT_TRUE(hash.ok());
  EXPECT_TRUE(verify_pin("2468", hash.value()));
  EXPECT_FALSE(verify_pin("2469", hash.value()));
  EXPECT_FALSE(verify_pin("", hash.value()));
  EXPECT_EQ(hash.value().find("2468$"), std::string::npos);
}

TEST(Pin, TheSameSaltGivesTheSameHashAndAnotherAnother) {
  PinSalt other = kSalt;
  other[0] = 99;
  const std::string first = hash_pin("2468", kSalt).value();
  EXPECT_EQ(first, hash_pin("2468", kSalt).value());
  EXPECT_NE(first, hash_pin("2468", other).value());
  EXPECT_TRUE(first.starts_with("argon2id$v=19$2$19922944$0102030405060708090a0b0c0d0e0f10$"));
}

TEST(Pin, RefusesWhatIsNoPin) {
  for (const char* pin : {"", "123", "12 34", "一二三四", "123456789012345678901234567890123"}) {
    EXPECT_FALSE(hash_pin(pin, kSalt).ok()) << pin;
  }
}

TEST(Pin, AMalformedOrMonstrousHashVerifiesNothing) {
  const std::string good = hash_pin("2468", kSalt).value();
  const std::string tail = good.substr(good.find("$0102"));
  EXPECT_FALSE(verify_pin("2468", ""));
  EXPECT_FALSE(verify_pin("2468", "argon2id$v=19$"));
  EXPECT_FALSE(verify_pin("2468", good + "0"));
  EXPECT_FALSE(verify_pin("2468", good + "$"));
  EXPECT_FALSE(verify_pin("2468", good.substr(0, good.size() - 1)));
  EXPECT_FALSE(verify_pin("2468", "argon2i" + good.substr(8)));
  EXPECT_FALSE(verify_pin("2468", "argon2id$v=19$2$-1" + tail));
  EXPECT_FALSE(verify_pin("2468", "argon2id$v=19$99999$19922944" + tail));
  EXPECT_FALSE(verify_pin("2468", "argon2id$v=19$2$999999999999" + tail));
  EXPECT_FALSE(verify_pin("2468", "argon2id$v=19$0$19922944" + tail));
}

}  // namespace
}  // namespace packbench
