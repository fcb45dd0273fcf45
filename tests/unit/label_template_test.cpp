// Templates: what a seller may write, and that a mistake is named by file, line and key.
#include "label/template.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "host/label_config.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

const std::string kGood = R"(width = 100
height = 60
[waybill]
box = [0, 20, 100, 15]
module = 0.5
[small_code]
box = [75, 36, 22, 22]
module = 0.75
[specimen]
box = [0, 0, 100, 20]
[[text]]
field = "receiver_address"
box = [3, 3, 94, 12]
size = [4, 2]
lines = 2
[[text]]
field = "waybill"
box = [3, 36, 60, 5]
size = [4, 2]
)";

std::string changed(const std::string& from, const std::string& to) {
  std::string text = kGood;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string complaint(const std::string& text) {
  const auto read = parse_template(text, "mine");
  if (read) return "";
  EXPECT_EQ(read.error().code, "bad_template");
  return read.error().text;
}

TEST(Template, IsReadAndDrawnAsItSays) {
  const auto read = parse_template(kGood, "mine");
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read.value().name, "mine");
  EXPECT_EQ(paper_size(read.value()), "100x60");
  const auto label = make_label(chinese_sample(), read.value(), {});
  ASSERT_TRUE(label) << label.error().text;
  EXPECT_EQ(label.value().raster.width, 800);
  EXPECT_EQ(label.value().raster.height, 480);
}

TEST(Template, AMistakeIsNamedByFileLineAndKey) {
  struct Case {
    std::string text, named;
  };
  const Case cases[] = {
      {changed("width = 100", "width = 10"), "line 1: width must be"},
      {changed("width = 100", "width = \"100\""), "line 1: width must be"},
      {changed("height = 60", "height = nan"), "line 2: height must be"},
      {changed("height = 60\n", ""), "height must be"},
      {changed("module = 0.5", "module = 0.1"), "line 5: waybill.module must be"},
      {changed("box = [0, 20, 100, 15]", "box = [0, 20, 101, 15]"), "line 4: waybill.box must lie"},
      {changed("box = [0, 20, 100, 15]", "box = [0, 20, 100]"), "line 4: waybill.box must be"},
      {changed("box = [0, 20, 100, 15]", "box = [0, 20, inf, 15]"), "line 4: waybill.box must be"},
      {changed("box = [0, 20, 100, 15]", "box = [0, 20, 100, -1]"), "line 4: waybill.box must lie"},
      {changed("[small_code]", "[smal_code]"), "small_code or small_bars must be given"},
      {changed("[specimen]", "[speciment]"), "specimen must be given"},
      {changed("field = \"waybill\"", "field = \"waybil\""), "line 17: text.field must be one of"},
      {changed("field = \"waybill\"", "fied = \"waybill\""), "text.field or text must be given"},
      {changed("field = \"waybill\"", "field = \"waybill\"\ntext = \"No.\""),
       "line 17: text.field or text"},
      {changed("field = \"waybill\"", "field = \"waybill\"\nsice = 3"),
       "line 18: text.sice is not a word of templates"},
      {changed("field = \"waybill\"", "field = \"waybill\"\nwith = \"gift_message\""),
       "lacks one that always shows waybill"},
      {changed("field = \"receiver_address\"", "field = \"sender_address\""),
       "lacks one that always shows receiver_address"},
      {changed("size = [4, 2]", "size = [2, 4]"), "line 14: text.size must be"},
      {changed("size = [4, 2]", "size = [4, 1]"), "line 14: text.size must be"},
      {changed("lines = 2", "lines = 0"), "line 15: text.lines must be"},
      {changed("lines = 2", "lines = 2\nalign = \"middle\""), "line 16: text.align must be one of"},
      {changed("lines = 2", "lines = 2\nbold = 1"), "line 16: text.bold must be true or false"},
      {changed("lines = 2", "lines = 2\nscanner = \"3d\""), "line 16: text.scanner must be one of"},
      {changed("box = [3, 36, 60, 5]", "box = [3, 30, 60, 5]"), "waybill is covered"},
      {changed("box = [3, 36, 60, 5]", "box = [20, 36, 60, 5]"), "small_code is covered"},
      {changed("[[text]]", "[text]"), "cannot redefine existing table"},
      {changed("[[text]]", "[[text]"), "line 11: Error while parsing"},
      {changed("[[text]]", "[[rule]]"), "rule.field is not a word"},
      {kGood + "[[marks]]\nbox = [3, 44, 60, 12]\nside = 8\npitch = 14\n",
       "marks.box must be 6 mm"},
      {kGood + "carriers = 7\n", "text.carriers is not a word"},
      {"carriers = 7\n" + kGood, "line 1: carriers must be a list"},
      {"kind = \"poster\"\n" + kGood, "line 1: kind must be one of label, card"},
      {changed("height = 60", "height ="), "line 2"},
      {"", "width must be"},
  };
  for (const Case& one : cases) {
    const std::string said = complaint(one.text);
    EXPECT_NE(said.find(one.named), std::string::npos) << one.named << " | " << said;
    EXPECT_TRUE(said.starts_with("label template mine, line ")) << said;
    EXPECT_NE(said.find("面单模板 mine 第 "), std::string::npos) << said;
  }
}

