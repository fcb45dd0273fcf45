// Our ZPL in the eyes of others: a renderer that we did not write makes the dots that we meant, and
// zbarimg reads the codes from its picture.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "label/page.h"
#include "label/zpl.h"
#include "tests/label/second_opinion.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

struct Case {
  std::string name;
  Page meant;
  PrintJob job;
};

int different_dots(const Raster& a, const Raster& b) {
  if (a.width != b.width || a.height != b.height) return -1;
  int count = 0;
  for (int y = 0; y < a.height; ++y) {
    for (int x = 0; x < a.width; ++x) count += a.black(x, y) != b.black(x, y) ? 1 : 0;
  }
  return count;
}

// The bars of a 1Z number are wider than 76 mm.
std::vector<LabelContent> contents_for(const std::string& on) {
  if (on == "76x130") return {chinese_sample(), long_sample()};
  return {english_sample(), chinese_sample(), long_sample()};
}

void add_cases(std::vector<Case>& out, const std::string& on, const LabelContent& content,
               LabelStyle style) {
  const auto page = draw_page(content, template_named(on), style);
  ASSERT_TRUE(page) << page.error().text;
  const Raster& dots = page.value().raster;
  const bool qr = style.small == SmallCode::qr;
  const std::string name = content.waybill + " on " + on + " at " +
                           std::to_string(style.printer.dpi) + (qr ? " with dots" : " with bars");
  for (const bool packed : {true, false}) {
    if (!packed && !qr && !full_scale()) continue;
    style.printer.compressed = packed;
    out.push_back({name + (packed ? ", packed" : ", ASCII"),
                   page.value(),
                   {write_zpl(dots, style.printer), dots.width, dots.height}});
  }
}

// At CI's counts every template, resolution and small code with one of the contents.
std::vector<Case> cases_on(const std::string& on) {
  std::vector<Case> out;
  std::size_t turn = 0;
  for (const int dpi : {203, 300}) {
    for (const SmallCode small : {SmallCode::code128, SmallCode::qr}) {
      LabelStyle style{LabelLanguage::zpl, small, {}};
      style.printer.dpi = dpi;
      std::vector<LabelContent> contents = contents_for(on);
      if (!full_scale()) contents = {contents[turn++ % contents.size()]};
      for (const LabelContent& content : contents) add_cases(out, on, content, style);
    }
  }
  return out;
}

class ZplRendered : public ::testing::TestWithParam<const char*> {};

TEST_P(ZplRendered, HoldsTheDotsAndCodesThatWeMeant) {
  const Renderer renderer = find_renderer();
  if (renderer.folder.empty()) {
    ASSERT_FALSE(full_scale()) << "full counts need Node.js and npm: " << renderer.reason;
    GTEST_SKIP() << "the ZPL renderer is not to be had: " << renderer.reason;
  }
  const std::vector<Case> cases = cases_on(GetParam());
  std::vector<PrintJob> jobs;
  for (const Case& one : cases) jobs.push_back(one.job);
  Workshop workshop;
  const auto rendered = render(renderer, workshop, jobs);
  ASSERT_EQ(rendered.size(), cases.size());

  std::vector<std::string> pictures;
  for (const Rendered& one : rendered) pictures.push_back(one.picture);
  const auto symbols = read_with_zbar(pictures);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(cases[i].name);
    EXPECT_EQ(rendered[i].labels, 1);
    EXPECT_EQ(different_dots(rendered[i].first, cases[i].meant.raster), 0);
    std::vector<std::string> bars = {cases[i].meant.waybill.text}, dots;
    (cases[i].meant.small.kind == SmallCode::qr ? dots : bars).push_back(cases[i].meant.small.text);
    auto found = symbols[i].bars;
    std::sort(found.begin(), found.end());
    std::sort(bars.begin(), bars.end());
    EXPECT_EQ(found, bars);
    EXPECT_EQ(symbols[i].dots, dots);
  }
}

INSTANTIATE_TEST_SUITE_P(On, ZplRendered, ::testing::Values("76x130", "100x150", "100x180", "4x6"),
                         [](const auto& of) { return "Paper" + std::string(of.param); });

}  // namespace
}  // namespace packbench::label
