// Scanners that play a keyboard: which characters their keys give, in each layout.
#include "drivers/scanner/keyboard.h"

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "tests/unit/hid_samples.h"
#include "tests/unit/typing_scanner.h"

namespace packbench::drivers {
namespace {

using test::codes;
using test::kAlt;
using test::kAltGr;
using test::kCapsLock;
using test::kEnter;
using test::Key;
using test::kShift;
using test::typed;
using test::TypingScanner;

constexpr std::uint8_t kControl = 0x01;
constexpr std::uint8_t kRightShift = 0x20;

constexpr KeyboardLayout kLayouts[] = {KeyboardLayout::us, KeyboardLayout::de, KeyboardLayout::fr};

std::string characters_of_keys(KeyboardLayout layout, KeyLevel level) {
  std::string text;
  for (unsigned key = 0x04; key <= 0x64; ++key) {
    const auto typed = typed_character(layout_table(layout), static_cast<std::uint8_t>(key), level);
    if (!typed) continue;
    if (typed->dead) text += '.';
    text += to_utf8(typed->character);
  }
  return text;
}

// By the number of the key, unlike the table; a dot before a dead key.
TEST(KeyboardLayouts, SayWhatIsPrintedOnTheKeys) {
  using L = KeyLevel;
  EXPECT_EQ(characters_of_keys(KeyboardLayout::us, L::plain),
            "abcdefghijklmnopqrstuvwxyz1234567890-=[]\\\\;'`,./\\");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::us, L::shift),
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()_+{}||:\"~<>?|");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::us, L::alt_gr), "");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::de, L::plain),
            "abcdefghijklmnopqrstuvwxzy1234567890ß.´ü+##öä.^,.-<");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::de, L::shift),
            "ABCDEFGHIJKLMNOPQRSTUVWXZY!\"§$%&/()=?.`Ü*''ÖÄ°;:_>");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::de, L::alt_gr), "€µ@²³{[]}\\~|");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::fr, L::plain),
            "qbcdefghijkl,noparstuvzxyw&é\"'(-è_çà)=.^$**mù²;:!<");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::fr, L::shift),
            "QBCDEFGHIJKL?NOPARSTUVZXYW1234567890°+.¨£µµM%./§>");
  EXPECT_EQ(characters_of_keys(KeyboardLayout::fr, L::alt_gr), "€.~#{[|.`\\^@]}¤");
}

TEST(KeyboardLayouts, HaveNames) {
  EXPECT_EQ(parse_keyboard_layout("us"), KeyboardLayout::us);
  EXPECT_EQ(parse_keyboard_layout("de"), KeyboardLayout::de);
  EXPECT_EQ(parse_keyboard_layout("fr"), KeyboardLayout::fr);
  EXPECT_EQ(parse_keyboard_layout("dvorak"), std::nullopt);
  EXPECT_EQ(parse_scan_terminator("enter"), ScanTerminator::enter);
  EXPECT_EQ(parse_scan_terminator("none"), ScanTerminator::none);
  EXPECT_EQ(parse_scan_terminator("never"), std::nullopt);
}

TEST(KeyboardRoundTrip, EveryPrintableCharacterOnEveryLayout) {
  for (const KeyboardLayout layout : kLayouts) {
    TypingScanner scanner(layout);
    std::string text;
    for (char c = ' '; c <= '~'; ++c) text.push_back(c);
    ASSERT_TRUE(scanner.type(text)) << "a character of ASCII cannot be typed";
    scanner.press({kEnter, 0});
    EXPECT_EQ(scanner.scans, codes({text}));
  }
}

TEST(KeyboardRoundTrip, TheLayoutsOwnLetters) {
  TypingScanner german(KeyboardLayout::de);
  ASSERT_TRUE(german.type("Größe: Ärger über Öl, äöüÄÖÜß §°²³€µ áéíóúý ÂÊÎÔÛ àèù ´"));
  german.press({kEnter, 0});
  EXPECT_EQ(german.scans, codes({"Größe: Ärger über Öl, äöüÄÖÜß §°²³€µ áéíóúý ÂÊÎÔÛ àèù ´"}));
  TypingScanner french(KeyboardLayout::fr);
  ASSERT_TRUE(french.type("ça été à Nîmes, où naïve ÊËÏ ÿ ñãõ 12€ £¤§°²µ ¨"));
  french.press({kEnter, 0});
  EXPECT_EQ(french.scans, codes({"ça été à Nîmes, où naïve ÊËÏ ÿ ñãõ 12€ £¤§°²µ ¨"}));
}

