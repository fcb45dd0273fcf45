// The ids of manifests, told apart from whatever else is scanned.
#include <gtest/gtest.h>

#include "domain/manifest.h"

namespace packbench {
namespace {

TEST(ManifestId, IsReadAsItWasWritten) {
  for (const std::int64_t number : {1LL, 10LL, 99'999LL, 9'000'000'000'000'000'000LL}) {
    const std::string id = manifest_id("B380608", number);
    EXPECT_EQ(manifest_number("B380608", id), number);
    EXPECT_TRUE(looks_like_manifest(id)) << id;
  }
  EXPECT_EQ(manifest_id("B380608", 17), "B380608-M17");
}

TEST(ManifestId, IsOfOneBenchOnly) {
  EXPECT_FALSE(manifest_number("B380608", "B380609-M1"));
  EXPECT_FALSE(manifest_number("B380608", ""));
  EXPECT_FALSE(manifest_number("B380608", "B380608"));
  EXPECT_EQ(manifest_number("dock-M1", "dock-M1-M2"), 2);
}

TEST(ManifestId, HasNoOtherSpelling) {
  for (const char* other :
       {"B380608-M", "B380608-M0", "B380608-M01", "B380608-M-1", "B380608-M+1", "B380608-M1 ",
        "B380608-m1", "b380608-M1", "B38060-M1", "B3806080-M1", "B38060X-M1", "B380608-P1",
        "TEE-M2", "B380608-M1X", "", "B380608-M99999999999999999999"}) {
    EXPECT_FALSE(looks_like_manifest(other)) << other;
    EXPECT_FALSE(manifest_number("B380608", other)) << other;
  }
}

}  // namespace
}  // namespace packbench
