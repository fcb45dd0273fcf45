// Serial scanners: where a scan ends.
#include "drivers/scanner/serial.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/unit/hid_samples.h"

namespace packbench::drivers {
namespace {

using test::bytes_of;
using test::codes;

constexpr Duration kBegin = Duration::seconds(100);
constexpr Duration kPause = Duration::milliseconds(60);

class Serial : public ::testing::Test {
 protected:
  std::vector<Barcode> send(std::string_view text, Duration now = kBegin) {
    return reader_.take(bytes_of(text), now);
  }
  SerialReader reader_;
};

TEST_F(Serial, EveryTerminatorEndsAScan) {
  EXPECT_EQ(send("A\r"), codes({"A"}));
  EXPECT_EQ(send("B\n"), codes({"B"}));
  EXPECT_EQ(send("C\r\n"), codes({"C"}));
  EXPECT_EQ(send("D\t"), codes({"D"}));
  EXPECT_EQ(send("\x02"
                 "E\x03"),
            codes({"E"}));
  EXPECT_EQ(send("\x02"
                 "F\x03\r\n"),
            codes({"F"}));
  EXPECT_EQ(send("\r\n\r\n\x02\x03"), codes({}));
}

TEST_F(Serial, AScanMayComeInPiecesAndSeveralInOne) {
  EXPECT_EQ(send("12"), codes({}));
  EXPECT_EQ(send("34"), codes({}));
  EXPECT_EQ(send("\r"), codes({"1234"}));
  EXPECT_EQ(send("A\rB\rC"), codes({"A", "B"}));
  EXPECT_EQ(send("D\r"), codes({"CD"}));
}

TEST_F(Serial, SplitsOffTheSymbologyAndKeepsTheSeparator) {
  EXPECT_EQ(send("]C10112\x1D"
                 "10A\r"),
            (std::vector{Barcode{"0112\x1D"
                                 "10A",
                                 "]C1"}}));
}

TEST_F(Serial, SilenceEndsAScanOfAScannerWithoutTerminator) {
  EXPECT_FALSE(reader_.deadline());
  EXPECT_EQ(send("12"), codes({}));
  EXPECT_EQ(reader_.deadline(), kBegin + kPause);
  EXPECT_EQ(reader_.tick(kBegin + kPause + Duration{-1}), codes({}));
  EXPECT_EQ(reader_.tick(kBegin + kPause), codes({"12"}));
  EXPECT_FALSE(reader_.deadline());
  EXPECT_EQ(reader_.tick(kBegin + Duration::hours(1)), codes({}));
  // The first scan of a scanner with a terminator, whose terminator is late.
  EXPECT_EQ(send("34"), codes({}));
  EXPECT_EQ(reader_.tick(kBegin + kPause), codes({"34"}));
  EXPECT_EQ(send("\r", kBegin + kPause), codes({}));
}

TEST_F(Serial, AScannerThatSendsTerminatorsOwesThem) {
  EXPECT_EQ(send("SO-1\r"), codes({"SO-1"}));
  EXPECT_EQ(send("SO-1"), codes({}));
  EXPECT_EQ(reader_.tick(kBegin + kPause), codes({}));
  // A pause does not cut the scan in two.
  EXPECT_EQ(send("2\r", kBegin + Duration::milliseconds(500)), codes({"SO-12"}));
  // What stays without its end is refused, not taken for something shorter.
  EXPECT_EQ(send("SO-1"), codes({}));
  const auto cut = reader_.tick(kBegin + kScanUnfinishedAfter);
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(scan_problem(cut[0].bytes), "not_printable");
  // Perhaps it has been set to send none.
  EXPECT_EQ(send("SO-3"), codes({}));
  EXPECT_EQ(reader_.tick(kBegin + kPause), codes({"SO-3"}));
}

TEST_F(Serial, ALongSilenceThatIsSetIsWaitedFor) {
  SerialReader slow(Duration::seconds(3));
  EXPECT_EQ(slow.take(bytes_of("A\r"), kBegin), codes({"A"}));
  EXPECT_EQ(slow.take(bytes_of("B"), kBegin), codes({}));
  EXPECT_EQ(slow.deadline(), kBegin + Duration::seconds(3));
  EXPECT_EQ(slow.take(bytes_of("C\r"), kBegin + Duration::seconds(2)), codes({"BC"}));
}

TEST_F(Serial, ABusyHostDoesNotCutAScanInTwo) {
  EXPECT_EQ(send("12"), codes({}));
  EXPECT_EQ(send("34\r", kBegin + Duration::milliseconds(300)), codes({"1234"}));
  // But what nobody asked for all day long is another scan.
  reader_.reset();
  EXPECT_EQ(send("12"), codes({}));
  EXPECT_EQ(send("34\r", kBegin + Duration::hours(1)), codes({"12", "34"}));
}

TEST_F(Serial, ResetForgets) {
  EXPECT_EQ(send("half"), codes({}));
  reader_.reset();
  EXPECT_FALSE(reader_.deadline());
  EXPECT_EQ(send("whole\r"), codes({"whole"}));
}

TEST_F(Serial, AStartInsideAScanIsRefused) {
  const auto scans = send(
      "12\x02"
      "34\r");
  ASSERT_EQ(scans.size(), 1U);
  EXPECT_EQ(scan_problem(scans[0].bytes), "not_printable");
}

TEST_F(Serial, LongScansAreCutToOneByteTooMany) {
  const std::string longest(kScanBytesMax, '9');
  EXPECT_EQ(send(longest + '\r'), codes({longest}));
  EXPECT_EQ(send(longest + "9\r"), codes({longest + '9'}));
  EXPECT_EQ(send(longest + "99999999\r"), codes({longest + '9'}));
  EXPECT_EQ(send("]C1" + longest + '\r'), (std::vector{Barcode{longest, "]C1"}}));
  EXPECT_EQ(send("]C1" + longest + "99\r"), (std::vector{Barcode{longest + '9', "]C1"}}));
  for (int i = 0; i < 10'000; ++i) EXPECT_EQ(send(longest), codes({}));
  EXPECT_EQ(send("\r"), codes({longest + '9'}));
}

TEST_F(Serial, GarbageGivesNothingThatIsTooLong) {
  std::mt19937 random(7);
  Duration now = kBegin;
  for (int i = 0; i < 5'000; ++i) {
    std::string piece(random() % 100, ' ');
    for (char& c : piece) c = static_cast<char>(random());
    now = now + Duration::milliseconds(static_cast<std::int64_t>(random() % 100));
    auto scans = send(piece, now);
    for (Barcode& scan : reader_.tick(now)) scans.push_back(std::move(scan));
    for (const Barcode& scan : scans) EXPECT_LE(scan.bytes.size(), kScanBytesMax + 1);
  }
}

}  // namespace
}  // namespace packbench::drivers
