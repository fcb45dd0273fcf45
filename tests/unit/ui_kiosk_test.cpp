// The window as a device: scans come as key strokes, fingers as finger events, and what is touched
// arrives as an input of the station.
#include <SDL.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "base/utf8.h"
#include "ui_driver.h"

namespace packbench::ui_test {
namespace {

using station::Command;
using station::LaneId;
using station::Language;
using station::Scan;
using station::Verb;

class Kiosk : public ::testing::Test {
 protected:
  void show(const std::string& name) { driver_.show(sample(all_, name).view); }
  const Command& command(std::size_t index) {
    return std::get<Command>(driver_.posted.at(index).body);
  }
  const Scan& scan(std::size_t index) { return std::get<Scan>(driver_.posted.at(index).body); }

  Driver driver_{Language::en, 1280, 800};
  std::vector<Sample> all_ = samples(Language::en);
};

TEST_F(Kiosk, TypedLinesAreScans) {
  show("packing");
  driver_.type("]C1SF1000000000001");
  EXPECT_TRUE(driver_.posted.empty());
  EXPECT_TRUE(driver_.shows("Typed ]C1SF1000000000001"));
  driver_.key(SDLK_RETURN);
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(scan(0).code.bytes, "SF1000000000001");
  EXPECT_EQ(scan(0).code.aim, "]C1");
  driver_.type("5901234123457");
  driver_.key(SDLK_TAB);
  ASSERT_EQ(driver_.posted.size(), 2U);
  EXPECT_EQ(scan(1).code.bytes, "5901234123457");
}

TEST_F(Kiosk, APrintedSlashIsNeverAnAction) {
  show("packing");
  driver_.type("/abandon");
  driver_.key(SDLK_RETURN);
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(scan(0).code.bytes, "/abandon");
}

TEST_F(Kiosk, GroupSeparatorsComeAsControlBracket) {
  show("packing");
  driver_.type("0104006381333931");
  driver_.type("10LOT7");
  driver_.key(SDLK_RIGHTBRACKET, KMOD_LCTRL);
  driver_.type("21S1");
  driver_.key(SDLK_RETURN);
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(scan(0).code.bytes,
            "010400638133393110LOT7\x1D"
            "21S1");
}

TEST_F(Kiosk, EscapeForgetsWhatWasTyped) {
  show("packing");
  driver_.type("garbage");
  driver_.key(SDLK_ESCAPE);
  driver_.key(SDLK_RETURN);
  EXPECT_TRUE(driver_.posted.empty());
}

TEST_F(Kiosk, KeysPostOneCommandForOnePress) {
  show("packing");
  driver_.press("undo");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::undo);
  EXPECT_EQ(driver_.posted[0].lane, LaneId::bench);
}

TEST_F(Kiosk, FingersPressAsWell) {
  show("print_unknown");
  driver_.press_finger("printed no");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::printed);
  EXPECT_EQ(command(0).args, std::vector<std::string>{"no"});
}

TEST_F(Kiosk, ARefusalHasNothingToPressAway) {
  show("wrong_item");
  EXPECT_TRUE(driver_.offers("more"));
  EXPECT_FALSE(driver_.offers("undo"));
  EXPECT_EQ(driver_.kiosk().drawn().targets.size(), 1U);
}

TEST_F(Kiosk, ShortTakesItemAndReason) {
  show("packing_many");
  driver_.press("short");
  driver_.press("item CAN-1");
  driver_.press("reason not_found");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::short_);
  EXPECT_EQ(command(0).args, (std::vector<std::string>{"CAN-1", "1", "not_found"}));
  EXPECT_TRUE(driver_.offers("short")) << "back to the screen of the phase";
}

TEST_F(Kiosk, ChecksAreAnsweredByHand) {
  show("checks");
  driver_.press("pass");
  driver_.press("fail");
  driver_.press("reason material_missing");
  ASSERT_EQ(driver_.posted.size(), 2U);
  EXPECT_EQ(command(0).args, (std::vector<std::string>{"gift_wrap", "pass"}));
  EXPECT_EQ(command(1).args, (std::vector<std::string>{"gift_wrap", "fail", "material_missing"}));
}

TEST_F(Kiosk, GoodsWithoutABarcodeAreChosenByTouch) {
  show("packing_by_hand");
  driver_.press("by hand");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::item);
  EXPECT_EQ(command(0).args, std::vector<std::string>{"MUG-01"});
}

TEST_F(Kiosk, APinIsEnteredOnThePadOrTyped) {
  show("pin");
  for (const char* key : {"pad 4", "pad 7", "pad delete", "pad 2", "pad 0", "pad 1"})
    driver_.press(key);
  EXPECT_FALSE(driver_.shows("4201")) << "nobody reads a PIN over a shoulder";
  driver_.press("pad confirm");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::sign_in);
  EXPECT_EQ(command(0).args, (std::vector<std::string>{"9001", "4201"}));
  EXPECT_TRUE(driver_.shows("Wrong PIN")) << "the same answer again means that it was wrong";
  driver_.type("4202");
  driver_.key(SDLK_RETURN);
  ASSERT_EQ(driver_.posted.size(), 2U);
  EXPECT_EQ(command(1).args, (std::vector<std::string>{"9001", "4202"}));
}