TEST(Template, PartsAreDrawnOnlyWhereTheirConditionsHold) {
  const std::string where = "text = \"XX\"\nbox = [3, 44, 20, 5]\nsize = [4, 2]\n";
  const auto drawn = [](const std::string& more, const LabelContent& content, SmallCode small) {
    const auto on =
        parse_template(kGood + "[small_bars]\nbox = [0, 50, 74, 8]\nmodule = 0.5\n" + more, "mine");
    EXPECT_TRUE(on) << on.error().text;
    LabelStyle style{LabelLanguage::zpl, small, {}};
    style.printer.dpi = 300;
    auto page = draw_page(content, on.value(), style);
    EXPECT_TRUE(page) << page.error().text;
    return page.value().raster;
  };
  const auto shows = [&](const std::string& condition, const LabelContent& content,
                         SmallCode small = SmallCode::qr) {
    return drawn("[[text]]\n" + where + condition, content, small) != drawn("", content, small);
  };
  LabelContent gift = chinese_sample(), plain = chinese_sample();
  plain.gift = false;
  plain.service.clear();
  plain.waybill = "SF1";
  gift.waybill = "SF1";
  EXPECT_TRUE(shows("", plain));
  EXPECT_TRUE(shows("gift = true", gift));
  EXPECT_FALSE(shows("gift = true", plain));
  EXPECT_TRUE(shows("with = \"service\"", gift));
  EXPECT_FALSE(shows("with = \"service\"", plain));
  EXPECT_TRUE(shows("without = \"service\"", plain));
  EXPECT_FALSE(shows("without = \"service\"", gift));
  EXPECT_TRUE(shows("scanner = \"2d\"", gift));
  EXPECT_FALSE(shows("scanner = \"2d\"", gift, SmallCode::code128));
  EXPECT_TRUE(shows("scanner = \"1d\"", gift, SmallCode::code128));
}

TEST(Template, WithoutTheScannersSmallCodeThereIsNoLabel) {
  const auto on = parse_template(kGood, "mine");
  ASSERT_TRUE(on);
  const auto label =
      make_label(chinese_sample(), on.value(), {LabelLanguage::zpl, SmallCode::code128, {}});
  ASSERT_FALSE(label);
  EXPECT_NE(label.error().text.find("small_bars"), std::string::npos) << label.error().text;
}

std::vector<LabelTemplate> own_and_usual() {
  auto sf = parse_template("carriers = [\"SF\"]\n" + kGood, "sf-narrow");
  auto any = parse_template(kGood, "narrow");
  EXPECT_TRUE(sf && any);
  return {sf.value(), any.value(), template_named("100x150"), template_named("4x6"),
          template_named("gift-card")};
}

