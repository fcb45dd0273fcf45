// The label as a whole: proven by reading it back, refused by name, blind to what it must hide.
#include <gtest/gtest.h>

#include <fstream>
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

TEST(Label, NoTextOfAnOrderReachesThePrintersInterpreter) {
  const std::string attack = "^XZ^XA^FDx^FS~JA\x1B\r\n\"'\\ ^JUF";
  const auto label = zpl_label(changed([&](LabelContent& c) {
    c.carrier_name = "^XA";
    c.service = "~JA";
    c.route_code = "^FS";
    c.consolidation = "^XZ~JR";
    c.receiver.name = "^" + attack;
    c.receiver.address = {attack, "~" + attack};
    c.sender.name = attack;
    c.order_numbers = {"^XA~JA"};
    c.date = "^FD";
  }));
  ASSERT_TRUE(label) << label.error().text;
  std::string frame;
  bool data = false;
  for (const char c : label.value().job) {
    if (c == '^') data = false;
    if (!data) frame += c;
    if (frame.ends_with("^GFA,")) data = true;
  }
  EXPECT_EQ(frame,
            "^XA^JZN^PON^LH0,0^PW800^LL1200^LS0\n^FO0,0^GFA,^FS\n^FO0,999^GFA,^FS\n"
            "^PQ1,0,1,N^XZ\n");
  EXPECT_EQ(label.value().job.find('~'), std::string::npos);
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

TEST(Label, DrawsRareCharactersOfRealPlaces) {
  std::ifstream file(PACKBENCH_SHARED_DATA "/china/rare_place_names.txt");
  if (!file) GTEST_SKIP() << "shared data is not here";
  int drawn = 0;
  for (std::string place; std::getline(file, place);) {
    const auto label =
        zpl_label(changed([&](LabelContent& c) { c.receiver.address = {place + "人民路1号"}; }));
    EXPECT_TRUE(label) << place << ": " << label.error().text;
    ++drawn;
  }
  EXPECT_EQ(drawn, 8);
}

TEST(Label, DrawsRealAddresses) {
  std::ifstream file(PACKBENCH_SHARED_DATA "/china/addresses_300.csv");
  if (!file) GTEST_SKIP() << "shared data is not here";
  std::string line;
  std::getline(file, line);
  int drawn = 0;
  while (std::getline(file, line)) {
    const auto page = draw_page(
        changed([&](LabelContent& c) { c.receiver.address = {line.substr(0, line.find(','))}; }),
        usual_template(), {});
    EXPECT_TRUE(page) << line << ": " << page.error().text;
    ++drawn;
  }
  EXPECT_GE(drawn, 299);
}

class SelfCheck : public ::testing::Test {
 protected:
  SelfCheck() : page_(draw_page(chinese_sample(), usual_template(), {}).value()) {}
  Status check() const { return check_codes(page_.raster, page_.waybill, page_.small); }
  void clear(const Box& box) {
    for (int y = box.y; y < box.y + box.height; ++y) {
      for (int x = box.x; x < box.x + box.width; ++x) {
        std::uint8_t& byte = page_.raster.row(y)[x / 8];
        byte = static_cast<std::uint8_t>(byte & ~(0x80 >> (x % 8)));
      }
    }
  }
  // The first bar right of the middle.
  Box middle_bar() const {
    const Box& box = page_.waybill.box;
    int x = box.x + box.width / 2;
    while (page_.raster.black(x, box.y)) ++x;
    while (!page_.raster.black(x, box.y)) ++x;
    int end = x;
    while (page_.raster.black(end, box.y)) ++end;
    return {x, box.y, end - x, box.height};
  }

  Page page_;
};

TEST_F(SelfCheck, PassesTheLabelAsDrawn) {
  EXPECT_TRUE(check());
}

TEST_F(SelfCheck, RefusesAMissingBar) {
  clear(middle_bar());
  EXPECT_FALSE(check());
}

TEST_F(SelfCheck, RefusesABarThatIsInterrupted) {
  Box bar = middle_bar();
  bar.y += 100;
  bar.height = 1;
  clear(bar);
  EXPECT_FALSE(check());
}

TEST_F(SelfCheck, RefusesInkBesideTheBars) {
  const Box box = page_.waybill.box;
  for (const int x : {box.x + 4, box.x + box.width - 8}) {
    Page before = page_;
    page_.raster.fill({x, box.y, 4, box.height});
    EXPECT_FALSE(check()) << x;
    page_ = before;
  }
}

TEST_F(SelfCheck, RefusesAnotherNumber) {
  page_.waybill.text = "SF1000000000002";
  EXPECT_FALSE(check());
}

TEST_F(SelfCheck, RefusesAnotherAttempt) {
  page_.small.text = encode_label_code({"B104729", "SF1000000000001", 2});
  EXPECT_FALSE(check());
}

TEST_F(SelfCheck, RefusesInkAroundTheSmallCode) {
  const Box box = page_.small.box;
  for (const Box& ink :
       {Box{box.x, box.y + 60, 2, 2}, Box{box.x + box.width - 2, box.y + 60, 2, 2},
        Box{box.x + 60, box.y, 2, 2}, Box{box.x + 60, box.y + box.height - 2, 2, 2}}) {
    Page before = page_;
    page_.raster.fill(ink);
    EXPECT_FALSE(check()) << ink.x << ' ' << ink.y;
    page_ = before;
  }
}

TEST_F(SelfCheck, RefusesASmallCodeThatIsCoveredOrGone) {
  Page before = page_;
  Box half = page_.small.box;
  half.height /= 2;
  page_.raster.fill(half);
  EXPECT_FALSE(check());
  page_ = before;
  clear(page_.small.box);
  EXPECT_FALSE(check());
}

TEST_F(SelfCheck, RefusesCodesOffThePage) {
  page_.waybill.box.x = 700;
  EXPECT_FALSE(check());
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