TEST_F(Kiosk, ScansGoToTheLaneThatIsShown) {
  show("handover");
  EXPECT_EQ(driver_.kiosk().lane(), LaneId::dock);
  driver_.type("SF1000000000001");
  driver_.key(SDLK_RETURN);
  driver_.press("more");
  driver_.press("other lane");
  driver_.type("5901234123457");
  driver_.key(SDLK_RETURN);
  ASSERT_EQ(driver_.posted.size(), 2U);
  EXPECT_EQ(driver_.posted[0].lane, LaneId::dock);
  EXPECT_EQ(driver_.posted[1].lane, LaneId::bench);
}

TEST_F(Kiosk, HandoverBeginsWithACarrier) {
  show("awaiting_order");
  driver_.press("handover");
  driver_.press("carrier YTO");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::handover);
  EXPECT_EQ(command(0).args, std::vector<std::string>{"YTO"});
}

TEST_F(Kiosk, WhatTheCourierRefusesIsSaidByTouch) {
  show("handover");
  driver_.press("more");
  driver_.press("courier refuses");
  driver_.press("reason box_damaged");
  driver_.press("more");
  driver_.press("incident");
  driver_.press("reason late");
  driver_.press("more");
  driver_.press("courier's count");
  driver_.press("pad 4");
  driver_.press("pad 2");
  driver_.press("pad confirm");
  ASSERT_EQ(driver_.posted.size(), 3U);
  EXPECT_EQ(command(0).verb, Verb::refused_by_courier);
  EXPECT_EQ(command(0).args.size(), 2U);
  EXPECT_EQ(command(0).args.back(), "box_damaged");
  EXPECT_EQ(command(1).verb, Verb::incident);
  EXPECT_EQ(command(1).args, std::vector<std::string>{"late"});
  EXPECT_EQ(command(2).verb, Verb::close_manifest);
  EXPECT_EQ(command(2).args, std::vector<std::string>{"42"});
}

TEST_F(Kiosk, AParcelThatCameBackIsTakenInWithItsReason) {
  show("awaiting_order");
  driver_.press("more");
  driver_.press("came back");
  EXPECT_TRUE(driver_.shows("Scan the box's label"));
  driver_.type("SF1000000000001");
  driver_.key(SDLK_RETURN);
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(scan(0).code.bytes, "SF1000000000001") << "the bench says what it is";
  show("parcel_left");
  driver_.press("reason buyer_refused");
  ASSERT_EQ(driver_.posted.size(), 2U);
  EXPECT_EQ(command(1).verb, Verb::returned);
  EXPECT_EQ(command(1).args, (std::vector<std::string>{"SF1000000000001", "buyer_refused"}));
  EXPECT_FALSE(driver_.offers("reason buyer_refused"));
}

TEST_F(Kiosk, WhatIsNoReturnedParcelIsAnsweredAsEver) {
  show("awaiting_order");
  driver_.press("more");
  driver_.press("came back");
  driver_.type("SO-0005");
  driver_.key(SDLK_RETURN);
  show("awaiting_hold");
  EXPECT_TRUE(driver_.offers("more"));
  EXPECT_FALSE(driver_.shows("Scan the box's label"));
  show("parcel_left");
  EXPECT_FALSE(driver_.offers("reason other")) << "nobody asked for this one";
}

TEST_F(Kiosk, ALabelThatLeftOffersToTakeItsParcelIn) {
  show("parcel_left");
  driver_.press("take in");
  driver_.press("reason intercepted");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::returned);
  EXPECT_EQ(driver_.posted[0].lane, LaneId::bench);
}

// The label that was refused last may lie about; the courier brings another box.
TEST_F(Kiosk, WhatCameBackIsTheBoxThatIsScannedAfterItWasAskedFor) {
  show("handover_gone_before");
  driver_.press("more");
  driver_.press("came back");
  EXPECT_FALSE(driver_.offers("reason other"));
  driver_.kiosk().scanned();
  show("handover_gone_before");
  EXPECT_TRUE(driver_.shows("SF1000 0000 0000 1"));
  driver_.press("reason other");
  ASSERT_EQ(driver_.posted.size(), 1U);
  EXPECT_EQ(command(0).verb, Verb::returned);
  EXPECT_EQ(command(0).args, (std::vector<std::string>{"SF1000000000001", "other"}));
  EXPECT_EQ(driver_.posted[0].lane, LaneId::dock);
}

TEST_F(Kiosk, AScannerThatDoesNotTypeIsAskedWhyAsWell) {
  show("awaiting_order");
  driver_.press("more");
  driver_.press("came back");
  driver_.kiosk().scanned();
  show("parcel_left");
  EXPECT_TRUE(driver_.offers("reason not_delivered"));
}