TEST(KeyboardRoundTrip, AltCodesGiveEveryCharacterOnEveryLayout) {
  for (const KeyboardLayout layout : kLayouts) {
    TypingScanner scanner(layout);
    const std::string text = "AZ09 ~äß€é“–中文𝄞\x1D";
    const auto characters = code_points(text).value();
    for (const char32_t character : characters) scanner.type_alt_code(character);
    scanner.press({kEnter, 0});
    EXPECT_EQ(scanner.scans, codes({text}));
  }
}

TEST(KeyboardDeadKeys, ComposeOrStandAlone) {
  const Key circumflex{0x35, 0};
  const Key acute{0x2E, 0};
  const Key e{0x08, 0};
  const Key x{0x1B, 0};
  const Key space{0x2C, 0};
  const auto de = KeyboardLayout::de;
  EXPECT_EQ(typed(de, {circumflex, e}), "ê");
  EXPECT_EQ(typed(de, {circumflex, {0x08, kShift}}), "Ê");
  EXPECT_EQ(typed(de, {acute, e}), "é");
  EXPECT_EQ(typed(de, {{0x2E, kShift}, e}), "è");
  EXPECT_EQ(typed(de, {circumflex, space}), "^");
  EXPECT_EQ(typed(de, {circumflex, x}), "^x");
  EXPECT_EQ(typed(de, {circumflex, circumflex}), "^^");
  EXPECT_EQ(typed(de, {circumflex, circumflex, e}), "^^e");
  EXPECT_EQ(typed(de, {circumflex}), "^");
  const Key fr_dead{0x2F, 0};
  EXPECT_EQ(typed(KeyboardLayout::fr, {fr_dead, e}), "ê");
  EXPECT_EQ(typed(KeyboardLayout::fr, {{0x2F, kShift}, e}), "ë");
  EXPECT_EQ(typed(KeyboardLayout::fr, {{0x2F, kShift}, space}), "¨");
  // The ^ of AltGr is no dead key there.
  EXPECT_EQ(typed(KeyboardLayout::fr, {{0x26, kAltGr}, e}), "^e");
}

TEST(KeyboardModifiers, BothShiftsAltGrAndItsOtherForm) {
  EXPECT_EQ(typed(KeyboardLayout::us, {{0x04, kShift}, {0x04, kRightShift}, {0x04, 0}}), "AAa");
  EXPECT_EQ(typed(KeyboardLayout::de, {{0x14, kAltGr}, {0x14, kControl | kAlt}}), "@@");
  EXPECT_EQ(typed(KeyboardLayout::de, {{0x24, kAltGr | kShift}}), "{");
}

TEST(KeyboardModifiers, ControlGivesControlCharacters) {
  const Key gs{0x30, kControl};
  for (const KeyboardLayout layout : kLayouts) {
    EXPECT_EQ(typed(layout, {{0x1E, 0}, gs}).back(), '\x1D');
  }
  EXPECT_EQ(typed(KeyboardLayout::us, {{0x0A, 0x10}}), "\x07");
  EXPECT_EQ(typed(KeyboardLayout::us, {{0x23, kControl | kShift}}), "\x1E");
  EXPECT_EQ(typed(KeyboardLayout::us, {{0x2D, kControl | kShift}}), "\x1F");
  // The letter counts, not its place.
  EXPECT_EQ(typed(KeyboardLayout::fr, {{0x14, kControl}}), "\x01");
  EXPECT_EQ(scan_problem(typed(KeyboardLayout::us, {{0x04, 0}, {0x30, kControl | kAlt}})),
            "not_printable");
  // Ctrl+M is Enter.
  TypingScanner scanner(KeyboardLayout::us);
  scanner.press({0x04, 0});
  scanner.press({0x10, kControl});
  EXPECT_EQ(scanner.scans, codes({"a"}));
}