TEST(Template, IsChosenByPaperAndCarrier) {
  const auto all = own_and_usual();
  const auto name = [&](const char* size, const char* carrier) {
    const LabelTemplate* one = choose_template(all, size, carrier);
    return one == nullptr ? "" : one->name;
  };
  EXPECT_EQ(name("100x60", "SF"), "sf-narrow");
  EXPECT_EQ(name("100x60", "ZTO"), "narrow");
  EXPECT_EQ(name("100x150", "SF"), "100x150") << "and never the card of that size";
  EXPECT_EQ(name("4x6", "UPS"), "4x6");
  EXPECT_EQ(name("60x40", "SF"), "");
}

TEST(Template, TheConfigurationMayNameOne) {
  const auto all = own_and_usual();
  host::LabelConfig config;
  const auto name = [&](const char* carrier, const char* named = "") {
    const auto one = host::template_for(config, all, carrier, named);
    return one ? one.value()->name : one.error().code;
  };
  EXPECT_EQ(name("SF"), "100x150");
  config.by_carrier["SF"] = "narrow";
  EXPECT_EQ(name("SF"), "narrow");
  EXPECT_EQ(name("ZTO"), "100x150");
  EXPECT_EQ(name("SF", "4x6"), "4x6");
  EXPECT_EQ(name("SF", "gift-card"), "gift-card");
  config.by_carrier["SF"] = "gift-card";
  EXPECT_EQ(name("SF"), "no_template") << "a card is no carrier's label";
  config.by_carrier["SF"] = "narrow";
  EXPECT_EQ(host::check_templates(config, all, "SF"), std::nullopt);
  config.by_carrier["UPS"] = "nowhere";
  EXPECT_NE(host::check_templates(config, all, "SF"), std::nullopt);
  config.by_carrier.erase("UPS");
  config.small = SmallCode::code128;
  const auto lacking = host::check_templates(config, all, "SF");
  ASSERT_NE(lacking, std::nullopt);
  EXPECT_NE(lacking->text.find("small_bars"), std::string::npos) << lacking->text;
  config.paper = "1x1";
  config.by_carrier.clear();
  const auto none = host::check_templates(config, all, "SF");
  ASSERT_NE(none, std::nullopt);
  EXPECT_NE(none->text.find("100x150"), std::string::npos) << none->text;
}

TEST(Template, ACardShowsTheMessageOrIsRefused) {
  const LabelTemplate card = template_named("gift-card");
  EXPECT_TRUE(make_card(card_sample(), card, {}));
  const auto none = make_card(chinese_sample(), card, {});
  ASSERT_FALSE(none);
  EXPECT_TRUE(none.error().text.starts_with("Gift message")) << none.error().text;
}

TEST(Template, AllOfOursServeBothScannersAtBothResolutions) {
  int drawn = 0;
  for (const auto& file : std::filesystem::directory_iterator(PACKBENCH_ASSETS "/labels")) {
    if (file.path().extension() != ".toml") continue;
    const LabelTemplate one = template_named(file.path().stem().string());
    if (one.kind == TemplateKind::card) continue;
    for (const int dpi : {203, 300}) {
      for (const SmallCode small : {SmallCode::qr, SmallCode::code128}) {
        for (const LabelLanguage language : {LabelLanguage::zpl, LabelLanguage::tspl}) {
          LabelStyle style{language, small, {}};
          style.printer.dpi = dpi;
          const auto label = make_label(chinese_sample(), one, style);
          EXPECT_TRUE(label) << one.name << ' ' << dpi << ": " << label.error().text;
          ++drawn;
        }
      }
    }
  }
  EXPECT_EQ(drawn, 4 * 8);
}

}  // namespace
}  // namespace packbench::label