TEST_F(Kiosk, TheLanguageIsChangedByTouch) {
  show("packing");
  EXPECT_TRUE(driver_.shows("Scan: Cloud mug"));
  driver_.press("more");
  driver_.press("language");
  EXPECT_EQ(driver_.kiosk().language(), Language::zh);
  EXPECT_TRUE(driver_.shows("第 3 件，共 3 件"));
  EXPECT_TRUE(driver_.posted.empty());
}

TEST_F(Kiosk, AnotherThreadWakesASleepingWindow) {
  show("signed_out");
  std::thread other([&] {
    driver_.kiosk().publish(
        std::make_shared<const station::StationView>(sample(all_, "packing").view));
    driver_.kiosk().close();
  });
  const Status ran = driver_.kiosk().run();
  other.join();
  EXPECT_TRUE(ran.ok());
  EXPECT_TRUE(driver_.shows("Scan: Cloud mug"));
}

TEST_F(Kiosk, CharactersBeyondTheFontDoNotStopTheWindow) {
  auto view = sample(all_, "packing").view;
  view.orders[0].lines[1].parts[0].name = "\xF0\xA0\xAE\xB7\xE9\x87\x8E \xF0\x9F\x98\x80";
  view.orders[0].lines[1].parts[0].variant = "\xFF\xFE broken";
  driver_.show(view);
  EXPECT_FALSE(driver_.kiosk().drawn().texts.empty());
}

std::string picture(Driver& driver, const std::string& name) {
  std::filesystem::create_directories(PACKBENCH_SCREENS);
  const std::string path = PACKBENCH_SCREENS "/" + name + ".png";
  EXPECT_TRUE(driver.kiosk().save_screenshot(path).ok());
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Each new character moves all others within the fonts' texture.
TEST_F(Kiosk, LettersStayWholeWhenOthersComeIn) {
  auto view = sample(all_, "packing").view;
  driver_.show(view);
  const std::string first = picture(driver_, "letters_first");
  for (int i = 0; i < 6; ++i) {
    auto other = view;
    for (int c = 0; c < 10 + 7 * i; ++c)
      other.orders[0].lines[1].parts[0].listing_title +=
          to_utf8(static_cast<char32_t>(0x4E00 + 100 * i + c));
    driver_.show(other);
    EXPECT_NE(picture(driver_, "letters_between"), first);
    driver_.show(view);
    EXPECT_EQ(picture(driver_, "letters_again"), first) << i;
  }
}

std::string picture_by(const char* video_driver) {
  Driver driver(Language::zh, 1280, 800, {}, video_driver);
  driver.show(sample(samples(Language::zh), "wrong_item").view);
  return picture(driver, std::string("by_") + video_driver);
}

TEST(KioskDrivers, DrawTheSamePixels) {
  const std::string dummy = picture_by("dummy");
  EXPECT_GT(dummy.size(), 10'000U);
  EXPECT_EQ(dummy, picture_by("offscreen"));
  if (std::getenv("DISPLAY") != nullptr) {
    EXPECT_EQ(dummy, picture_by("x11"));
  }
}

TEST(KioskDemo, TheTrayScansWhatIsPressed) {
  Driver driver(Language::zh, 1280, 800,
                {{ui::TrayKind::badge, "李秀英", "1001", ""},
                 {ui::TrayKind::product, "马克杯", "4006381333931", "MUG-01"}});
  const auto all = samples(Language::zh);
  driver.show(sample(all, "packing").view);
  driver.press("tray 4006381333931");
  ASSERT_EQ(driver.posted.size(), 1U);
  EXPECT_EQ(std::get<Scan>(driver.posted[0].body).code.bytes, "4006381333931");
  std::filesystem::create_directories(PACKBENCH_SCREENS);
  EXPECT_TRUE(driver.kiosk().save_screenshot(PACKBENCH_SCREENS "/demo_tray.png").ok());
}

TEST(KioskErrors, SayWhatToDo) {
  ui::KioskOptions options;
  options.now = [] { return kSampleNow; };
  options.font_list = "/nonexistent/list.txt";
  const auto no_list = ui::Kiosk::create(options);
  ASSERT_FALSE(no_list.ok());
  EXPECT_EQ(no_list.error().code, "no_font_list");
  options.font_list = PACKBENCH_ASSETS "/fonts/list.txt";
  setenv("SDL_VIDEODRIVER", "no_such_driver", 1);
  const auto no_screen = ui::Kiosk::create(options);
  setenv("SDL_VIDEODRIVER", "dummy", 1);
  ASSERT_FALSE(no_screen.ok());
  EXPECT_EQ(no_screen.error().code, "no_screen");
  EXPECT_NE(no_screen.error().text.find("SDL_VIDEODRIVER=offscreen"), std::string::npos);
}

TEST(KioskErrors, AScreenshotThatCannotBeWrittenIsReported) {
  Driver driver(Language::zh, 1280, 800);
  driver.show(sample(samples(Language::zh), "packing").view);
  EXPECT_FALSE(driver.kiosk().save_screenshot("/nonexistent/folder/screen.png").ok());
}

}  // namespace
}  // namespace packbench::ui_test
