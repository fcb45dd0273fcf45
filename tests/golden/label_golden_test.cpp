// Labels compared dot by dot with pictures that someone has looked at.
//
// Glyphs depend on the font and on the libraries that draw them, so the comparison runs where
// label/drawn-with.txt names the versions that are here. After a wanted change run the test with
// PACKBENCH_GOLDEN_UPDATE=1, look at every new picture, and commit them.
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <gtest/gtest.h>
#include FT_FREETYPE_H
#include <pango/pangocairo.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "label/label.h"
#include "label/png.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

const std::string kFolder = PACKBENCH_GOLDEN "/label/";

bool updating() {
  return std::getenv("PACKBENCH_GOLDEN_UPDATE") != nullptr;
}

std::string content(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

int font_version() {
  const std::unique_ptr<FcPattern, void (*)(FcPattern*)> pattern(
      FcNameParse(reinterpret_cast<const FcChar8*>("Noto Sans CJK SC:bold")), FcPatternDestroy);
  FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
  FcDefaultSubstitute(pattern.get());
  FcResult result = FcResultMatch;
  const std::unique_ptr<FcPattern, void (*)(FcPattern*)> font(
      FcFontMatch(nullptr, pattern.get(), &result), FcPatternDestroy);
  int version = 0;
  if (font) FcPatternGetInteger(font.get(), FC_FONTVERSION, 0, &version);
  return version;
}

std::string freetype_version() {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return "none";
  FT_Int major = 0, minor = 0, patch = 0;
  FT_Library_Version(library, &major, &minor, &patch);
  FT_Done_FreeType(library);
  return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

std::string drawn_with() {
  return "font " + std::to_string(font_version()) + ", freetype " + freetype_version() +
         ", cairo " + cairo_version_string() + ", pango " + pango_version_string() + "\n";
}

int different_dots(const Raster& a, const Raster& b) {
  int count = 0;
  for (int y = 0; y < a.height; ++y) {
    for (int x = 0; x < a.width; ++x) count += a.black(x, y) != b.black(x, y) ? 1 : 0;
  }
  return count;
}

struct Golden {
  const char* name;
  LabelContent (*content)();
};

class GoldenLabel : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenLabel, LooksAsItDid) {
  const auto label = make_label(GetParam().content(), LabelLanguage::zpl);
  ASSERT_TRUE(label) << label.error().text;
  const std::string file = kFolder + GetParam().name + ".png";
  if (updating()) {
    std::ofstream(kFolder + "drawn-with.txt") << drawn_with();
    std::ofstream(file, std::ios::binary) << label_png(label.value()).value();
    GTEST_SKIP() << "wrote " << file << "; look at it";
  }
  const std::string wanted_with = content(kFolder + "drawn-with.txt");
  ASSERT_FALSE(wanted_with.empty());
  if (wanted_with != drawn_with()) GTEST_SKIP() << "drawn with " << wanted_with;
  const auto wanted = read_png(content(file));
  ASSERT_TRUE(wanted) << file << ": " << wanted.error().text;
  const Raster& drawn = label.value().raster;
  ASSERT_EQ(wanted.value().width, drawn.width);
  ASSERT_EQ(wanted.value().height, drawn.height);
  if (wanted.value() == drawn) return;
  const std::string saved = ::testing::TempDir() + GetParam().name + ".png";
  std::ofstream(saved, std::ios::binary) << label_png(label.value()).value();
  ADD_FAILURE() << different_dots(wanted.value(), drawn) << " dots differ from " << file << "; see "
                << saved;
}

INSTANTIATE_TEST_SUITE_P(Labels, GoldenLabel,
                         ::testing::Values(Golden{"chinese", chinese_sample},
                                           Golden{"english", english_sample},
                                           Golden{"long", long_sample},
                                           Golden{"specimen", specimen_sample}),
                         [](const auto& of) { return std::string(of.param.name); });

}  // namespace
}  // namespace packbench::label
