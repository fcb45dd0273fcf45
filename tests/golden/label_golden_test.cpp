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

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "label/label.h"
#include "label/png.h"
#include "tests/unit/label_samples.h"
#include "tests/unit/slip_samples.h"

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

struct Sample {
  const char* name;
  LabelContent (*content)();
};
constexpr Sample kSamples[] = {{"chinese", chinese_sample},
                               {"english", english_sample},
                               {"long", long_sample},
                               {"specimen", specimen_sample}};

struct Golden {
  std::string name;  // of the picture
  std::string on;    // the template
  Sample sample;
  LabelStyle style;
};

void PrintTo(const Golden& golden, std::ostream* out) {
  *out << golden.name;
}

Result<Label> drawn(const Golden& golden) {
  return make_label(golden.sample.content(), template_named(golden.on), golden.style);
}

// Every template at both resolutions, for both kinds of scanners; the other samples on the usual
// one.
std::vector<Golden> all() {
  std::vector<Golden> out;
  for (const char* on : {"76x130", "100x150", "100x180", "4x6"}) {
    for (const int dpi : {203, 300}) {
      for (const SmallCode small : {SmallCode::qr, SmallCode::code128}) {
        const bool narrow = std::string_view(on) == "76x130";  // too narrow for bars of 1Z numbers
        const Sample& sample = kSamples[small == SmallCode::qr || narrow ? 0 : 1];
        const std::string name = std::string(on) + "-" + std::to_string(dpi) + "-" +
                                 (small == SmallCode::qr ? "2d-" : "1d-") + sample.name;
        LabelStyle style{LabelLanguage::zpl, small, {}};
        style.printer.dpi = dpi;
        out.push_back({name, on, sample, style});
      }
    }
  }
  for (const Sample& sample : kSamples) {
    for (const char* on : {"76x130", "100x150"}) {
      const std::string name = std::string(on) + "-203-2d-" + sample.name;
      if (std::string_view(sample.name) != "chinese") out.push_back({name, on, sample, {}});
    }
  }
  return out;
}

class GoldenLabel : public ::testing::TestWithParam<Golden> {};

void compare(const Raster& picture, const std::string& name, const Result<std::string>& png) {
  const std::string file = kFolder + name + ".png";
  if (updating()) {
    std::ofstream(kFolder + "drawn-with.txt") << drawn_with();
    std::ofstream(file, std::ios::binary) << png.value();
    GTEST_SKIP() << "wrote " << file << "; look at it";
  }
  const std::string wanted_with = content(kFolder + "drawn-with.txt");
  ASSERT_FALSE(wanted_with.empty());
  if (wanted_with != drawn_with()) GTEST_SKIP() << "drawn with " << wanted_with;
  const auto wanted = read_png(content(file));
  ASSERT_TRUE(wanted) << file << ": " << wanted.error().text;
  ASSERT_EQ(wanted.value().width, picture.width);
  ASSERT_EQ(wanted.value().height, picture.height);
  if (wanted.value() == picture) return;
  const std::string saved = ::testing::TempDir() + name + ".png";
  std::ofstream(saved, std::ios::binary) << png.value();
  ADD_FAILURE() << different_dots(wanted.value(), picture) << " dots differ from " << file
                << "; see " << saved;
}

TEST_P(GoldenLabel, LooksAsItDid) {
  const auto label = drawn(GetParam());
  ASSERT_TRUE(label) << label.error().text;
  compare(label.value().raster, GetParam().name, label_png(label.value()));
}

// TSPL at 203 dpi prints the very same dots; at 300 dpi its manual counts a few more to the inch.
TEST_P(GoldenLabel, IsTheSameInTheOtherLanguage) {
  Golden other = GetParam();
  other.style.language = LabelLanguage::tspl;
  const auto tspl = drawn(other);
  ASSERT_TRUE(tspl) << tspl.error().text;
  if (other.style.printer.dpi == 203) {
    EXPECT_EQ(tspl.value().raster, drawn(GetParam()).value().raster);
  }
}

TEST_P(GoldenLabel, IsTheSameEachTime) {
  const auto first = drawn(GetParam()), again = drawn(GetParam());
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first.value().job, again.value().job);
}

INSTANTIATE_TEST_SUITE_P(Labels, GoldenLabel, ::testing::ValuesIn(all()), [](const auto& of) {
  std::string name = of.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

class GoldenCard : public ::testing::TestWithParam<const char*> {};

TEST_P(GoldenCard, LooksAsItDid) {
  const std::string name = GetParam();
  const auto card = make_card(card_sample(), template_named(name), {});
  ASSERT_TRUE(card) << card.error().text;
  compare(card.value().raster, name + "-203", label_png(card.value()));
}

INSTANTIATE_TEST_SUITE_P(Papers, GoldenCard,
                         ::testing::Values("gift-card", "gift-card-76x130", "gift-card-100x180",
                                           "gift-card-4x6"),
                         [](const auto& of) {
                           std::string name = of.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// The first or the last of a manifest's slips.
struct GoldenManifest {
  std::string name;
  SlipContent content;
  SlipPaper paper;
  bool last = false;
};

void PrintTo(const GoldenManifest& golden, std::ostream* out) {
  *out << golden.name;
}

class GoldenSlip : public ::testing::TestWithParam<GoldenManifest> {};

TEST_P(GoldenSlip, LooksAsItDid) {
  const GoldenManifest& golden = GetParam();
  const int which = golden.last ? slip_count(golden.content, golden.paper) : 1;
  const auto slip = make_slip(golden.content, golden.paper, {}, which);
  ASSERT_TRUE(slip) << slip.error().text;
  compare(slip.value().raster, "slip-" + golden.name, label_png(slip.value()));
}

INSTANTIATE_TEST_SUITE_P(
    Manifests, GoldenSlip,
    ::testing::Values(GoldenManifest{"few-chinese", slip_sample(7, true), {}},
                      GoldenManifest{"few-english", troubled_slip_sample(7, false), {}},
                      GoldenManifest{"many-chinese", troubled_slip_sample(203, true), {76, 130}},
                      GoldenManifest{
                          "many-chinese-last", troubled_slip_sample(203, true), {76, 130}, true},
                      GoldenManifest{"many-english", slip_sample(203, false), {}},
                      GoldenManifest{"many-english-last", slip_sample(203, false), {}, true}),
    [](const auto& of) {
      std::string name = of.param.name;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

}  // namespace
}  // namespace packbench::label
