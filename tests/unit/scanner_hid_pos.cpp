// HID point of sale scanners: real and synthetic reports, and what is not whole.
#include "drivers/scanner/hid_pos.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/unit/hid_samples.h"

namespace packbench::drivers {
namespace {

using test::Bytes;
using test::hex;

constexpr Duration kStart = Duration::seconds(100);

HidPosReader reader_of(std::string_view descriptor) {
  return HidPosReader::from(parse_report_descriptor(hex(descriptor)).value()).value();
}

// A report of kCountedPos.
Bytes counted(std::string_view aim, std::string_view data, bool continued = false) {
  Bytes report(64, 0);
  report[0] = 2;
  report[1] = static_cast<std::uint8_t>(data.size());
  std::copy(aim.begin(), aim.end(), report.begin() + 2);
  std::copy(data.begin(), data.end(), report.begin() + 5);
  report[63] = continued ? 1 : 0;
  return report;
}

std::vector<Barcode> one(std::string bytes, std::string aim) {
  return {Barcode{std::move(bytes), std::move(aim)}};
}

struct Sample {
  Bytes report;
  std::string text;
  std::string aim;
  bool continued = false;
};

// "Raw", "Data", the usages fd, fc, fb (last character first), and "Button ff" where more follows.
std::vector<Sample> honeywell_samples(const std::vector<std::string>& lines) {
  std::vector<Sample> samples;
  for (const std::string& line : lines) {
    const auto value = [&line] { return static_cast<char>(hex(line.substr(line.rfind('=')))[0]); };
    if (line.starts_with("Raw  ")) {
      samples.push_back({hex(line.substr(5)), "", "", false});
    } else if (line.starts_with("Data ")) {
      samples.back().text = line.substr(5);
    } else if (line.starts_with("Usage f") && line.find("page 8c") != std::string::npos) {
      samples.back().aim.insert(0, 1, value());
    } else if (line == "Button ff") {
      samples.back().continued = true;
    }
  }
  return samples;
}

TEST(HidPos, TheHoneywellReportsSayWhatIsWrittenOfThem) {
  const auto lines = test::sample_lines("honeywell_0c2e-1007_hidpos_reports.txt");
  if (!lines) GTEST_SKIP() << "no samples beside the repository";
  const auto samples = honeywell_samples(*lines);
  ASSERT_EQ(samples.size(), 9U);
  HidPosReader reader = reader_of(test::kCountedPos);
  std::string long_text;
  std::vector<Barcode> scans;
  for (const Sample& sample : samples) {
    const auto read = read_hid_pos_report(reader.layouts().at(0), sample.report);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->data, sample.text);
    EXPECT_EQ(read->aim, sample.aim);
    EXPECT_EQ(read->continued, sample.continued);
    EXPECT_FALSE(read->damaged);
    if (sample.aim == "]Q1") long_text += read->data;
    for (Barcode& scan : reader.take(sample.report, kStart)) scans.push_back(std::move(scan));
  }
  EXPECT_TRUE(
      long_text.starts_with("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed"));
  EXPECT_TRUE(long_text.ends_with("deserunt mollit anim id est laborum."));
  EXPECT_EQ(long_text.size(), 445U);
  // The second is longer than a scan may be, and shall be seen to be.
  ASSERT_EQ(scans.size(), 2U);
  EXPECT_EQ(scans[0], (Barcode{"306030209223", "]E0"}));
  EXPECT_EQ(scans[1], (Barcode{long_text.substr(0, kScanBytesMax + 1), "]Q1"}));
  EXPECT_EQ(scan_problem(scans[1].bytes), "too_long");
}

TEST(HidPos, TheSyntheticDescriptorsWork) {
  const auto lines = test::sample_lines("hidpos_descriptors_synthetic.txt");
  if (!lines) GTEST_SKIP() << "no samples beside the repository";
  HidPosReader with_count = reader_of(lines->at(1));
  Bytes report(62, 0);
  const Bytes begin = hex("02 04 5d 43 31 53 4f 2d 31 58 58");
  std::copy(begin.begin(), begin.end(), report.begin());
  EXPECT_EQ(with_count.take(report, kStart), one("SO-1", "]C1"));
  HidPosReader plain = reader_of(lines->at(3));
  Bytes padded(61, 0);
  const Bytes text = hex("02 5d 43 31 53 4f 2d 31");
  std::copy(text.begin(), text.end(), padded.begin());
  EXPECT_EQ(plain.take(padded, kStart), one("SO-1", "]C1"));
}

TEST(HidPos, KeepsControlCharactersAndTheSymbology) {
  HidPosReader reader = reader_of(test::kCountedPos);
  const std::string gs1 =
      "0109506000134352\x1D"
      "10AB";
  EXPECT_EQ(reader.take(counted("]d2", gs1), kStart), one(gs1, "]d2"));
  const std::string nuls("A\0B\0", 4);
  EXPECT_EQ(reader.take(counted("]C0", nuls), kStart), one(nuls, "]C0"));
  EXPECT_EQ(reader.take(counted("", "123"), kStart), one("123", ""));
}

TEST(HidPos, AnIdentifierBeforeTheDataIsNoPartOfIt) {
  HidPosReader reader = reader_of(test::kCountedPos);
  EXPECT_EQ(reader.take(counted("", "]C1123"), kStart), one("123", "]C1"));
  EXPECT_EQ(reader.take(counted("]C1", "]C1123"), kStart), one("123", "]C1"));
  // Another one than the scanner says is data.
  EXPECT_EQ(reader.take(counted("]Q1", "]C1123"), kStart), one("]C1123", "]Q1"));
}

TEST(HidPos, JoinsWhatIsContinued) {
  HidPosReader reader = reader_of(test::kCountedPos);
  const std::string first(56, 'a');
  EXPECT_TRUE(reader.take(counted("]Q1", first, true), kStart).empty());
  EXPECT_TRUE(reader.take(counted("]Q1", "bb", true), kStart).empty());
  EXPECT_TRUE(reader.deadline());
  EXPECT_EQ(reader.take(counted("]Q1", "c"), kStart), one(first + "bbc", "]Q1"));
  EXPECT_FALSE(reader.deadline());
}

TEST(HidPos, AnEmptyReportMayEndAScan) {
  HidPosReader reader = reader_of(test::kCountedPos);
  EXPECT_TRUE(reader.take(counted("]Q1", "abc", true), kStart).empty());
  EXPECT_EQ(reader.take(counted("]Q1", ""), kStart), one("abc", "]Q1"));
}

TEST(HidPos, ThePartsOfAScanNeedNotRepeatItsSymbology) {
  HidPosReader reader = reader_of(test::kCountedPos);
  EXPECT_TRUE(reader.take(counted("]Q1", "abc", true), kStart).empty());
  EXPECT_EQ(reader.take(counted("", "def"), kStart), one("abcdef", "]Q1"));
}

TEST(HidPos, AnIdentifierAloneIsNoScan) {
  HidPosReader reader = reader_of(test::kCountedPos);
  EXPECT_TRUE(reader.take(counted("", "]C1"), kStart).empty());
  EXPECT_FALSE(reader.deadline());
}

TEST(HidPos, WithoutACountNulsAtTheEndArePadding) {
  HidPosReader reader = reader_of(test::kShortPos);
  EXPECT_EQ(reader.take(hex("01 41 00 42 00 00"), kStart), one(std::string("A\0B", 3), ""));
  EXPECT_TRUE(reader.take(hex("01 41 42 43 44 01"), kStart).empty());
  EXPECT_EQ(reader.take(hex("01 45 00 00 00 00"), kStart), one("ABCDE", ""));
  // Of a report that is continued they are data: it has no room to spare.
  EXPECT_TRUE(reader.take(hex("01 41 42 43 00 01"), kStart).empty());
  EXPECT_EQ(reader.take(hex("01 45 00 00 00 00"), kStart), one(std::string("ABC\0E", 5), ""));
}

TEST(HidPos, OtherEmptyAndShortReportsSayNothing) {
  HidPosReader reader = reader_of(test::kCountedPos);
  EXPECT_TRUE(reader.take({}, kStart).empty());
  EXPECT_TRUE(reader.take(counted("]C1", ""), kStart).empty());
  Bytes other = counted("]C1", "123");
  other[0] = 3;
  EXPECT_TRUE(reader.take(other, kStart).empty());
  const Bytes whole = counted("]C1", "123");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_TRUE(reader.take(std::span(whole).first(length), kStart).empty()) << length;
  }
  EXPECT_EQ(reader.take(whole, kStart), one("123", "]C1"));
  Bytes longer = whole;
  longer.resize(200, 0x55);
  EXPECT_EQ(reader.take(longer, kStart), one("123", "]C1"));
}

