// Five screens as someone has looked at them. The pictures lie in tests/golden/screens; one that
// was changed on purpose is taken from the build's folder ui_screens, which a failure names.
#include <cairo.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "tests/unit/ui_driver.h"

namespace packbench::ui_test {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;

Surface read_png(const std::string& path) {
  return {cairo_image_surface_create_from_png(path.c_str()), &cairo_surface_destroy};
}

// The share of pixels that differ visibly. A newer FreeType moves the edges of letters a little,
// which is no difference to a reader.
double difference(cairo_surface_t* a, cairo_surface_t* b) {
  const int width = cairo_image_surface_get_width(a);
  const int height = cairo_image_surface_get_height(a);
  if (width != cairo_image_surface_get_width(b) || height != cairo_image_surface_get_height(b))
    return 1;
  int differing = 0;
  for (int y = 0; y < height; ++y) {
    const auto* left = cairo_image_surface_get_data(a) + y * cairo_image_surface_get_stride(a);
    const auto* right = cairo_image_surface_get_data(b) + y * cairo_image_surface_get_stride(b);
    for (int x = 0; x < width; ++x) {
      int most = 0;
      for (int c = 0; c < 3; ++c)
        most = std::max(most, std::abs(left[4 * x + c] - right[4 * x + c]));
      if (most > 64) ++differing;
    }
  }
  return static_cast<double>(differing) / (width * height);
}

class Golden : public ::testing::TestWithParam<const char*> {};

TEST_P(Golden, LooksAsItDid) {
  const std::string name = GetParam();
  const bool english = name == "wrong_item" || name == "verifying_label";
  const auto language = english ? station::Language::en : station::Language::zh;
  Driver driver(language, 1280, 800);
  const auto all = samples(language);
  driver.show(sample(all, "signed_out").view);
  driver.show(sample(all, name).view);
  std::filesystem::create_directories(PACKBENCH_SCREENS);
  const std::string now = std::string(PACKBENCH_SCREENS "/golden_") + name + ".png";
  ASSERT_TRUE(driver.kiosk().save_screenshot(now).ok());
  const Surface drawn = read_png(now);
  const Surface golden = read_png(std::string(PACKBENCH_GOLDEN "/screens/") + name + ".png");
  ASSERT_EQ(cairo_surface_status(golden.get()), CAIRO_STATUS_SUCCESS) << "no golden for " << now;
  EXPECT_LT(difference(drawn.get(), golden.get()), 0.001) << "look at " << now;
}

TEST(Difference, IsSeen) {
  Driver driver(station::Language::zh, 1280, 800);
  const auto all = samples(station::Language::zh);
  std::filesystem::create_directories(PACKBENCH_SCREENS);
  const std::string path = PACKBENCH_SCREENS "/difference_";
  for (const char* name : {"packing", "packing_late"}) {
    driver.show(sample(all, name).view);
    ASSERT_TRUE(driver.kiosk().save_screenshot(path + name + ".png").ok());
  }
  const Surface one = read_png(path + "packing.png");
  EXPECT_GT(difference(one.get(), read_png(path + "packing_late.png").get()), 0.005);
  EXPECT_EQ(difference(one.get(), one.get()), 0);
}

std::string case_name(const ::testing::TestParamInfo<const char*>& info) {
  return info.param;
}

INSTANTIATE_TEST_SUITE_P(Screens, Golden,
                         ::testing::Values("packing", "wrong_item", "print_unknown",
                                           "verifying_label", "handover_refused"),
                         case_name);

}  // namespace
}  // namespace packbench::ui_test
