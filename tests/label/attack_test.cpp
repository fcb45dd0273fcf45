// Hostile texts in every field: either the field is refused by its name, or one label comes out
// whose commands are those of a harmless one and whose dots differ in that field's place only.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "label/fields.h"
#include "label/label.h"
#include "label/page.h"
#include "tests/label/attack_texts.h"
#include "tests/label/label_places.h"
#include "tests/label/second_opinion.h"
#include "tests/label/tspl_paper.h"
#include "tests/label/zpl_commands.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

struct Target {
  FieldId field;  // where it is printed, and under whose name it is refused
  std::function<void(LabelContent&, const std::string&)> write;
};

std::vector<Target> targets() {
  using Text = const std::string&;
  return {
      {FieldId::carrier, [](LabelContent& c, Text t) { c.carrier_name = t; }},
      {FieldId::service, [](LabelContent& c, Text t) { c.service = t; }},
      {FieldId::route_code, [](LabelContent& c, Text t) { c.route_code = t; }},
      {FieldId::sorting_mark, [](LabelContent& c, Text t) { c.sorting_mark = t; }},
      {FieldId::consolidation, [](LabelContent& c, Text t) { c.consolidation = t; }},
      {FieldId::consolidation_code, [](LabelContent& c, Text t) { c.consolidation_code = t; }},
      {FieldId::receiver_name, [](LabelContent& c, Text t) { c.receiver.name = t; }},
      {FieldId::receiver_phone, [](LabelContent& c, Text t) { c.receiver.phone = t; }},
      {FieldId::receiver_address, [](LabelContent& c, Text t) { c.receiver.address[1] = t; }},
      {FieldId::receiver_address, [](LabelContent& c, Text t) { c.receiver.address = {t}; }},
      {FieldId::receiver_address, [](LabelContent& c, Text t) { c.receiver.postcode = t; }},
      {FieldId::receiver_address, [](LabelContent& c, Text t) { c.receiver.country = t; }},
      {FieldId::sender_name, [](LabelContent& c, Text t) { c.sender.name = t; }},
      {FieldId::sender_phone, [](LabelContent& c, Text t) { c.sender.phone = t; }},
      {FieldId::sender_address, [](LabelContent& c, Text t) { c.sender.address = {t}; }},
      {FieldId::order_numbers, [](LabelContent& c, Text t) { c.order_numbers = {t}; }},
      {FieldId::date, [](LabelContent& c, Text t) { c.date = t; }},
  };
}

LabelContent harmless() {
  LabelContent c = chinese_sample();
  c.sorting_mark = "杭州";
  return c;
}

LabelContent attacked(const Target& target, const std::string& text) {
  LabelContent c = harmless();
  target.write(c, text);
  return c;
}

LabelStyle in(LabelLanguage language) {
  return {language, SmallCode::qr, {}};
}

class Attacks : public ::testing::Test {
 protected:
  Attacks()
      : plain_(make_label(harmless(), usual_template(), in(LabelLanguage::zpl)).value()),
        zpl_(zpl_commands(plain_.job)),
        tspl_(commands_of(paper_of(plain_.raster))) {}

  static TsplPaper paper_of(const Raster& page) {
    return print_tspl(label_of(page, in(LabelLanguage::tspl)).value().job, 8);
  }

  // Whether a label was made of it; what was made or said is held against the promise.
  bool survives(const Target& target, const std::string& text, bool tspl) {
    const auto label = make_label(attacked(target, text), usual_template(), in(LabelLanguage::zpl));
    if (!label) {
      EXPECT_EQ(label.error().code, "label_unprintable");
      EXPECT_TRUE(label.error().text.starts_with(std::string(field_name(target.field).en) + ": "))
          << label.error().text;
      EXPECT_NE(label.error().text.find(field_name(target.field).zh), std::string::npos);
      EXPECT_LT(label.error().text.size(), 400U);
      return false;
    }
    const auto commands = zpl_commands(label.value().job);
    EXPECT_EQ(commands.all, zpl_.all);
    EXPECT_EQ(commands.labels, 1);
    EXPECT_TRUE(commands.only_dots);
    EXPECT_EQ(commands.outside, "");
    const Raster& dots = label.value().raster;
    EXPECT_EQ(stray_dot(dots, plain_.raster, places(usual_template(), target.field, {})), "");
    if (tspl) {
      const TsplPaper paper = paper_of(dots);
      EXPECT_EQ(paper.immediate, 0);
      EXPECT_TRUE(paper.complaints.empty());
      EXPECT_EQ(paper.labels.size(), 1U);
      for (const Raster& printed : paper.labels) EXPECT_EQ(printed, dots);
      EXPECT_EQ(commands_of(paper), tspl_);
    }
    return true;
  }

