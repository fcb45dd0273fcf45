// Real and rare addresses on whole labels: every character is found in the dots again, nothing
// leaves its place, and the codes read. What no font has is refused by its name.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "label/fields.h"
#include "label/label.h"
#include "label/page.h"
#include "tests/label/glyph_reader.h"
#include "tests/label/label_places.h"
#include "tests/label/rare_names.h"
#include "tests/label/second_opinion.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

LabelStyle at(int dpi) {
  LabelStyle style;
  style.printer.dpi = dpi;
  return style;
}

LabelContent to(const std::string& address, const std::string& person = "王小明") {
  LabelContent c = chinese_sample();
  c.receiver.address = {address};
  c.receiver.name = person;
  c.receiver.postcode = "";
  return c;
}

// The 300 addresses and the eight places; empty where the data is not here.
std::vector<std::string> real_addresses() {
  std::vector<std::string> out;
  std::ifstream addresses(PACKBENCH_SHARED_DATA "/china/addresses_300.csv");
  std::string line;
  std::getline(addresses, line);
  while (std::getline(addresses, line)) out.push_back(line.substr(0, line.find(',')));
  std::ifstream places(PACKBENCH_SHARED_DATA "/china/rare_place_names.txt");
  while (std::getline(places, line)) {
    if (!line.empty()) out.push_back(line);
  }
  return out;
}

class Addresses : public ::testing::TestWithParam<const char*> {
 protected:
  Addresses() : on_(template_named(GetParam())) {}

  // Expects this field to stand in its place, whole.
  void expect_whole(const Raster& page, const LabelContent& content, FieldId field,
                    const LabelStyle& style) {
    const auto text = one_line(field_text(content, field));
    ASSERT_TRUE(text);
    const std::vector<Box> boxes = places(on_, field, style);
    auto box = boxes.begin();
    for (const TextPart& part : on_.texts) {
      if (part.field != field) continue;
      const double dots = dots_per_mm(style);
      const Box place = *box++;
      EXPECT_EQ(reader_.missing(page, place, *text, part.bold,
                                static_cast<int>(std::lround(part.size_max * dots)),
                                static_cast<int>(std::lround(part.size_min * dots))),
                "")
          << *text;
    }
  }

  // Makes the label, which reads both codes back, and expects name and address on it.
  void expect_label(const LabelContent& content, const LabelStyle& style) {
    const auto label = make_label(content, on_, style);
    ASSERT_TRUE(label) << label.error().text;
    std::vector<Box> boxes = places(on_, FieldId::receiver_address, style);
    for (const Box& box : places(on_, FieldId::receiver_name, style)) boxes.push_back(box);
    const auto& other = plain_[style.printer.dpi];
    if (other.width == 0)
      plain_[style.printer.dpi] = draw_page(to("杭州"), on_, style).value().raster;
    EXPECT_EQ(stray_dot(label.value().raster, plain_[style.printer.dpi], boxes), "");
    expect_whole(label.value().raster, content, FieldId::receiver_address, style);
    expect_whole(label.value().raster, content, FieldId::receiver_name, style);
    if (++made_ % 50 == 0)
      pictures_.push_back(workshop_.put(label_png(label.value()).value(), ".png"));
  }

  void expect_zbar_reads_the_sample() {
    for (const Symbols& found : read_with_zbar(pictures_)) {
      EXPECT_EQ(found.bars, std::vector<std::string>{chinese_sample().waybill});
      EXPECT_EQ(found.dots.size(), 1U);
    }
  }

  const LabelTemplate on_;
  GlyphReader reader_;
  Workshop workshop_;
  std::map<int, Raster> plain_;
  int made_ = 0;
  std::vector<std::string> pictures_;
};

TEST_P(Addresses, RealOnesAreDrawnWholeAndReadBack) {
  const auto all = real_addresses();
  if (all.empty()) GTEST_SKIP() << "shared data is not here";
  EXPECT_EQ(all.size(), 308U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE(all[i]);
    expect_label(to(all[i]), at(203));
    if (i % 10 == 0) expect_label(to(all[i]), at(300));
  }
  EXPECT_GE(pictures_.size(), 6U);
  expect_zbar_reads_the_sample();
}

