// Every screen, in both languages and the three shapes: drawn through the real window without a
// display, then asked for text that is clipped, overlaps or is hard to read, and for targets that
// gloves would miss. The pictures are left in the build's folder ui_screens.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "ui_driver.h"

namespace packbench::ui_test {
namespace {

using station::Language;

struct Size {
  const char* name;
  int width, height;
};

double luminance(ui::Color color) {
  const auto part = [](int value) {
    const double c = value / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(color.r) + 0.7152 * part(color.g) + 0.0722 * part(color.b);
}

double contrast(ui::Color a, ui::Color b) {
  const double x = luminance(a);
  const double y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

bool overlap(const ui::Box& a, const ui::Box& b) {
  return a.x < b.right() - 1 && b.x < a.right() - 1 && a.y < b.bottom() - 1 && b.y < a.bottom() - 1;
}

std::string complaints(const ui::DrawLog& log, float scale) {
  std::string all;
  for (std::size_t i = 0; i < log.texts.size(); ++i) {
    const ui::TextDrawn& text = log.texts[i];
    if (!text.fits) all += "\n  does not fit: " + text.text;
    if (!text.ground) all += "\n  on no ground: " + text.text;
    // A key that cannot act, and what is larger than 24, may stay below 7:1 but never 4.5:1.
    if (text.ground && contrast(text.color, *text.ground) < 6.5)
      all += "\n  is hard to read: " + text.text;
    for (std::size_t j = i + 1; j < log.texts.size(); ++j) {
      if (overlap(text.ink_px, log.texts[j].ink_px))
        all += "\n  overlap: " + text.text + " | " + log.texts[j].text;
    }
  }
  for (const ui::TargetDrawn& target : log.targets) {
    const float least = std::min(target.box_px.w, target.box_px.h);
    if (least < 117 * scale) all += "\n  is a small target: " + target.id;
  }
  return all;
}

float scale_of(const Size& size) {
  return size.width < size.height ? static_cast<float>(size.width) / 800
         : size.width == 1920     ? 1.2F
                                  : 1.0F;
}

class Screens : public ::testing::TestWithParam<std::tuple<Language, Size>> {
 protected:
  void judge(Driver& driver, const std::string& name) {
    const auto [language, size] = GetParam();
    const std::string file =
        name + "-" + (language == Language::zh ? "zh" : "en") + "-" + size.name + ".png";
    EXPECT_EQ(complaints(driver.kiosk().drawn(), scale_of(size)), "") << file;
    std::filesystem::create_directories(PACKBENCH_SCREENS);
    const Status saved = driver.kiosk().save_screenshot(std::string(PACKBENCH_SCREENS "/") + file);
    EXPECT_TRUE(saved.ok()) << saved.error().text;
  }
};

TEST_P(Screens, SayItClearlyAndWithinTheirBounds) {
  const auto [language, size] = GetParam();
  Driver driver(language, size.width, size.height);
  const auto all = samples(language);
  for (const Sample& each : all) {
    driver.show(sample(all, "signed_out").view);
    driver.show(each.view);
    judge(driver, each.name);
  }
}

// Everything that the picture says, line after line.
std::string said(Driver& driver) {
  std::string all;
  for (const ui::TextDrawn& text : driver.kiosk().drawn().texts) all += text.text + " ";
  return all;
}

TEST_P(Screens, WhatAilsADeviceIsSaidInWordsWithWhatToDo) {
  const auto [language, size] = GetParam();
  const bool zh = language == Language::zh;
  Driver driver(language, size.width, size.height);
  const auto all = samples(language);
  const auto expect = [&](const std::string& view, std::vector<const char*> words) {
    driver.show(sample(all, "signed_out").view);
    driver.show(sample(all, view).view);
    for (const char* word : words)
      EXPECT_NE(said(driver).find(word), std::string::npos) << view << ": " << word << "\n"
                                                            << said(driver);
  };
  const bool narrow = size.width == 800;
  // Three troubles at once: each has a word in the rail, the first of the others its next step.
  if (zh)
    expect("printing_troubles",
           {narrow ? "有多台" : "有多台，请指定一台", narrow ? "内存" : "内存不够", "低于零",
            "请主管在配置里写明", "排除后自动接着打"});
  else
    expect("printing_troubles",
           {"which", "memory", "below", "Have it named in the configuration", "goes on by itself"});
  expect("awaiting_unplugged", {zh ? "看电源和连线" : "Check power and cable"});
  expect("printing_paused", {zh ? "会问面单出来没有" : "Stop waiting: it asks"});
  expect("verifying_scale_fault", {zh ? "以此为准" : "it counts"});
  expect("weighing_no_scale", {zh ? "秤：没连上" : "Scale: not connected"});
  expect("awaiting_unsent", {zh ? "待发 57" : "57 unsent"});
  expect("awaiting_unsent_stuck",
         {zh ? "待发 1457" : "1457 unsent", zh ? "通了会自动发" : "they go by themselves"});
  expect("awaiting_deliveries_refused", {zh ? "不收 12" : "12 refused", "packbench outbox list"});
  expect("packing_unsent", {"12", "1457"});
  expect("handover_deliveries_refused", {"packbench outbox list"});
  if (zh) expect("printing", {"剩"});
  // What is left goes by its last visit: one missed, two soon, the rest as it is.
  expect("handover",
         {zh ? "13:30 末班已过" : "13:30 missed", zh ? "揽收 14:40 前" : "pickup by 14:40",
          zh ? "揽收 16:30 前" : "pickup by 16:30"});
  // What was scanned is right: nothing is crossed out.
  expect("verifying_scale_away", {zh ? "接好秤" : "Connect the scale"});
  EXPECT_EQ(said(driver).find(zh ? "扫到的" : "You scanned"), std::string::npos);
}

TEST_P(Screens, WhereEverythingIsSentTheRailSaysNothingOfIt) {
  const auto [language, size] = GetParam();
  Driver driver(language, size.width, size.height);
  driver.show(sample(samples(language), "awaiting_order").view);
  for (const char* word : {"待发", "不收", "unsent", "refused"})
    EXPECT_EQ(said(driver).find(word), std::string::npos) << word;
}

TEST_P(Screens, MenusAreReachedByTouch) {
  const auto [language, size] = GetParam();
  Driver driver(language, size.width, size.height);
  const auto all = samples(language);
  const auto menu = [&](const std::string& view, std::vector<std::string> touches,
                        const std::string& name) {
    driver.show(sample(all, "signed_out").view);
    driver.show(sample(all, view).view);
    for (const std::string& touch : touches) driver.press(touch);
    judge(driver, name);
  };
  menu("packing", {"more"}, "menu_more_packing");
  menu("packing_many", {"short"}, "menu_pick_item");
  menu("packing_many", {"short", "item TEE-07"}, "menu_short_reasons");
  menu("verifying_label", {"more"}, "menu_more_label");
  menu("verifying_label", {"reprint"}, "menu_reprint_reasons");
  menu("awaiting_order", {"handover"}, "menu_carriers");
  menu("awaiting_order", {"parked"}, "menu_parked");
  menu("handover", {"left"}, "menu_left_behind");
  menu("handover", {"more"}, "menu_more_dock");
  menu("handover", {"more", "incident"}, "menu_incident");
  menu("handover", {"more", "courier's count", "pad 4"}, "menu_count_pad");
  menu("handover", {"more", "other lane"}, "packing_beside_dock");
  menu("handover_refused", {"more", "other lane"}, "packing_beside_dock_refused");
  menu("awaiting_order", {"more"}, "menu_more");
  menu("awaiting_order", {"more", "came back"}, "menu_came_back");
  menu("parcel_left", {"take in"}, "menu_came_back_reasons");
  menu("weighing", {"weight", "pad 8", "pad 4", "pad 6"}, "menu_weight_pad");
}

Standing parcel_of(const std::string& number, ListName list, NextStep next, std::int64_t fen) {
  Standing row;
  row.list = list;
  row.next = next;
  row.parcel = "B-P" + number.substr(number.size() - 2);
  row.carrier = "SF";
  row.number = number;
  row.orders = {{"taobao", "mugs", "3094618827719946"}};
  row.age.length = Duration::minutes(200);
  row.ship_by = kSampleNow + Duration::hours(3);
  if (fen != 12'000) row.last_visit = kSampleNow + Duration::minutes(fen / 500 - 24);
  row.at_risk = Money{fen, "CNY"};
  row.ship = ClockState::at_risk;
  return row;
}

// A courier who did not come, one whose next visit is too late for some, one who is late for all.
std::vector<ui::ListRow> pickup_rows() {
  ExtraPickup missed;
  missed.carrier = "SF";
  missed.missed_visit = kSampleNow - Duration::minutes(40);
  missed.next_visit = kSampleNow + Duration::hours(3);
  missed.parcels.resize(7);
  ExtraPickup at_risk = missed;
  at_risk.carrier = "YTO";
  at_risk.ship_by = kSampleNow + Duration::hours(9);
  at_risk.next_visit = kSampleNow + Duration::hours(20);
  at_risk.at_risk = 12;
  at_risk.parcels.resize(19);
  at_risk.money.sums = {{"CNY", 0, 6'000, 0, 0}};
  ExtraPickup late = at_risk;
  late.carrier = "ZTO";
  late.late = 4;
  return {at_risk, late, missed};
}

std::vector<ui::ListRow> affected_rows() {
  AffectedOrder moved;
  moved.key = {"taobao", "mugs", "3094618827719946"};
  moved.carrier = "SF";
  moved.province = "浙江省";
  moved.promise = {Instant{1'795'737'600'000'000}, Instant{1'795'478'400'000'000}, "Double 11"};
  AffectedOrder stopped = moved;
  stopped.key.number = "3094618827719953";
  stopped.province = "广东省";
  stopped.promise = {kSampleNow + Duration::hours(20), {}, {}};
  stopped.stop = {{"SF", "广东省", {kSampleNow, kSampleNow + Duration::hours(40)}, "台风"}, false};
  stopped.parcel = "P-1";
  stopped.number = "SF1234567890128";
  AffectedOrder both = stopped;
  both.key.number = "3094618827719961";
  both.promise = moved.promise;
  both.stop->perhaps = true;
  return {moved, stopped, both};
}

TEST_P(Screens, ListsSayWhereEverythingStands) {
  const auto [language, size] = GetParam();
  Driver driver(language, size.width, size.height);
  const auto all = samples(language);
  std::vector<std::string> asked;
  driver.kiosk().set_ask_list([&](const std::string& name) { asked.push_back(name); });
  driver.show(sample(all, "awaiting_order").view);
  for (const char* touch : {"more", "lists"}) driver.press(touch);
  judge(driver, "lists");
  driver.press("list waiting");
  EXPECT_EQ(asked, std::vector<std::string>{"waiting"});
  judge(driver, "list_reading");
  ui::ListPage page{"waiting", 230, {}, false};
  for (int i = 10; i < 40; ++i)
    page.rows.push_back(parcel_of("SF10000000000" + std::to_string(i), ListName::waiting,
                                  i % 2 == 0 ? NextStep::hand_over : NextStep::accept_trace,
                                  i * 1'000));
  driver.kiosk().publish_list({"pending", 1, page.rows, false});
  driver.step();
  EXPECT_FALSE(driver.offers("page after")) << "a list that nobody waits for is not shown";
  driver.kiosk().publish_list(page);
  driver.step();
  judge(driver, "list_waiting");
  EXPECT_TRUE(driver.shows("SF1000 0000 0001 0"));
  EXPECT_TRUE(driver.shows("230"));
  EXPECT_TRUE(driver.shows(language == Language::zh ? "14:28 末班已过" : "14:28 missed"));
  EXPECT_TRUE(driver.shows(language == Language::zh ? "发货 17:32 前" : "ship by 17:32"));
  EXPECT_TRUE(driver.shows(language == Language::zh ? "揽收" : "pickup by"));
  driver.press("page after");
  EXPECT_FALSE(driver.shows("SF1000 0000 0001 0"));
  driver.press("page before");
  EXPECT_TRUE(driver.shows("SF1000 0000 0001 0"));
  driver.press("back");
  EXPECT_FALSE(driver.shows("SF1000 0000 0001 0"));
  for (const char* touch : {"more", "lists", "list anomalies"}) driver.press(touch);
  driver.kiosk().publish_list(
      {"anomalies",
       2,
       {parcel_of("SF1000000000077", ListName::stopped_after_label, NextStep::take_out, 48'000),
        parcel_of("YT1234567890123", ListName::not_collected, NextStep::call_pickup, 1'250)},
       false});
  driver.step();
  judge(driver, "list_anomalies");
  for (const char* touch : {"back", "more", "lists", "list pickups"}) driver.press(touch);
  driver.kiosk().publish_list({"pickups", 3, pickup_rows(), false});
  driver.step();
  judge(driver, "list_pickups");
  EXPECT_TRUE(driver.shows("60.00 CNY")) << "what the extra visit saves";
  for (const char* touch : {"back", "more", "lists", "list affected"}) driver.press(touch);
  driver.kiosk().publish_list({"affected", 3, affected_rows(), false});
  driver.step();
  judge(driver, "list_affected");
  EXPECT_TRUE(driver.shows("11-27 08:00")) << "the promise that the season moved";
  EXPECT_EQ(asked.size(), 4U);
  EXPECT_EQ(asked.back(), "affected");
  for (const char* touch : {"back", "more", "lists", "list pending"}) driver.press(touch);
  driver.kiosk().publish_list({"pending", 0, {}, false});
  driver.step();
  judge(driver, "list_empty");
  for (const char* touch : {"back", "more", "lists", "list recorded"}) driver.press(touch);
  driver.kiosk().publish_list({"recorded", 0, {}, true});
  driver.step();
  judge(driver, "list_failed");
}

std::string case_name(const ::testing::TestParamInfo<std::tuple<Language, Size>>& info) {
  const auto& [language, size] = info.param;
  return std::string(language == Language::zh ? "zh_" : "en_") + size.name;
}

INSTANTIATE_TEST_SUITE_P(All, Screens,
                         ::testing::Combine(::testing::Values(Language::zh, Language::en),
                                            ::testing::Values(Size{"1280x800", 1280, 800},
                                                              Size{"1920x1080", 1920, 1080},
                                                              Size{"800x1280", 800, 1280})),
                         case_name);

}  // namespace
}  // namespace packbench::ui_test