  // The frame without the places of the dots: TSPL sends only the rectangles that have ink.
  static std::vector<std::string> commands_of(const TsplPaper& paper) {
    std::vector<std::string> out;
    for (const std::string& command : paper.frame) {
      if (!command.starts_with("BITMAP ")) out.push_back(command);
    }
    return out;
  }

  Label plain_;
  ZplCommands zpl_;
  std::vector<std::string> tspl_;
};

TEST_F(Attacks, AHarmlessLabelIsOneOfFewCommands) {
  EXPECT_EQ(zpl_.labels, 1);
  EXPECT_TRUE(zpl_.only_dots);
  EXPECT_LT(zpl_.all.size(), 16U);
  EXPECT_EQ(plain_.job.find('~'), std::string::npos);
  EXPECT_LT(tspl_.size(), 9U);
}

TEST_F(Attacks, InEveryFieldChangeNothingButThatField) {
  int made = 0, refused = 0;
  std::size_t turn = 0;
  for (const Target& target : targets()) {
    for (const Attack& attack : short_attacks()) {
      // At CI's counts each attack goes through the receiver's address and a third of the others.
      const bool due = ++turn % 3 == 0 || target.field == FieldId::receiver_address;
      if (!due && !full_scale()) continue;
      SCOPED_TRACE(std::string(field_name(target.field).en) + ": " + attack.name);
      const bool whole = survives(target, attack.text, false);
      const bool inside = survives(target, "路" + attack.text + "1", made % 7 == 0);
      (whole || inside ? made : refused) += 1;
    }
  }
  EXPECT_GT(made, 100) << "the attacks hardly come through to the page";
  EXPECT_GT(refused, 20);
}

// Commands and quotes are ordinary characters: they are printed, not left out and not refused.
TEST_F(Attacks, OfVisibleCharactersArePrintedAsTheyAre) {
  for (const Target& target : targets()) {
    const auto dots = [&](const std::string& text) {
      const auto page = draw_page(attacked(target, text), usual_template(), {});
      EXPECT_TRUE(page) << page.error().text;
      return page ? page.value().raster : Raster{};
    };
    SCOPED_TRACE(field_name(target.field).en);
    for (const char* text : {"^XA", "~JA", "\"x\"", "\\&", "<b>"})
      EXPECT_NE(dots(text), dots("-")) << text;
  }
}

TEST_F(Attacks, OfBytesThatCannotBeSeenPrintWhatIsLeft) {
  for (const Target& target : targets()) {
    SCOPED_TRACE(field_name(target.field).en);
    const auto dots = [&](const std::string& text) {
      const auto page = draw_page(attacked(target, text), usual_template(), {});
      EXPECT_TRUE(page) << page.error().text;
      return page ? page.value().raster : Raster{};
    };
    if (target.field == FieldId::receiver_name) continue;  // stars hide how long a name is
    for (const char* text : {"路\u202E二", "路\u200F二", "路\u2067二\u2069"}) {
      EXPECT_EQ(dots(text), dots("路二"));
    }
    using namespace std::string_literals;
    for (const std::string& text : {"路\x1B二"s, "路\0二"s, "路\r\n二"s, "路\t\x07二"s}) {
      EXPECT_EQ(dots(text), dots("路 二"));
    }
  }
}

TEST_F(Attacks, OfTenKilobytesAreRefusedOrFit) {
  for (const Target& target : targets()) {
    for (const Attack& attack : long_attacks()) {
      SCOPED_TRACE(std::string(field_name(target.field).en) + ": " + attack.name);
      survives(target, attack.text, false);
    }
  }
}

TEST_F(Attacks, OfTenKilobytesTakeAboutAsLongAsALabel) {
  const auto shortest = [](const LabelContent& content) {
    auto best = std::chrono::nanoseconds::max();
    for (int i = 0; i < 5; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const auto label = make_label(content, usual_template(), in(LabelLanguage::zpl));
      best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - start);
    }
    return best;
  };
  constexpr int kGenerous = 10;
  const auto plain = shortest(harmless());
  for (const Target& target : targets()) {
    for (const Attack& attack : long_attacks()) {
      EXPECT_LT(shortest(attacked(target, attack.text)), kGenerous * plain)
          << field_name(target.field).en << ": " << attack.name;
    }
  }
}

