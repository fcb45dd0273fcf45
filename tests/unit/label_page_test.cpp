// The label as a whole: proven by reading it back, refused by name, blind to what it must hide.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "domain/label_code.h"
#include "label/canvas.h"
#include "label/label.h"
#include "label/symbol.h"
#include "label/zpl.h"
#include "tests/unit/label_samples.h"

namespace packbench::label {
namespace {

using Change = std::function<void(LabelContent&)>;

LabelContent changed(const Change& change, LabelContent content = chinese_sample()) {
  change(content);
  return content;
}

Result<Label> zpl_label(const LabelContent& content) {
  return made(content, LabelLanguage::zpl);
}

Error error_of(const LabelContent& content) {
  const auto label = zpl_label(content);
  EXPECT_FALSE(label) << "a label was made of it";
  return label ? Error{} : label.error();
}

TEST(Label, CarriesExactlyItsWaybillAndAttempt) {
  for (const auto& content :
       {chinese_sample(), english_sample(), long_sample(), specimen_sample()}) {
    const auto label = zpl_label(content);
    ASSERT_TRUE(label) << label.error().text;
    // Found on the whole page by search, which is more than the self-check asks.
    EXPECT_EQ(find_symbol(label.value().raster, Symbology::code128), content.waybill);
    const auto small = find_symbol(label.value().raster, Symbology::qr);
    ASSERT_TRUE(small);
    EXPECT_EQ(parse_label_code(*small),
              (LabelCode{content.bench, content.waybill, content.attempt}));
    EXPECT_EQ(read_zpl(label.value().job).value(), label.value().raster);
    EXPECT_EQ(label.value().hash, content_hash(label.value().job));
    EXPECT_EQ(label.value().raster.width, 800);
    EXPECT_EQ(label.value().raster.height, 1200);
  }
}

TEST(Label, TheSameContentGivesTheSameBytes) {
  const auto first = zpl_label(chinese_sample());
  const auto other = zpl_label(english_sample());
  const auto again = zpl_label(chinese_sample());
  ASSERT_TRUE(first && other && again);
  EXPECT_EQ(first.value().job, again.value().job);
  EXPECT_EQ(first.value().hash, again.value().hash);
  EXPECT_NE(first.value().hash, other.value().hash);
  EXPECT_EQ(label_png(first.value()).value(), label_png(again.value()).value());
}

TEST(Label, ThreadsDrawTheirOwnLabelsSideBySide) {
  const auto wanted = zpl_label(chinese_sample());
  ASSERT_TRUE(wanted);
  std::string drawn[2];
  {
    std::vector<std::thread> threads;
    for (std::string& job : drawn) {
      threads.emplace_back([&job] {
        for (int i = 0; i < 3; ++i) {
          const auto label = zpl_label(chinese_sample());
          if (label) job = label.value().job;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(drawn[0], wanted.value().job);
  EXPECT_EQ(drawn[1], wanted.value().job);
}

TEST(Label, EveryFieldIsOnIt) {
  const auto plain = zpl_label(chinese_sample());
  ASSERT_TRUE(plain);
  const Change changes[] = {
      [](auto& c) { c.carrier_name = "中通快递"; },
      [](auto& c) { c.service = "次日"; },
      [](auto& c) { c.route_code = "571-W12-009"; },
      [](auto& c) { c.consolidation = "杭州转运中心 HZ-0013"; },
      [](auto& c) { c.waybill = "SF1000000000002"; },
      [](auto& c) { c.attempt = 2; },
      [](auto& c) { c.bench = "B2"; },
      [](auto& c) { c.sender.name = "晴川家居"; },
      [](auto& c) { c.sender.address = {"浙江省宁波市"}; },
      [](auto& c) { c.receiver.name = "张小明"; },
      [](auto& c) { c.receiver.phone = "13812345679"; },
      [](auto& c) { c.receiver.address[0] = "浙江省杭州市江干区"; },
      [](auto& c) { c.receiver.postcode = "310001"; },
      [](auto& c) { c.receiver.country = "中国"; },
      [](auto& c) { c.parcel_index = 2; },
      [](auto& c) { c.parcel_count = 3; },
      [](auto& c) { c.order_numbers.pop_back(); },
      [](auto& c) { c.weight = Grams{847}; },
      [](auto& c) { c.weight.reset(); },
      [](auto& c) { c.date = "2026-11-23"; },
      [](auto& c) { c.gift = false; },
      [](auto& c) { c.marks.pop_back(); },
      [](auto& c) { c.duplicate = 1; },
  };
  int at = 0;
  for (const Change& change : changes) {
    const auto label = zpl_label(changed(change));
    ASSERT_TRUE(label) << at << ": " << label.error().text;
    EXPECT_NE(label.value().raster, plain.value().raster) << "change " << at;
    ++at;
  }
}

TEST(Label, HidesWhatMustBeHidden) {
  const auto plain = zpl_label(chinese_sample());
  ASSERT_TRUE(plain);
  const Change hidden[] = {
      [](auto& c) { c.receiver.name = "王大亮"; },
      [](auto& c) { c.receiver.phone = "15999995678"; },
      [](auto& c) { c.receiver.address[1] = "文一西路969号阳光小区3号楼7单元2304室"; },
      [](auto& c) { c.sender.phone = "0599-99991234"; },
  };
  for (const Change& change : hidden) {
    const auto label = zpl_label(changed(change));
    ASSERT_TRUE(label) << label.error().text;
    EXPECT_EQ(label.value().raster, plain.value().raster) << "something hidden can be seen";
  }
}

TEST(Label, NamesTheFieldAndTheCharacterItCannotDraw) {
  const Error newer =
      error_of(changed([](auto& c) { c.receiver.address = {"人民路1号\U0001FAE8"}; }));
  EXPECT_EQ(newer.code, "label_unprintable");
  EXPECT_NE(newer.text.find("Receiver's address"), std::string::npos) << newer.text;
  EXPECT_NE(newer.text.find("收件地址"), std::string::npos) << newer.text;
  EXPECT_NE(newer.text.find("U+1FAE8"), std::string::npos) << newer.text;
  const Error arabic = error_of(changed([](auto& c) { c.sender.name = "Shop م"; }));
  EXPECT_NE(arabic.text.find("Sender's name"), std::string::npos) << arabic.text;
  EXPECT_NE(arabic.text.find("U+0645"), std::string::npos) << arabic.text;
}

TEST(Label, RefusesWhatDoesNotFitInsteadOfClipping) {
  const std::string words(10'000, 'W');
  std::string hanzi;
  for (int i = 0; i < 200; ++i) hanzi += "龘";
  struct Case {
    const char* field;
    Change change;
  };
  const Case cases[] = {
      {"Receiver's address", [&](auto& c) { c.receiver.address = {words}; }},
      {"Receiver's address", [&](auto& c) { c.receiver.address = {hanzi}; }},
      {"Sender's address", [&](auto& c) { c.sender.address = {hanzi}; }},
      {"Sender's name", [&](auto& c) { c.sender.name = hanzi; }},
      {"Receiver's phone", [&](auto& c) { c.receiver.phone = std::string(60, '1'); }},
      {"Route code", [&](auto& c) { c.route_code = std::string(40, 'W'); }},
      {"Consolidation", [&](auto& c) { c.consolidation = hanzi; }},
      {"Service", [&](auto& c) { c.service = hanzi; }},
      {"Carrier", [&](auto& c) { c.carrier_name = hanzi; }},
      {"Order", [&](auto& c) { c.order_numbers = {words}; }},
      {"Date", [&](auto& c) { c.date = words; }},
      {"Waybill", [&](auto& c) { c.waybill = std::string(40, 'W'); }},
      {"Waybill", [&](auto& c) { c.waybill = std::string(41, '1'); }},
      {"Waybill", [&](auto& c) { c.waybill = ""; }},
      {"Waybill", [&](auto& c) { c.waybill = "顺丰1"; }},
      {"Waybill", [&](auto& c) { c.waybill = "SF 1"; }},
      {"Waybill", [&](auto& c) { c.bench = ""; }},
      {"Marks", [&](auto& c) { c.marks.assign(9, HandlingMark::fragile); }},
      {"Receiver's address",
       [&](auto& c) {
         c.receiver.address = {" ", "\n"};
       }},
      {"Receiver's address", [&](auto& c) { c.receiver.address = {"\xFF\xFE"}; }},
      {"Date", [&](auto& c) { c.date = "\xC3"; }},
  };
  for (const Case& one : cases) {
    const Error error = error_of(changed(one.change));
    EXPECT_EQ(error.code, "label_unprintable") << one.field;
    EXPECT_TRUE(error.text.starts_with(one.field)) << one.field << " | " << error.text;
  }
}

TEST(Label, CountsOrderNumbersThatDoNotFit) {
  const auto three = zpl_label(long_sample());
  ASSERT_TRUE(three) << three.error().text;
  EXPECT_TRUE(
      zpl_label(changed([](auto& c) { c.order_numbers.assign(30, "4012345678901234567"); })));
}

TEST(Canvas, DrawsNothingOutsideTheBox) {
  const Box box{100, 40, 200, 60};
  for (const TextStyle& style :
       {TextStyle{.size_max = 60, .size_min = 10},
        TextStyle{.size_max = 40, .size_min = 12, .bold = true, .lines_max = 3},
        TextStyle{.size_max = 60, .size_min = 10, .align = Align::right},
        TextStyle{.size_max = 60, .size_min = 10, .align = Align::centre}}) {
    for (const char* text : {"j", "Ég|", "路", "浙江省杭州市西湖区文一西路969号", "WWWW WWWW WWWW",
                             "fjord ___ (ÅÄÖ) gjpqy"}) {
      Canvas canvas(400, 140);
      const auto placed = canvas.text({"Test", "测试"}, text, box, style);
      ASSERT_TRUE(placed) << text << ": " << placed.error().text;
      const Raster raster = canvas.to_raster();
      int inside = 0;
      for (int y = 0; y < raster.height; ++y) {
        for (int x = 0; x < raster.width; ++x) {
          if (!raster.black(x, y)) continue;
          ++inside;
          EXPECT_TRUE(x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height)
              << text << " at " << x << ',' << y;
        }
      }
      EXPECT_GT(inside, 0) << text;
    }
  }
}

TEST(Canvas, DrawsNothingOfATextThatDoesNotFit) {
  Canvas canvas(200, 100);
  EXPECT_FALSE(canvas.text({"Test", "测试"}, "much too long for such a small box", {10, 10, 60, 20},
                           {.size_max = 30, .size_min = 20}));
  EXPECT_EQ(canvas.to_raster(), Raster(200, 100));
}

TEST(OneLine, KeepsWhatCanBeSeen) {
  EXPECT_EQ(one_line("  a\r\n b\tc\u3000d\u2028e \x01"), "a b c d e");
  EXPECT_EQ(one_line("a\u202Eb\u200F"), "ab") << "marks that turn the reading direction";
  EXPECT_EQ(one_line("\n \t"), "");
  EXPECT_FALSE(one_line("\xFF"));
}

TEST(HandlingMarks, AreShownWhereTheBoxNeedsThem) {
  EXPECT_EQ(handling_mark("fragile"), HandlingMark::fragile);
  EXPECT_EQ(handling_mark("battery"), HandlingMark::battery);
  EXPECT_EQ(handling_mark("high_value"), std::nullopt) << "it would tell a thief";
  EXPECT_EQ(handling_mark(""), std::nullopt);
}

}  // namespace
}  // namespace packbench::label