TEST(HidPos, ACountBeyondTheReportIsRefused) {
  HidPosReader reader = reader_of(test::kCountedPos);
  Bytes report = counted("]C1", std::string(56, '1'));
  report[1] = 57;
  const auto scans = reader.take(report, kStart);
  ASSERT_EQ(scans.size(), 1U);
  EXPECT_EQ(scan_problem(scans[0].bytes), "not_printable");
  EXPECT_EQ(reader.take(counted("]C1", "123"), kStart), one("123", "]C1"));
  // Also where a sound report follows it in the same scan.
  report[63] = 1;
  EXPECT_TRUE(reader.take(report, kStart).empty());
  const auto joined = reader.take(counted("]C1", "123"), kStart);
  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(scan_problem(joined[0].bytes), "not_printable");
}

TEST(HidPos, AReportThatLacksItsLastPartsIsShort) {
  // Two bytes of data, then the symbology identifier.
  HidPosReader reader = reader_of(
      "05 8c 09 02 a1 01 15 00 26 ff 00 75 08 95 02 09 fe 82 02 01 95 03 09 fb 09 fc 09 fd 81 02 "
      "c0");
  EXPECT_TRUE(reader.take(hex("41 42 5d 43"), kStart).empty());
  EXPECT_EQ(reader.take(hex("41 42 5d 43 31"), kStart), one("AB", "]C1"));
}