TEST(KeyboardModifiers, CapsLockOfTheScannerIsFollowed) {
  const auto us = KeyboardLayout::us;
  EXPECT_EQ(
      typed(us, {{kCapsLock, 0}, {0x04, 0}, {0x05, kShift}, {0x1E, 0}, {kCapsLock, 0}, {0x04, 0}}),
      "Ab1a");
  EXPECT_EQ(typed(KeyboardLayout::de, {{kCapsLock, 0}, {0x34, 0}, {0x1E, 0}, {0x38, 0}}), "Ä!-");
  EXPECT_EQ(typed(KeyboardLayout::fr, {{kCapsLock, 0}, {0x1E, 0}, {0x64, 0}}), "1<");
  // A Caps Lock that was lost does not spoil the scans after it.
  TypingScanner scanner(us);
  scanner.press({kCapsLock, 0});
  scanner.press({0x04, 0});
  scanner.press({kEnter, 0});
  scanner.now = scanner.now + Duration::seconds(2);
  scanner.press({0x04, 0});
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans, codes({"A", "a"}));
  TypingScanner silent(us, ScanTerminator::none);
  silent.press({kCapsLock, 0});
  silent.press({0x04, 0});
  silent.tick(Duration::milliseconds(60));
  silent.press({0x04, 0});
  silent.tick(Duration::milliseconds(60));
  EXPECT_EQ(silent.scans, codes({"A", "a"}));
}

TEST(KeyboardKeypad, TypesDigitsAndSigns) {
  EXPECT_EQ(typed(KeyboardLayout::us, {{0x59, 0},
                                       {0x61, 0},
                                       {0x62, 0},
                                       {0x63, 0},
                                       {0x54, 0},
                                       {0x55, 0},
                                       {0x56, 0},
                                       {0x57, 0},
                                       {0x67, 0}}),
            "190./*-+=");
  EXPECT_EQ(typed(KeyboardLayout::de, {{0x63, 0}}), ",");
  EXPECT_EQ(typed(KeyboardLayout::us, {{0x53, 0}, {0x59, 0}}), "1");
  TypingScanner scanner(KeyboardLayout::us);
  scanner.press({0x59, 0});
  scanner.press({0x58, 0});
  EXPECT_EQ(scanner.scans, codes({"1"}));
}

TEST(KeyboardAltCodes, FollowTheRuleOfTheLeadingZero) {
  const auto alt = [](std::string_view digits) {
    TypingScanner scanner(KeyboardLayout::us);
    scanner.type_alt_digits(digits);
    scanner.press({kEnter, 0});
    return scanner.scans.empty() ? "" : scanner.scans[0].bytes;
  };
  EXPECT_EQ(alt("130"), "é");
  EXPECT_EQ(alt("0233"), "é");
  EXPECT_EQ(alt("225"), "ß");
  EXPECT_EQ(alt("0128"), "€");
  EXPECT_EQ(alt("065"), "A");
  EXPECT_EQ(alt("65"), "A");
  EXPECT_EQ(alt("029"), "\x1D");
  EXPECT_EQ(alt("0029"), "\x1D");
  EXPECT_EQ(alt("29"), "\x1D");
  EXPECT_EQ(alt("20013"), "中");
  EXPECT_EQ(alt("020013"), "中");
  for (const auto none : {"0", "55296", "1114112", "123456789", "99999999", "000000065"}) {
    EXPECT_EQ(scan_problem(alt(none)), "not_printable") << none;
    EXPECT_TRUE(is_utf8(alt(none))) << none;
  }
}

TEST(KeyboardAltCodes, TheCharacterComesBeforeTheNextKey) {
  TypingScanner scanner(KeyboardLayout::us);
  scanner.send({0, kAlt, {}});
  scanner.send({0, kAlt, {0x5E}});  // 6 on the keypad
  scanner.send({0, kAlt, {0x5D}});  // 5, in the report in which the 6 is let go
  scanner.send({0, 0, {0x05}});     // b, in the report in which Alt is let go
  scanner.send({0, 0, {}});
  scanner.press({kEnter, 0});
  EXPECT_EQ(scanner.scans, codes({"Ab"}));
}

TEST(KeyboardAltCodes, OtherKeysWithAltAreRefused) {
  EXPECT_EQ(scan_problem(typed(KeyboardLayout::us, {{0x04, 0}, {0x04, kAlt}})), "not_printable");
  EXPECT_EQ(scan_problem(typed(KeyboardLayout::us, {{0x04, 0}, {0x1E, kAlt}})), "not_printable");
}

}  // namespace
}  // namespace packbench::drivers