TEST_P(Addresses, RareOnesAreDrawnWholeAndReadBack) {
  const auto all = rare_names(200, [&](char32_t c) { return reader_.has(c); });
  ASSERT_EQ(all.size(), 200U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE(all[i].person + ' ' + all[i].place);
    expect_label(to(all[i].place, all[i].person), at(203));
    if (i % 10 == 0) expect_label(to(all[i].place, all[i].person), at(300));
  }
  EXPECT_GE(pictures_.size(), 4U);
  expect_zbar_reads_the_sample();
}

INSTANTIATE_TEST_SUITE_P(On, Addresses, ::testing::Values("76x130", "100x150", "100x180", "4x6"),
                         [](const auto& of) { return "Paper" + std::string(of.param); });

TEST(RareCharacters, OfTheStandardTableAllHaveAGlyph) {
  const GlyphReader reader;
  const auto all = standard_rare_characters();
  EXPECT_GT(all.size(), 270U);
  for (const char32_t c : all) {
    EXPECT_TRUE(reader.has(c)) << to_utf8(c);
    const auto page =
        draw_page(to("人民路" + to_utf8(c) + "1号", to_utf8(c) + "明"), usual_template(), {});
    EXPECT_TRUE(page) << page.error().text;
  }
}

// Scripts that no font of ours shapes, and hanzi newer than the fonts.
TEST(RareCharacters, OfOtherScriptsAreRefusedByName) {
  const struct {
    const char* text;
    const char* name;
  } cases[] = {{"ལྷ་ས", "U+0F63"},   {"ئۈرۈمچى", "U+06"}, {"ᠮᠣᠩᠭᠣᠯ", "U+182E"}, {"ꆈꌠ", "U+A188"},
               {"𱍊", "U+3134A"}, {"ᥖᥭᥰ", "U+1956"},   {"เชียงใหม่", "U+0E"}};
  for (const auto& one : cases) {
    const auto page = draw_page(to(one.text + std::string("人民路1号")), usual_template(), {});
    ASSERT_FALSE(page) << one.text;
    EXPECT_TRUE(page.error().text.starts_with("Receiver's address: ")) << page.error().text;
    EXPECT_NE(page.error().text.find(one.name), std::string::npos) << page.error().text;
  }
}

TEST(RareCharacters, OfLatinSpellingsAreDrawn) {
  GlyphReader reader;
  for (const char* text : {"Gvangjsih Bouxcuengh Swcigih", "Nanzningz Si, Cauhyangz Lu 1",
                           "Łódź, ul. Święty Krzyż 1", "Đường Nguyễn Huệ 1", "Ürümqi"}) {
    const LabelContent content = to(text);
    const auto page = draw_page(content, usual_template(), {});
    EXPECT_TRUE(page) << text << ": " << page.error().text;
  }
}

// The reader itself: what is not there, is not whole or says something else, it does not find.
TEST(GlyphReader, MissesWhatIsNotOnThePage) {
  const LabelContent content = to("浙江省湖㳇镇𬒈村1号");
  const Raster page = draw_page(content, usual_template(), {}).value().raster;
  const Box place = places(usual_template(), FieldId::receiver_address, {}).front();
  GlyphReader reader;
  const auto missing = [&](const Raster& dots, const char* text) {
    return reader.missing(dots, place, text, true, 44, 28);
  };
  EXPECT_EQ(missing(page, "浙江省湖㳇镇𬒈村1号"), "");
  EXPECT_EQ(missing(page, "浙江省湖㳇镇𬒗村1号"), "character 7, 𬒗");
  EXPECT_EQ(missing(page, "浙江省湖㳇镇𬒈村2号"), "character 9, 2");
  EXPECT_EQ(missing(page, "浙江省湖镇𬒈村1号"), "character 5, 镇");
  EXPECT_EQ(missing(page, "浙江省湖㳇镇𬒈村1号楼"), "character 11, 楼");
  Raster clipped = page;
  const int middle = place.y + place.height / 2;  // the only line stands around it
  for (int y = middle + 8; y < place.y + place.height; ++y) {
    std::fill_n(clipped.row(y), clipped.row_bytes(), std::uint8_t{0});
  }
  EXPECT_NE(missing(clipped, "浙江省湖㳇镇𬒈村1号"), "");
}

}  // namespace
}  // namespace packbench::label