TEST(HidPos, AScanThatIsNeverFinishedDoesNotSpoilTheNext) {
  HidPosReader reader = reader_of(test::kCountedPos);
  EXPECT_TRUE(reader.take(counted("]Q1", "half", true), kStart).empty());
  EXPECT_EQ(reader.deadline(), kStart + kScanUnfinishedAfter);
  EXPECT_TRUE(reader.tick(kStart + Duration::milliseconds(999)).empty());
  auto given_up = reader.tick(kStart + kScanUnfinishedAfter);
  ASSERT_EQ(given_up.size(), 1U);
  EXPECT_EQ(scan_problem(given_up[0].bytes), "not_printable");
  EXPECT_FALSE(reader.deadline());
  EXPECT_TRUE(reader.tick(kStart + Duration::hours(1)).empty());

  // The same when nobody called tick.
  EXPECT_TRUE(reader.take(counted("]Q1", "half", true), kStart).empty());
  const auto both = reader.take(counted("]C1", "whole"), kStart + Duration::seconds(2));
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(scan_problem(both[0].bytes), "not_printable");
  EXPECT_EQ(both[1], (Barcode{"whole", "]C1"}));

  // And when the scanner was opened anew, at once.
  EXPECT_TRUE(reader.take(counted("]Q1", "half", true), kStart).empty());
  reader.reset();
  EXPECT_EQ(reader.take(counted("]C1", "whole"), kStart), one("whole", "]C1"));
}