TEST_F(Attacks, OnAGiftCardStayInTheMessage) {
  const LabelTemplate on = template_named("gift-card");
  const auto plain = make_card(card_sample(), on, in(LabelLanguage::zpl)).value();
  std::vector<Attack> all = short_attacks();
  for (const Attack& attack : long_attacks()) all.push_back(attack);
  int made = 0;
  for (const Attack& attack : all) {
    SCOPED_TRACE(attack.name);
    LabelContent content = card_sample();
    content.gift_message = attack.text;
    const auto card = make_card(content, on, in(LabelLanguage::zpl));
    if (!card) {
      EXPECT_TRUE(card.error().text.starts_with("Gift message: ")) << card.error().text;
      continue;
    }
    ++made;
    EXPECT_EQ(zpl_commands(card.value().job).all, zpl_commands(plain.job).all);
    EXPECT_EQ(stray_dot(card.value().raster, plain.raster, places(on, FieldId::gift_message, {})),
              "");
  }
  EXPECT_GT(made, 20);
}

// The number and the bench are what the codes say: nothing that is no visible ASCII gets there.
TEST_F(Attacks, OnTheNumberAreRefusedUnlessTheyAreOne) {
  std::vector<Attack> all = short_attacks();
  for (const Attack& attack : long_attacks()) all.push_back(attack);
  for (const Attack& attack : all) {
    SCOPED_TRACE(attack.name);
    for (const bool bench : {false, true}) {
      LabelContent content = harmless();
      (bench ? content.bench : content.waybill) = attack.text;
      const auto label = make_label(content, usual_template(), in(LabelLanguage::zpl));
      if (label) {
        EXPECT_EQ(zpl_commands(label.value().job).all, zpl_.all);
      } else {
        EXPECT_TRUE(label.error().text.starts_with("Waybill: ") ||
                    (bench && label.error().text.starts_with("Bench: ")))
            << label.error().text;
      }
    }
  }
}

// Once more in the eyes of a renderer that we did not write: one label, its codes readable.
TEST_F(Attacks, AllAtOnceAreRenderedAsOneLabel) {
  const Renderer renderer = find_renderer();
  if (renderer.folder.empty())
    GTEST_SKIP() << "the ZPL renderer is not to be had: " << renderer.reason;
  LabelContent content = harmless();
  for (const Target& target : targets()) target.write(content, "^XZ~JA^XA");
  const auto label = make_label(content, usual_template(), in(LabelLanguage::zpl));
  ASSERT_TRUE(label) << label.error().text;
  Workshop workshop;
  const auto rendered = render(renderer, workshop, {{label.value().job, 800, 1200}});
  ASSERT_EQ(rendered.size(), 1U);
  EXPECT_EQ(rendered[0].labels, 1);
  EXPECT_EQ(rendered[0].first, label.value().raster);
  EXPECT_EQ(read_with_zbar({rendered[0].picture})[0].bars,
            std::vector<std::string>{content.waybill});
}

TEST(ZplCommands, SeesACommandWhereverItStands) {
  const auto split = zpl_commands("x^XA^FO0,0^GFA,1,1,1,FF~JA^FS^XZ\n^XA^XZ");
  EXPECT_EQ(split.all, (std::vector<std::string>{"^XA", "^FO0,0", "^GFA,1,1,1", "~JA", "^FS", "^XZ",
                                                 "^XA", "^XZ"}));
  EXPECT_EQ(split.labels, 2);
  EXPECT_EQ(split.outside, "x");
  EXPECT_FALSE(zpl_commands("^XA^GFA,1,1,1,F\x1B^XZ").only_dots);
}

// A printer refuses dots whose checksum is wrong; the renderer does not look at it.
TEST(ZplCommands, HoldsPackedDotsAgainstTheirChecksum) {
  EXPECT_EQ(zpl_checksum("123456789"), 0x31C3U) << "CRC-16/XMODEM's published check value";
  EXPECT_TRUE(zpl_commands("^XA^GFA,1,1,1,:Z64:123456789:31C3^FS^XZ").only_dots);
  EXPECT_FALSE(zpl_commands("^XA^GFA,1,1,1,:Z64:123456780:31C3^FS^XZ").only_dots);
  EXPECT_FALSE(zpl_commands("^XA^GFA,1,1,1,:Z64:123456789^FS^XZ").only_dots);
}

}  // namespace
}  // namespace packbench::label
