// The pure parts of the window: layout, line breaking, formats, the wedge scanner's reader, what
// the screen remembers, and the order of the demo's tray.
#include <gtest/gtest.h>

#include "ui/formats.h"
#include "ui/layout.h"
#include "ui/line_break.h"
#include "ui/pictures.h"
#include "ui/state.h"
#include "ui/texts.h"
#include "ui/tray.h"
#include "ui/wedge.h"
#include "ui_views.h"

namespace packbench::ui_test {
namespace {

using namespace packbench::ui;
using station::LaneId;
using station::Language;

TEST(Layout, ScalesByShape) {
  EXPECT_FLOAT_EQ(make_layout({0, 0, 1280, 800}, 0, false).scale, 1.0F);
  EXPECT_FLOAT_EQ(make_layout({0, 0, 1920, 1080}, 0, false).scale, 1.2F);
  EXPECT_FLOAT_EQ(make_layout({0, 0, 800, 1280}, 0, false).scale, 1.0F);
  EXPECT_FLOAT_EQ(make_layout({0, 0, 1920, 1200}, 0, false).scale, 1.5F);
}

TEST(Layout, StageAndActionsLieWhereTheyAreDrawn) {
  const Layout layout = make_layout({0, 0, 1280, 800}, 0, false);
  EXPECT_EQ(layout.stage, (Box{24, 224, 1024, 560}));
  EXPECT_EQ(layout.actions[0], (Box{1072, 220, 184, 133}));
  EXPECT_NEAR(layout.actions[3].bottom(), 784, 0.5);
  const Layout upright = make_layout({0, 0, 800, 1280}, 0, false);
  EXPECT_EQ(upright.stage, (Box{24, 224, 752, 892}));
  EXPECT_NEAR(upright.actions[3].right(), 776, 0.5);
}

TEST(Layout, TheOtherLaneStandsBesideTheStageOnlyWhereThereIsRoom) {
  EXPECT_EQ(make_layout({0, 0, 1280, 800}, 0, true).dock_lane.w, 0);
  const Layout wide = make_layout({0, 0, 1920, 1080}, 0, true);
  EXPECT_NEAR(wide.stage.w, 944, 0.5);
  EXPECT_NEAR(wide.dock_lane.x, 992, 0.5);
  EXPECT_NEAR(wide.dock_lane.w, 376, 0.5);
}

TEST(Layout, TargetsKeepTheirSizeOnASmallPanel) {
  // 8 inches wide at 1280: 0.159 mm a pixel, so that 118 px are 18.8 mm.
  const Layout layout = make_layout({0, 0, 1280, 800}, 203, false);
  EXPECT_GT(layout.scale, 1.0F);
  EXPECT_LE(layout.scale, 800.0F / 760);
}

float narrow(std::string_view text) {
  return static_cast<float>(text.size());  // ASCII: one for each
}

TEST(LineBreak, FullStopsDoNotBeginALine) {
  // A hanzi has three bytes here, and three of them fit.
  const auto lines = break_lines("装进箱。再扫", 9, narrow).lines;
  ASSERT_GE(lines.size(), 2U);
  for (const std::string& line : lines) EXPECT_FALSE(line.starts_with("。")) << line;
}

TEST(LineBreak, WordsStayWholeUnlessTheyAreTooLong) {
  EXPECT_EQ(break_lines("one two three", 7, narrow).lines,
            (std::vector<std::string>{"one two", "three"}));
  const BrokenText cut = break_lines("0123456789", 4, narrow);
  EXPECT_TRUE(cut.word_cut);
  EXPECT_EQ(cut.lines, (std::vector<std::string>{"0123", "4567", "89"}));
}

TEST(LineBreak, NothingIsLost) {
  const std::string text = "Cloud 马克杯 (奶白) 350 ml，带木盖！";
  for (float width = 4; width < 60; width += 3) {
    std::string together;
    for (const std::string& line : break_lines(text, width, narrow).lines) together += line;
    std::erase(together, ' ');
    std::string expected = text;
    std::erase(expected, ' ');
    EXPECT_EQ(together, expected) << width;
  }
}

TEST(LineBreak, EllipsisFits) {
  EXPECT_EQ(with_ellipsis("short", 10, narrow), "short");
  EXPECT_EQ(with_ellipsis("a long title", 9, narrow), "a long…");
}

TEST(Formats, TimesAndNumbers) {
  EXPECT_EQ(time_of_day(kSampleNow, "Asia/Shanghai"), "14:32");
  EXPECT_EQ(remaining(Duration::minutes(118), Language::zh), "1:58");
  EXPECT_EQ(remaining(Duration::minutes(62), Language::en), "1:02");
  EXPECT_EQ(remaining(Duration::minutes(58), Language::zh), "58 分");
  EXPECT_EQ(remaining(Duration::minutes(58), Language::en), "58 min");
  EXPECT_EQ(remaining(Duration::hours(26) + Duration::minutes(10), Language::zh), "26:10");
  EXPECT_EQ(kilograms(846), "0.846");
  EXPECT_EQ(kilograms(12005), "12.005");
}

TEST(Formats, NumbersInGroups) {
  EXPECT_EQ(grouped_waybill("SF1000000000001"), "SF1000 0000 0000 1");
  EXPECT_EQ(grouped_waybill("773212345678901"), "7732 1234 5678 901");
  EXPECT_EQ(short_number("2026112200946318"), "…0946 318");
  EXPECT_EQ(short_number("SO-0001"), "SO-0001");
  EXPECT_EQ(shown_code("6901234003932"), "6901234 003932");
  EXPECT_EQ(shown_code(std::string(200, 'x')).size(), 12 + 3 + 8U);
}

TEST(Formats, CarriersHaveTheNamesThatPackersUse) {
  EXPECT_EQ(carrier_name("SF", Language::zh, {{"SF", "顺丰速运"}}), "顺丰");
  EXPECT_EQ(carrier_name("sf", Language::en, {}), "SF");
  EXPECT_EQ(carrier_name("XYZ", Language::zh, {{"XYZ", "某某快递"}}), "某某快递");
  EXPECT_EQ(carrier_name("XYZ", Language::zh, {}), "XYZ");
}

TEST(Texts, PlacesAreFilled) {
  EXPECT_EQ(ui_text(Msg::item_of, Language::zh, {"2", "3"}), "第 2 件，共 3 件");
  EXPECT_EQ(ui_text(Msg::item_of, Language::en, {"2", "3"}), "Item 2 of 3");
}

TEST(Wedge, ALineEndsOnlyWithItsEnd) {
  WedgeReader reader;
  EXPECT_EQ(reader.end(), std::nullopt);
  reader.text("590123", 100);
  reader.text("4123457", 104);
  EXPECT_EQ(reader.end(), "5901234123457");
  EXPECT_EQ(reader.end(), std::nullopt);
}

TEST(Wedge, WhatWasLeftBehindDoesNotSpoilTheNextScan) {
  WedgeReader reader;
  reader.text("stray", 1'000);
  reader.text("SO-0001", 1'000 + WedgeReader::kForgotten_ms + 1);
  EXPECT_EQ(reader.end(), "SO-0001");
  reader.text("1234", 50'000);
  reader.text("5", 55'000);
  EXPECT_EQ(reader.end(), "12345");
}

TEST(Wedge, IsBounded) {
  WedgeReader reader;
  for (int i = 0; i < 1000; ++i) reader.text("0123456789", 1);
  EXPECT_LE(reader.line().size(), WedgeReader::kBytesMax);
  EXPECT_GT(reader.line().size(), 256U) << "the core must see that it is too long";
}

TEST(Wedge, BackspaceTakesAWholeCharacter) {
  WedgeReader reader;
  reader.text("a中", 1);
  reader.erase();
  EXPECT_EQ(reader.line(), "a");
  reader.erase();
  reader.erase();
  EXPECT_EQ(reader.line(), "");
}

TEST(State, ScreensFollowThePhase) {
  const auto all = samples(Language::zh);
  const std::vector<std::pair<std::string, Screen>> expected{
      {"signed_out", Screen::signed_out},
      {"awaiting_order", Screen::awaiting_order},
      {"packing", Screen::packing},
      {"wrong_item", Screen::refusal},
      {"checks", Screen::checks},
      {"weighing", Screen::weighing},
      {"printing", Screen::printing},
      {"print_unknown", Screen::print_unknown},
      {"verifying_label", Screen::verifying_label},
      {"handover", Screen::handover},
      {"pin", Screen::pin},
      {"wrong_label", Screen::refusal},
  };
  for (const auto& [name, screen] : expected) {
    UiState state;
    take_view(state, nullptr, sample(all, name).view, 0);
    EXPECT_EQ(screen_of(sample(all, name).view, state), screen) << name;
  }
}

TEST(State, OnlyARefusedScanTurnsTheWholeStage) {
  const auto all = samples(Language::zh);
  EXPECT_EQ(tone_of(sample(all, "wrong_item").view, LaneId::bench), Tone::refusal);
  EXPECT_EQ(tone_of(sample(all, "packing_refused_touch").view, LaneId::bench), Tone::attention);
  EXPECT_EQ(tone_of(sample(all, "checks_failed").view, LaneId::bench), Tone::attention);
  EXPECT_EQ(tone_of(sample(all, "weight_mismatch").view, LaneId::bench), Tone::attention);
  EXPECT_EQ(tone_of(sample(all, "packing").view, LaneId::bench), Tone::none);
  // What the dock refuses does not stop the packer.
  EXPECT_EQ(tone_of(sample(all, "handover_refused").view, LaneId::bench), Tone::none);
  EXPECT_EQ(tone_of(sample(all, "handover_refused").view, LaneId::dock), Tone::refusal);
  EXPECT_EQ(tone_of(sample(all, "handover_twice").view, LaneId::dock), Tone::attention);
}

TEST(State, AnOpenManifestTakesTheScreenOnceAndGivesItBack) {
  const auto all = samples(Language::zh);
  const auto& dock = sample(all, "handover").view;
  const auto& packing = sample(all, "packing").view;
  UiState state;
  take_view(state, &packing, dock, 0);
  EXPECT_EQ(state.lane, LaneId::dock);
  state.lane = LaneId::bench;  // the packer went back to packing
  take_view(state, &dock, dock, 0);
  EXPECT_EQ(state.lane, LaneId::bench);
  state.lane = LaneId::dock;
  take_view(state, &dock, packing, 0);
  EXPECT_EQ(state.lane, LaneId::bench);
}

TEST(State, DoneStaysUntilTheNextInputAndNoLongerThanFiveSeconds) {
  const auto all = samples(Language::zh);
  const auto& done = sample(all, "done").view;
  UiState state;
  take_view(state, &sample(all, "verifying_label").view, done, 1'000);
  EXPECT_EQ(next_change_ms(state, 1'000), 1'000 + kDone_ms);
  take_view(state, &done, done, 3'000);  // a tick, not an input
  EXPECT_EQ(next_change_ms(state, 3'000), 1'000 + kDone_ms);
  forget_past(state, 1'000 + kDone_ms);
  EXPECT_EQ(next_change_ms(state, 1'000 + kDone_ms), 0);
  take_view(state, &done, done, 9'000);
  EXPECT_EQ(state.done_until_ms, 0);
  take_view(state, nullptr, done, 10'000);
  take_view(state, &done, sample(all, "packing").view, 10'100);
  EXPECT_EQ(state.done_until_ms, 0);
}

TEST(State, ThePieceThatWasJustPackedFlashes) {
  auto before = sample(samples(Language::zh), "packing").view;
  auto after = before;
  after.orders[0].lines[1].parts[0].packed = 2;
  UiState state;
  take_view(state, &before, after, 500);
  EXPECT_EQ(state.flash_sku, "MUG-01");
  EXPECT_EQ(next_change_ms(state, 500), 500 + kFlash_ms);
  forget_past(state, 500 + kFlash_ms);
  EXPECT_EQ(state.flash_sku, "");
}

TEST(State, AMenuEndsWithThePhaseAndNotWithATick) {
  const auto all = samples(Language::zh);
  const auto& packing = sample(all, "packing").view;
  UiState state;
  take_view(state, nullptr, packing, 0);
  state.menu = Menu::more;
  take_view(state, &packing, packing, 0);
  EXPECT_EQ(state.menu, Menu::more);
  take_view(state, &packing, sample(all, "checks").view, 0);
  EXPECT_EQ(state.menu, Menu::none);
}

TEST(State, AQuestionThatBlocksStagingIsAskedWithTheLabelInHand) {
  auto view = sample(samples(Language::zh), "verifying_label").view;
  EXPECT_EQ(asked_check(view), nullptr);
  view.checks = sample(samples(Language::zh), "checks").view.checks;
  view.checks[0].answer = "pass";
  ASSERT_NE(asked_check(view), nullptr);
  EXPECT_EQ(asked_check(view)->id, "padding_fragile");
  view.phase = station::Phase::packing;
  EXPECT_EQ(asked_check(view), nullptr);
}

TEST(Tray, WhatIsWantedNowComesFirst) {
  const std::vector<TrayItem> items{{TrayKind::order, "SO-0001", "SO-0001", ""},
                                    {TrayKind::product, "shirt", "111", "TEE-07"},
                                    {TrayKind::product, "mug", "222", "MUG-01"},
                                    {TrayKind::badge, "Li", "1001", ""}};
  const auto all = samples(Language::zh);
  const UiState state;
  EXPECT_EQ(tray_order(items, sample(all, "signed_out").view, state).front().code, "1001");
  EXPECT_EQ(tray_order(items, sample(all, "awaiting_order").view, state).front().code, "SO-0001");
  // The shirt is in the box already, a mug is missing.
  EXPECT_EQ(tray_order(items, sample(all, "packing").view, state).front().code, "222");
  const auto label = tray_order(items, sample(all, "verifying_label").view, state).front();
  EXPECT_EQ(label.kind, TrayKind::label);
  EXPECT_EQ(label.code, "SF1000000000001");
}

TEST(Pictures, UnknownNamesGiveABoxAndColoursAreTaken) {
  EXPECT_FALSE(picture_named("no such thing").layers.empty());
  const Color blue = rgb(0x7F9CB8);
  bool found = false;
  for (const Layer& layer : picture_named("drawn:mug#7F9CB8").layers)
    found = found || layer.color == blue;
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace packbench::ui_test