TEST(HidPos, AnEndlessScanIsCutToOneByteTooMany) {
  HidPosReader reader = reader_of(test::kCountedPos);
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_TRUE(reader.take(counted("]Q1", std::string(56, 'x'), true), kStart).empty());
  }
  EXPECT_EQ(reader.take(counted("]Q1", "end"), kStart),
            one(std::string(kScanBytesMax + 1, 'x'), "]Q1"));
  for (int i = 0; i < 10; ++i) reader.take(counted("]Q1", std::string(56, 'x'), true), kStart);
  const auto given_up = reader.tick(kStart + kScanUnfinishedAfter);
  ASSERT_EQ(given_up.size(), 1U);
  EXPECT_EQ(given_up[0].bytes.size(), kScanBytesMax + 1);
}

TEST(HidPos, AScanOfTheGreatestLengthIsWhole) {
  HidPosReader reader = reader_of(test::kCountedPos);
  std::string text(kScanBytesMax, 'x');
  text.back() = 'y';
  for (std::size_t at = 0; at < text.size(); at += 50) {
    const bool last = at + 50 >= text.size();
    const auto scans = reader.take(counted("]Q1", text.substr(at, 50), !last), kStart);
    EXPECT_EQ(scans, last ? one(text, "]Q1") : std::vector<Barcode>{});
  }
}

TEST(HidPos, DataInTwoReportsOfOneScanner) {
  // Report 1 and report 2 both hold two bytes of decoded data, declared as arrays.
  HidPosReader reader = reader_of(
      "05 8c 09 02 a1 01 15 00 26 ff 00 75 08 95 02 85 01 09 fe 82 00 01 85 02 09 fe 82 00 01 c0");
  EXPECT_EQ(reader.take(hex("01 41 42"), kStart), one("AB", ""));
  EXPECT_EQ(reader.take(hex("02 43 44"), kStart), one("CD", ""));
}

TEST(HidPos, AScanDoesNotGoOnInAnotherReport) {
  HidPosReader reader = reader_of(
      "05 8c 09 02 a1 01 15 00 26 ff 00 75 08 85 01 95 02 09 fe 82 02 01 95 01 09 ff 81 02 85 02 "
      "95 02 09 fe 82 02 01 95 01 09 ff 81 02 c0");
  EXPECT_TRUE(reader.take(hex("01 41 42 01"), kStart).empty());
  const auto both = reader.take(hex("02 43 44 00"), kStart);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(scan_problem(both[0].bytes), "not_printable");
  EXPECT_EQ(both[1], (Barcode{"CD", ""}));
}

TEST(HidPos, ADescriptorWithoutDataIsRefused) {
  const auto keyboard = parse_report_descriptor(hex(test::kKeyboard)).value();
  const auto refused = HidPosReader::from(keyboard);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "bad_format");
  const auto seven_bits = parse_report_descriptor(hex("05 8c 75 07 95 08 09 fe 82 02 01")).value();
  EXPECT_FALSE(HidPosReader::from(seven_bits));
}

TEST(HidPos, GarbageGivesNothingThatIsTooLong) {
  std::mt19937 random(5);
  for (const auto text : {test::kCountedPos, test::kShortPos}) {
    HidPosReader reader = reader_of(text);
    Duration now = kStart;
    for (int i = 0; i < 20'000; ++i) {
      Bytes report(random() % 70);
      for (std::uint8_t& byte : report) byte = static_cast<std::uint8_t>(random());
      if (!report.empty() && i % 2 == 0) report[0] = reader.layouts()[0].report_id;
      now = now + Duration::milliseconds(static_cast<std::int64_t>(random() % 300));
      for (const Barcode& scan : reader.take(report, now)) {
        EXPECT_LE(scan.bytes.size(), kScanBytesMax + 1);
        EXPECT_FALSE(scan.bytes.empty());
      }
    }
  }
}

}  // namespace
}  // namespace packbench::drivers
